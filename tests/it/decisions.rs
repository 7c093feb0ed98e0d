//! Ledgers that come back filled in, from outside: what is obeyed, what is listed, and that it lasts.

use crate::support::{Ran, run_in};
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zhijian::scan::document::{Action, ScanDocument};

/// Four apps of one city: two of one unit that do one job, two units that do another, and one alone.
const INVENTORY: &str = "名称,主办单位,区划,服务对象,功能描述,注册用户数
甲市公交通,甲市交通运输局,甲市,公众,公交实时查询、公交线路规划,90000
掌上乘车,甲市交通运输局,甲市,公众,公交实时查询、公交线路规划,2000
甲市志愿通,甲市文明办,甲市,公众,志愿者注册、志愿活动报名、服务时长记录,5000
青年志愿家,共青团甲市委员会,甲市,公众,志愿者注册、志愿活动报名、服务时长记录,800
甲市不动产查询,甲市自然资源局,甲市,公众,不动产登记查询,7000
";

struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.write("in/apps.csv", INVENTORY);
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn audit(&self, out: &str, more: &[&str]) -> Ran {
        let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("inventories/policy.toml");
        let policy = policy.display().to_string();
        let mut arguments = vec!["audit", "in", "--policy", &policy, "--as-of", "2026-11-22", "--out", out];
        arguments.extend(more);
        run_in(self.path(), &arguments)
    }

    fn scan(&self, out: &str) -> ScanDocument {
        ScanDocument::parse(&fs::read(self.path().join(out).join("scan.json")).unwrap()).unwrap()
    }

    /// Audits with these decisions about ids, one CSV file each.
    fn decided(&self, files: &[&[(&str, &str)]]) -> ScanDocument {
        let _ = fs::remove_dir_all(self.path().join("back"));
        for (number, rows) in files.iter().enumerate() {
            let rows: Vec<String> = rows.iter().map(|(id, decision)| format!("{id},{decision},备")).collect();
            self.write(&format!("back/{number}.csv"), &format!("编号,决定,备注\n{}\n", rows.join("\n")));
        }
        let ran = self.audit("out", &["--decisions", "back"]);
        assert!(ran.status < 2, "{}", ran.err);
        self.scan("out")
    }
}

fn id(scan: &ScanDocument, name: &str) -> String {
    let mut named = scan.assets.iter().filter(|asset| asset.name == name);
    let found = named.next().unwrap_or_else(|| panic!("no {name}")).id.clone();
    assert!(named.next().is_none(), "several {name}");
    found
}

fn action<'a>(scan: &'a ScanDocument, name: &str) -> &'a Action {
    let id = id(scan, name);
    scan.plan.actions.iter().find(|action| action.asset == id).unwrap()
}

/// What became of the decisions, by item.
fn outcomes(scan: &ScanDocument) -> Vec<(String, String)> {
    let entries = scan.decisions.iter().flat_map(|decisions| &decisions.entries);
    entries.map(|entry| (entry.asset.clone(), entry.outcome.clone())).collect()
}

/// Fills decisions into the sheets of a ledger and saves all of it anew, as a spreadsheet program does.
fn filled(ledger: &Path, to: &Path, decide: &dyn Fn(&BTreeMap<String, String>) -> Option<&'static str>) {
    let mut old: Xlsx<_> = open_workbook(ledger).unwrap();
    let mut new = Workbook::new();
    for name in old.sheet_names() {
        let range = old.worksheet_range(&name).unwrap();
        let sheet = new.add_worksheet();
        sheet.set_name(&name).unwrap();
        let text = |cell: &Data| cell.to_string();
        let header: Vec<String> = range.rows().next().unwrap_or(&[]).iter().map(text).collect();
        let decision = header.iter().position(|title| title == "决定");
        for (r, row) in (0..).zip(range.rows()) {
            for (c, cell) in (0..).zip(row) {
                sheet.write_string(r, c, text(cell)).unwrap();
            }
            let cells = header.iter().cloned().zip(row.iter().map(text)).collect();
            if r > 0
                && let Some(at) = decision
                && let Some(word) = decide(&cells)
            {
                sheet.write_string(r, u16::try_from(at).unwrap(), word).unwrap();
            }
        }
    }
    new.save(to).unwrap();
}

