//! `collect` as a user types it.

use super::world::{Host, Reply};
use crate::support::{Ran, run_in};
use std::path::Path;

const POLICY: &str = "schema = 1\n\n[collect]\ncontact = \"office@example.cn\"\ninternal_spacing_ms = 20\n\n\
                      [[sources]]\nsource = \"page\"\nhost = \"127.0.0.1\"\nby = \"示例省网信办\"\ndecided = 2026-11-20\n";

fn world() -> (tempfile::TempDir, Host) {
    let host = Host::serve(vec![("/a", Reply::html("<title>甲市通</title>"))]);
    let folder = tempfile::tempdir().unwrap();
    let rows = format!(
        "名称,主办单位,应用形式,网址\n甲市通,甲市教育局,APP,{}\n乙市通,乙市教育局,APP,{}\n丙市通,丙市教育局,APP,http://10.0.0.8/x\n",
        host.url("/a"),
        host.url("/b")
    );
    std::fs::write(folder.path().join("apps.csv"), rows).unwrap();
    std::fs::write(folder.path().join("policy.toml"), POLICY).unwrap();
    (folder, host)
}

fn collect(folder: &Path, host: &Host, more: &[&str]) -> Ran {
    let at = host.at();
    let mut arguments = vec!["collect", "apps.csv", "--policy", "policy.toml", "--allow-host", &at];
    arguments.extend(more);
    run_in(folder, &arguments)
}

#[test]
fn nothing_is_asked_without_a_decision_or_a_contact_or_for_a_plan() {
    let (folder, host) = world();
    let planned = collect(folder.path(), &host, &["--plan"]);
    assert_eq!((planned.status, planned.err.as_str()), (0, ""));
    assert!(planned.out.contains("示例省网信办") && planned.out.contains("10.0.0.8"), "{}", planned.out);
    // Each of the manners is printed, on the terminal as on the page.
    for manner in [
        "不爬取",
        "office@example.cn",
        "至少间隔 3 秒",
        "crawl-delay",
        "300 次",
        "RFC 9309",
        "If-None-Match",
        "429",
        "Retry-After",
        "Cookie",
        "4 MiB、15 秒、转址 3 次",
        "不下载安装包",
        "不读评论",
        "0.02",
    ] {
        assert!(planned.out.contains(manner), "{manner}: {}", planned.out);
    }
    let page = std::fs::read_to_string(folder.path().join("evidence/impact.html")).unwrap();
    assert!(page.contains("自动化访问影响评估") && page.contains(&host.url("/a")));
    assert!(!folder.path().join("evidence/index.jsonl").exists());

    std::fs::write(folder.path().join("policy.toml"), POLICY.replace("office@example.cn", "")).unwrap();
    assert_eq!(collect(folder.path(), &host, &[]).status, 2);
    // A contact that no header can hold is none.
    std::fs::write(folder.path().join("policy.toml"), POLICY.replace("office@example.cn", "网信办")).unwrap();
    assert_eq!(collect(folder.path(), &host, &[]).status, 2);
    let off = POLICY.split("[[sources]]").next().unwrap();
    std::fs::write(folder.path().join("policy.toml"), off).unwrap();
    assert_eq!(collect(folder.path(), &host, &[]).status, 0);
    assert!(host.paths().is_empty(), "{:?}", host.paths());

    // An internal host is only asked when it is named.
    std::fs::write(folder.path().join("policy.toml"), POLICY).unwrap();
    let ran = run_in(folder.path(), &["collect", "apps.csv", "--policy", "policy.toml"]);
    assert_eq!(ran.status, 0);
    assert!(host.paths().is_empty());
}

