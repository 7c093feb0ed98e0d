//! 存量应用逾期未备案: apps from before the Measures that are still not filed. The last day is a setting.

use super::super::case::Case;
use super::super::filing::{Filing, filing};
use super::super::meta::{Example, RuleMeta, one};
use super::super::nature::has_no_administrative_functions;
use super::super::sink::{Draft, Sink};
use crate::model::{Confidence, Field, Kind, Message, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-legacy-filing-deadline",
    kinds: &[Kind::App],
    clauses: &["measures-2026/filing-legacy"],
    setting: "legacy_filing_deadline",
    severity: Severity::Forbidden,
    confidence: Confidence::Medium,
    exemptions: &["nonadmin-institution", "filing-under-way"],
    columns: &[Field::FilingStatus, Field::FilingNoCac],
    fires: &[Example {
        set: &[("legacy_filing_deadline", "2026-07-25")],
        ..one!(APP, Name = "甲县通", FilingStatus = "未备案", LaunchDate = "2022-05-01")
    }],
    quiet: &[
        one!(APP, Name = "甲县通", FilingStatus = "未备案", LaunchDate = "2022-05-01"),
        Example {
            set: &[("legacy_filing_deadline", "2026-12-31")],
            ..one!(APP, Name = "甲县通", FilingStatus = "未备案", LaunchDate = "2022-05-01")
        },
        Example {
            set: &[("legacy_filing_deadline", "2026-07-25")],
            ..one!(APP, Name = "甲县通", FilingStatus = "备案中", LaunchDate = "2022-05-01")
        },
        Example {
            set: &[("legacy_filing_deadline", "2026-07-25")],
            ..one!(APP, Name = "甲县通", FilingStatus = "未备案", LaunchDate = "2026-05-01")
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    let Some(deadline) = case.ctx.settings.legacy_filing_deadline.filter(|&day| day < case.ctx.as_of) else {
        return;
    };
    let Some(since) = case.ctx.clauses.get(META.clauses[0]).map(|c| c.issued) else { return };
    for app in case.live(Kind::App).filter(|&a| case.asks(a, META.columns)) {
        let Some(launched) = app.value(Field::LaunchDate).as_date().filter(|&day| day < since) else {
            continue;
        };
        if has_no_administrative_functions(app) || !app.text(Field::FilingNoCac).is_empty() {
            continue;
        }
        let key = match filing(app.text(Field::FilingStatus)) {
            Filing::None => "reason.legacy-late",
            Filing::Unsaid if app.text(Field::FilingStatus).is_empty() => "reason.legacy-late-blank",
            _ => continue,
        };
        let reason = Message::new(key).with("date", launched).with("deadline", deadline);
        let field =
            META.columns.iter().copied().find(|&f| case.asks(app, &[f])).unwrap_or(Field::FilingStatus);
        sink.add(Draft::on(app, field, reason).also(app, Field::LaunchDate).confidence(Confidence::Medium));
    }
}