#[test]
fn a_returned_ledger_is_obeyed_and_goes_out_again_with_its_decisions() {
    let desk = Desk::new();
    desk.audit("first", &[]);
    let first = desk.scan("first");
    assert_eq!(action(&first, "掌上乘车").action, "merge");
    assert_eq!(action(&first, "青年志愿家").action, "refer");
    assert_eq!(first.decisions, None);

    fs::create_dir(desk.path().join("back")).unwrap();
    let back = desk.path().join("back/甲市-ledger.xlsx");
    filled(
        &desk.path().join("first/ledger.xlsx"),
        &back,
        &|cells| match cells.get("名称").map(String::as_str) {
            Some("掌上乘车") => Some("不采纳"),
            Some("青年志愿家") => Some("采纳"),
            Some("甲市不动产查询") => Some("改为关停注销"),
            Some("甲市公交通") => Some("暂缓"),
            _ => None,
        },
    );
    let ran = desk.audit("second", &["--decisions", "back"]);
    assert!(ran.status < 2, "{}", ran.err);
    let second = desk.scan("second");
    let kept = action(&second, "掌上乘车");
    assert!(kept.action.starts_with("keep") && kept.pinned && kept.reason.contains("不采纳"), "{kept:?}");
    let moved = action(&second, "青年志愿家");
    assert_eq!(
        (moved.action.as_str(), moved.target.as_deref()),
        ("merge", Some(&*id(&second, "甲市志愿通")))
    );
    assert_eq!(action(&second, "甲市不动产查询").action, "close");
    let decisions = second.decisions.as_ref().unwrap();
    assert_eq!(decisions.files[0].path, "甲市-ledger.xlsx");
    assert_eq!(decisions.files[0].blake3, blake3::hash(&fs::read(&back).unwrap()).to_hex().to_string());
    let noted = decisions.entries.iter().filter(|entry| entry.outcome == "noted").count();
    assert_eq!((decisions.entries.len(), noted), (4, 1));
    let verified = run_in(desk.path(), &["plan", "--verify", "second/scan.json"]);
    assert_eq!(verified.status, 0, "{}", verified.out);

    // What goes out next shows what was decided; coming back as it is, it changes nothing.
    let ran = desk.audit("third", &["--decisions", "second/ledger.xlsx"]);
    assert!(ran.status < 2, "{}", ran.err);
    let third = desk.scan("third");
    assert_eq!(third.plan.actions.len(), second.plan.actions.len());
    for (a, b) in third.plan.actions.iter().zip(&second.plan.actions) {
        assert_eq!((&a.asset, &a.action, &a.target), (&b.asset, &b.action, &b.target));
    }
}

/// Every unit gets its workbook, fills it in and sends it back: all of it is understood and obeyed.
#[test]
fn workbooks_of_units_come_back_filled_and_are_obeyed_as_one_folder() {
    let desk = Desk::new();
    desk.audit("first", &[]);
    let split = run_in(
        desk.path(),
        &["report", "--scan", "first/scan.json", "--split-by", "owner_unit", "--out", "units"],
    );
    assert_eq!(split.status, 0, "{}", split.err);
    fs::create_dir(desk.path().join("back")).unwrap();
    let mut sent = 0;
    for entry in fs::read_dir(desk.path().join("units")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "xlsx") {
            sent += 1;
            filled(&path, &desk.path().join("back").join(path.file_name().unwrap()), &|cells| {
                cells.contains_key("处置意见").then(|| match cells["名称"].as_str() {
                    "掌上乘车" => "不采纳",
                    _ => "采纳",
                })
            });
        }
    }
    assert_eq!(sent, 4, "one for each unit");
    let ran = desk.audit("second", &["--decisions", "back"]);
    assert!(ran.status < 2, "{}", ran.err);
    let second = desk.scan("second");
    assert_eq!(action(&second, "掌上乘车").action, "keep");
    assert_eq!(outcomes(&second).len(), second.assets.len(), "{:?}", outcomes(&second));
    let told: Vec<&str> = second.diagnostics.iter().map(|remark| remark.code.as_str()).collect();
    assert!(!told.iter().any(|code| code.starts_with("decisions/")), "{told:?}");
}