#[test]
fn pages_are_kept_checked_and_not_asked_twice() {
    let (folder, host) = world();
    let first = collect(folder.path(), &host, &[]);
    assert_eq!(first.status, 0, "{}", first.err);
    assert!(!first.out.contains("没有得到结果"), "{}", first.out);
    assert_eq!(host.paths(), ["/robots.txt", "/a", "/b"]);
    let checked = run_in(folder.path(), &["collect", "verify"]);
    assert_eq!(checked.status, 0, "{}", checked.out);
    let again = collect(folder.path(), &host, &["--lang", "en"]);
    assert!(again.out.contains("2 held from the last day"), "{}", again.out);
    assert_eq!(host.paths().len(), 3);

    let old = POLICY.replace("[collect]\n", "[collect]\nkeep_days = 1\n");
    std::fs::write(folder.path().join("policy.toml"), old).unwrap();
    let checked = run_in(folder.path(), &["collect", "verify", "--policy", "policy.toml"]);
    assert!(checked.status == 0 && !checked.out.contains("保存期限"), "{}", checked.out);

    let objects = walkdir::WalkDir::new(folder.path().join("evidence/objects")).into_iter().flatten();
    let page = objects.into_iter().find(|entry| entry.file_type().is_file()).unwrap().into_path();
    std::fs::write(page, "changed").unwrap();
    let checked = run_in(folder.path(), &["collect", "verify"]);
    assert_eq!(checked.status, 2);
    assert!(checked.out.contains("内容已变"), "{}", checked.out);
}

#[test]
fn a_run_that_is_killed_goes_on_without_asking_anything_twice() {
    let pages: Vec<String> = (0..12).map(|i| format!("/{i}")).collect();
    let serve =
        || Host::serve(pages.iter().map(|path| (path.as_str(), Reply::html("<title>甲</title>"))).collect());
    let hosts: Vec<Host> = (0..8).map(|_| serve()).collect();
    let folder = tempfile::tempdir().unwrap();
    let mut rows = vec!["名称,主办单位,应用形式,网址".to_owned()];
    for (h, host) in hosts.iter().enumerate() {
        let row =
            |(p, path): (usize, &String)| format!("示例{h}号{p}平台,示例县第{h}单位,APP,{}", host.url(path));
        rows.extend(pages.iter().enumerate().map(row));
    }
    let rows = rows.join("\n");
    std::fs::write(folder.path().join("apps.csv"), rows).unwrap();
    std::fs::write(folder.path().join("policy.toml"), POLICY.replace("ms = 20", "ms = 60")).unwrap();
    let start = || {
        let mut command = std::process::Command::new(crate::support::binary());
        command.args(["collect", "apps.csv", "--policy", "policy.toml"]).current_dir(folder.path());
        for host in &hosts {
            command.args(["--allow-host", &host.at()]);
        }
        command.stdout(std::process::Stdio::null()).spawn().unwrap()
    };
    let asked = || hosts.iter().map(|host| host.paths().len()).sum::<usize>();
    let kills = [30, 60];
    for wanted in kills {
        let mut child = start();
        while asked() < wanted && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(start().wait().unwrap().success());
    for host in &hosts {
        let mut paths = host.paths();
        let seen = host.seen();
        assert!(seen.iter().all(|one| one.beside == 0));
        paths.retain(|path| path != "/robots.txt");
        let all = paths.len();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), all, "asked twice: {paths:?}");
        // What a kill found written down and not yet sent is not asked either: one a host and kill at most.
        assert!(pages.len() - all <= kills.len(), "{paths:?}");
    }
    let verified = run_in(folder.path(), &["collect", "verify", "--lang", "en"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
    let again = start_output(folder.path(), &hosts);
    assert!(again.contains("96 held from the last day"), "every page has its record: {again}");
}

fn start_output(folder: &Path, hosts: &[Host]) -> String {
    let at: Vec<String> = hosts.iter().map(Host::at).collect();
    let mut arguments = vec!["collect", "apps.csv", "--policy", "policy.toml", "--lang", "en"];
    arguments.extend(at.iter().flat_map(|host| ["--allow-host", host.as_str()]));
    run_in(folder, &arguments).out
}

#[test]
fn saved_pages_of_every_kind_go_the_same_way() {
    let folder = tempfile::tempdir().unwrap();
    let page = include_str!("../../fixtures/collect/yingyongbao.html");
    let mhtml = format!(
        "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n--x--\r\n"
    );
    let files: [(&str, Vec<u8>, &str); 5] = [
        ("page.html", page.as_bytes().to_vec(), "甲市政务通"),
        ("page.mhtml", mhtml.into_bytes(), "甲市政务通"),
        ("page.json", include_bytes!("../../fixtures/collect/apple.json").to_vec(), "甲市数据资源管理局"),
        ("page.pdf", b"%PDF-1.7 ...".to_vec(), "已留存，未读取"),
        ("page.png", b"\x89PNG\r\n\x1a\n...".to_vec(), "已留存，未读取"),
    ];
    for (name, bytes, said) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let url = match name {
            "page.json" => "https://itunes.apple.com/lookup?bundleId=cn.example.zwt&country=cn",
            _ => "https://sj.qq.com/appdetail/cn.example.zwt",
        };
        let ran = run_in(
            folder.path(),
            &[
                "collect",
                "import",
                name,
                "--url",
                url,
                "--taken",
                "2026-11-20T15:04",
                "--by",
                "甲市网信办",
                "--package",
                "cn.example.zwt",
                "--asset",
                "app-1",
            ],
        );
        assert_eq!(ran.status, 0, "{name}: {}", ran.err);
        assert!(ran.out.contains(said), "{name}: {}", ran.out);
    }
    assert_eq!(run_in(folder.path(), &["collect", "verify"]).status, 0);
    std::fs::write(folder.path().join("page.exe"), b"MZ\x90").unwrap();
    for (file, url, taken) in [
        ("page.exe", "https://a.cn/", "2026-11-20"),
        ("absent.html", "https://a.cn/", "2026-11-20"),
        ("page.html", "ftp://a.cn/", "2026-11-20"),
        ("page.html", "https://a.cn/", "昨天"),
        ("page.html", "https://a.cn/", "2999-01-01"),
    ] {
        let ran =
            run_in(folder.path(), &["collect", "import", file, "--url", url, "--taken", taken, "--by", "甲"]);
        assert_eq!(ran.status, 2, "{file} {url} {taken}");
        assert!(ran.err.contains("建议"), "{}", ran.err);
    }
    let nobody =
        ["collect", "import", "page.html", "--url", "https://a.cn/", "--taken", "2026-11-20", "--by", " "];
    assert_eq!(run_in(folder.path(), &nobody).status, 2);
    std::fs::write(folder.path().join("app.json"), include_bytes!("../../fixtures/collect/huawei.json"))
        .unwrap();
    let shop = "https://appgallery.huawei.com/app/C100000001";
    let start =
        ["collect", "import", "app.json", "--url", shop, "--taken", "2026-11-20", "--by", "甲市网信办"];
    let unread = run_in(folder.path(), &start);
    assert!(unread.status == 0 && unread.out.contains("--package"), "{}", unread.out);
    let read = run_in(folder.path(), &[&start[..], &["--package", "cn.example.zwt"]].concat());
    assert!(read.out.contains("来源 huawei，在架") && read.out.contains("隐私政策网址"), "{}", read.out);
}

