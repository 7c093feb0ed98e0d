//! What `diff` says of two scans: every change in its class, and no change of ours taken for one of the world.

use crate::support::run_in;
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

const HEAD: &str = "名称,平台,主办单位,行政区划,账号ID,功能描述,运行状态,停用时间,开设时间,整合至";

/// A policy that knows the places of the samples.
fn places() -> String {
    let regions = Path::new(env!("CARGO_MANIFEST_DIR")).join("inventories/regions.csv");
    let regions = regions.display().to_string().replace('\\', "/");
    format!("schema = 1\n[regions]\nextra = \"{regions}\"\n")
}

/// A folder of inventories, one per entry, audited into `out`.
fn audited(folder: &Path, out: &str, files: &[(&str, &[&str])], more: &[&str]) -> Value {
    let inputs = folder.join(format!("{out}-in"));
    std::fs::create_dir_all(&inputs).unwrap();
    for (name, rows) in files {
        std::fs::write(inputs.join(name), format!("{HEAD}\n{}\n", rows.join("\n"))).unwrap();
    }
    let inputs = format!("{out}-in");
    let policy = folder.join("places.toml");
    std::fs::write(policy, places()).unwrap();
    let mut arguments = vec!["audit", &inputs, "--out", out, "--as-of", "2026-11-22"];
    arguments.extend(if more.is_empty() { &["--policy", "places.toml"] } else { more });
    let ran = run_in(folder, &arguments);
    assert!(ran.status < 2, "{}", ran.err);
    serde_json::from_slice(&std::fs::read(folder.join(out).join("scan.json")).unwrap()).unwrap()
}

fn compared(folder: &Path, more: &[&str]) -> Value {
    let arguments = [&["diff", "a/scan.json", "b/scan.json", "--format", "json"], more].concat();
    let ran = run_in(folder, &arguments);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let diff: Value = serde_json::from_str(&ran.out).unwrap();
    for balance in diff["balance"].as_array().unwrap() {
        let n = |key: &str| balance[key].as_i64().unwrap();
        let came = n("first_reported") + n("added") + n("recounted_in");
        let went = n("removed") + n("not_reported") + n("recounted_out");
        assert_eq!(n("opening") + came - went, n("closing"), "{balance}");
    }
    diff
}

/// Two scans of these files, compared.
fn diff(before: &[(&str, &[&str])], after: &[(&str, &[&str])]) -> (TempDir, Value) {
    let folder = tempfile::tempdir().unwrap();
    audited(folder.path(), "a", before, &[]);
    audited(folder.path(), "b", after, &[]);
    let diff = compared(folder.path(), &[]);
    (folder, diff)
}

/// The entry about an item of this name.
fn item<'a>(diff: &'a Value, name: &str) -> &'a Value {
    let mut found = diff["items"].as_array().unwrap().iter().filter(|item| item["name"] == name);
    let entry = found.next().unwrap_or_else(|| panic!("no entry about {name}: {diff:#}"));
    assert!(found.next().is_none(), "two entries about {name}");
    entry
}

fn class<'a>(diff: &'a Value, name: &str) -> (&'a str, &'a str) {
    let item = item(diff, name);
    (item["class"].as_str().unwrap(), item["cause"].as_str().unwrap())
}

const PARKS: &str =
    "子县公园预约,微信小程序,子县住房和城乡建设局,示例省甲市子县,,公园预约、场馆预约,在用,,2021-03-01,";
const TEA: &str = "子县茶事,微信公众号,子县农业农村局,示例省甲市子县,gh_tea1,茶叶资讯发布,在用,,2020-03-01,";

