//! The matcher as a whole, on inventories drawn at random: beside all pairs, after edits, and under stress.

mod again;
mod aliases;
mod doubt;
mod laws;
mod lists;
mod reference;
mod stress;

use zhijian::model::AssetTable;
use zhijian::stages::matching::Matched;

/// Everything a result says, by id.
pub(crate) fn told(matched: &Matched<'_>, assets: &AssetTable) -> Vec<String> {
    let id = |ix| assets.get(ix).id().to_owned();
    let links = matched.links.iter().map(|l| {
        format!("{} {} {} {} {} {}", id(l.left), id(l.right), l.relation, l.weight, l.binds, l.open)
    });
    let clusters = matched.clusters.iter().map(|c| {
        let members: Vec<String> = c.members.iter().map(|&m| id(m)).collect();
        format!("{} {members:?} {} {}", c.id, id(c.survivor), c.weakest)
    });
    links.chain(clusters).collect()
}