#[test]
fn faults_of_policy_and_adapters_are_told() {
    let (folder, host) = world();
    std::fs::write(folder.path().join("own.toml"), "id = \"own\"\n").unwrap();
    let own = format!("{POLICY}\n[[adapters]]\nfile = \"own.toml\"\n");
    std::fs::write(folder.path().join("policy.toml"), own).unwrap();
    let ran = collect(folder.path(), &host, &["--plan"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("own.toml"), "{}", ran.err);
    std::fs::write(folder.path().join("policy.toml"), POLICY.replace("\"page\"", "\"pages\"")).unwrap();
    let ran = collect(folder.path(), &host, &["--plan"]);
    assert!(ran.status == 2 && ran.err.contains("pages"), "{}", ran.err);
    for wide in ["*", "*.cn", "*.gov.cn", "http://127.0.0.1"] {
        std::fs::write(
            folder.path().join("policy.toml"),
            POLICY.replace("\"127.0.0.1\"", &format!("\"{wide}\"")),
        )
        .unwrap();
        let ran = collect(folder.path(), &host, &["--plan"]);
        assert!(ran.status == 2 && ran.err.contains("policy/not-a-host"), "{wide}: {}", ran.err);
    }
    for bad in ["127.0.0.1", "http://127.0.0.1:80"] {
        assert_eq!(run_in(folder.path(), &["collect", "apps.csv", "--allow-host", bad]).status, 2);
    }
}