#[test]
fn a_scan_compared_with_itself_is_unchanged_in_all_its_entries() {
    let folder = tempfile::tempdir().unwrap();
    let scan = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/scan.json");
    for side in ["a", "b"] {
        std::fs::create_dir(folder.path().join(side)).unwrap();
        std::fs::copy(&scan, folder.path().join(side).join("scan.json")).unwrap();
    }
    let diff = compared(folder.path(), &[]);
    let scan: Value = serde_json::from_slice(&std::fs::read(scan).unwrap()).unwrap();
    for (entries, of) in [("items", "assets"), ("problems", "findings")] {
        let entries = diff[entries].as_array().unwrap();
        assert_eq!(entries.len(), scan[of].as_array().unwrap().len());
        assert!(entries.iter().all(|entry| entry["class"] == "kept"), "{of}");
    }
    assert!(diff["conditions"].as_array().unwrap().is_empty());
    for format in ["text", "md"] {
        let said = run_in(
            folder.path(),
            &["diff", "a/scan.json", "b/scan.json", "--format", format, "--lang", "en"],
        );
        assert!(said.out.contains("unchanged 455"), "{}", said.out);
    }
}

#[test]
fn an_item_is_recognised_when_its_id_is_another() {
    let before: &[(&str, &[&str])] = &[(
        "子县.csv",
        &[
            PARKS,
            TEA,
            "子县发布,微信公众号,子县人民政府办公室,示例省甲市子县,,政务信息发布,在用,,2019-01-01,",
            "子县发布,新浪微博,子县人民政府办公室,示例省甲市子县,,政务信息发布,在用,,2019-01-01,",
        ],
    )];
    let after: &[(&str, &[&str])] = &[(
        "子县.csv",
        &[
            // Listed as of another unit, renamed with its account id, and one of two of the same name gone.
            "子县公园预约,微信小程序,子县城市管理局,示例省甲市子县,,公园预约、场馆预约,在用,,2021-03-01,",
            "子县茶韵飘香,微信公众号,子县农业农村局,示例省甲市子县,gh_tea1,茶叶资讯发布,在用,,2020-03-01,",
            "子县发布,新浪微博,子县人民政府办公室,示例省甲市子县,,政务信息发布,在用,,2019-01-01,",
        ],
    )];
    let (_folder, diff) = diff(before, after);
    assert_eq!(class(&diff, "子县公园预约"), ("changed", "world"));
    assert_eq!(item(&diff, "子县公园预约")["linked"], "moved");
    let tea = item(&diff, "子县茶韵飘香");
    assert_eq!((tea["class"].as_str(), tea["linked"].as_str()), (Some("changed"), Some("matched")));
    assert!(
        tea["evidence"].as_array().unwrap().iter().any(|e| e.as_str().unwrap().contains("gh_tea1")),
        "{tea}"
    );
    let of_office: Vec<_> =
        diff["items"].as_array().unwrap().iter().filter(|i| i["name"] == "子县发布").collect();
    let classes: Vec<_> =
        of_office.iter().map(|i| (i["class"].as_str().unwrap(), i["asset"].as_str().unwrap())).collect();
    assert_eq!(classes.len(), 2, "{classes:?}");
    assert!(classes.iter().any(|c| c.0 == "gone") && classes.iter().any(|c| c.0 == "kept"), "{classes:?}");
}

#[test]
fn gone_needs_a_list_that_was_sent() {
    let county: &[&str] = &[
        "丑县旅游,微信公众号,丑县文化和旅游局,示例省甲市丑县,,旅游资讯,在用,,2020-01-01,",
        "丑县体育,微信公众号,丑县体育局,示例省甲市丑县,,体育资讯,在用,,2020-01-01,",
        "丑县税务,微信公众号,丑县税务局,示例省甲市丑县,,税务资讯,在用,,2020-01-01,",
    ];
    // One item left a list that came under another name; another list did not come at all.
    let before: &[(&str, &[&str])] = &[("子县.csv", &[PARKS, TEA]), ("丑县11月.csv", county)];
    let (_f, moved) = diff(before, &[("丑县12月.csv", &county[..2])]);
    assert_eq!(class(&moved, "丑县税务"), ("gone", "world"));
    assert_eq!(class(&moved, "丑县旅游"), ("kept", "world"));
    for name in ["子县公园预约", "子县茶事"] {
        assert_eq!(class(&moved, name), ("not-reported", "reporting"));
    }
    let all = moved["balance"].as_array().unwrap().last().unwrap();
    assert_eq!((all["removed"].as_u64(), all["not_reported"].as_u64()), (Some(1), Some(2)));
    // Backwards, what comes for the first time is no new building.
    let (_f, first) = diff(&[("丑县12月.csv", &county[..2])], before);
    assert_eq!(class(&first, "子县茶事"), ("new", "reporting"));
    assert_eq!(class(&first, "丑县税务"), ("new", "world"));
    let all = first["balance"].as_array().unwrap().last().unwrap();
    assert_eq!((all["added"].as_u64(), all["first_reported"].as_u64()), (Some(1), Some(2)));
}

