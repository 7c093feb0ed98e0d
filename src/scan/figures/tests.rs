//! The laws of the figures: parts add up to wholes, and every item that stays has one reason.

use super::{explain_what_stays, figures, kept::REASONS, loads, parts};
use crate::scan::document::{Part, ScanDocument};
use proptest::prelude::*;
use serde_json::{Value, json};

const ACTIONS: [&str; 8] = ["keep", "keep-fix", "merge", "migrate", "close", "dissolve", "refer", "none"];
const UNITS: [(&str, &str); 4] = [
    ("甲市教育局", "990100-education"),
    ("子县教育局", "990121-education"),
    ("子县东镇", "990121100-government"),
    ("", "x"),
];
const PLACES: [&[&str]; 3] =
    [&["示例省", "甲市"], &["示例省", "甲市", "子县"], &["示例省", "甲市", "子县", "东镇"]];

/// One item with its action, as the stored form has them.
fn any_item() -> impl Strategy<Value = (Value, Value)> {
    let kind = prop_oneof![Just("app"), Just("account"), Just("group"), Just("other")];
    let level = prop_oneof![Just("prefecture"), Just("county"), Just("township"), Just("unknown")];
    let audience = prop_oneof![Just("staff"), Just("public"), Just("both"), Just("unknown")];
    let functions = proptest::collection::vec(0..3usize, 0..3);
    (kind, level, audience, functions, 0..UNITS.len(), 0..PLACES.len(), 0..ACTIONS.len(), any::<u16>())
        .prop_map(|(kind, level, audience, functions, unit, place, action, number)| {
            let (name, code) = UNITS[unit];
            let id = format!("{code}.{kind}.{number}");
            let functions: Vec<String> = functions.iter().map(|f| format!("f{f}")).collect();
            let asset = json!({
                "id": id, "kind": kind, "name": "项", "owner_unit": {"text": name, "canonical": name},
                "level": level, "region": {"code": "", "name": "", "path": PLACES[place], "candidates": []},
                "platform": "", "audience": audience, "functions": functions, "status": "active",
                "fields": {}, "source": {"file": "", "sheet": "", "row": 2}
            });
            let action = if kind == "other" { "none" } else { ACTIONS[action] };
            (asset, json!({"asset": id, "action": action, "target": null, "reason": "由", "steps": []}))
        })
}

fn any_scan() -> impl Strategy<Value = ScanDocument> {
    proptest::collection::vec(any_item(), 0..24).prop_map(|items| {
        // Ids are unique in a scan.
        let named = items.into_iter().enumerate().map(|(at, (mut asset, mut action))| {
            let id = format!("{}~{at}", asset["id"].as_str().unwrap_or_default());
            (asset["id"], action["asset"]) = (json!(id), json!(id));
            (asset, action)
        });
        let (assets, actions): (Vec<Value>, Vec<Value>) = named.unzip();
        let sums = json!({"staff_burden": 0, "items": 0, "users_moved": 0, "repairs": 0});
        let scan = json!({
            "schema_version": 1, "tool": "", "as_of": "2026-11-22", "lang": "zh",
            "parameters": {"rule_set": "", "policy": "", "matching": ""},
            "inputs": [], "assets": assets, "pairs": [], "clusters": [], "findings": [],
            "plan": {"actions": actions, "objective": sums, "bound": null, "proven": true},
            "figures": [], "coverage": {"rules_not_run": [], "unread": [], "not_reported": []},
            "rejected": [], "diagnostics": []
        });
        serde_json::from_value(scan).expect("a scan")
    })
}

/// The sums of parts, in one order.
fn sums<'a>(parts: impl Iterator<Item = &'a Part>) -> [u64; 8] {
    let numbers =
        |p: &Part| [p.opening, p.closed, p.merged, p.migrated, p.dissolved, p.fixed, p.closing, p.net];
    parts.fold([0; 8], |sum, part| std::array::from_fn(|at| sum[at] + numbers(part)[at]))
}

