//! The sample with public pages, `examples/evidence/`: planned, taken in, audited as the READMEs show it.

use crate::support::{Ran, run_in};
use std::path::{Path, PathBuf};
use zhijian::scan::document::ScanDocument;

fn sample() -> tempfile::TempDir {
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/evidence");
    let folder = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap) {
        let to = folder.path().join(entry.path().strip_prefix(&from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).unwrap();
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
    folder
}

/// Runs every line of a file of commands.
fn run_all(folder: &Path, lang: &str) -> Vec<Ran> {
    let commands = std::fs::read_to_string(folder.join("import.sh")).unwrap();
    let lines = commands.lines().filter_map(|line| line.strip_prefix("zhijian "));
    lines
        .map(|line| {
            let words = line.split(' ').map(|word| word.trim_matches('"'));
            let ran = run_in(folder, &words.chain(["--lang", lang]).collect::<Vec<_>>());
            assert_eq!(ran.status, 0, "{line}: {}", ran.err);
            ran
        })
        .collect()
}

fn audit(folder: &Path, out: &str, more: &[&str]) -> Ran {
    let mut arguments =
        vec!["audit", "list.csv", "--policy", "policy.toml", "--as-of", "2026-11-22", "--out", out];
    arguments.extend(more);
    run_in(folder, &arguments)
}

/// What the READMEs show: the plan, and the audit's part about public pages.
pub(crate) fn readme(lang: &str) -> String {
    let folder = sample();
    let plan =
        run_in(folder.path(), &["collect", "list.csv", "--policy", "policy.toml", "--plan", "--lang", lang]);
    assert_eq!(plan.status, 0, "{}", plan.err);
    let taken = run_all(folder.path(), lang);
    let ran = audit(folder.path(), "reports", &["--evidence", "evidence", "--lang", lang]);
    let mark = if lang == "zh" { "公开页面" } else { "Public pages" };
    let parts = ran.out.split("\n\n").filter(|part| part.starts_with(mark));
    format!(
        "$ zhijian collect list.csv --policy policy.toml --plan\n{}\n$ sh import.sh\n…\n{}…\n\n\
         $ zhijian audit list.csv --policy policy.toml --as-of 2026-11-22 --evidence evidence\n…\n{}\n…\n",
        plan.out,
        taken[4].out,
        parts.collect::<Vec<_>>().join("\n\n")
    )
}

#[test]
fn contradictions_stale_accounts_and_leads_are_found_cited_and_shown() {
    let folder = sample();
    run_all(folder.path(), "zh");
    assert_eq!(run_in(folder.path(), &["collect", "verify"]).status, 0);
    let plain = audit(folder.path(), "plain", &[]);
    assert!(!plain.out.contains("公开页面"), "{}", plain.out);
    let ran = audit(folder.path(), "reports", &["--evidence", "evidence"]);
    assert!(ran.status < 2, "{}", ran.err);
    for said in
        ["与台账不符 4 处", "甲市便民宝：台账状态为“已关停”，公开页面仍在", "页面称已删除", "未在此处列出"]
    {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    let read = |name: &str| std::fs::read(folder.path().join("reports").join(name)).unwrap();
    let scan = ScanDocument::parse(&read("scan.json")).unwrap();
    let stale = scan.findings.iter().find(|f| f.rule == "account-no-update-14d").expect("a stale account");
    let cited = stale.evidence.page.as_ref().expect("cited");
    assert_eq!(cited.taken, "2026-11-20T01:31:00Z");
    let html = String::from_utf8(read("report.html")).unwrap();
    assert!(html.contains(&cited.blake3) && html.contains("台账状态为“已关停”，公开页面仍在"));
    let mut leads = scan.pages.iter().flat_map(|page| &page.leads).map(|lead| lead.practice.as_str());
    assert!(leads.any(|practice| practice == "checkin"));
    let mut ledger = zip::ZipArchive::new(std::io::Cursor::new(read("ledger.xlsx"))).unwrap();
    let held = (0..ledger.len()).any(|i| {
        let text = std::io::read_to_string(ledger.by_index(i).unwrap()).unwrap_or_default();
        text.contains("台账状态为“已关停”，公开页面仍在")
    });
    assert!(held, "the ledger has the contradictions");
}