#[test]
fn a_pair_that_a_person_called_different_is_not_merged_and_one_called_the_same_is() {
    let desk = Desk::new();
    desk.audit("first", &[]);
    let first = desk.scan("first");
    let ids = [
        id(&first, "甲市公交通"),
        id(&first, "掌上乘车"),
        id(&first, "甲市志愿通"),
        id(&first, "青年志愿家"),
    ];
    let related = |scan: &ScanDocument| {
        let pair =
            |p: &&zhijian::scan::document::Pair| ids[..2].contains(&p.left) && ids[..2].contains(&p.right);
        scan.pairs.iter().find(pair).map(|pair| pair.relation.clone())
    };
    assert_eq!(related(&first).as_deref(), Some("overlap"));
    let rows = format!(
        "left,right,relation,decision\n{},{},overlap,not the same\n{},{},cross-unit,same\n",
        ids[1], ids[0], ids[3], ids[2]
    );
    desk.write("back/pairs.csv", &rows);
    desk.audit("second", &["--decisions", "back"]);
    let second = desk.scan("second");
    assert_eq!(related(&second), None);
    assert!(action(&second, "掌上乘车").action.starts_with("keep"));
    let kinds = ["甲市志愿通", "青年志愿家"].map(|name| action(&second, name).action.as_str());
    assert_eq!(kinds.iter().filter(|kind| **kind == "none").count(), 1, "{kinds:?}");
}

#[test]
fn contradictions_are_listed_and_neither_side_is_obeyed_whatever_the_order() {
    let desk = Desk::new();
    desk.audit("first", &[]);
    let first = desk.scan("first");
    let (bus, ride) = (id(&first, "甲市公交通"), id(&first, "掌上乘车"));
    let (one, other): (&[_], &[_]) = (&[(&*ride, "不采纳")], &[(&*ride, "改为关停")]);
    for files in [[one, other], [other, one]] {
        let scan = desk.decided(&files);
        assert_eq!(action(&scan, "掌上乘车"), action(&first, "掌上乘车"));
        let said: Vec<_> = scan.diagnostics.iter().filter(|d| d.code == "decisions/contradiction").collect();
        assert_eq!(said.len(), 2);
        assert!(said.iter().any(|d| d.at.starts_with("0.csv") && d.text.contains("1.csv")), "{said:?}");
        assert!(outcomes(&scan).iter().all(|(_, outcome)| outcome == "contradicted"));
    }
    // One goes into the other, which is to be closed.
    let scan = desk.decided(&[&[(&*ride, "改为整合到甲市公交通"), (&*bus, "改为关停")]]);
    assert!(outcomes(&scan).iter().all(|(_, outcome)| outcome == "contradicted"), "{:?}", outcomes(&scan));
    assert_eq!(action(&scan, "甲市公交通").action, action(&first, "甲市公交通").action);
    // Saying the same twice is no contradiction.
    let scan = desk.decided(&[one, one]);
    assert!(action(&scan, "掌上乘车").pinned);
}

