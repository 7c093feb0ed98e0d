//! Two items of a stored scan that are no pair, compared in every respect.
//!
//! For: saying what kept them apart. Not for: matching anew. The items are understood again from what the scan stores
//! of them, all of them, because how much a word says depends on how many have it.

use super::document::{Pair, ScanDocument, pair, rows};
use super::{Knowledge, understand_all};
use crate::knowledge::messages::Catalogue;
use crate::knowledge::policy::Policy;
use crate::model::AssetIx;
use crate::stages::matching::{self, Parameters};
use jiff::civil::Date;

/// Two items with what every comparison says of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The pair; its relation is `unrelated` unless nothing that was compared keeps the two apart.
    pub pair: Pair,
    /// Catalogue key of what keeps them apart.
    pub apart: &'static str,
    /// Probability from which on two items of the scan are related, 0–1.
    pub threshold: f64,
}

/// Compares the items at two positions of a scan. `None` when the places of the two are not understood as the scan did:
/// its policy file has places of its own and was not given.
pub fn compared(
    scan: &ScanDocument,
    (left, right): (usize, usize),
    knowledge: &Knowledge,
    policy: &Policy,
    parameters: &Parameters,
    catalogue: &Catalogue,
) -> Option<Compared> {
    let as_of = scan.as_of.parse::<Date>().ok()?;
    let (mut assets, _) = understand_all(rows(scan), knowledge, policy, as_of);
    if assets.len() != scan.assets.len() {
        return None;
    }
    assets.ids = scan.assets.iter().map(|asset| asset.id.clone()).collect();
    let (a, b) = (AssetIx(left as u32), AssetIx(right as u32));
    let path = |ix: AssetIx| assets.regions.path(assets.meaning[ix.index()].place.region);
    if [a, b].iter().any(|&ix| path(ix) != scan.assets[ix.index()].region.path) {
        return None;
    }
    let (found, apart) = matching::compare(&assets, &knowledge.lexicon, parameters, a, b);
    Some(Compared {
        pair: pair(&assets, catalogue, &found),
        apart: apart.map_or("explain.apart.nothing", matching::Apart::key),
        threshold: parameters.threshold,
    })
}
