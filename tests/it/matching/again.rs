//! A list matched again after edits gives what a full run gives.

use super::lists::{self, KNOWLEDGE, Row, Seeded};
use super::told;
use proptest::prelude::*;
use zhijian::model::AssetTable;
use zhijian::stages::matching::{self, Memory, Parameters, Reused};

/// Removes, changes and adds rows.
fn edit(rows: &mut Vec<Row>, seed: u64, edits: usize) {
    let mut seeded = Seeded::new(seed);
    let mut more = lists::draw(seed ^ 1, edits.max(1));
    for _ in 0..edits {
        let at = seeded.below(rows.len());
        match seeded.below(4) {
            0 if rows.len() > 10 => drop(rows.remove(at)),
            1 => rows.extend(more.pop()),
            2 => {
                let field = ["名称", "主办单位", "行政区划", "功能", "平台"][seeded.below(5)];
                let other = rows[seeded.below(rows.len())].cells[field].clone();
                rows[at].cells.insert(field.to_owned(), other);
            }
            _ => rows.swap(0, at),
        }
    }
}

fn again(assets: &AssetTable, parameters: &Parameters, before: &Memory) -> (Vec<String>, Memory, Reused) {
    let (matched, memory, reused) = matching::run_again(assets, &KNOWLEDGE.lexicon, parameters, &[], before);
    (told(&matched, assets), memory, reused)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn edits_give_the_result_of_a_full_run(
        seed in any::<u64>(),
        size in 20usize..250,
        rounds in proptest::collection::vec((any::<u64>(), 0usize..8), 1..4),
    ) {
        let parameters = Parameters::shipped();
        let mut rows = lists::draw(seed, size);
        let mut memory = Memory::default();
        for (seed, edits) in rounds {
            edit(&mut rows, seed, edits);
            let assets = lists::understood(&rows);
            let full = told(&matching::run(&assets, &KNOWLEDGE.lexicon, &parameters, &[]), &assets);
            let (partly, next, _) = again(&assets, &parameters, &memory);
            prop_assert_eq!(full, partly);
            memory = next;
        }
    }
}

#[test]
fn one_edit_in_a_large_list_leaves_most_pairs_as_they_were() {
    let parameters = Parameters::shipped();
    let mut rows = lists::draw(3, 2_000);
    let assets = lists::understood(&rows);
    let (_, memory, first) = again(&assets, &parameters, &Memory::default());
    assert_eq!(first.taken_over, 0);
    let (_, _, same) = again(&assets, &parameters, &memory);
    assert_eq!(same.taken_over, same.candidates, "nothing was edited");
    edit(&mut rows, 9, 5);
    let assets = lists::understood(&rows);
    let full = told(&matching::run(&assets, &KNOWLEDGE.lexicon, &parameters, &[]), &assets);
    let (partly, _, reused) = again(&assets, &parameters, &memory);
    assert_eq!(full, partly);
    println!("{reused:?}");
    assert!(reused.taken_over * 10 > reused.candidates * 9, "{reused:?}");
    assert!(reused.taken_over < reused.candidates, "{reused:?}");
}

#[test]
fn another_parameter_set_takes_nothing_over() {
    let rows = lists::draw(4, 200);
    let assets = lists::understood(&rows);
    let (_, memory, _) = again(&assets, &Parameters::shipped(), &Memory::default());
    let (_, _, reused) = again(&assets, &Parameters::shipped().with_threshold(0.9), &memory);
    assert_eq!(reused.taken_over, 0);
}
