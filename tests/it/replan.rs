//! Planning a stored scan again from outside: no change gives the same plan, and every wish has its price.

use crate::audit::sample_scan;
use crate::support::{Ran, run_in};
use std::fs;
use tempfile::TempDir;
use zhijian::model::LocalWords;
use zhijian::scan::document::ScanDocument;
use zhijian::scan::{Conflict, Knowledge, Replan, Scope, replan};

/// A folder with the samples' scan as the default one.
fn desk() -> (TempDir, ScanDocument) {
    let scan = sample_scan();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("reports")).unwrap();
    fs::write(folder.path().join("reports/scan.json"), serde_json::to_vec(&scan).unwrap()).unwrap();
    (folder, scan)
}

fn plan(desk: &TempDir, more: &[&str]) -> Ran {
    let mut arguments = vec!["plan", "--lang", "en"];
    arguments.extend(more);
    run_in(desk.path(), &arguments)
}

/// The position of the first item with an action.
fn first(scan: &ScanDocument, action: &str) -> usize {
    scan.plan.actions.iter().position(|a| a.action == action).unwrap()
}

fn knowledge() -> Knowledge {
    Knowledge::load(None, &LocalWords::default()).unwrap()
}

#[test]
fn asked_for_nothing_the_stored_plan_comes_out_down_to_every_byte() {
    let scan = sample_scan();
    let made = replan(&scan, &knowledge(), &Replan::default()).unwrap();
    assert_eq!(made.changes, []);
    assert_eq!(made.conflicts, []);
    assert_eq!(serde_json::to_string(&made.document).unwrap(), serde_json::to_string(&scan).unwrap());
}

