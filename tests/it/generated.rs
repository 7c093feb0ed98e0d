//! Committed files that are rendered from the code: they must be what the code renders today.
//!
//! `UPDATE_DOCS=1 cargo test --test it generated` rewrites them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use zhijian::knowledge::clause::ClauseBook;
use zhijian::stages::rules::{RULES, matrix, page};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Compares a committed file with its rendering, or rewrites it when asked to.
fn check(path: &str, rendered: &str) {
    let file = root(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(&file, rendered).expect("the file can be written");
        return;
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let differs = committed.lines().zip(rendered.lines()).find(|(a, b)| a != b);
    assert!(committed == rendered, "{path} is stale (run with UPDATE_DOCS=1); first difference: {differs:?}");
}

#[test]
fn the_pages_of_the_rules_are_fresh() {
    let clauses = ClauseBook::load();
    check("docs/rules/README.md", &matrix(&clauses));
    let mut pages = BTreeSet::from(["README.md".to_owned()]);
    for rule in RULES {
        let name = format!("{}.md", rule.meta.id);
        check(&format!("docs/rules/{name}"), &page(rule, &clauses));
        pages.insert(name);
    }
    let files = std::fs::read_dir(root("docs/rules")).expect("the folder");
    let files: BTreeSet<_> =
        files.map(|f| f.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(files, pages, "a page without a rule, or a rule without a page");
}

/// Both READMEs count the rules and the profiles.
#[test]
fn the_readmes_count_rules_and_profiles() {
    let (rules, profiles) = (RULES.len(), ClauseBook::load().profiles().count());
    for (path, said) in [
        ("README.md", format!("There are {rules}, and {profiles} local profiles")),
        ("README.zh-CN.md", format!("共 {rules} 条，另有地方档案 {profiles} 份")),
    ] {
        let text = std::fs::read_to_string(root(path)).expect("readable");
        assert!(text.contains(&said), "{path} does not say: {said}");
    }
}

/// The JSON Schema of `scan.json`, as the types define it.
pub(crate) fn scan_schema() -> serde_json::Value {
    schemars::schema_for!(zhijian::scan::document::ScanDocument).to_value()
}

#[test]
fn the_scan_schema_is_fresh() {
    let text = serde_json::to_string_pretty(&scan_schema()).unwrap() + "\n";
    check("docs/scan.schema.json", &text);
}

/// Replaces what stands between `<!-- generated: NAME -->` and `<!-- end -->` by a fenced block.
fn with_block(text: &str, name: &str, block: &str) -> String {
    let mark = format!("<!-- generated: {name} -->\n");
    let (head, rest) = text.split_once(&mark).unwrap_or_else(|| panic!("no block {name}"));
    let (_, tail) = rest.split_once("<!-- end -->").unwrap_or_else(|| panic!("block {name} has no end"));
    format!("{head}{mark}\n```text\n{}\n```\n\n<!-- end -->{tail}", block.trim_end())
}

#[test]
fn the_readmes_show_what_the_program_prints() {
    for (path, lang) in [("README.md", "en"), ("README.zh-CN.md", "zh")] {
        let committed = std::fs::read_to_string(root(path)).unwrap_or_default().replace("\r\n", "\n");
        let help = crate::support::run(&["--help", "--lang", lang]);
        assert_eq!(help.status, 0);
        let audit = crate::audit::readme_audit(lang);
        // The list of files and the provenance name folders and digests: the block ends before them.
        let shown = audit.split("\n\n").take_while(|part| !part.starts_with(NEXT[usize::from(lang == "en")]));
        let text = with_block(&committed, &format!("help {lang}"), &help.out);
        let text = with_block(&text, &format!("audit {lang}"), &shown.collect::<Vec<_>>().join("\n\n"));
        let text = with_block(&text, &format!("evidence {lang}"), &crate::evidence_sample::readme(lang));
        check(path, &text);
    }
}

/// Heading of the last part of the audit's summary, in Chinese and English.
const NEXT: [&str; 2] = ["下一步", "What next"];
