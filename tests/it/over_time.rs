//! What only several scans can show of few items: a group made again, a reduction that is eaten up, a deadline that passed.

use crate::support::{Ran, run_in};
use std::fs;
use std::path::Path;

fn audit(folder: &Path, list: &str, day: &str, more: &[&str]) -> Ran {
    fs::create_dir_all(folder.join("inv")).unwrap();
    fs::write(folder.join("inv/a.csv"), list).unwrap();
    let arguments =
        ["audit", "inv", "--out", "out", "--history", "h.db", "-q", "--lang", "zh", "--as-of", day];
    let ran = run_in(folder, &[&arguments[..], more].concat());
    assert!(ran.status < 2, "{}", ran.err);
    ran
}

fn told(folder: &Path) -> String {
    fs::read_to_string(folder.join("out/changes.md")).unwrap()
}

const GROUPS: &str = "群组名称,平台,主办单位,行政区划,工作任务,成员数,状态\n\
    甲县防汛抗旱信息报送群,微信群,甲县水利局,示例省甲市甲县,防汛抗旱雨情水情信息报送,120,在用\n\
    甲县教育安全群,微信群,甲县教育局,示例省甲市甲县,校园安全工作联络,60,在用\n";

#[test]
fn a_group_that_was_dissolved_and_made_again_for_the_same_task_is_a_finding_with_its_clause() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    audit(folder, GROUPS, "2026-10-01", &[]);
    let dissolved = GROUPS.replace("120,在用", "120,已解散");
    audit(folder, &dissolved, "2026-10-08", &[]);
    assert!(told(folder).contains("| 有变化 | 甲县防汛抗旱信息报送群 |"), "{}", told(folder));
    let again = format!(
        "{dissolved}甲县防汛抗旱雨情报送群,微信群,甲县水利局,示例省甲市甲县,防汛抗旱雨情水情信息报送,118,在用\n"
    );
    let ran = audit(folder, &again, "2026-10-15", &["--fail-on", "rebound"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let scan: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("out/scan.json")).unwrap()).unwrap();
    let findings = scan["findings"].as_array().unwrap();
    let found: Vec<_> = findings.iter().filter(|f| f["rule"] == "group-recreated").collect();
    assert_eq!(found.len(), 1, "{findings:#?}");
    let recurrence = &found[0]["recurrence"];
    assert_eq!(
        (&recurrence["name"], &recurrence["scan"]),
        (&"甲县防汛抗旱信息报送群".into(), &"2026-10-08".into())
    );
    assert!(!found[0]["clause"].as_array().unwrap().is_empty());
    // Another group of the same unit with a task of its own is simply new.
    let other =
        format!("{dissolved}甲县水利基建群,微信群,甲县水利局,示例省甲市甲县,水库除险加固项目建设,30,在用\n");
    fs::remove_file(folder.join("h.db")).unwrap();
    audit(folder, GROUPS, "2026-10-01", &[]);
    audit(folder, &dissolved, "2026-10-08", &[]);
    audit(folder, &other, "2026-10-15", &[]);
    assert!(told(folder).contains("| 新增 | 甲县水利基建群 |"), "{}", told(folder));
}

const APPS: &str = "名称,平台,主办单位,行政区划,功能描述,运行状态,整改期限\n\
    甲县茶事,微信小程序,甲县农业农村局,示例省甲市甲县,茶叶行情查询,在用,\n\
    甲县体育,微信小程序,甲县体育局,示例省甲市甲县,场馆预约，每日签到打卡，积分排名,在用,2026-10-05\n\
    甲县书屋,微信小程序,甲县文化和旅游局,示例省甲市甲县,图书借阅查询,在用,\n";

#[test]
fn additions_that_eat_a_reduction_and_a_repair_that_is_overdue_are_said() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    audit(folder, APPS, "2026-10-01", &[]);
    let closed = APPS.replace("茶叶行情查询,在用", "茶叶行情查询,已关停");
    let closed = closed.replace("图书借阅查询,在用", "图书借阅查询,已关停");
    let fewer = audit(folder, &closed, "2026-10-02", &["--fail-on", "overdue"]);
    assert_eq!(fewer.status, 0, "the deadline is not over: {}", fewer.out);
    assert!(!told(folder).contains("边减边增"), "{}", told(folder));
    // From the first week again, and this time one is added.
    fs::remove_file(folder.join("h.db")).unwrap();
    audit(folder, APPS, "2026-10-01", &[]);
    let added = format!("{closed}甲县救助,微信小程序,甲县民政局,示例省甲市甲县,临时救助申请办理,在用,\n");
    let ran = audit(folder, &added, "2026-10-08", &["--fail-on", "overdue"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let told = told(folder);
    assert!(told.contains("边减边增：减少 2 项的同时新增 1 项，新增抵消了减量的 50.0% (1/2)。"), "{told}");
    assert!(told.contains("| 逾期 | 保留整改 | 甲县体育 |"), "{told}");
    assert!(told.contains("存量由 3 项变为 2 项（净 −1）"), "{told}");
}
