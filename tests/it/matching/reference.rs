//! Blocking beside all pairs: what is related but was never compared is stated and bounded.

use super::lists::{self, KNOWLEDGE};
use proptest::prelude::*;
use std::collections::BTreeSet;
use zhijian::model::{AssetIx, AssetTable};
use zhijian::stages::matching::{self, Link, Matched, Parameters};

/// Of the pairs that all pairs would bind, at most this share may be lost to blocking: 1 in 200.
const MOST_LOST: f64 = 0.005;

type Pair = (AssetIx, AssetIx);

/// Both runs of one list.
struct Both<'a> {
    blocked: Matched<'a>,
    all: Matched<'a>,
}

fn both<'a>(assets: &'a AssetTable, parameters: &'a Parameters) -> Both<'a> {
    Both {
        blocked: matching::run(assets, &KNOWLEDGE.lexicon, parameters, &[]),
        all: matching::run_exhaustively(assets, &KNOWLEDGE.lexicon, parameters, &[]),
    }
}

fn pairs(links: &[Link], which: impl Fn(&Link) -> bool) -> BTreeSet<Pair> {
    links.iter().filter(|link| which(link)).map(|link| (link.left, link.right)).collect()
}

/// What blocking adds is nothing, and what it finds it finds alike: the same relation, weight and binding.
fn nothing_is_made_up(both: &Both<'_>) {
    let all: std::collections::BTreeMap<Pair, &Link> =
        both.all.links.iter().map(|link| ((link.left, link.right), link)).collect();
    for link in &both.blocked.links {
        assert_eq!(all.get(&(link.left, link.right)), Some(&link), "not among all pairs");
    }
}

#[test]
fn of_three_thousand_items_blocking_loses_no_more_than_stated() {
    let parameters = Parameters::shipped();
    let rows = lists::draw(1, 3_000);
    let assets = lists::understood(&rows);
    let both = both(&assets, &parameters);
    nothing_is_made_up(&both);
    let compared = matching::candidates(&assets, &KNOWLEDGE.lexicon).len();
    let (found, wanted) = (pairs(&both.blocked.links, |l| l.binds), pairs(&both.all.links, |l| l.binds));
    let lost: Vec<&Pair> = wanted.difference(&found).collect();
    let true_pairs = |pairs: &BTreeSet<Pair>| {
        pairs.iter().filter(|(a, b)| rows[a.index()].truth == rows[b.index()].truth).count()
    };
    println!(
        "{compared} of {} pairs compared, {} binding pairs, {} lost, {} true of {}",
        3_000 * 2_999 / 2,
        wanted.len(),
        lost.len(),
        true_pairs(&found),
        true_pairs(&wanted),
    );
    for (a, b) in lost.iter().take(5) {
        println!("lost: {} | {}", assets.get(*a).name(), assets.get(*b).name());
    }
    assert!(wanted.len() > 500, "the list says nothing");
    assert!(compared * 20 < 3_000 * 2_999 / 2, "{compared} pairs are no blocking");
    assert!(lost.len() as f64 <= MOST_LOST * wanted.len() as f64, "{} of {} lost", lost.len(), wanted.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// On small random lists the clusters are those of all pairs but for the stated loss, counted over pairs.
    #[test]
    fn small_lists_cluster_as_all_pairs_do(seed in any::<u64>(), rows in 20usize..300) {
        let parameters = Parameters::shipped();
        let rows = lists::draw(seed, rows);
        let assets = lists::understood(&rows);
        let both = both(&assets, &parameters);
        nothing_is_made_up(&both);
        let (found, wanted) = (pairs(&both.blocked.links, |l| l.binds), pairs(&both.all.links, |l| l.binds));
        let lost = wanted.difference(&found).count();
        prop_assert!(lost <= 1 + wanted.len() / 50, "{lost} of {} lost", wanted.len());
    }
}
