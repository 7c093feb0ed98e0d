//! 合计与明细不符: a table states a sum that its own rows do not add up to.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::sink::{Draft, Sink};
use crate::model::{Confidence, Message, RowRef, Severity, SheetId};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "any-report-total-not-reconciled",
    kinds: &[],
    clauses: &[],
    severity: Severity::Advisory,
    confidence: Confidence::High,
    exemptions: &[],
    columns: &[],
    since: "0.1.0",
    fires: &[Example { rows: &[Row::APP], totals: &[("合计", 28, 21)], ..Example::EMPTY }],
    quiet: &[
        Example { rows: &[Row::APP], totals: &[("合计", 21, 21)], ..Example::EMPTY },
        Example { rows: &[Row::APP], ..Example::EMPTY },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for (index, sheet) in case.ctx.assets.records.sheets.iter().enumerate() {
        for total in sheet.totals.iter().filter(|t| t.is_wrong()) {
            let row = RowRef { sheet: SheetId(index as u32), row: total.row };
            let reason = Message::new(if total.exact { "reason.total" } else { "reason.total-least" })
                .with("label", &total.label)
                .with("stated", total.stated)
                .with("actual", total.actual);
            let feature = format!("{}|{}|{}", sheet.title, sheet.name, total.label);
            sink.add(Draft::on_row(row, format!("{} {}", total.label, total.stated), reason, feature));
        }
    }
}
