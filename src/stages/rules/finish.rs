//! From a draft to a finding: clauses in force, basis, severity, words, fingerprint.

use super::case::Context;
use super::meta::RuleMeta;
use super::sink::Draft;
use crate::knowledge::clause::Clause;
use crate::knowledge::text::mask;
use crate::model::{Audience, Basis, Finding, FindingStatus, Kind, Review, Severity};

/// Version of the fingerprint recipe; a change makes all findings new.
const RECIPE: &str = "1";
/// Characters of a cell that a finding shows.
const SHOWN: usize = 60;

/// The clauses of a rule that bound items of this kind on the as-of date (`None`: any kind).
pub(super) fn binding<'a>(
    ctx: &'a Context<'_>,
    meta: &RuleMeta,
    kind: Option<Kind>,
) -> Vec<(&'static str, &'a Clause)> {
    let known = meta.clauses.iter().filter_map(|&id| Some((id, ctx.clauses.get(id)?)));
    known
        .filter(|(_, c)| c.is_in_force(ctx.as_of) && kind.is_none_or(|kind| c.covers.contains(&kind)))
        .collect()
}

/// The finding, or nothing when no clause of the rule binds the item.
pub(super) fn finish(ctx: &Context<'_>, meta: &RuleMeta, draft: Draft) -> Option<Finding> {
    let asset = draft.asset.map(|ix| ctx.assets.get(ix));
    let kind = asset.map(|a| a.meaning().kind);
    let clauses = match draft.clause {
        Some(id) => local(ctx, id, kind).into_iter().collect(),
        None => binding(ctx, meta, kind),
    };
    if clauses.is_empty() && !(meta.clauses.is_empty() && meta.local.is_none()) {
        return None;
    }
    let principle = clauses.first().is_some_and(|(_, c)| c.principle);
    let serves_public = asset.is_some_and(|a| a.meaning().audience == Audience::Public);
    let by_reference = serves_public && clauses.first().is_some_and(|(_, c)| c.by_reference);
    let id = asset.map_or("", |a| a.id());
    let mut related = draft.related;
    related.sort_by_key(|&ix| ctx.assets.get(ix).id());
    Some(Finding {
        rule: meta.id,
        asset: draft.asset,
        severity: severity(ctx, meta, principle),
        confidence: draft.confidence,
        clauses: clauses.into_iter().map(|(id, _)| id).collect(),
        basis: if by_reference { Basis::ByReference } else { Basis::Direct },
        at: draft.at,
        words: shown(&draft.words),
        reason: draft.reason,
        exemption: draft.exemption,
        review: match (draft.review, meta.review) {
            (Review::None, Review::None) if principle => Review::Principle,
            (Review::None, review) | (review, _) => review,
        },
        recurrence: None,
        related,
        fingerprint: fingerprint(meta.id, id, &draft.feature),
        feature: draft.feature,
        status: FindingStatus::Open,
        waiver: None,
    })
}

/// The clause of a profile in use, where it binds items of this kind on the as-of date.
fn local<'a>(
    ctx: &'a Context<'_>,
    id: &'static str,
    kind: Option<Kind>,
) -> Option<(&'static str, &'a Clause)> {
    let clause = ctx.clauses.get(id)?;
    let binds = clause.is_in_force(ctx.as_of) && kind.is_none_or(|kind| clause.covers.contains(&kind));
    binds.then_some((id, clause))
}

/// As the policy says, or else as the clause speaks: what it forbids only 原则上 is restricted.
fn severity(ctx: &Context<'_>, meta: &RuleMeta, principle: bool) -> Severity {
    let own = if principle { meta.severity.max(Severity::Restricted) } else { meta.severity };
    ctx.settings.severity.get(meta.id).copied().unwrap_or(own)
}

/// The words of a cell as they leave this stage: the one place where they are cut, and where
/// personal data in them are masked.
fn shown(words: &str) -> String {
    let words = mask::free(words);
    match words.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.into_owned(),
    }
}

/// A digest that survives re-ordering and renaming: 32 hex digits over length-prefixed parts, so
/// that no two different triples share their bytes.
fn fingerprint(rule: &str, asset: &str, feature: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [RECIPE, rule, asset, feature] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_keep_their_parts_apart() {
        assert_ne!(fingerprint("a", "bc", ""), fingerprint("ab", "c", ""));
        assert_ne!(fingerprint("a", "b", "c"), fingerprint("a", "bc", ""));
        assert_eq!(fingerprint("a", "b", "c"), fingerprint("a", "b", "c"));
        assert_eq!(fingerprint("a", "b", "c").len(), 32);
    }
}