#[test]
fn what_was_closed_and_is_in_use_again_is_revived() {
    let closed = TEA.replace("在用,,", "已注销,2026-05-01,");
    let (_f, diff) = diff(&[("子县.csv", &[PARKS, &closed])], &[("子县.csv", &[PARKS, TEA])]);
    let tea = item(&diff, "子县茶事");
    assert_eq!(tea["class"], "revived");
    assert_eq!(tea["origin"]["closed"], "2026-05-01");
    assert_eq!(diff["balance"].as_array().unwrap().last().unwrap()["added"], 1);
}

#[test]
fn a_closed_job_under_another_name_is_rebranded_and_an_announced_successor_is_not() {
    let old = "子县河长巡查通,APP,子县水利局,示例省甲市子县,,河长巡河、问题上报、巡河轨迹记录,已下线,2026-05-01,2020-01-01,";
    let new = "水韵子县,APP,子县水利局,示例省甲市子县,,河长巡河、问题上报、巡河轨迹记录,在用,,2026-08-01,";
    let classes = |old: &str, new: &str| {
        let (_f, diff) = diff(&[("子县.csv", &[PARKS, old])], &[("子县.csv", &[PARKS, old, new])]);
        let entry = item(&diff, "水韵子县");
        (entry["class"].as_str().unwrap().to_owned(), entry["was"].as_str().unwrap_or("").to_owned())
    };
    let (class, was) = classes(old, new);
    assert_eq!(class, "rebranded");
    assert!(was.contains("河长巡查通"), "{was}");
    for (what, old, new) in [
        ("announced", old.replace("2020-01-01,", "2020-01-01,水韵子县"), new.to_owned()),
        ("there before", old.to_owned(), new.replace("2026-08-01", "2025-08-01")),
        ("long after", old.replace("2026-05-01", "2023-05-01"), new.to_owned()),
        ("another unit", old.to_owned(), new.replace("子县水利局", "子县教育局")),
        ("another job", old.to_owned(), new.replace("河长巡河、问题上报、巡河轨迹记录", "图书借阅")),
    ] {
        assert_eq!(classes(&old, &new).0, "new", "{what}");
    }
}

#[test]
fn a_problem_is_fixed_by_the_world_and_gone_by_our_rules() {
    let clean = "子县乡村治理,APP,子县农业农村局,示例省甲市子县,,村级事务管理,在用,,2021-03-01,";
    let checkin = clean.replace("村级事务管理", "村级事务管理，要求干部每日打卡签到");
    let folder = tempfile::tempdir().unwrap();
    let rule = "app-checkin-mandatory";
    let of_rule = |diff: &Value| {
        let problems = diff["problems"].as_array().unwrap().clone();
        let found: Vec<Value> = problems.into_iter().filter(|p| p["rule"] == rule).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        (found[0]["class"].as_str().unwrap().to_owned(), found[0]["cause"].as_str().unwrap().to_owned())
    };
    audited(folder.path(), "a", &[("子县.csv", &[&checkin, TEA])], &[]);
    audited(folder.path(), "b", &[("子县.csv", &[clean, TEA])], &[]);
    assert_eq!(of_rule(&compared(folder.path(), &[])), ("fixed".into(), "world".into()));

    let policy = format!("{}[rules.{rule}]\nenabled = false\n", places());
    std::fs::write(folder.path().join("p.toml"), policy).unwrap();
    audited(folder.path(), "b", &[("子县.csv", &[&checkin, TEA])], &["--policy", "p.toml"]);
    let diff = compared(folder.path(), &[]);
    assert_eq!(of_rule(&diff), ("gone".into(), "policy".into()));
    assert_eq!(class(&diff, "子县乡村治理").0, "kept");
    assert!(diff["conditions"].as_array().unwrap().iter().any(|c| c["what"] == "policy"));

    // Its list not sent: nobody knows.
    audited(folder.path(), "c", &[("子县.csv", &[&checkin, TEA])], &[]);
    std::fs::rename(folder.path().join("c"), folder.path().join("a2")).unwrap();
    audited(
        folder.path(),
        "d",
        &[("寅县.csv", &["寅县体育,微信公众号,寅县体育局,示例省乙市寅县,,体育资讯,在用,,2020-01-01,"])],
        &[],
    );
    let ran = run_in(folder.path(), &["diff", "a2/scan.json", "d/scan.json", "--format", "json"]);
    assert_eq!(
        of_rule(&serde_json::from_str(&ran.out).unwrap()),
        ("not-reported".into(), "reporting".into())
    );
}

