//! Clues from outside: what people wrote, linked to the items it is about.

use crate::support::run_in;
use std::fs;
use std::path::Path;

const APPS: &str = "\
应用名称,应用形态,主办单位,所在地区,功能描述
甲市智慧河长,APP,甲市水利局,示例省甲市,巡河管理
示例网格通,小程序,乙市政法委,示例省乙市,网格事件上报
示例网格通,小程序,丙市政法委,示例省丙市,网格事件上报
";

/// Nobody's number, invented to be masked; whole only while the test runs.
const INVENTED: [&str; 3] = ["138", "0000", "0000"];

/// The contact is the John Doe of the Chinese.
const CLUES: &str = "\
序号,反映对象,线索内容,来源,反映时间
1,甲市智慧河长,每天巡河必须打卡。联系人张三 NUMBER,热线,2026-05-06
2,,乙市有个“示例网格同”，天天要求上传照片,来信,2026-06-01
3,,村里的软件太多，都要下载,来信,2026-06-02
4,,示例网格通经常打不开,留言,2026-06-03
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/apps.csv"), APPS).unwrap();
    fs::write(folder.path().join("in/clues.csv"), CLUES.replace("NUMBER", &INVENTED.concat())).unwrap();
    // The samples' own places are invented; the program knows them from this file only.
    let regions = Path::new(env!("CARGO_MANIFEST_DIR")).join("inventories");
    for name in ["policy.toml", "regions.csv"] {
        let _ = fs::copy(regions.join(name), folder.path().join(name));
    }
    folder
}

/// Ids of the items of each clue, without the part that only says whose they are.
fn audited(folder: &Path) -> serde_json::Value {
    let run = run_in(folder, &["audit", "in", "--policy", "policy.toml", "--out", "out"]);
    assert!(run.status < 2, "{}", run.err);
    serde_json::from_slice(&fs::read(folder.join("out/scan.json")).unwrap()).unwrap()
}

#[test]
fn an_audit_links_clues_and_counts_them_as_no_items() {
    let folder = folder();
    let scan = audited(folder.path());
    assert_eq!(scan["assets"].as_array().unwrap().len(), 3, "a clue is no item");
    let clues = scan["clues"].as_array().unwrap();
    let about = |at: usize| -> Vec<(&str, &str)> {
        let items = clues[at]["items"].as_array().unwrap().iter();
        items.map(|i| (i["asset"].as_str().unwrap(), i["confidence"].as_str().unwrap())).collect()
    };
    let name = |at: usize| scan["assets"][at]["id"].as_str().unwrap();
    let of = |place: &str| (0..3).map(name).find(|id| id.contains(place)).unwrap();
    assert_eq!(about(0), [(of("智慧河长"), "high")]);
    let second = scan["assets"].as_array().unwrap().iter().find(|a| a["region"]["name"] == "乙市").unwrap();
    assert_eq!(about(1), [(second["id"].as_str().unwrap(), "low")], "a slip in the name, the place right");
    assert_eq!(about(2), []);
    assert_eq!(about(3).len(), 2, "two bear the name and nothing tells them apart");
    assert_eq!(clues[0]["practices"], serde_json::json!(["checkin"]));
    let stored = scan.to_string();
    assert!(!stored.contains(&INVENTED.concat()) && !stored.contains("张三"), "persons are masked");
    let summary = fs::read_to_string(folder.path().join("out/summary.md")).unwrap();
    assert!(summary.contains("台账中没有对应对象"), "{summary}");
    let shown = run_in(folder.path(), &["explain", of("智慧河长"), "--scan", "out/scan.json"]);
    assert!(shown.out.contains("每天巡河必须打卡"), "{}", shown.out);
}

#[test]
fn screening_names_the_items_of_a_stored_scan() {
    let folder = folder();
    audited(folder.path());
    let arguments = ["screen", "in/clues.csv", "--text-column", "线索内容", "--assets", "out/scan.json"];
    let run = run_in(folder.path(), &arguments);
    assert_eq!(run.status, 0, "{}", run.err);
    let mut rows = csv::Reader::from_reader(run.out.as_bytes());
    let headers = rows.headers().unwrap().clone();
    assert_eq!(headers.iter().skip(11).collect::<Vec<_>>(), ["类别", "assets", "对象"]);
    let names: Vec<String> = rows.records().map(|row| row.unwrap()[13].to_owned()).collect();
    assert_eq!(names, ["甲市智慧河长", "示例网格通", "", "示例网格通；示例网格通"]);
    let missing = run_in(folder.path(), &["screen", "in/clues.csv", "--assets", "none.json"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("none.json"), "{}", missing.err);
}