#[test]
fn the_order_of_the_usual_aims_is_the_usual_plan() {
    let (desk, _) = desk();
    let ran = plan(&desk, &["--objective", "burden,items"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Differs from the stored plan: 0"), "{}", ran.out);
    let users = plan(&desk, &["--objective", "users"]);
    assert!(users.out.contains("Users who must move: ") && users.out.contains("→ 0 ("), "{}", users.out);
}

#[test]
fn a_pin_is_obeyed_and_costs_what_it_says() {
    let (desk, scan) = desk();
    let merged = &scan.plan.actions[first(&scan, "merge")];
    let before = fs::read_dir(desk.path()).unwrap().count();
    let ran = plan(&desk, &["--pin", &format!("{}=keep", merged.asset)]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let (items, moved) = (scan.plan.objective.items, scan.plan.objective.users_moved);
    assert_eq!(fs::read_dir(desk.path()).unwrap().count(), before, "nothing is written unasked");

    let ran = plan(&desk, &["--pin", &format!("{}=keep", merged.asset), "--out", "new"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let new = ScanDocument::parse(&fs::read(desk.path().join("new/scan.json")).unwrap()).unwrap();
    let action = new.plan.actions.iter().find(|a| a.asset == merged.asset).unwrap();
    assert!(action.pinned && action.action.starts_with("keep"));
    let said = new.plan.objective;
    assert!(ran.out.contains(&format!("Items that stay: {items} → {} (", said.items)), "{}", ran.out);
    let users = i128::from(said.users_moved) - i128::from(moved);
    assert!(
        ran.out.contains(&format!("must move: {moved} → {} ({users:+})", said.users_moved)),
        "{}",
        ran.out
    );
    assert!(
        (said.items, said.users_moved) > (items, moved),
        "what a person wants is never cheaper than the best"
    );
    let after = |scan: &ScanDocument| scan.figures.iter().find(|f| f.id == "assets.all.after").unwrap().value;
    assert!((after(&new) - said.items as f64).abs() < 0.1, "figures follow the plan");
    assert!((after(&scan) - items as f64).abs() < 0.1);
    assert_eq!(new.parameters.wishes, [format!("pin {}=keep", merged.asset)]);
    let verified = run_in(desk.path(), &["plan", "--verify", "new/scan.json"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
    // What was pinned once is still pinned when something else is asked for.
    let made = replan(&new, &knowledge(), &Replan::default()).unwrap();
    assert_eq!(made.changes, []);
}

#[test]
fn what_cannot_be_had_is_named_and_gives_way_in_order() {
    let scan = sample_scan();
    let knowledge = knowledge();
    let cap = |most| Replan { caps: vec![(Scope::parse("all").unwrap(), most)], ..Replan::default() };
    let made = replan(&scan, &knowledge, &cap(0)).unwrap();
    let [Conflict::Cap { most: 0, least, held, .. }] = &made.conflicts[..] else {
        panic!("{:?}", made.conflicts);
    };
    assert_eq!(held.len(), 1, "one more than is allowed");
    assert!(*least as u64 <= scan.plan.objective.items);
    let made = replan(&scan, &knowledge, &cap(*least)).unwrap();
    assert_eq!(made.conflicts, []);
    assert_eq!(made.document.plan.objective.items, *least as u64);
    assert!(!replan(&scan, &knowledge, &cap(*least - 1)).unwrap().conflicts.is_empty());

    let (from, to) = (first(&scan, "merge"), first(&scan, "keep"));
    let id = |at: usize| scan.assets[at].id.clone();
    let torn = Replan {
        pins: vec![
            (from, zhijian::model::ActionKind::Merge, Some(id(to))),
            (to, zhijian::model::ActionKind::Close, None),
        ],
        ..Replan::default()
    };
    let made = replan(&scan, &knowledge, &torn).unwrap();
    assert_eq!(made.conflicts[0], Conflict::Target { asset: id(from), target: id(to) });
    assert_eq!(made.document.plan.actions[to].action, "close", "the other pin stands");
}

/// An inventory with a policy that knows a function of its own, calls two items different, pins one and changes the aims.
const POLICY: &str = r#"
schema = 1
[[functions]]
id = "蓝藻打捞"
words = ["蓝藻打捞"]
[[judgements]]
left = "990100-water.app.蓝藻通"
right = "990100-water.app.蓝藻通~2"
verdict = "different"
reason = "两期工程"
[[pins]]
asset = "990100-water.app.河湖报数"
action = "keep"
reason = "会议决定"
[plan]
objective = ["users"]
deadline = 2027-06-30
[burden]
prefecture = 9
"#;

#[test]
fn a_stored_scan_is_planned_again_without_its_policy_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "名称,主办单位,行政区划代码,服务对象,功能,是否填表报数,填报表格名称,用户数\n\
        蓝藻通,甲市水利局,990100,工作人员,蓝藻打捞,是,蓝藻日常巡查台账,20\n\
        蓝藻通,甲市水利局,990100,工作人员,蓝藻打捞,是,蓝藻日常巡查记录台账,30\n\
        河湖报数,甲市水利局,990100,工作人员,蓝藻打捞,否,,10\n";
    fs::write(folder.path().join("甲市-政务应用程序.csv"), rows).unwrap();
    fs::write(folder.path().join("policy.toml"), POLICY).unwrap();
    fs::write(
        folder.path().join("regions.csv"),
        "code,name,level,parent_code\n990000,示例省,province,\n990100,甲市,prefecture,990000\n",
    )
    .unwrap();
    let policy = POLICY.replace("schema = 1", "schema = 1\n[regions]\nextra = \"regions.csv\"");
    fs::write(folder.path().join("policy.toml"), policy).unwrap();
    let audit = [
        "audit",
        "甲市-政务应用程序.csv",
        "--policy",
        "policy.toml",
        "--as-of",
        "2026-11-22",
        "--lang",
        "en",
    ];
    let ran = run_in(folder.path(), &audit);
    assert!(ran.status < 2, "{}", ran.err);
    let bytes = fs::read(folder.path().join("reports/scan.json")).unwrap();
    let scan = ScanDocument::parse(&bytes).unwrap();
    assert_eq!(scan.rulings.judgements.len() + scan.rulings.pins.len() + scan.rulings.functions.len(), 3);
    assert_eq!(scan.parameters.objective[0], "users");
    assert_eq!(scan.parameters.burden["prefecture"], 9);
    let said = fs::read_to_string(folder.path().join("reports/summary.md")).unwrap();
    assert!(said.contains("fewest users to move, least burden") && said.contains("prefecture 9"), "{said}");
    fs::remove_file(folder.path().join("policy.toml")).unwrap();
    let ran = run_in(folder.path(), &["plan", "--out", "again", "--lang", "en"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Differs from the stored plan: 0"), "{}", ran.out);
    assert!(fs::read(folder.path().join("again/scan.json")).unwrap() == bytes, "down to every byte");
    assert_eq!(run_in(folder.path(), &["plan", "--verify", "again/scan.json"]).status, 0);
    // Two of the three ask for one form under two names.
    assert_eq!(scan.asked.len(), 1, "{:?}", scan.asked);
    let again = scan.figures.iter().find(|figure| figure.id == "asked.again-before").unwrap();
    assert_eq!((again.numerator, again.denominator), (Some(1), Some(2)));
}

#[test]
fn two_that_are_to_go_into_each_other_cost_one_pin_and_not_both() {
    let scan = sample_scan();
    let (one, other) = (first(&scan, "merge"), first(&scan, "keep"));
    let id = |at: usize| scan.assets[at].id.clone();
    let merge = zhijian::model::ActionKind::Merge;
    let torn = Replan {
        pins: vec![(one, merge, Some(id(other))), (other, merge, Some(id(one)))],
        ..Replan::default()
    };
    let made = replan(&scan, &knowledge(), &torn).unwrap();
    let torn: Vec<_> = made.conflicts.iter().filter(|c| matches!(c, Conflict::Target { .. })).collect();
    assert_eq!(torn.len(), 1, "{:?}", made.conflicts);
}

#[test]
fn what_gives_way_is_printed_with_the_order_in_which_it_does() {
    let (desk, scan) = desk();
    let (from, to) =
        (&scan.plan.actions[first(&scan, "merge")].asset, &scan.plan.actions[first(&scan, "keep")].asset);
    let into = format!("{from}=merge:{to}");
    let ran = plan(&desk, &["--pin", &into, "--pin", &format!("{to}=close"), "--cap", "all=1"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let at = |text: &str| ran.out.find(text).unwrap_or_else(|| panic!("{text}: {}", ran.out));
    assert!(at("What cannot be had together") < at("Differs from the stored plan"), "{}", ran.out);
    assert!(ran.out.contains("all=1"), "{}", ran.out);
}

#[test]
fn explain_says_what_deciding_otherwise_would_cost() {
    let (desk, scan) = desk();
    let merged = &scan.plan.actions[first(&scan, "merge")];
    let ran = run_in(desk.path(), &["explain", &merged.asset, "--lang", "en"]);
    assert!(ran.out.contains("If it were “keep"), "{}", ran.out);
    assert!(ran.out.contains("items ") && ran.out.contains("users to move +"), "{}", ran.out);
    let lonely =
        scan.plan.actions.iter().find(|a| {
            a.action == "keep" && !scan.pairs.iter().any(|p| p.left == a.asset || p.right == a.asset)
        });
    let ran = run_in(desk.path(), &["explain", &lonely.unwrap().asset, "--lang", "en"]);
    assert!(ran.out.contains("has nowhere to go"), "{}", ran.out);
}

#[test]
fn unknown_items_and_two_minds_are_refused() {
    let (desk, scan) = desk();
    let id = &scan.plan.actions[0].asset;
    let (keep, close) = (format!("{id}=keep"), format!("{id}=close"));
    for arguments in [
        vec!["--pin", "没有的编号=keep"],
        vec!["--pin", &keep, "--pin", &close],
        vec!["--cap", "apps=3"],
        vec!["--cap", "region:哪里=0"],
        vec!["--cap", "platform:不存在=0"],
        vec!["--cap", "app+platform:微博=0"],
        vec!["--objective", "money"],
    ] {
        let ran = plan(&desk, &arguments);
        assert_eq!(ran.status, 2, "{arguments:?}");
        assert!(!ran.err.is_empty() && ran.out.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_cap_is_understood_as_reports_print_it_and_says_what_there_is_instead() {
    let (desk, scan) = desk();
    let account = scan.assets.iter().find(|asset| asset.platform == "weibo").unwrap();
    let place = &scan.assets.iter().find(|asset| asset.region.path.len() > 1).unwrap().region.path;
    for (one, other) in [
        ("platform:微博".to_owned(), "platform:weibo".to_owned()),
        (format!("region:{}", place.concat()), format!("region:{}", place.last().unwrap())),
        (format!("unit:{}", account.owner_unit.text), format!("unit:{}", account.owner_unit.canonical)),
    ] {
        let [one, other] = [one, other].map(|scope| plan(&desk, &["--cap", &format!("{scope}=0")]));
        assert_eq!((one.status, other.status), (0, 0), "{} {}", one.err, other.err);
        assert!(one.out.contains("→") || !one.out.contains("Differs from the stored plan: 0"), "{}", one.out);
    }
    let ran = plan(&desk, &["--cap", "platform:没有这样的平台=0"]);
    assert!(ran.err.contains("没有这样的平台") && ran.err.contains("Weibo"), "{}", ran.err);
}
