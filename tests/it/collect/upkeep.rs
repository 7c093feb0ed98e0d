//! An evidence folder long after: read again by a better adapter, and emptied of what is past its time.

use crate::support::{Ran, run_in};
use std::path::Path;

/// A shop whose markup changed: the adapter that is shipped finds no name in it.
const RENAMED: &str = include_str!("../../fixtures/collect/yingyongbao-renamed.html");
/// An adapter of one's own in its place.
const OWN: &str = "id = \"yingyongbao\"\nversion = \"2026-12-01\"\nname = { zh = \"应用宝\", en = \"MyApp\" }\n\
    hosts = [\"sj.qq.com\"]\nkinds = [\"app\"]\nrequired = [\"name\"]\n\n[[ask]]\nkey = \"package\"\n\
    template = \"https://sj.qq.com/appdetail/{key}\"\n\n[[record]]\nfrom = \"html\"\n\n[fields]\nname = [\"css:title\"]\n";

fn import(folder: &Path, file: &str, url: &str, taken: &str) -> Ran {
    let ran =
        run_in(folder, &["collect", "import", file, "--url", url, "--taken", taken, "--by", "甲市网信办"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran
}

#[test]
fn a_page_whose_shape_changed_is_read_again_once_its_adapter_has_followed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let broken = RENAMED.replace("<h1", "<h7").replace("</h1", "</h7").replace("开发者", "出品");
    std::fs::write(at.join("shop.html"), broken.replace("<head>", "<head><title>甲市政务通</title>"))
        .unwrap();
    std::fs::write(at.join("screen.png"), b"\x89PNG\r\n\x1a\n...").unwrap();
    let url = "https://sj.qq.com/appdetail/cn.example.zwt";
    let ran = import(at, "shop.html", url, "2026-11-20");
    assert!(ran.out.contains("页面改版"), "{}", ran.out);
    import(at, "screen.png", "https://www.huawei.example/app", "2026-11-20");
    let index = || std::fs::read_to_string(at.join("evidence/index.jsonl")).unwrap();
    let before = index();
    let same = run_in(at, &["collect", "reread"]);
    assert!(same.out.contains("与原来相同 1 个，不同 0 个；无从读取 1 个"), "{}{}", same.out, same.err);
    assert_eq!(index(), before, "what says the same is not kept twice");

    std::fs::write(at.join("own.toml"), OWN).unwrap();
    std::fs::write(at.join("policy.toml"), "schema = 1\n\n[[adapters]]\nfile = \"own.toml\"\n").unwrap();
    let ran = run_in(at, &["collect", "reread", "--policy", "policy.toml"]);
    assert!(ran.out.contains("不同 1 个"), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("页面改版，读不懂 → 在架"), "{}", ran.out);
    assert!(index().starts_with(&before), "the index only grows");
    assert_eq!(run_in(at, &["collect", "verify"]).status, 0);
    // An audit takes what is read now, with the day on which the page was seen.
    std::fs::write(
        at.join("apps.csv"),
        "名称,主办单位,应用形式,状态,包名\n甲市政务通,甲市教育局,APP,已关停,cn.example.zwt\n",
    )
    .unwrap();
    let audit = ["audit", "apps.csv", "--as-of", "2026-11-22", "--evidence", "evidence"];
    assert!(run_in(at, &audit).status < 2);
    let scan = std::fs::read_to_string(at.join("reports/scan.json")).unwrap();
    assert!(scan.contains("still-there") && scan.contains("2026-11-19T16:00:00Z"));

    // The adapter that is shipped understands it no better than before; what was read is not lost.
    let back = run_in(at, &["collect", "reread"]);
    assert!(back.out.contains("不同 0 个"), "{}", back.out);
    std::fs::write(at.join("evidence/index.jsonl"), index().replace("sj.qq.com", "sj.qq.cn")).unwrap();
    assert_eq!(run_in(at, &["collect", "reread"]).status, 2, "what was changed is not read");
}

#[test]
fn pages_past_their_time_go_and_what_is_known_of_them_stays() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("a.html"), "<title>甲市旧平台</title>").unwrap();
    std::fs::write(at.join("b.html"), "<title>甲市新平台</title>").unwrap();
    import(at, "a.html", "https://www.example.cn/a", "2020-01-01");
    import(at, "b.html", "https://www.example.cn/b", "2026-11-20");
    let asked = run_in(at, &["collect", "prune"]);
    assert!(asked.status == 2 && asked.err.contains("--keep"), "{}", asked.err);
    std::fs::write(at.join("policy.toml"), "schema = 1\n[collect]\nkeep_days = 730\n").unwrap();
    let checked = run_in(at, &["collect", "verify", "--policy", "policy.toml"]);
    assert!(checked.out.contains("的页面 1 个"), "{}", checked.out);
    let ran = run_in(at, &["collect", "prune", "--policy", "policy.toml"]);
    assert!(ran.status == 0 && ran.out.contains("的页面 1 个"), "{}{}", ran.out, ran.err);
    let checked = run_in(at, &["collect", "verify", "--policy", "policy.toml"]);
    assert!(checked.status == 0 && checked.out.contains("到期已删 1 个"), "{}", checked.out);
    assert!(!checked.out.contains("超过保存期限"), "{}", checked.out);
    // The audit still cites it by digest.
    std::fs::write(
        at.join("apps.csv"),
        "名称,主办单位,应用形式,状态,网址\n甲市旧平台,甲市民政局,APP,已关停,https://www.example.cn/a\n",
    )
    .unwrap();
    assert!(run_in(at, &["audit", "apps.csv", "--as-of", "2026-11-22", "--evidence", "evidence"]).status < 2);
    assert!(std::fs::read_to_string(at.join("reports/scan.json")).unwrap().contains("still-there"));
}
