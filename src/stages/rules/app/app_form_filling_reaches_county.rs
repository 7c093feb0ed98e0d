//! 填表报数功能延伸到县级及以下: forms of central and province units that counties fill.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::nature::reaches_counties;
use super::super::sink::{Draft, Sink};
use crate::model::{Confidence, Field, Kind, Level, Message};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-form-filling-reaches-county",
    kinds: &[Kind::App],
    clauses: &["provisions-2024/part-5-forms"],
    confidence: Confidence::Medium,
    exemptions: &["principle"],
    columns: &[Field::HasFormFilling],
    fires: &[
        one!(APP, Name = "示例报数", HasFormFilling = "是", ReachLevel = "省、市、县、乡镇"; level: Level::Province, unit: "示例省统计局"),
    ],
    quiet: &[
        one!(APP, Name = "示例报数", HasFormFilling = "是", ReachLevel = "省、市"; level: Level::Province, unit: "示例省统计局"),
        one!(APP, Name = "示例报数", HasFormFilling = "否", ReachLevel = "省、市、县"; level: Level::Province, unit: "示例省统计局"),
        one!(APP, Name = "甲县报数", HasFormFilling = "是", ReachLevel = "县、乡镇"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App).filter(|a| matches!(a.meaning().level, Level::Central | Level::Province))
    {
        if app.value(Field::HasFormFilling).as_flag() == Some(true) && reaches_counties(app) {
            let draft = Draft::on(app, Field::HasFormFilling, Message::new("reason.reaches-counties"));
            sink.add(draft.also(app, Field::ReachLevel).confidence(Confidence::Medium));
        }
    }
}