#[test]
fn what_is_accepted_without_its_proposal_is_what_the_plan_says() {
    let desk = Desk::new();
    desk.audit("first", &[]);
    let first = desk.scan("first");
    let (ride, home) = (id(&first, "掌上乘车"), id(&first, "青年志愿家"));
    let asked = action(&first, "青年志愿家").proposed.as_ref().unwrap();
    let scan = desk.decided(&[&[(&ride, "采纳"), (&home, "采纳")]]);
    assert!(outcomes(&scan).iter().all(|(_, outcome)| outcome == "applied"), "{:?}", outcomes(&scan));
    let (merged, answered) = (action(&scan, "掌上乘车"), action(&scan, "青年志愿家"));
    assert_eq!(
        (merged.pinned, &*merged.action, &merged.target),
        (true, "merge", &action(&first, "掌上乘车").target)
    );
    assert_eq!((answered.pinned, &answered.action, &answered.target), (true, &asked.action, &asked.target));
    // Both at once is a contradiction, in whatever table they stand.
    for files in [&[&[(&*ride, "采纳")], &[(&*ride, "不采纳")]], &[&[(&*ride, "暂缓")], &[(&*ride, "采纳")]]]
    {
        let files: Vec<&[_]> = files.iter().map(|rows| &rows[..]).collect();
        let scan = desk.decided(&files);
        assert!(
            outcomes(&scan).iter().all(|(_, outcome)| outcome == "contradicted"),
            "{:?}",
            outcomes(&scan)
        );
    }
}

#[test]
fn an_apostrophe_that_keeps_a_remark_from_being_a_formula_is_no_part_of_it() {
    let desk = Desk::new();
    desk.audit("first", &[]);
    let ride = id(&desk.scan("first"), "掌上乘车");
    desk.write("back/0.csv", &format!("编号,决定,备注\n{ride},不采纳,'=1+1\n"));
    desk.audit("out", &["--decisions", "back"]);
    let scan = desk.scan("out");
    assert_eq!(scan.decisions.unwrap().entries[0].reason, "=1+1");
}

#[test]
fn a_pair_that_a_person_calls_one_has_one_relation() {
    let desk = Desk(tempfile::tempdir().unwrap());
    let rows = "账号名称,平台,主办单位,区划\n甲市教育,微信公众号,甲市教育局,甲市\n甲市学校通知,微信公众号,甲市教育局,甲市\n";
    desk.write("in/accounts.csv", rows);
    desk.audit("first", &[]);
    let first = desk.scan("first");
    assert_eq!(first.pairs.iter().map(|pair| &*pair.relation).collect::<Vec<_>>(), ["same-platform"]);
    let (left, right) = (&first.pairs[0].left, &first.pairs[0].right);
    desk.write("back/0.csv", &format!("编号（甲）,编号（乙）,决定\n{left},{right},同一事项\n"));
    let ran = desk.audit("out", &["--decisions", "back"]);
    assert!(ran.status < 2, "{}", ran.err);
    let scan = desk.scan("out");
    assert_eq!(scan.pairs.iter().map(|pair| &*pair.relation).collect::<Vec<_>>(), ["same"]);
    let doubled = scan.findings.iter().filter(|f| f.rule == "account-duplicate-same-platform");
    assert_eq!(doubled.count(), 0);
    // Who wants both of one thing to stay wants two.
    let both = format!(
        "编号,决定,编号（甲）,编号（乙）\n{left},不采纳,,\n{right},不采纳,,\n,同一事项,{left},{right}\n"
    );
    desk.write("back/0.csv", &both);
    desk.audit("out", &["--decisions", "back"]);
    let scan = desk.scan("out");
    assert_eq!(outcomes(&scan).len(), 3);
    assert!(outcomes(&scan).iter().all(|(_, outcome)| outcome == "contradicted"), "{:?}", outcomes(&scan));
}

#[test]
fn what_cannot_be_obeyed_is_listed_with_the_reason() {
    let desk = Desk::new();
    desk.audit("first", &[]);
    let first = desk.scan("first");
    let ride = id(&first, "掌上乘车");
    let renamed = id(&first, "青年志愿家").replace("青年志愿家", "青年志愿之家");
    let gone = ride.replace("掌上乘车", "早已没有的应用");
    let scan = desk.decided(&[
        &[(&renamed, "不采纳"), (&gone, "改为关停"), (&ride, "看情况")],
        &[(&*id(&first, "甲市志愿通"), "改为整合到没有的平台")],
    ]);
    let found: BTreeMap<String, String> = outcomes(&scan).into_iter().collect();
    assert_eq!(found[&renamed], "unknown");
    assert_eq!(found[&gone], "gone");
    assert_eq!(found[&ride], "unclear");
    assert_eq!(found[&id(&first, "甲市志愿通")], "unclear");
    let nearest = scan.diagnostics.iter().find(|d| d.code == "decisions/unknown-item").unwrap();
    assert!(nearest.text.contains(&id(&first, "青年志愿家")), "{}", nearest.text);
    assert_eq!(scan.plan, first.plan, "nothing of it is obeyed");
}

