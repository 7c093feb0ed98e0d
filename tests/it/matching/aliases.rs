//! Several words for one owner, learnt from the list itself; neighbours with a job in common stay two.

use super::lists::KNOWLEDGE;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use zhijian::knowledge::policy::Policy;
use zhijian::scan::understand_all;
use zhijian::stages::matching::{self, Parameters};

const COUNTIES: [&str; 12] = [
    "青溪县",
    "白溪县",
    "云溪县",
    "石溪县",
    "望溪县",
    "柳溪县",
    "青塔县",
    "白塔县",
    "云塔县",
    "石塔县",
    "望塔县",
    "柳塔县",
];

fn row(county: &str, name: &str, unit: &str, jobs: &str) -> Map<String, Value> {
    let cells = json!({
        "名称": format!("{county}{name}"), "类别": "工作群组", "主办单位": format!("甲市{county}{unit}"),
        "行政区划": format!("示例省甲市{county}"), "平台": "微信群", "功能清单": jobs,
    });
    match cells {
        Value::Object(cells) => cells,
        _ => Map::new(),
    }
}

/// Pairs of owners, without their places, of which items are bound together.
fn bound(counties: &[&str]) -> BTreeSet<String> {
    let (pumps, ferries) = ("泵站巡检、闸门启闭、水尺读数", "渡船检查、救生衣清点、码头巡视");
    let (classes, nights) = ("作业公示、请假登记、家长接送", "宿舍报修、晚归登记、查寝记录");
    let of_county = |(at, county): (usize, &&str)| {
        let mut rows = vec![
            row(county, "闸坝处泵站巡检工作群", "泵闸所", pumps),
            row(county, "闸坝处泵站巡检联络群", "闸坝处", pumps),
            row(county, "渡口所渡船检查工作群", "渡口所", ferries),
            row(county, "航标站渡船检查工作群", "航标站", ferries),
            row(county, "家校工作群", "第一小学堂", classes),
            row(county, "宿舍工作群", "第一小学堂", nights),
        ];
        // A word that few have, a character from the other, and a sibling for all that.
        if at < 2 {
            rows.push(row(county, "家校联络群", "第二小学堂", classes));
        }
        rows
    };
    let rows: Vec<_> = counties.iter().enumerate().flat_map(of_county).collect();
    let assets = understand_all(rows, &KNOWLEDGE, &Policy::default(), "2026-11-22".parse().unwrap()).0;
    let parameters = Parameters::shipped();
    let matched = matching::run(&assets, &KNOWLEDGE.lexicon, &parameters, &[]);
    let owner = |ix| {
        let canonical = &assets.get(ix).unit().canonical;
        canonical.chars().skip(canonical.chars().count() - 3).collect::<String>()
    };
    let pair = |l: &matching::Link| {
        let (a, b) = (owner(l.left), owner(l.right));
        if a <= b { format!("{a} {b}") } else { format!("{b} {a}") }
    };
    matched.links.iter().filter(|link| link.binds).map(pair).collect()
}

#[test]
fn two_words_for_one_owner_are_learnt_where_names_say_so_in_several_places() {
    assert_eq!(bound(&COUNTIES), BTreeSet::from(["泵闸所 闸坝处".to_owned()]));
}

#[test]
fn a_few_places_teach_nothing() {
    assert_eq!(bound(&COUNTIES[..2]), BTreeSet::new());
}
