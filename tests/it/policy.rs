//! Policy files as they lie on a disk: absent, at fault, in other encodings; and the template.

use crate::support::{run, run_in};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn folder_with(name: &str, content: impl AsRef<[u8]>) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join(name), content).expect("a file in it");
    folder
}

fn committed_template() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data/policy-template.toml")
}

/// Rewritten with `UPDATE_DOCS=1`.
#[test]
fn the_committed_template_is_the_one_that_the_program_prints() {
    let printed = run(&["policy", "template"]).out;
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(committed_template(), &printed).unwrap();
    }
    let committed = std::fs::read_to_string(committed_template()).unwrap().replace("\r\n", "\n");
    assert_eq!(committed, printed, "run the tests with UPDATE_DOCS=1");
}

#[test]
fn the_printed_template_passes_the_check() {
    for lang in ["zh", "en"] {
        let folder = folder_with("policy.toml", run(&["policy", "template", "--lang", lang]).out);
        let checked = run_in(folder.path(), &["policy", "check", "policy.toml"]);
        assert_eq!((checked.status, checked.err.as_str()), (0, ""), "{}", checked.out);
    }
}

#[test]
fn an_absent_policy_is_an_error_and_never_a_default() {
    for arguments in [&["policy", "check", "nope.toml"][..], &["policy", "show", "--policy", "nope.toml"]] {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains("nope.toml") && ran.err.contains("不存在"), "{}", ran.err);
    }
}

#[test]
fn all_faults_are_listed_at_once_with_line_and_column() {
    let text = "schema = 1\r\n[audit]\r\nfail_on = [\"forbidden\", \"未读\"]\r\n[setings]\r\n\
                [matching]\r\nthreshold = 2\r\n[regions]\r\nextra = \"没有.csv\"\r\n";
    let folder = folder_with("policy.toml", text);
    let ran = run_in(folder.path(), &["policy", "check", "policy.toml"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    for place in ["policy.toml:3:25", "policy.toml:4:2", "policy.toml:6:13", "policy.toml:8:9"] {
        assert!(ran.err.contains(place), "{place} is not in\n{}", ran.err);
    }
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("policy_faults_zh", ran.err);
    });
}

#[test]
fn a_byte_order_mark_shifts_nothing() {
    let folder = folder_with("policy.toml", "\u{feff}schema = 2\n");
    let ran = run_in(folder.path(), &["policy", "check", "policy.toml"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("policy.toml:1:10"), "{}", ran.err);
    let folder = folder_with("policy.toml", "\u{feff}schema = 1\n");
    assert_eq!(run_in(folder.path(), &["policy", "check", "policy.toml"]).status, 0);
}

#[test]
fn a_policy_in_another_encoding_is_named_with_its_line() {
    // 甲 in GB18030.
    let folder = folder_with("policy.toml", b"schema = 1\n[report]\norganisation = \"\xbc\xd7\"\n");
    let ran = run_in(folder.path(), &["policy", "check", "policy.toml", "--lang", "en"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("not UTF-8 (line 3)"), "{}", ran.err);
}

#[test]
fn show_names_the_line_that_each_value_comes_from() {
    let folder = folder_with("regions.csv", "code,name,level,parent_code\n");
    let text = "schema = 1\n\n[regions]\nextra = \"regions.csv\"\n\n[[pins]]\nasset = \"甲\"\n\
                action = \"keep\"\nreason = \"上级指定\"\n";
    std::fs::write(folder.path().join("政策.toml"), text).unwrap();
    let ran = run_in(folder.path(), &["policy", "show", "--policy", "政策.toml"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("policy_show_zh", ran.out);
    });
}

#[test]
fn a_policy_is_found_beside_its_own_folder_not_the_callers() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("conf")).unwrap();
    let regions = folder.path().join("conf/regions.csv");
    std::fs::write(&regions, "code,name,level,parent_code\n").unwrap();
    std::fs::write(
        folder.path().join("conf/policy.toml"),
        "schema = 1\n[regions]\nextra = \"regions.csv\"\n",
    )
    .unwrap();
    let path = Path::new("conf").join("policy.toml");
    let check = || run_in(folder.path(), &["policy", "check", path.to_str().unwrap()]);
    let ran = check();
    assert_eq!(ran.status, 0, "{}", ran.err);
    // What the policy names is checked with it, and named when it is at fault.
    for (text, what) in [
        (&b""[..], "code"),
        (b"code,name,level,parent_code\n99,,x,\n", "99"),
        (b"code,name\n1,\xBC\xD7\n", "UTF-8"),
    ] {
        std::fs::write(&regions, text).unwrap();
        let ran = check();
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains("regions.csv") && ran.err.contains(what), "{}", ran.err);
    }
}
