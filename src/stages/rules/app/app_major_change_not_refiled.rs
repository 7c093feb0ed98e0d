//! 重大变更未重新报备: a major change of function without filing it anew.

use super::super::case::Case;
use super::super::filing::{Filing, filing};
use super::super::meta::{RuleMeta, asks, one};
use super::super::sink::{Draft, Sink};
use crate::model::{Confidence, Field, Kind, Message, Value};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-major-change-not-refiled",
    kinds: &[Kind::App],
    clauses: &["measures-2026/change-refiling"],
    confidence: Confidence::Medium,
    exemptions: &["filing-under-way"],
    columns: &[Field::RefiledDate],
    fires: &[
        asks!([RefiledDate], APP, Name = "甲县通", MajorChangeDate = "2026-05-01"),
        one!(APP, Name = "甲县通", MajorChangeDate = "2026-05-01", RefiledDate = "2026-03-01"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", MajorChangeDate = "2026-05-01", RefiledDate = "2026-05-01"),
        one!(APP, Name = "甲县通", MajorChangeDate = "2026-05-01"),
        asks!([RefiledDate], APP, Name = "甲县通", MajorChangeDate = "2025-05-01"),
        asks!([RefiledDate], APP, Name = "甲县通", MajorChangeDate = "2026-05-01", FilingStatus = "变更中"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    let Some(since) = case.ctx.clauses.get(META.clauses[0]).map(|c| c.issued) else { return };
    for app in case.live(Kind::App).filter(|&a| case.asks(a, META.columns)) {
        // Changes from before the Measures needed no filing under them.
        let changed = app.value(Field::MajorChangeDate).as_date();
        let Some(changed) = changed.filter(|&day| since <= day && day <= case.ctx.as_of) else { continue };
        if filing(app.text(Field::FilingStatus)) == Filing::UnderWay {
            continue;
        }
        let key = match app.value(Field::RefiledDate) {
            Value::Missing => "reason.change-blank",
            Value::Date { date, .. } if date < changed => "reason.change-before",
            _ => continue,
        };
        let draft = Draft::on(app, Field::MajorChangeDate, Message::new(key).with("date", changed));
        sink.add(draft.also(app, Field::RefiledDate).confidence(Confidence::Medium));
    }
}
