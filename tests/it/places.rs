//! Laws of places, over rows put together at random from texts that are hard to place.
//!
//! For: what must hold whatever the columns, the owner and the name say together. Not for: which place is right
//! (`normalise`).

#![allow(clippy::unwrap_used)]

use crate::normalise::{audit, lexicon};
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::LazyLock;
use zhijian::knowledge::lexicon::Lexicon;
use zhijian::model::{AssetTable, Field, Kind};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(lexicon);

const FIELDS: [Field; 9] = [
    Field::Name,
    Field::OwnerUnit,
    Field::RegionCode,
    Field::RegionName,
    Field::Province,
    Field::City,
    Field::County,
    Field::Township,
    Field::Level,
];

/// Places listed and not, whole and bare, shared and merged away; what stands behind them; and codes.
const TEXTS: [&str; 40] = [
    "示例省",
    "甲市",
    "乙县",
    "丙区",
    "城关镇",
    "山前镇",
    "大湾村",
    "河口",
    "陕西省",
    "安康市",
    "安康",
    "白河县",
    "构朳镇",
    "构朳",
    "望城",
    "望城街道",
    "鼓楼区",
    "朝阳",
    "长安",
    "郊区",
    "开发区",
    "甲市高新区",
    "萝岗区",
    "增城市",
    "东华门",
    "办事处",
    "教育局",
    "党政办",
    "便民服务中心",
    "人民政府",
    "村委会",
    "市",
    "县",
    "第3网格群",
    "发布",
    "990101",
    "610929102",
    "610929999",
    "110101",
    "县级",
];

type Row = Vec<(Field, String)>;

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let text = proptest::collection::vec(select(&TEXTS[..]), 1..4).prop_map(|parts| parts.concat());
    let cells = proptest::collection::btree_map(select(&FIELDS[..]), text, 1..6);
    let row = cells.prop_map(|mut cells| {
        cells.entry(Field::Name).or_insert_with(|| "示例".to_owned());
        cells.into_iter().collect()
    });
    proptest::collection::vec(row, 1..5)
}

fn read(rows: &[Row]) -> AssetTable {
    let borrowed: Vec<Vec<(Field, &str)>> =
        rows.iter().map(|row| row.iter().map(|(field, text)| (*field, text.as_str())).collect()).collect();
    let cells: Vec<&[(Field, &str)]> = borrowed.iter().map(Vec::as_slice).collect();
    audit(&LEXICON, "a.csv", Some(Kind::App), &cells).0
}

/// Where a row was placed, by names, and where else it might be.
fn place(table: &AssetTable, row: usize) -> (String, Vec<String>) {
    let place = table.iter().nth(row).unwrap().meaning().place;
    let path = |region| table.regions.path(region).concat();
    let candidates = &table.region_candidates[place.candidates as usize];
    (path(place.region), candidates.iter().map(|&region| path(region)).collect())
}

/// What lies above a row's place when only its code tells that place.
fn above_unlisted(table: &AssetTable, row: usize) -> Option<String> {
    let place = table.iter().nth(row).unwrap().meaning().place.region;
    let region = table.regions.get(place);
    (region.code == "610929999").then(|| table.regions.path(region.parent).concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_place_is_known_or_in_doubt_and_never_both(rows in rows()) {
        let table = read(&rows);
        for (at, row) in rows.iter().enumerate() {
            let (found, candidates) = place(&table, at);
            prop_assert!(found.is_empty() || candidates.is_empty(), "{:?}: {found}, {candidates:?}", row);
            prop_assert!(candidates.len() != 1, "{:?}: in doubt between one", row);
        }
    }

    #[test]
    fn what_stands_in_other_rows_settles_what_is_open_and_changes_nothing_else(rows in rows()) {
        let together = read(&rows);
        for (at, row) in rows.iter().enumerate() {
            let alone = read(std::slice::from_ref(row));
            let ((found, open), (own, candidates)) = (place(&together, at), place(&alone, 0));
            // A code that no table lists is one place, whatever the rows call it.
            if let Some(above) = above_unlisted(&together, at) {
                prop_assert!(own.starts_with(&above), "{:?}: {found} for {own}", row);
                continue;
            }
            // A township inside what the row tells alone, and one of those it may mean.
            if found != own && found.starts_with(&own) {
                let fits = candidates.is_empty() || candidates.contains(&found);
                prop_assert!(fits && open.is_empty(), "{:?}: {found} of {candidates:?}", row);
            } else {
                prop_assert_eq!((found, open), (own, candidates), "{:?}", row);
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_no_place(rows in rows()) {
        let (there, back) = (read(&rows), read(&rows.iter().rev().cloned().collect::<Vec<_>>()));
        for at in 0..rows.len() {
            prop_assert_eq!(place(&there, at), place(&back, rows.len() - 1 - at), "{:?}", rows[at]);
        }
    }

    #[test]
    fn a_code_that_is_known_decides(rows in rows(), code in select(&["990101", "610929", "610929102", "110101001"][..])) {
        let mut row = rows[0].clone();
        row.retain(|(field, _)| *field != Field::RegionCode);
        row.push((Field::RegionCode, code.to_owned()));
        let table = read(&[row]);
        let found = table.iter().next().unwrap().meaning().place.region;
        let coded = LEXICON.regions.by_code(code);
        prop_assert!(table.regions.covers(coded, found), "{:?}", table.regions.path(found));
    }
}
