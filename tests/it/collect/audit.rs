//! `audit --evidence`: what pages add and contradict, cited; and nothing at all without them.

use crate::support::{Ran, run_in};
use std::path::Path;
use zhijian::scan::document::{Page, ScanDocument};

const ROWS: &str = "名称,平台,主办单位,应用形式,状态,最近更新时间,包名,网址\n\
    甲市政务通,,甲市数据资源管理局,APP,在用,2026-11-20,cn.example.zwt,\n\
    甲市旧平台,,甲市民政局,APP,已关停,,cn.example.old,\n\
    甲市消失,,甲市水利局,APP,在用,,cn.example.gone,\n\
    甲市教育发布,微信公众号,甲市教育局,,在用,,,https://mp.weixin.qq.com/s/abc\n\
    甲市水务之声,微博,甲市水务局,,在用,,,https://www.example.cn/weibo\n";

const SHOP: &str = include_str!("../../fixtures/collect/yingyongbao.html");

fn saved(folder: &Path, name: &str, page: &str, url: &str, more: &[&str]) {
    std::fs::write(folder.join(name), page).unwrap();
    let mut arguments =
        vec!["collect", "import", name, "--url", url, "--taken", "2026-11-20", "--by", "甲市网信办"];
    arguments.extend(more);
    let ran = run_in(folder, &arguments);
    assert_eq!(ran.status, 0, "{}", ran.err);
}

pub(super) fn world() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    std::fs::write(folder.path().join("in/list.csv"), ROWS).unwrap();
    let shop = |package: &str| format!("https://sj.qq.com/appdetail/{package}");
    saved(folder.path(), "a.html", SHOP, &shop("cn.example.zwt"), &[]);
    let old = SHOP.replace("cn.example.zwt", "cn.example.old").replace("甲市政务通", "甲市旧平台");
    saved(folder.path(), "b.html", &old, &shop("cn.example.old"), &[]);
    saved(
        folder.path(),
        "c.json",
        "{\"resultCount\":0,\"results\":[]}",
        "https://itunes.apple.com/lookup?bundleId=cn.example.gone&country=cn",
        &[],
    );
    let deleted = include_str!("../../fixtures/collect/weixin-deleted.html");
    saved(folder.path(), "d.html", deleted, "https://mp.weixin.qq.com/s/abc", &[]);
    let weibo = "<title>甲市水务之声</title><meta property=\"article:modified_time\" content=\"2026-08-01\">";
    saved(folder.path(), "e.html", weibo, "https://www.example.cn/weibo", &[]);
    folder
}

pub(super) fn audit(folder: &Path, out: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["audit", "in", "--as-of", "2026-11-22", "--out", out];
    arguments.extend(more);
    run_in(folder, &arguments)
}

fn scan(folder: &Path, out: &str) -> ScanDocument {
    ScanDocument::parse(&std::fs::read(folder.join(out).join("scan.json")).unwrap()).unwrap()
}

fn page<'a>(scan: &'a ScanDocument, name: &str) -> &'a Page {
    let asset = scan.assets.iter().find(|asset| asset.name == name).unwrap();
    scan.pages.iter().find(|page| page.asset == asset.id).unwrap_or_else(|| panic!("no page of {name}"))
}

