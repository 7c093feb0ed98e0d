//! The one checker for faults that a text states outright: 无法登录, 无人维护, 不支持IPv6.

use super::case::Case;
use super::sink::Draft;
use crate::knowledge::detect::Fact;
use crate::model::{AssetRef, Confidence, Field, Message};

/// Where faults of an item are written.
const TEXTS: &[Field] = &[
    Field::FunctionDesc,
    Field::Description,
    Field::OpsSecurity,
    Field::Availability,
    Field::ProblemCategory,
    Field::CheckResult,
    Field::Remark,
];

/// The finding where a text of the item states the fact.
pub(super) fn stated(case: &Case<'_>, asset: AssetRef<'_>, fact: Fact) -> Option<Draft> {
    TEXTS.iter().find_map(|&field| {
        let text = asset.text(field);
        let words = case.ctx.detector.states(fact, text)?;
        let reason = Message::new("detect.asserted").with("words", &text[words.clone()]);
        let draft = Draft::on(asset, field, reason).words(text[words].to_owned());
        Some(draft.confidence(Confidence::Medium))
    })
}