#[test]
fn decisions_among_the_inventories_are_no_inventory_and_a_missing_path_is_refused() {
    let desk = Desk::new();
    desk.audit("first", &[]);
    let first = desk.scan("first");
    let back = PathBuf::from("in/decided.csv");
    desk.write("in/decided.csv", &format!("名称,编号,决定\n掌上乘车,{},不采纳\n", id(&first, "掌上乘车")));
    desk.audit("second", &["--decisions", back.to_str().unwrap()]);
    let second = desk.scan("second");
    assert_eq!(second.assets, first.assets);
    assert!(action(&second, "掌上乘车").pinned);
    let ran = desk.audit("third", &["--decisions", "nowhere"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("nowhere"), "{}", ran.err);
}

#[test]
fn what_a_listed_platform_above_covers_migrates_to_it_and_the_list_counts_nothing() {
    let desk = Desk::new();
    desk.audit("first", &[]);
    let first = desk.scan("first");
    let list = "名称,主办单位,区划,层级,服务对象,功能描述
示例不动产通,示例省自然资源厅,示例省,省级,公众,不动产登记查询
";
    desk.write("in/上级平台.csv", list);
    let ran = desk.audit("second", &["--reference", "in/上级平台.csv"]);
    assert!(ran.status < 2, "{}", ran.err);
    let second = desk.scan("second");
    assert_eq!(second.assets, first.assets, "the platform is nobody's item");
    let moved = action(&second, "甲市不动产查询");
    assert_eq!(moved.action, "migrate", "{:?}", second.reference);
    assert!(moved.target.as_deref().is_some_and(|target| target.starts_with("示例不动产通")), "{moved:?}");
    assert_eq!(moved.steps[0], "ask-for-access");
    let reference = second.reference.as_ref().unwrap();
    assert_eq!(reference.file.blake3, blake3::hash(list.as_bytes()).to_hex().to_string());
    let verified = run_in(desk.path(), &["plan", "--verify", "second/scan.json"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
    let spoilt = fs::read_to_string(desk.path().join("second/scan.json")).unwrap();
    let spoilt = spoilt.replacen("\"target\": \"示例不动产通", "\"target\": \"别的平台", 1);
    desk.write("spoilt.json", &spoilt);
    assert_eq!(run_in(desk.path(), &["plan", "--verify", "spoilt.json"]).status, 2);
    // Planning again finds the same, and the list is in the provenance.
    let again =
        run_in(desk.path(), &["plan", "--scan", "second/scan.json", "--objective", "burden", "--lang", "en"]);
    assert!(again.out.contains("Differs from the stored plan: 0"), "{}{}", again.out, again.err);
    assert!(fs::read_to_string(desk.path().join("second/summary.md")).unwrap().contains("上级平台清单"));
}

#[test]
fn the_old_and_the_new_name_of_one_account_are_one_account() {
    let desk = Desk(tempfile::tempdir().unwrap());
    let rows = "账号名称,平台,主办单位,粉丝数
甲市教育,微信公众号,甲市教育局,5600
甲市教育（原甲市教体）,微信公众号,甲市教育局,5600
甲市水务,微信公众号,甲市水务局,50
甲市水利（曾用名：甲市水务）,微信公众号,甲市水务局,50
甲市林业,微信公众号,甲市林业局,50
甲市林业防火（试运行）,微信公众号,甲市林业局,50
";
    desk.write("in/accounts.csv", rows);
    desk.audit("out", &[]);
    let relations: Vec<String> = desk.scan("out").pairs.into_iter().map(|pair| pair.relation).collect();
    assert_eq!(relations, ["same", "same", "same-platform"]);
}
