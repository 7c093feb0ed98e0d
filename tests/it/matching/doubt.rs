//! Items whose place is in doubt: two counties of one name, and only one of them has the like.

use super::lists::KNOWLEDGE;
use serde_json::{Map, Value, json};
use zhijian::knowledge::policy::Policy;
use zhijian::model::AssetTable;
use zhijian::scan::understand_all;
use zhijian::stages::matching::{self, Parameters};

fn row(name: &str, unit: &str, place: &str) -> Map<String, Value> {
    let cells = json!({
        "名称": name, "类别": "工作群组", "主办单位": unit, "行政区划": place, "平台": "微信群",
        "功能": "巡查记录、问题上报、轨迹回放",
    });
    match cells {
        Value::Object(cells) => cells,
        _ => Map::new(),
    }
}

/// The item in doubt first, then what the two counties of its name have; elsewhere the name is a common one.
fn list(of_two: &[(&str, &str)]) -> AssetTable {
    let mut rows = vec![row("砚峤县河长制工作群", "砚峤县水利局", "")];
    for (city, name) in of_two {
        rows.push(row(name, &format!("{city}砚峤县水利局"), &format!("示例省{city}砚峤县")));
    }
    for county in ["青溪县", "白溪县", "云溪县", "石溪县", "望溪县"] {
        rows.push(row(
            &format!("{county}河长制工作群"),
            &format!("甲市{county}水利局"),
            &format!("示例省甲市{county}"),
        ));
    }
    understand_all(rows, &KNOWLEDGE, &Policy::default(), "2026-11-22".parse().unwrap()).0
}

/// Names of what the item in doubt is bound to.
fn bound(assets: &AssetTable) -> Vec<String> {
    assert_ne!(assets.meaning[0].place.candidates, 0, "the first item is in doubt");
    let parameters = Parameters::shipped();
    let matched = matching::run(assets, &KNOWLEDGE.lexicon, &parameters, &[]);
    let of = |ix: zhijian::model::AssetIx| ix.index();
    let ends = matched.links.iter().filter(|l| l.binds && (of(l.left) == 0 || of(l.right) == 0));
    ends.map(|l| if of(l.left) == 0 { l.right } else { l.left })
        .map(|ix| assets.get(ix).name().to_owned())
        .collect()
}

#[test]
fn an_item_in_doubt_joins_the_only_like_of_the_places_it_may_mean() {
    let assets = list(&[("甲市", "河长制联络群"), ("乙市", "家庭医生签约群")]);
    assert_eq!(bound(&assets), ["河长制联络群"]);
}

#[test]
fn an_item_whose_likes_lie_in_two_places_stays_alone() {
    let assets = list(&[("甲市", "河长制联络群"), ("乙市", "河长制交流群")]);
    assert!(bound(&assets).is_empty());
}