#[test]
fn pages_fill_gaps_contradict_and_lead_with_their_source() {
    let folder = world();
    let ran = audit(folder.path(), "out", &["--evidence", "evidence"]);
    assert!(ran.status < 2, "{}", ran.err);
    assert!(ran.out.contains("公开页面取证 5 份"), "{}", ran.out);
    let scan = scan(folder.path(), "out");
    let conflicts = |name: &str| -> Vec<&str> {
        page(&scan, name).contradictions.iter().map(|one| one.what.as_str()).collect()
    };
    assert_eq!(
        conflicts("甲市政务通"),
        ["last-update"],
        "the operator is the owner, the developer a contractor"
    );
    assert_eq!(conflicts("甲市旧平台"), ["still-there", "developer"]);
    assert_eq!(conflicts("甲市消失"), ["gone"]);
    assert_eq!(conflicts("甲市教育发布"), ["gone"]);
    assert!(conflicts("甲市水务之声").is_empty());

    let shop = page(&scan, "甲市政务通");
    let practices: Vec<&str> = shop.leads.iter().map(|lead| lead.practice.as_str()).collect();
    assert_eq!(practices, ["checkin", "points-ranking"]);
    let ours = |name: &str| scan.assets.iter().find(|asset| asset.name == name).unwrap();
    let downloads = &ours("甲市政务通").fields["downloads"];
    assert_eq!(
        (downloads.value.as_u64(), downloads.page.as_deref()),
        (Some(12_208_000), Some(shop.blake3.as_str()))
    );
    assert_eq!(ours("甲市政务通").fields["last_update"].value, "2026-11-20", "what is stated stays");

    // A lead is no finding; what a page filled in may be one, and says whose words it rests on.
    let of = |name: &str| {
        scan.findings.iter().filter(|f| f.asset.as_deref() == Some(&ours(name).id)).collect::<Vec<_>>()
    };
    assert!(
        of("甲市政务通")
            .iter()
            .all(|finding| !finding.rule.contains("checkin") && !finding.rule.contains("points"))
    );
    let stale =
        of("甲市水务之声").into_iter().find(|finding| finding.rule == "account-no-update-14d").unwrap();
    let cited = stale.evidence.page.as_ref().unwrap();
    assert_eq!(
        (cited.url.as_str(), cited.taken.as_str()),
        ("https://www.example.cn/weibo", "2026-11-19T16:00:00Z")
    );
    assert_eq!(stale.confidence, "low");
    assert!(stale.evidence.reason.contains(&cited.blake3) && stale.evidence.reason.contains("2026-08-01"));
    assert_eq!(scan.parameters.evidence.as_ref().map(String::len), Some(64));

    let html = std::fs::read_to_string(folder.path().join("out/report.html")).unwrap();
    assert!(html.contains("公开页面取证") && html.contains(&shop.blake3));
    let again = audit(folder.path(), "again", &["--evidence", "evidence"]);
    assert_eq!(again.status, ran.status);
    for file in ["scan.json", "report.html", "ledger.xlsx", "report.docx", "summary.md"] {
        let read = |out: &str| std::fs::read(folder.path().join(out).join(file)).unwrap();
        assert!(read("out") == read("again"), "{file}");
    }
}

#[test]
fn evidence_that_is_absent_changed_late_or_foreign_is_told() {
    let folder = world();
    let plain = audit(folder.path(), "plain", &[]);
    assert!(!plain.out.contains("公开页面") && scan(folder.path(), "plain").pages.is_empty());
    let text = std::fs::read_to_string(folder.path().join("plain/scan.json")).unwrap();
    assert!(!text.contains("\"pages\"") && !text.contains("\"page\"") && !text.contains("\"evidence\": \""));

    std::fs::write(folder.path().join("keep.toml"), "schema = 1\n[collect]\nkeep_days = 1\n").unwrap();
    let checked = run_in(folder.path(), &["collect", "verify", "--policy", "keep.toml"]);
    assert!(checked.status == 0 && checked.out.contains("的页面 5 个"), "{}", checked.out);
    assert_eq!(audit(folder.path(), "x", &["--evidence", "nowhere"]).status, 2);
    let early = run_in(
        folder.path(),
        &["audit", "in", "--as-of", "2026-11-01", "--out", "early", "--evidence", "evidence", "-v"],
    );
    assert!(early.status < 2);
    assert!(scan(folder.path(), "early").pages.is_empty());
    let late = scan(folder.path(), "early");
    assert!(late.diagnostics.iter().any(|remark| remark.code == "evidence/later"), "{:?}", late.diagnostics);

    std::fs::write(folder.path().join("in/list.csv"), "名称,平台,主办单位\n乙市发布,微信公众号,乙市宣传部\n")
        .unwrap();
    audit(folder.path(), "foreign", &["--evidence", "evidence"]);
    let foreign = scan(folder.path(), "foreign");
    assert!(foreign.diagnostics.iter().any(|remark| remark.code == "evidence/no-item"));

    let object = walkdir::WalkDir::new(folder.path().join("evidence/objects"))
        .into_iter()
        .flatten()
        .find(|entry| entry.file_type().is_file())
        .unwrap();
    std::fs::write(object.path(), "changed").unwrap();
    let ran = audit(folder.path(), "y", &["--evidence", "evidence"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("未通过核对"), "{}", ran.err);
}
