//! The one checker for rules that speak of related assets: each of them carries the finding.

use super::case::Case;
use super::sink::{Draft, Sink};
use crate::model::{AssetIx, Confidence, Kind, Message, Relation};
use std::collections::BTreeSet;

/// Reports every live asset of a kind that a relation ties to another.
pub(super) fn check(case: &Case<'_>, sink: &mut Sink, relation: Relation, kind: Kind, reason: &'static str) {
    for (ix, partners) in case.partners(relation, kind) {
        sink.add(draft(case, ix, &partners, Message::new(reason)));
    }
}

/// A finding on one asset that names its partners. Which of them should stay is for the plan.
pub(super) fn draft(case: &Case<'_>, ix: AssetIx, partners: &BTreeSet<AssetIx>, reason: Message) -> Draft {
    let asset = case.ctx.assets.get(ix);
    let mut names: Vec<&str> = partners.iter().map(|&p| case.ctx.assets.get(p).name()).collect();
    names.sort_unstable();
    let reason = reason.with("count", names.len()).with("names", names.join("、"));
    let draft = Draft::on(asset, asset.record().name_field(), reason).confidence(Confidence::Medium);
    Draft { related: partners.iter().copied().collect(), ..draft }
}
