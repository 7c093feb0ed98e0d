//! Owners written short or wrong: which of them are one, by the clusters that the built binary writes.

#![allow(clippy::unwrap_used)]

use crate::support::run_in;
use std::fs;
use tempfile::TempDir;

/// The cluster of every record of a list, by id.
fn clusters(list: &str) -> Vec<(String, String)> {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("list.csv"), list).unwrap();
    let ran = run_in(folder.path(), &["match", "list.csv", "--out", "clusters.csv"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let written = fs::read_to_string(folder.path().join("clusters.csv")).unwrap();
    let rows = written.trim_start_matches('\u{feff}').lines().skip(1);
    rows.map(|row| row.split_once(',').unwrap()).map(|(id, c)| (id.to_owned(), c.to_owned())).collect()
}

fn are_one(list: &str, a: &str, b: &str) -> bool {
    let clusters = clusters(list);
    let of = |id: &str| clusters.iter().find(|(found, _)| found == id).unwrap().1.clone();
    of(a) == of(b)
}

#[test]
fn a_body_named_without_its_place_is_several_when_its_items_lie_in_several() {
    let list = "id,kind,name,sponsor,platform,functions\n\
        a,group,望城区招生报名工作群,教育局,微信群,招生报名\n\
        b,group,望城区招生报名联络群,教育局,钉钉群,招生报名\n\
        c,group,南明区招生报名工作群,教育局,微信群,招生报名\n";
    assert!(are_one(list, "a", "b"), "one place");
    assert!(!are_one(list, "a", "c"), "two places");
}

#[test]
fn a_body_named_without_its_place_is_one_when_nothing_speaks_of_several() {
    let list = "id,kind,name,sponsor,platform,functions\n\
        a,group,招生报名工作群,教育局,微信群,招生报名\n\
        b,group,招生报名联络群,教育局,钉钉群,招生报名\n";
    assert!(are_one(list, "a", "b"));
}

#[test]
fn an_owner_mistyped_or_cut_short_is_the_one_listed_beside_it() {
    let list = "id,kind,name,sponsor,platform,functions\n\
        a,group,公车调度群,望城区机关事务管理局,微信群,车辆调度\n\
        b,group,公车调度联络群,望城区机管局,钉钉群,车辆调度\n\
        c,group,林长巡护群,望城区林业局,微信群,巡护轨迹\n\
        d,group,林长巡护联络群,望城区林局,钉钉群,巡护轨迹\n\
        e,group,林长巡护工作群,望城区财政局,钉钉群,巡护轨迹\n";
    assert!(are_one(list, "a", "b"), "cut short");
    assert!(are_one(list, "c", "d"), "a character left out");
    assert!(!are_one(list, "c", "e"), "another body");
}
