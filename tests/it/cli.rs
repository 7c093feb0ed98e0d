//! The command line from outside: help, statuses, streams, generated pages.

use crate::support::{program, ran, run, run_in};
use std::io::Read as _;
use std::process::Stdio;

const COMMANDS: [&str; 14] = [
    "audit",
    "inspect",
    "match",
    "explain",
    "plan",
    "report",
    "diff",
    "history",
    "rules",
    "schedule",
    "screen",
    "policy",
    "completions",
    "man",
];

#[test]
fn help_is_in_the_language_asked_for() {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        for lang in ["zh", "en"] {
            for (name, arguments) in [
                ("root", &["--help"][..]),
                ("audit", &["audit", "--help"]),
                ("policy", &["policy", "--help"]),
                ("policy_check", &["policy", "check", "--help"]),
            ] {
                let ran = run(&[arguments, &["--lang", lang]].concat());
                assert_eq!((ran.status, ran.err.as_str()), (0, ""));
                insta::assert_snapshot!(format!("help_{name}_{lang}"), ran.out);
            }
        }
    });
}

#[test]
fn chinese_help_holds_no_english_sentence() {
    let words = ["Usage", "Options", "Commands", "Arguments", "default", "possible", "Print", "env:"];
    for arguments in [&["--help"][..], &["policy", "show", "--help"], &["completions", "-h"]] {
        let help = run(arguments).out;
        for word in words {
            assert!(!help.contains(word), "“{word}” in\n{help}");
        }
    }
}

#[test]
fn the_language_also_comes_from_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let english = ran(program(folder.path()).env("ZHIJIAN_LANG", "en").arg("--help"));
    assert!(english.out.contains("Usage:"), "{}", english.out);
    let flag = ran(program(folder.path()).env("ZHIJIAN_LANG", "en").args(["--lang", "zh", "--help"]));
    assert!(flag.out.contains("用法："), "{}", flag.out);
}

#[test]
fn wrong_usage_is_status_two_on_standard_error_with_advice() {
    let cases: [(&[&str], &str); 8] = [
        (&["polcy"], "policy"),
        (&["policy", "chek"], "check"),
        (&["policy", "show", "--polcy", "x"], "--policy"),
        (&["completions"], "<SHELL>"),
        (&["completions", "basj"], "bash"),
        (&["man", "--threads", "0"], "1024"),
        (&["man", "--lang", "fr"], "zh, en"),
        (&["man", "-q", "-v"], "--quiet"),
    ];
    for (arguments, advice) in cases {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.starts_with("错误："), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(advice), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.contains("error:"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn without_a_command_the_help_comes_with_status_two() {
    let ran = run(&[]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("用法："), "{}", ran.err);
}

#[test]
fn no_escape_codes_reach_a_pipe() {
    for arguments in [&["--help"][..], &["polcy"], &["policy", "check", "nope"]] {
        let ran = run(arguments);
        assert!(!(ran.out + &ran.err).contains('\u{1b}'), "{arguments:?}");
    }
}

#[test]
fn completions_and_manual_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(&["completions", shell]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{shell}");
        for command in COMMANDS {
            assert!(ran.out.contains(command), "{shell}: {command}");
        }
    }
    let page = run(&["man"]).out;
    for command in COMMANDS {
        assert!(page.contains(&format!("zhijian\\-{command}(1)")), "{command}\n{page}");
    }
    assert!(page.contains(".SH 用法") && run(&["man", "--lang", "en"]).out.contains(".SH SYNOPSIS"));
}

#[test]
fn every_command_has_a_page_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run_in(folder.path(), &["man", "--out", "pages"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
    for name in ["zhijian", "zhijian-policy", "zhijian-policy-check", "zhijian-completions", "zhijian-man"] {
        let page = std::fs::read_to_string(folder.path().join(format!("pages/{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH {name} ")), "{name}\n{page}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("zhijian"))
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn any_name_can_be_explained_without_a_scan() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run_in(
        folder.path(),
        &[
            "explain",
            "--text",
            "白河构朳巡河通2.0（试运行）",
            "--unit",
            "构朳镇党政办",
            "--region",
            "安康市白河县",
        ],
    );
    assert_eq!(ran.status, 0, "{}", ran.err);
    for said in [
        "陕西省 › 安康市 › 白河县 › 构朳镇（610929102）",
        "白河县构朳镇人民政府",
        "乡级",
        "（river-patrol：巡河）",
        "巡河通",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    let english = run_in(folder.path(), &["explain", "--text", "甲系统", "--lang", "en"]);
    assert!(english.out.contains("not understood"), "{}", english.out);
    let described =
        run_in(folder.path(), &["explain", "--text", "示例通", "--description", "河长巡河、问题上报"]);
    assert!(described.out.contains("巡河）") && described.out.contains("工作人员"), "{}", described.out);
    // Words that show nothing and keep what follows from being misread.
    let joint = run_in(folder.path(), &["explain", "--text", "甲市人民政府提供电子地图"]);
    assert!(joint.status == 0 && !joint.out.contains("：民政）"), "{}{}", joint.out, joint.err);
    let nothing = run_in(folder.path(), &["explain", "--text", " "]);
    assert!(nothing.out.contains("未能理解"), "{}", nothing.out);
    for args in [
        &["explain"][..],
        &["explain", "--text", ""],
        &["explain", "x", "--text", "y"],
        &["explain", "x", "--unit", "y"],
    ] {
        assert_eq!(run_in(folder.path(), args).status, 2, "{args:?}");
    }
}
