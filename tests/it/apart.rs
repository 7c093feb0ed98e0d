//! `explain A B` for two that are no pair: what keeps them apart, from the stored scan alone.

use crate::audit::sample_scan;
use crate::support::run_in;
use std::fs;
use std::path::Path;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::knowledge::policy::Policy;
use zhijian::model::LocalWords;
use zhijian::scan::document::ScanDocument;
use zhijian::scan::{Compared, Knowledge, compared, parameters};

/// Items of an invented county, each with one of whom something keeps it apart.
const LIST: &str = "\
名称,类别,主办单位,行政区划,平台,使用对象,功能描述
示例网格通,应用程序,甲市乙区民政局,甲市乙区,安卓,工作人员,网格巡查记录、问题上报
示例网格,公众账号,甲市乙区民政局,甲市乙区,微信公众号,公众,信息发布
第1网格工作群,工作群组,甲市乙区民政局,甲市乙区,微信群,工作人员,网格通知
第2网格工作群,工作群组,甲市乙区民政局,甲市乙区,微信群,工作人员,网格通知
网格工作群,工作群组,甲市乙区民政局,甲市乙区,微信群,工作人员,网格通知
示例网格通群众版,应用程序,甲市乙区民政局,甲市乙区,安卓,群众,网格事项查询
校车监管,应用程序,甲市乙区教育局,甲市乙区,安卓,工作人员,校车定位、驾驶员管理
";

/// What is known with the samples' own places.
fn knowledge() -> Knowledge {
    let regions = Path::new(env!("CARGO_MANIFEST_DIR")).join("inventories/regions.csv");
    Knowledge::load(Some(&fs::read_to_string(regions).unwrap()), &LocalWords::default()).unwrap()
}

#[test]
fn each_reason_is_said_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), LIST).unwrap();
    let ran = run_in(folder.path(), &["audit", "in.csv", "--as-of", "2026-11-22"]);
    assert_ne!(ran.status, 2, "{}", ran.err);
    for (left, right, zh, en) in [
        ("示例网格通", "示例网格", "类别不同", "kinds differ"),
        ("第1网格工作群", "第2网格工作群", "编号不同", "serial numbers differ"),
        ("第1网格工作群", "网格工作群", "带编号的一部分", "numbered part"),
        ("示例网格通", "示例网格通群众版", "一个面向群众", "for citizens"),
        ("示例网格通", "校车监管", "低于判定线", "below the threshold"),
    ] {
        let said = run_in(folder.path(), &["explain", left, right]);
        assert!(said.status == 0 && said.out.contains(zh), "{left} {right}: {}{}", said.out, said.err);
        let swapped = run_in(folder.path(), &["explain", right, left, "--lang", "en"]);
        let words: Vec<&str> = swapped.out.split_whitespace().collect();
        assert!(words.join(" ").contains(en), "{left} {right}: {}", swapped.out);
    }
    let itself = run_in(folder.path(), &["explain", "校车监管", "校车监管"]);
    assert_eq!(itself.out.lines().count(), 1, "{}", itself.out);
}

/// What is understood again from the stored scan is what the scan rests on: pairs come out as they were stored, and
/// for all others something is named that keeps them apart.
#[test]
fn comparing_from_the_stored_scan_gives_what_matching_gave() {
    let (scan, knowledge, policy) = (sample_scan(), knowledge(), Policy::default());
    let catalogue = Catalogue::of(Lang::Zh);
    let unknown = Knowledge::load(None, &LocalWords::default()).unwrap();
    let unplaced = compared(&scan, (0, 1), &unknown, &policy, &parameters(&policy), catalogue);
    assert_eq!(unplaced, None, "the samples' places are known to their policy only");
    let again = |left: usize, right: usize| -> Compared {
        compared(&scan, (left, right), &knowledge, &policy, &parameters(&policy), catalogue).unwrap()
    };
    let at = |scan: &ScanDocument, id: &str| scan.assets.iter().position(|asset| asset.id == id).unwrap();
    for stored in scan.pairs.iter().step_by(scan.pairs.len() / 40 + 1) {
        let found = again(at(&scan, &stored.left), at(&scan, &stored.right));
        assert_eq!(found.pair.relation, stored.relation, "{} {}", stored.left, stored.right);
        assert!((found.pair.weight - stored.weight).abs() < 1e-9, "{} {}", stored.left, stored.right);
    }
    let is_stored = |left: &str, right: &str| {
        scan.pairs.iter().any(|p| p.left == left && p.right == right || p.left == right && p.right == left)
    };
    for left in (0..scan.assets.len()).step_by(scan.assets.len() / 8 + 1) {
        for right in (left + 1..scan.assets.len()).step_by(scan.assets.len() / 6 + 1) {
            if !is_stored(&scan.assets[left].id, &scan.assets[right].id) {
                let found = again(left, right);
                assert_ne!(found.apart, "explain.apart.nothing", "{:?}", found.pair);
            }
        }
    }
}
