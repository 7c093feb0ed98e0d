//! 未经备案即投入使用: an app in use without filing.

use super::super::case::Case;
use super::super::filing::{Filing, filing};
use super::super::meta::{Example, Row, RuleMeta};
use super::super::nature::has_no_administrative_functions;
use super::super::sink::{Draft, Sink};
use crate::model::{AssetRef, Confidence, Field, Kind, Message, Severity, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-unfiled-in-use",
    kinds: &[Kind::App],
    clauses: &[CLAUSE],
    severity: Severity::Forbidden,
    confidence: Confidence::High,
    exemptions: &["nonadmin-institution", "filing-under-way", "legacy"],
    columns: COLUMNS,
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县通"), (Field::FilingStatus, "未备案")], ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row { cells: &[(Field::Name, "甲县通"), (Field::UserCount, "1200")], ..Row::APP }],
            columns: &[Field::FilingNoCac],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县通"), (Field::FilingStatus, "已备案")], ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县通"), (Field::FilingStatus, "备案中")], ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "甲县通"),
                    (Field::FilingStatus, "未备案"),
                    (Field::UnitNature, "不承担行政职能的事业单位"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县云上展馆"), (Field::Remark, "公益一类，不承担行政职能")],
                ..Row::APP
            }],
            columns: &[Field::FilingNoCac],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                status: Status::Stale,
                cells: &[(Field::Name, "甲县通"), (Field::FilingStatus, "未备案")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        // The duty to file came with the 2026 Measures.
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县通"), (Field::FilingStatus, "未备案")], ..Row::APP
            }],
            as_of: "2025-06-30",
            ..Example::EMPTY
        },
        // The table never asked about filing.
        Example { rows: &[Row { cells: &[(Field::Name, "甲县通")], ..Row::APP }], ..Example::EMPTY },
    ],
    ..RuleMeta::BASE
};

const CLAUSE: &str = "measures-2026/5";
const COLUMNS: &[Field] = &[Field::FilingStatus, Field::FilingNoCac];

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App).filter(|&a| case.asks(a, COLUMNS)) {
        let in_use = matches!(app.meaning().status, Status::Active | Status::Unknown);
        if in_use && !has_no_administrative_functions(app) {
            sink.drafts.extend(judge(case, app));
        }
    }
}

fn judge(case: &Case<'_>, app: AssetRef<'_>) -> Option<Draft> {
    if !app.text(Field::FilingNoCac).is_empty() && filing(app.text(Field::FilingNoCac)) != Filing::None {
        return None;
    }
    let field = COLUMNS.iter().copied().find(|&f| case.asks(app, &[f]))?;
    let stated = match filing(app.text(Field::FilingStatus)) {
        Filing::None => true,
        Filing::Unsaid => false,
        Filing::Done | Filing::UnderWay | Filing::NotNeeded => return None,
    };
    let since = case.ctx.clauses.get(CLAUSE)?.issued;
    let launched = app.value(Field::LaunchDate).as_date();
    let draft = match launched.filter(|&day| day < since) {
        // How long older apps had to file was not seen in the text: a person looks.
        Some(day) => Draft::on(app, field, Message::new("reason.unfiled.legacy").with("date", day))
            .also(app, Field::LaunchDate)
            .confidence(Confidence::Medium),
        None if stated => Draft::on(app, field, Message::new("reason.unfiled.stated")),
        None => Draft::on(app, field, Message::new("reason.unfiled.blank")).confidence(Confidence::Medium),
    };
    // Not stated to be in use is taken as in use, with less certainty.
    let doubtful = app.meaning().status == Status::Unknown && draft.confidence == Confidence::High;
    Some(if doubtful { draft.confidence(Confidence::Medium) } else { draft })
}