/// Items of the samples struck out at random on both sides: every item has one entry, and the order of the scans'
/// lists changes nothing.
#[test]
fn entries_cover_both_scans_whatever_is_missing() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/scan.json");
    let scan: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut seed = 7u64;
    let mut draw = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for round in 0..3 {
        let mut ids: [Vec<String>; 2] = [Vec::new(), Vec::new()];
        let mut sides = [scan.clone(), scan.clone()];
        for (side, scan) in sides.iter_mut().enumerate() {
            let list = scan["assets"].as_array_mut().unwrap();
            list.retain(|_| draw(4) > 0);
            ids[side] = list.iter().map(|a| a["id"].as_str().unwrap().to_owned()).collect();
            let folder = folder.path().join(["a", "b"][side]);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("scan.json"), scan.to_string()).unwrap();
        }
        let diff = compared(folder.path(), &[]);
        let mut told = [Vec::new(), Vec::new()];
        for entry in diff["items"].as_array().unwrap() {
            let id = entry["asset"].as_str().unwrap().to_owned();
            let was = entry["was"].as_str().map_or_else(|| id.clone(), str::to_owned);
            match entry["class"].as_str().unwrap() {
                "new" | "rebranded" => told[1].push(id),
                "gone" | "not-reported" => told[0].push(id),
                _ => {
                    told[0].push(was);
                    told[1].push(id);
                }
            }
        }
        for side in 0..2 {
            ids[side].sort();
            told[side].sort();
            assert_eq!(told[side], ids[side], "round {round}");
        }
        for (side, scan) in sides.iter_mut().enumerate() {
            scan["assets"].as_array_mut().unwrap().reverse();
            scan["findings"].as_array_mut().unwrap().reverse();
            std::fs::write(folder.path().join(["a", "b"][side]).join("scan.json"), scan.to_string()).unwrap();
        }
        let again = compared(folder.path(), &[]);
        assert_eq!(again["items"], diff["items"], "round {round}");
        assert_eq!(again["problems"], diff["problems"], "round {round}");
    }
}

#[test]
fn two_scans_the_wrong_way_round_are_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let rows: &[(&str, &[&str])] = &[("a.csv", &["甲县发布,微信公众号,甲县县委宣传部,甲县,,,,,,"])];
    audited(folder.path(), "a", rows, &[]);
    let scan = std::fs::read_to_string(folder.path().join("a/scan.json")).unwrap();
    std::fs::write(folder.path().join("old.json"), scan.replacen("2026-11-22", "2026-10-01", 1)).unwrap();
    let ran = run_in(folder.path(), &["diff", "a/scan.json", "old.json"]);
    assert!(ran.err.contains("2026-11-22") && ran.err.contains("写反"), "{}", ran.err);
    let ran = run_in(folder.path(), &["diff", "old.json", "a/scan.json"]);
    assert!(!ran.err.contains("写反"), "{}", ran.err);
}
