//! Laws of a whole run: whatever the order of rows and the number of threads, the same links and clusters.

use super::lists::{self, KNOWLEDGE, Seeded};
use super::told;
use proptest::prelude::*;
use zhijian::model::{AssetTable, Judgement, Relation};
use zhijian::stages::matching::{self, Parameters};

fn shuffled(rows: &mut [lists::Row], seed: u64) {
    let mut seeded = Seeded::new(seed);
    for at in (1..rows.len()).rev() {
        rows.swap(at, seeded.below(at + 1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_order_of_rows_changes_nothing(seed in any::<u64>(), size in 20usize..250) {
        let parameters = Parameters::shipped();
        let mut rows = lists::draw(seed, size);
        let assets = lists::understood(&rows);
        let first = told(&matching::run(&assets, &KNOWLEDGE.lexicon, &parameters, &[]), &assets);
        shuffled(&mut rows, seed ^ 7);
        let assets = lists::understood(&rows);
        let second = told(&matching::run(&assets, &KNOWLEDGE.lexicon, &parameters, &[]), &assets);
        prop_assert_eq!(first, second);
    }

    #[test]
    fn one_thread_gives_what_several_give(seed in any::<u64>(), size in 20usize..400) {
        let parameters = Parameters::shipped();
        let rows = lists::draw(seed, size);
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let assets = lists::understood(&rows);
                let matched = matching::run(&assets, &KNOWLEDGE.lexicon, &parameters, &[]);
                (told(&matched, &assets), matched.blocking.clone())
            })
        };
        prop_assert_eq!(run(1), run(4));
    }

    #[test]
    fn columns_that_matching_never_asks_for_may_be_given_up(seed in any::<u64>(), size in 20usize..250) {
        let parameters = Parameters::shipped();
        let mut assets = lists::understood(&lists::draw(seed, size));
        let result = |assets: &AssetTable| {
            let matched = matching::run(assets, &KNOWLEDGE.lexicon, &parameters, &[]);
            (matched.links.clone(), matched.clusters.clone(), matched.blocking.clone())
        };
        let whole = result(&assets);
        assets.records.keep_only(&matching::FIELDS);
        prop_assert_eq!(whole, result(&assets));
    }

    #[test]
    fn links_are_symmetric_in_range_and_of_one_relation(seed in any::<u64>(), size in 20usize..120) {
        let parameters = Parameters::shipped();
        let rows = lists::draw(seed, size);
        let assets = lists::understood(&rows);
        let matched = matching::run_exhaustively(&assets, &KNOWLEDGE.lexicon, &parameters, &[]);
        let comparer = matching::Comparer::new(&assets, &KNOWLEDGE.lexicon, &parameters);
        let mut seen = std::collections::BTreeSet::new();
        for link in &matched.links {
            prop_assert!((0.0..=1.0).contains(&link.probability()));
            prop_assert!(link.relation != Relation::Unrelated);
            prop_assert!(link.left != link.right && assets.get(link.left).id() < assets.get(link.right).id());
            prop_assert!(seen.insert((link.left, link.right)), "two relations of one pair");
            let (forth, back) = (comparer.compare(link.left, link.right), comparer.compare(link.right, link.left));
            prop_assert_eq!(forth, back);
        }
    }

    #[test]
    fn no_judgement_is_violated(seed in any::<u64>(), size in 30usize..150, picks in proptest::collection::vec((any::<u32>(), any::<u32>()), 1..6)) {
        let parameters = Parameters::shipped();
        let rows = lists::draw(seed, size);
        let assets = lists::understood(&rows);
        let free = matching::run(&assets, &KNOWLEDGE.lexicon, &parameters, &[]);
        prop_assume!(!free.links.is_empty());
        // Pairs that would be bound are said to be different, so that the judgement matters.
        let different: Vec<Judgement> = picks
            .iter()
            .map(|(pick, _)| free.links[*pick as usize % free.links.len()])
            .map(|link| Judgement {
                left: assets.get(link.left).id().to_owned(),
                right: assets.get(link.right).id().to_owned(),
                same: false,
                reason: "核实".into(),
            })
            .collect();
        let judged = matching::run(&assets, &KNOWLEDGE.lexicon, &parameters, &different);
        for judgement in &different {
            let is = |ix, id: &str| assets.get(ix).id() == id;
            let together = judged.clusters.iter().any(|cluster| {
                let has = |id: &str| cluster.members.iter().any(|&member| is(member, id));
                has(&judgement.left) && has(&judgement.right)
            });
            prop_assert!(!together, "{} and {}", judgement.left, judgement.right);
            let linked = judged.links.iter().any(|link| is(link.left, &judgement.left) && is(link.right, &judgement.right));
            prop_assert!(!linked);
        }
    }
}
