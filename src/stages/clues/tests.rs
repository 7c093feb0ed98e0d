//! Which items texts are about, name by name, with places and owners that agree or do not.

use super::*;
use proptest::prelude::*;

fn item(name: &str, stem: &str, owner: &str, places: &[&str]) -> Named {
    let texts = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect();
    Named { name: name.into(), stem: stem.into(), owners: texts(&[owner]), places: texts(places) }
}

fn linker() -> Linker {
    let (ja, yi) = (["示例省", "甲市"], ["示例省", "乙市"]);
    Linker::new(&[
        item("甲市智慧河长", "智慧河长", "甲市水利局", &ja),
        item("智慧河长", "智慧河长", "乙市水利局", &yi),
        item("掌上甲市通", "掌上通", "甲市大数据局", &ja),
        item("政务服务", "政务服务", "甲市政务局", &ja),
        item("政务服务", "政务服务", "乙市政务局", &yi),
        item("政务服务", "政务服务", "丙市政务局", &["示例省", "丙市"]),
        item("政务服务", "政务服务", "丁市政务局", &["示例省", "丁市"]),
        item("包村工作群", "包村", "子县子镇", &["示例省", "甲市", "子县"]),
    ])
}

#[test]
fn names_places_and_owners_tell_the_item() {
    use Confidence::{High, Low, Medium};
    for (text, place, links) in [
        ("甲市智慧河长天天要打卡", "", vec![(0, High)]),
        // 智慧河长 is the whole name of the other one, which is elsewhere.
        ("甲市的智慧河长天天要打卡", "", vec![(0, Medium)]),
        ("智慧河长天天要打卡", "", vec![(1, High)]),
        ("乙市水利局的智慧河长没人用", "", vec![(1, High)]),
        ("办事必须下载政务服务", "", vec![]),
        ("丙市要求下载政务服务", "", vec![(5, High)]),
        // A county below the city that the item is for.
        ("子县也要求装掌上甲市通", "", vec![(2, High)]),
        ("子县也要求装“掌上甲士通”", "", vec![(2, Low)]),
        ("子县的智慧河长打不开", "", vec![]),
        ("要求下载政务服务", "丁市", vec![(6, High)]),
        ("镇里的包村工作群半夜派活", "", vec![(7, High)]),
        ("甲市的掌上通打不开", "", vec![(2, Medium)]),
        ("掌上通打不开", "", vec![]),
        ("“掌上甲市同”打不开", "", vec![(2, Low)]),
        ("“掌上乙市同”打不开", "", vec![]),
        ("乙市有“包村工作裙”吗", "", vec![]),
        ("没有提到任何应用", "", vec![]),
    ] {
        let found: Vec<_> =
            linker().links(text, place).into_iter().map(|link| (link.item, link.confidence)).collect();
        assert_eq!(found, links, "{text} {place}");
    }
}

#[test]
fn nothing_is_linked_without_items() {
    assert_eq!(Linker::new(&[]).links("甲市智慧河长“某某通”", "甲市"), []);
}

proptest! {
    #[test]
    fn links_are_items_in_order_whatever_the_text(
        text in "(甲市|乙市|智慧河长|政务服务|包村工作群|掌上|“|”|《|》|\\PC){0,40}",
        names in proptest::collection::vec("(甲市|智慧|河长|通|\\PC){0,6}", 0..6),
    ) {
        let items: Vec<Named> = names.iter().map(|name| item(name, name, name, &["示例省", "甲市"])).collect();
        let links = Linker::new(&items).links(&text, "甲市");
        prop_assert!(links.is_sorted_by(|a, b| a.item < b.item));
        prop_assert!(links.iter().all(|link| link.item < items.len()));
    }
}
