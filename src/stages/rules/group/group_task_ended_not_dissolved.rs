//! 任务结束未解散: a temporary group that outlived its task.

use super::super::case::{Case, cell_text};
use super::super::meta::{Example, Row, RuleMeta};
use super::super::sink::{Draft, Sink};
use crate::knowledge::text::{fold, words};
use crate::model::{AssetRef, Confidence, Field, Kind, Message, Severity, Status, Value};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-task-ended-not-dissolved",
    kinds: &[Kind::Group],
    clauses: &["opinions-2023/groups-task-ended"],
    severity: Severity::Restricted,
    confidence: Confidence::High,
    exemptions: &["standing-group"],
    columns: &[Field::TaskEndDate],
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row {
                cells: &[
                    (Field::GroupName, "普查专班群"),
                    (Field::GroupKind, "临时"),
                    (Field::TaskEndDate, "2026-06-30"),
                ],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::GroupName, "迎检工作群"), (Field::TaskEndDate, "已完成")],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        Example {
            rows: &[Row {
                cells: &[
                    (Field::GroupName, "普查专班群"),
                    (Field::GroupKind, "临时"),
                    (Field::TaskEndDate, "2026-12-31"),
                ],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                status: Status::Closed,
                cells: &[(Field::GroupName, "普查专班群"), (Field::TaskEndDate, "2026-06-30")],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::GroupName, "机关干部群"),
                    (Field::GroupKind, "固定"),
                    (Field::TaskEndDate, "2026-06-30"),
                ],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::GroupName, "迎检工作群"), (Field::TaskEndDate, "未完成")],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for group in case.live(Kind::Group) {
        sink.drafts.extend(judge(case, group));
    }
}

fn judge(case: &Case<'_>, group: AssetRef<'_>) -> Option<Draft> {
    let kind = fold(group.text(Field::GroupKind));
    if words("group-task-ended-not-dissolved-standing").iter().any(|standing| kind.contains(standing)) {
        return None;
    }
    let draft = match group.value(Field::TaskEndDate) {
        Value::Date { date, .. } if date < case.ctx.as_of => {
            let days = case.ctx.as_of.since(date).ok()?.get_days();
            let reason = Message::new("reason.task-ended.since").with("date", date).with("days", days);
            Draft::on(group, Field::TaskEndDate, reason)
        }
        Value::Date { .. } | Value::Missing => return None,
        _ if words("group-task-ended-not-dissolved-done")
            .contains(&fold(&cell_text(group, Field::TaskEndDate)).as_str()) =>
        {
            Draft::on(group, Field::TaskEndDate, Message::new("reason.task-ended.stated"))
        }
        _ => return None,
    };
    // Without a kind, only the end of the task says that it was temporary.
    Some(if kind.is_empty() { draft.confidence(Confidence::Medium) } else { draft })
}
