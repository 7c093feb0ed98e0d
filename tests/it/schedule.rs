//! Running by itself: what the timer's files say, and what a run started by one leaves behind.

use crate::support::run_in;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

fn place() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("报送 50%")).unwrap();
    list(folder.path(), "甲县体育");
    folder
}

fn list(folder: &Path, name: &str) {
    let text =
        format!("名称,平台,主办单位\n甲县茶事,微信公众号,甲县农业农村局\n{name},微信公众号,甲县体育局\n");
    fs::write(folder.join("报送 50%/a.csv"), text).unwrap();
}

#[test]
fn units_are_what_systemd_takes() {
    let folder = place();
    for every in ["week", "month", "*/15 8-18 1,15 * mon-fri"] {
        let ran = run_in(
            folder.path(),
            &["schedule", "报送 50%", "--for", "systemd", "--every", every, "--lang", "en"],
        );
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert_eq!(
            ran.err.lines().filter(|line| line.starts_with("  20")).count(),
            5,
            "five times: {}",
            ran.err
        );
        let (service, timer) = ran.out.split_once("\n# zhijian-audit.timer\n").expect("two units");
        assert!(service.contains("SuccessExitStatus=1") && service.contains("50%%\""), "{service}");
        assert!(service.contains("\"--scheduled\"") && service.contains("\"--history\""), "{service}");
        let (units, names) = (tempfile::tempdir().unwrap(), ["zhijian-audit.service", "zhijian-audit.timer"]);
        for (name, text) in names.iter().zip([service, timer]) {
            fs::write(units.path().join(name), text).unwrap();
        }
        // Not every computer has systemd.
        let Ok(checked) =
            Command::new("systemd-analyze").arg("verify").args(names.map(|n| units.path().join(n))).output()
        else {
            continue;
        };
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert!(checked.status.success() && !said.contains("zhijian-audit"), "{every}: {said}");
    }
}

#[test]
fn an_expression_that_never_comes_or_is_none_is_refused() {
    let folder = place();
    for every in ["daily", "61 * * * *", "0 0 31 2 *"] {
        let ran = run_in(folder.path(), &["schedule", "报送 50%", "--every", every, "--lang", "en"]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("week, month, or a cron time"), "{}", ran.err);
    }
    let ran = run_in(
        folder.path(),
        &["schedule", "报送 50%", "--for", "windows", "--every", "* * * * *", "--lang", "en"],
    );
    assert!(ran.status == 2 && ran.err.contains("48 times"), "{}", ran.err);
}

/// The line of the crontab, run by a shell as cron would.
#[cfg(unix)]
#[test]
fn the_cron_line_runs_the_audit() {
    let folder = place();
    let printed = run_in(
        folder.path(),
        &["schedule", "报送 50%", "--for", "cron", "--out", "结果", "--history", "h.db"],
    );
    let line = printed.out.trim_end();
    let command = line.splitn(6, ' ').nth(5).unwrap().replace("\\%", "%");
    let ran = Command::new("sh").arg("-c").arg(command).current_dir("/").env_clear().output().unwrap();
    assert!(ran.status.code() < Some(2), "{}", String::from_utf8_lossy(&ran.stderr));
    assert!(folder.path().join("结果/latest/scan.json").is_file());
}

#[test]
fn a_run_by_itself_is_silent_until_something_changes() {
    let folder = place();
    let run = |day: &str, more: &[&str]| {
        let arguments =
            ["audit", "报送 50%", "--out", "out", "--history", "h.db", "--scheduled", "--lang", "en"];
        run_in(folder.path(), &[&arguments[..], &["--as-of", day], more].concat())
    };
    let heartbeat = || -> serde_json::Value {
        serde_json::from_slice(&fs::read(folder.path().join("out/heartbeat.json")).unwrap()).unwrap()
    };
    let first = run("2026-10-01", &[]);
    assert!(first.status < 2 && first.out.is_empty(), "{} {}", first.out, first.err);
    assert!(first.err.contains("kept: scan 1"), "{}", first.err);
    let quiet = run("2026-10-02", &[]);
    assert_eq!(quiet.out, "", "nothing changed");
    assert_eq!(heartbeat()["changed"], false);
    list(folder.path(), "甲县群众体育");
    let told = run("2026-10-03", &["--keep", "2"]);
    assert!(told.out.contains("new 1") && told.out.contains("gone 1"), "{}", told.out);
    assert_eq!(heartbeat()["changed"], true);
    let mut names: Vec<String> = fs::read_dir(folder.path().join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("latest"))
        .collect();
    names.sort();
    assert_eq!(names, ["2026-10-02", "2026-10-03", "heartbeat.json"]);
    #[cfg(unix)]
    assert_eq!(fs::read_link(folder.path().join("out/latest")).unwrap(), Path::new("2026-10-03"));
    // A run that fails leaves the pointer, and says so in its sign of life.
    fs::remove_dir_all(folder.path().join("报送 50%")).unwrap();
    assert_eq!(run("2026-10-04", &[]).status, 2);
    assert_eq!(heartbeat()["status"], 2);
    let alone = run_in(folder.path(), &["audit", "x", "--scheduled", "--lang", "en"]);
    assert!(alone.status == 2 && alone.err.contains("--scheduled needs --history"), "{}", alone.err);
}
