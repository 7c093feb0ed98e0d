//! The one checker for limits: how many of a kind one unit may have.

use super::case::Case;
use super::sink::Draft;
use crate::model::{AssetIx, AssetRef, Kind, LocalRule, Message, RegionId, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// Findings on every counted item of a unit that has more than `limit` of them. One thing listed several
/// times, and one service on several ends, counts once; items of no known unit count nowhere.
pub(super) fn over<'a>(
    case: &Case<'a>,
    kind: Kind,
    limit: u64,
    counts: impl Fn(AssetRef<'a>) -> bool,
) -> Vec<Draft> {
    let mut held: BTreeMap<(&str, RegionId), Vec<AssetRef<'a>>> = BTreeMap::new();
    for asset in case.live(kind).filter(|&a| counts(a)) {
        let unit = asset.unit();
        if !unit.canonical.is_empty() {
            held.entry((&unit.canonical, unit.region)).or_default().push(asset);
        }
    }
    let mut drafts = Vec::new();
    // Matching has been over all pairs already: no pair is asked for where nobody has too many.
    let is_over = |items: &&Vec<AssetRef<'a>>| items.len() as u64 > limit;
    if !held.values().any(|items| is_over(&items)) {
        return drafts;
    }
    let ties = [Relation::Same, Relation::Family].map(|relation| case.partners(relation, kind));
    for items in held.values().filter(is_over) {
        let all: BTreeSet<AssetIx> = items.iter().map(|a| a.ix).collect();
        let count = things(&all, &ties);
        if count <= limit {
            continue;
        }
        for asset in items {
            let reason = Message::new("reason.over-limit")
                .with("unit", &asset.unit().canonical)
                .with("count", count)
                .with("limit", limit);
            let others = all.iter().copied().filter(|&o| o != asset.ix);
            drafts.push(Draft::on(*asset, asset.record().name_field(), reason).related(others));
        }
    }
    drafts
}

/// The same for a local rule: its limit, its levels, its clause.
pub(super) fn over_local<'a>(
    case: &Case<'a>,
    kind: Kind,
    local: &LocalRule,
    counts: impl Fn(AssetRef<'a>) -> bool,
) -> Vec<Draft> {
    let Some(limit) = local.limit else { return Vec::new() };
    let fits = |a: AssetRef<'a>| local.levels.is_empty() || local.levels.contains(&a.meaning().level);
    let drafts = over(case, kind, limit, |a| fits(a) && counts(a));
    drafts.into_iter().map(|draft| draft.under(local.clause)).collect()
}

/// How many things the items are: tied ones count once.
fn things(items: &BTreeSet<AssetIx>, ties: &[BTreeMap<AssetIx, BTreeSet<AssetIx>>; 2]) -> u64 {
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for &item in items {
        if !seen.insert(item) {
            continue;
        }
        count += 1;
        let mut next = vec![item];
        while let Some(from) = next.pop() {
            for tied in ties.iter().filter_map(|t| t.get(&from)).flatten() {
                if items.contains(tied) && seen.insert(*tied) {
                    next.push(*tied);
                }
            }
        }
    }
    count
}