proptest! {
    #[test]
    fn the_parts_of_every_dimension_add_up_to_the_whole(scan in any_scan()) {
        let parts = parts(&scan, &|function| Some(function.to_owned()));
        for kind in ["app", "account", "group"] {
            let of = |dimension: &'static str| {
                parts.iter().filter(move |p| p.dimension == dimension && p.kind == kind)
            };
            let whole = sums(of("all"));
            for dimension in ["level", "region", "unit", "platform", "domain"] {
                prop_assert_eq!(sums(of(dimension)), whole, "{} of {}", dimension, kind);
            }
            let figures = figures(&scan);
            let figure = |part: &str| {
                figures.iter().find(|f| f.id == format!("assets.{kind}.{part}")).map_or(0, |f| f.value as u64)
            };
            prop_assert_eq!([whole[0], whole[6], whole[7]], [figure("live"), figure("after"), figure("net")]);
        }
        for part in &parts {
            let gone = part.closed + part.merged + part.migrated + part.dissolved;
            prop_assert_eq!((part.closing + gone, part.net), (part.opening, gone));
        }
    }

    #[test]
    fn every_item_that_stays_has_one_reason(mut scan in any_scan()) {
        explain_what_stays(&mut scan);
        for stays in scan.plan.actions.iter().filter_map(|action| action.stays.as_ref()) {
            prop_assert!(stays.reason != "needed" || !stays.needs.is_empty());
            prop_assert!(stays.reason != "shared" || stays.needs.is_empty());
        }
        let figures = figures(&scan);
        let value = |id: &str| figures.iter().find(|f| f.id == id).map_or(0, |f| f.value as u64);
        let reasons: u64 = REASONS.iter().map(|reason| value(&format!("kept.{reason}"))).sum();
        prop_assert_eq!(reasons, value("assets.all.after"));
    }

    #[test]
    fn the_plan_never_adds_to_what_a_worker_must_deal_with(scan in any_scan()) {
        for load in loads(&scan) {
            prop_assert!(load.after.sum() <= load.before.sum() && load.after.forbidden <= load.before.forbidden);
            prop_assert!(load.after.again <= load.before.again);
        }
    }
}

#[test]
fn a_township_gets_every_line_from_above_and_a_bureau_its_own() {
    let item = |number: u32, unit: usize, place: usize, level: &str| {
        let (name, code) = UNITS[unit];
        let id = format!("{code}.app.{number}");
        let asset = json!({
            "id": id, "kind": "app", "name": "项", "owner_unit": {"text": name, "canonical": name},
            "level": level, "region": {"code": "", "name": "", "path": PLACES[place], "candidates": []},
            "platform": "", "audience": "staff", "functions": [], "status": "active",
            "fields": {}, "source": {"file": "", "sheet": "", "row": 2}
        });
        (asset, json!({"asset": id, "action": "keep", "target": null, "reason": "由", "steps": []}))
    };
    let items = [item(1, 0, 0, "prefecture"), item(2, 1, 1, "county"), item(3, 2, 2, "township")];
    let (assets, actions): (Vec<Value>, Vec<Value>) = items.into_iter().unzip();
    let sums = json!({"staff_burden": 0, "items": 0, "users_moved": 0, "repairs": 0});
    let scan = json!({
        "schema_version": 1, "tool": "", "as_of": "", "lang": "zh",
        "parameters": {"rule_set": "", "policy": "", "matching": ""},
        "inputs": [], "assets": assets, "pairs": [], "clusters": [], "findings": [],
        "plan": {"actions": actions, "objective": sums, "bound": null, "proven": true},
        "figures": [], "coverage": {"rules_not_run": [], "unread": [], "not_reported": []},
        "rejected": [], "diagnostics": []
    });
    let scan: ScanDocument = serde_json::from_value(scan).expect("a scan");
    let loads: Vec<(String, u64)> = loads(&scan).into_iter().map(|l| (l.unit, l.before.apps)).collect();
    assert_eq!(
        loads,
        [("子县东镇".to_owned(), 3), ("子县教育局".to_owned(), 2), ("甲市教育局".to_owned(), 1)]
    );
}
