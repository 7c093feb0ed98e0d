//! Local profiles: off by default, named on the command line or in the policy, of one's own, printed when used.

use crate::support::run_in;
use std::path::Path;
use tempfile::TempDir;
use zhijian::scan::document::ScanDocument;

const ACCOUNTS: &str = "账号名称,平台,主办单位,运行状态,最后更新\n\
                        甲市林业,微信公众号,甲市林业局,在用,2026-11-08\n";
const STALE: &str = "account-stale-local-profile";

/// A profile as a user writes it.
const OWN: &str = r#"
[profile]
title.zh = "示例省政务新媒体通报"
title.en = "Notice of an invented province"
date.zh = "2026年1月"
date.en = "January 2026"
issued = 2026-01-31

[[clause]]
name = "stale"
heading = { zh = "更新", en = "updating" }
paraphrase.zh = "公众账号每七天至少更新一次，超过的列入通报。"
paraphrase.en = "Public accounts are updated every seven days; those that are not are named."
covers = ["account"]
sourced = "text-seen"
rules = ["account-stale-local-profile"]
days = 7
"#;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("accounts.csv"), ACCOUNTS).expect("a table");
    std::fs::write(folder.path().join("own-2026.toml"), OWN).expect("a profile");
    folder
}

/// The scan of an audit as of 2026-11-20, with what it printed.
fn audit(folder: &Path, arguments: &[&str]) -> (ScanDocument, String) {
    let mut all = vec!["audit", "accounts.csv", "--as-of", "2026-11-20", "--out", "out"];
    all.extend(arguments);
    let ran = run_in(folder, &all);
    let scan = std::fs::read(folder.join("out/scan.json")).unwrap_or_else(|e| panic!("{e}: {}", ran.err));
    (ScanDocument::parse(&scan).expect("a scan"), ran.out)
}

fn stale(scan: &ScanDocument) -> Vec<&str> {
    let findings = scan.findings.iter().filter(|f| f.rule == STALE);
    findings.map(|f| f.clause[0].id.as_str()).collect()
}

#[test]
fn a_profile_is_off_by_default_and_what_it_would_check_is_said() {
    let folder = folder();
    let (scan, out) = audit(folder.path(), &[]);
    assert!(stale(&scan).is_empty() && scan.parameters.profiles.is_empty());
    let idle = scan.coverage.rules_not_run.iter().find(|r| r.rule == STALE).expect("it is said");
    assert!(idle.reason.contains("档案"), "{}", idle.reason);
    assert!(!out.contains("minhou-2025"));
}

#[test]
fn profiles_add_up_and_are_printed_with_their_source() {
    let folder = folder();
    let (scan, out) = audit(folder.path(), &["--profile", "minhou-2025", "--profile", "own-2026.toml"]);
    assert_eq!(stale(&scan), ["minhou-2025/stale", "own-2026/stale"]);
    let fingerprints: Vec<_> =
        scan.findings.iter().filter(|f| f.rule == STALE).map(|f| &f.fingerprint).collect();
    assert_ne!(fingerprints[0], fingerprints[1]);
    for (at, name) in ["minhou-2025", "own-2026"].iter().enumerate() {
        assert_eq!(scan.parameters.profiles[at].name, *name);
        // The screen wraps its lines.
        let printed: String = out.split_whitespace().collect();
        assert!(printed.contains(name), "{name} is not printed");
    }
    let summary = std::fs::read_to_string(folder.path().join("out/summary.md")).expect("the summary");
    assert!(summary.contains("示例省政务新媒体通报") && summary.contains("2026年1月"));
}

#[test]
fn a_policy_names_profiles_from_its_own_folder_and_flags_add_to_them() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("policies")).expect("a folder");
    std::fs::rename(folder.path().join("own-2026.toml"), folder.path().join("policies/own-2026.toml"))
        .expect("moved");
    let policy = "schema = 1\n[audit]\nprofiles = [\"own-2026.toml\"]\n";
    std::fs::write(folder.path().join("policies/policy.toml"), policy).expect("a policy");
    let named = ["--policy", "policies/policy.toml"];
    assert_eq!(stale(&audit(folder.path(), &named).0), ["own-2026/stale"]);
    let more = [named.as_slice(), &["--profile", "minhou-2025"]].concat();
    assert_eq!(stale(&audit(folder.path(), &more).0), ["minhou-2025/stale", "own-2026/stale"]);
}

#[test]
fn a_profile_that_is_none_or_at_fault_stops_the_run() {
    let folder = folder();
    let write = |text: &str| std::fs::write(folder.path().join("bad.toml"), text).expect("a profile");
    let run = |name: &str| run_in(folder.path(), &["audit", "accounts.csv", "--profile", name]);
    let ran = run("sichuan");
    assert!(ran.status == 2 && ran.err.contains("sichuan-2025"), "{}", ran.err);
    assert_eq!(run("absent.toml").status, 2);
    for (what, text) in [
        ("no format", "profile = 1".to_owned()),
        ("an unknown rule", OWN.replace(STALE, "no-such-rule")),
        ("a national rule", OWN.replace(STALE, "app-checkin-mandatory")),
        ("days missing", OWN.replace("days = 7", "")),
        ("an unknown kind", OWN.replace("[\"account\"]", "[\"website\"]")),
        ("an unknown key", OWN.replace("days = 7", "dayz = 7")),
    ] {
        write(&text);
        let ran = run("bad.toml");
        assert!(ran.status == 2 && ran.err.contains("bad"), "{what}: {} {}", ran.status, ran.err);
    }
    let ran = run_in(folder.path(), &["rules", "profiles", "minhou-2025"]);
    assert!(ran.status == 0 && ran.out.contains("days = 10"), "{}", ran.out);
    write(&ran.out.replace("days = 10", "days = 5"));
    assert_ne!(run("bad.toml").status, 2, "a printed profile is a valid one");
}
