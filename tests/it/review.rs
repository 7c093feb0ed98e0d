//! The review page from outside: the built program, a browser's requests and those of others, and the audit after it.

use crate::support::{binary, run_in};
use serde_json::{Value as Json, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use zhijian::scan::document::ScanDocument;

/// A page that is being served.
struct Review {
    child: Child,
    at: String,
    word: String,
}

impl Review {
    fn start(folder: &Path, more: &[&str]) -> Review {
        let scan = format!("{}/reports", env!("CARGO_MANIFEST_DIR"));
        Review::start_with(folder, &[&[scan.as_str()], more].concat())
    }

    fn start_with(folder: &Path, more: &[&str]) -> Review {
        let mut child = Command::new(binary())
            .args(["review", "--listen", "127.0.0.1:0", "--print-url"])
            .args(more)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let rest = line.trim().strip_prefix("http://").expect("an address").to_owned();
        let (at, word) = rest.trim_end_matches('/').split_once('/').expect("a word in the address");
        Review { at: at.to_owned(), word: word.to_owned(), child }
    }

    /// Sends a request as it is; gives status, head and body.
    fn send(&self, request: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.at).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str, headers: &str) -> (u16, String, String) {
        self.send(&format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n"))
    }

    fn own(&self, path: &str) -> (u16, String, String) {
        self.get(&format!("/{}/{path}", self.word), &format!("Host: {}\r\n", self.at))
    }

    fn post(&self, body: &Json, headers: &str) -> (u16, Json) {
        let body = body.to_string();
        let (status, _, answer) = self.send(&format!(
            "POST /{}/decide HTTP/1.1\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            self.word,
            body.len()
        ));
        (status, serde_json::from_str(&answer).unwrap_or(Json::Null))
    }

    fn decide(
        &self,
        asset: &str,
        other: Option<&str>,
        verdict: &str,
        change: (&str, &str),
        why: &str,
    ) -> (u16, Json) {
        let headers =
            format!("Host: {0}\r\nOrigin: http://{0}\r\nContent-Type: application/json\r\n", self.at);
        let body = json!({
            "asset": asset, "other": other, "verdict": verdict, "action": change.0, "target": change.1, "reason": why,
        });
        self.post(&body, &headers)
    }

    /// Ends it as Ctrl-C does; gives its status and what it said beside the address.
    #[cfg(unix)]
    fn end(mut self) -> (Option<i32>, String) {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

impl Drop for Review {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Review {
    fn waive(&self, body: &Json) -> (u16, Json) {
        let body = body.to_string();
        let (status, _, answer) = self.send(&format!(
            "POST /{}/waive HTTP/1.1\r\nConnection: close\r\nHost: {1}\r\nOrigin: http://{1}\r\n\
             Content-Type: application/json\r\nContent-Length: {2}\r\n\r\n{body}",
            self.word,
            self.at,
            body.len()
        ));
        (status, serde_json::from_str(&answer).unwrap_or(Json::Null))
    }
}

#[test]
fn what_is_waived_on_the_page_goes_to_the_history_and_the_later_date_wins() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let rows = "名称,主办单位,应用形式,功能描述\n甲市干部通,甲市教育局,APP,每日打卡签到并积分排名\n";
    std::fs::write(at.join("list.csv"), rows).unwrap();
    let audit = |more: &[&str]| {
        let day = ["audit", "list.csv", "--as-of", "2026-11-22", "--out", "reports", "--history", "h.db"];
        let ran = run_in(at, &[&day, more].concat());
        assert!(ran.status < 2, "{}", ran.err);
        ScanDocument::parse(&std::fs::read(at.join("reports/scan.json")).unwrap()).unwrap()
    };
    let first = audit(&[]);
    let finding = &first.findings[0];
    assert_eq!(finding.status, "open");
    let (rule, asset) = (finding.rule.clone(), finding.asset.clone().unwrap());
    let says = |reason: &str, by: &str, until: &str, withdraw: bool| {
        json!({
            "rule": rule, "asset": asset, "reason": reason, "by": by, "until": until, "withdraw": withdraw,
        })
    };
    let open = |more: &[&str]| {
        let scan = at.join("reports").display().to_string();
        Review::start_with(at, &[&[scan.as_str()], more].concat())
    };

    let without = open(&[]);
    assert_eq!(without.waive(&says("专题会议同意", "办公室", "", false)).0, 422, "no history was named");
    drop(without);
    let page = open(&["--history", "h.db"]);
    let data: Json = serde_json::from_str(&page.own("data").2).unwrap();
    let problem =
        data["items"][0]["problems"].as_array().unwrap().iter().find(|one| one["id"] == rule.as_str());
    assert!(problem.is_some() && data["waived"].as_array().unwrap().is_empty(), "{data:#}");
    for bad in [
        says("", "办公室", "", false),
        says("专题会议同意", " ", "", false),
        says("专题会议同意", "办公室", "明年", false),
        says("专题会议同意", "办公室", "2026-11-21", false),
        json!({"rule": "no-such", "asset": asset, "reason": "a", "by": "b", "until": "", "withdraw": false}),
    ] {
        let (status, told) = page.waive(&bad);
        assert!(status == 422 && !told["error"].as_str().unwrap_or("").is_empty(), "{bad} {told}");
    }
    assert_eq!(page.waive(&says("年内整改", "办公室", "2026-12-31", false)).0, 200);
    let data: Json = serde_json::from_str(&page.own("data").2).unwrap();
    assert_eq!(data["waived"][0]["until"], "2026-12-31");

    // The history is free while the page is open, and the next audit obeys.
    let waived = audit(&[]);
    let of = |scan: &ScanDocument| {
        let found = scan.findings.iter().find(|one| one.rule == rule).unwrap();
        (found.status.clone(), found.waiver.clone().unwrap_or_default())
    };
    assert_eq!(of(&waived), ("waived".to_owned(), "年内整改".to_owned()));
    assert_eq!(waived.rulings.waivers[0].by, "办公室");
    let shown = run_in(at, &["history", "show", "h.db"]);
    assert!(shown.out.contains(&format!("+ waiver {rule} {asset} 年内整改")), "{}", shown.out);

    // One of the policy file that ends earlier, then one that ends later.
    let policy = |until: &str| {
        let text = format!(
            "schema = 1\n[[waivers]]\nrule = \"{rule}\"\nasset = \"*\"\nreason = \"政策豁免\"\nby = \"专班\"\nuntil = {until}\n"
        );
        std::fs::write(at.join("policy.toml"), text).unwrap();
        audit(&["--policy", "policy.toml"])
    };
    let (sooner, later) = (policy("2026-12-01"), policy("2027-06-30"));
    assert_eq!(of(&sooner).1, "年内整改");
    assert_eq!(of(&later).1, "政策豁免");
    for scan in [&sooner, &later] {
        let mut reasons: Vec<&str> = scan.rulings.waivers.iter().map(|one| one.reason.as_str()).collect();
        reasons.sort_unstable();
        assert_eq!(reasons, ["年内整改", "政策豁免"], "both are listed");
    }

    // Taken back: the finding is open again, and the store remembers both.
    assert_eq!(page.waive(&says("", "", "", true)).0, 200);
    assert_eq!(of(&audit(&[])).0, "open");
    let db = rusqlite::Connection::open(at.join("h.db")).unwrap();
    let rows: i64 = db.query_row("SELECT count(*) FROM waiver", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 2);
    assert!(db.execute("DELETE FROM waiver", []).is_err());
    assert_eq!(run_in(at, &["history", "verify", "h.db"]).status, 0);
}

const NO: (&str, &str) = ("", "");

#[test]
fn only_its_own_page_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let review = Review::start(folder.path(), &[]);
    let (status, head, page) = review.own("");
    assert_eq!(status, 200);
    for wanted in [
        "content-security-policy: default-src 'none';",
        "frame-ancestors 'none'",
        "x-frame-options: deny",
        "cache-control: no-store",
        "referrer-policy: no-referrer",
        "x-content-type-options: nosniff",
    ] {
        assert!(head.contains(wanted), "{wanted}: {head}");
    }
    assert!(!head.contains("set-cookie") && !page.contains("http://") && !page.contains("https://"));
    assert!(page.contains("lang=\"zh-CN\"") && page.contains("<script>"));
    let host = format!("Host: {}\r\n", review.at);
    let port = review.at.rsplit(':').next().unwrap();
    let data = format!("/{}/data", review.word);
    for (status, path, headers) in [
        (404, "/", host.clone()),
        (404, "/0000/data", host.clone()),
        (404, &*format!("/{}x/data", review.word), host.clone()),
        (421, &*data, format!("Host: rebound.example.cn:{port}\r\n")),
        (421, &*data, "Host: 127.0.0.1:1\r\n".to_owned()),
        (421, &*data, format!("{host}{host}")),
        (403, &*data, format!("{host}Origin: http://evil.example.cn\r\n")),
        (403, &*data, format!("{host}Sec-Fetch-Site: cross-site\r\n")),
    ] {
        let (found, _, body) = review.get(path, &headers);
        // Two hosts in one request are refused by the parser or by the gate.
        let refused = found == status || headers.matches("Host").count() > 1 && found == 400;
        assert!(refused && body.is_empty(), "{path} {headers}: {found} {body}");
    }
    let scan: Json = serde_json::from_str(&review.own("data").2).unwrap();
    let item = scan["items"][0]["id"].as_str().unwrap().to_owned();
    let body = json!({
        "asset": item, "other": null, "verdict": "defer", "action": "", "target": "", "reason": "",
    });
    let kind = "Content-Type: application/json\r\n";
    for (status, headers) in [
        (403, format!("{host}{kind}")),
        (403, format!("{host}{kind}Origin: http://evil.example.cn\r\n")),
        (403, format!("{host}{kind}Origin: null\r\n")),
        (415, format!("{host}Content-Type: text/plain\r\nOrigin: http://{}\r\n", review.at)),
        (421, format!("Host: evil.example.cn:{port}\r\n{kind}Origin: http://evil.example.cn:{port}\r\n")),
    ] {
        assert_eq!(review.post(&body, &headers).0, status, "{headers}");
    }
    let long = json!({ "asset": item, "reason": "长".repeat(60_000) });
    assert_eq!(review.post(&long, &format!("{host}{kind}Origin: http://{}\r\n", review.at)).0, 413);
    assert!(!folder.path().join("decisions.csv").exists(), "nothing was decided");
    let other = Review::start(folder.path(), &[]);
    assert!(other.word != review.word && review.word.len() >= 32);
}

#[test]
fn what_is_decided_on_the_page_is_obeyed_by_the_next_audit() {
    let folder = tempfile::tempdir().unwrap();
    let review = Review::start(folder.path(), &[]);
    let scan: Json = serde_json::from_str(&review.own("data").2).unwrap();
    let item = |action: &str, nth: usize| {
        let all = scan["items"].as_array().unwrap().iter().filter(|item| item["action"] == action);
        all.clone().nth(nth).unwrap_or_else(|| panic!("{action}"))["id"].as_str().unwrap().to_owned()
    };
    let (merged, repaired, closed) = (item("merge", 0), item("keep-fix", 0), item("dissolve", 0));
    let pair =
        scan["pairs"].as_array().unwrap().iter().find(|pair| pair["relation"] == "cross-unit").unwrap();
    let (left, right) = (pair["left"]["id"].as_str().unwrap(), pair["right"]["id"].as_str().unwrap());
    assert!(pair["evidence"].as_array().unwrap().len() > 1);
    let open =
        scan["items"].as_array().unwrap().iter().find(|i| i["action"] == "refer" && i["accepted"].is_null());

    assert_eq!(review.decide(&merged, None, "defer", NO, "").0, 200);
    let (status, told) = review.decide(&merged, None, "accept", NO, "=同意，按期整合");
    assert_eq!((status, told["count"].as_u64()), (200, Some(1)), "the last decision stands alone");
    assert_eq!(told["decision"]["written"], "采纳");
    assert_eq!(review.decide(&repaired, None, "reject", NO, "已整改").0, 200);
    assert_eq!(
        review.decide(&closed, None, "change", ("keep", ""), "群众仍在使用").1["decision"]["written"],
        "改为保留"
    );
    assert_eq!(review.decide(right, Some(left), "different", NO, "对象不同").0, 200);
    for (asset, other, verdict, change) in [
        ("nobody.app.none", None, "accept", NO),
        (&*merged, Some(&*closed), "same", NO),
        (&*merged, None, "same", NO),
        (left, Some(right), "reject", NO),
        (&*merged, None, "change", ("merge", "")),
        (&*merged, None, "change", ("merge", "没有这个平台")),
        (&*merged, None, "change", ("refer", "")),
        (&*merged, None, "delete", NO),
    ] {
        let (status, told) = review.decide(asset, other, verdict, change, "");
        assert_eq!(status, 422, "{asset} {verdict}");
        assert!(told["error"].as_str().is_some_and(|error| !error.is_empty()), "{told}");
    }
    if let Some(open) = open {
        assert_eq!(review.decide(open["id"].as_str().unwrap(), None, "accept", NO, "").0, 422);
    }
    let file = folder.path().join("decisions.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains("'=同意") && text.lines().count() == 5, "{text}");

    // Taken back, and its reason changed.
    assert_eq!(review.decide(&repaired, None, "", NO, "").1["count"], 3);
    assert_eq!(
        review.decide(&closed, None, "reason", NO, "老人仍在使用").1["decision"]["written"],
        "改为保留"
    );
    // What somebody else wrote meanwhile is not written over.
    let held = std::fs::read(&file).unwrap();
    std::fs::write(&file, [held.as_slice(), b"\r\n"].concat()).unwrap();
    assert_eq!(review.decide(&repaired, None, "reject", NO, "").0, 422);
    std::fs::write(&file, &held).unwrap();
    #[cfg(unix)]
    {
        let (status, said) = review.end();
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains("decisions.csv") && said.contains("3 条"), "{said}");
    }

    let root = env!("CARGO_MANIFEST_DIR");
    let (inventories, policy) = (format!("{root}/inventories"), format!("{root}/inventories/policy.toml"));
    let arguments = [
        "audit",
        &inventories,
        "--policy",
        &policy,
        "--as-of",
        "2026-11-22",
        "--out",
        "out",
        "--decisions",
        "decisions.csv",
    ];
    let ran = run_in(folder.path(), &arguments);
    assert!(ran.status < 2, "{}", ran.err);
    let after = ScanDocument::parse(&std::fs::read(folder.path().join("out/scan.json")).unwrap()).unwrap();
    let entries = &after.decisions.as_ref().unwrap().entries;
    assert_eq!(entries.len(), 3);
    assert!(entries.iter().all(|entry| entry.outcome == "applied"), "{entries:?}");
    let action = |id: &str| after.plan.actions.iter().find(|action| action.asset == id).unwrap();
    assert!(action(&merged).pinned && action(&merged).action == "merge");
    assert!(action(&closed).pinned && action(&closed).action == "keep");
    assert!(action(&closed).reason.contains("老人仍在使用"), "{}", action(&closed).reason);
    let related = |p: &&zhijian::scan::document::Pair| {
        (p.left == left && p.right == right) || (p.left == right && p.right == left)
    };
    assert!(after.pairs.iter().find(related).is_none_or(|pair| pair.relation == "unrelated"));

    // Taken up again, in the other language: what was decided is there, and goes on.
    let again = Review::start(folder.path(), &["--lang", "en"]);
    let scan: Json = serde_json::from_str(&again.own("data").2).unwrap();
    assert_eq!(scan["decided"].as_array().unwrap().len(), 3);
    assert_eq!(again.decide(&repaired, None, "accept", NO, "").1["decision"]["written"], "accept");
    assert!(std::fs::read_to_string(&file).unwrap().contains("改为保留"));
    std::fs::write(folder.path().join("other.csv"), "a,b\r\n1,2\r\n").unwrap();
    let wrong = run_in(folder.path(), &["review", &format!("{root}/reports"), "--decisions", "other.csv"]);
    assert!(wrong.status == 2 && wrong.err.contains("other.csv"), "{}", wrong.err);
    assert_eq!(run_in(folder.path(), &["review", "nowhere"]).status, 2);
    assert_eq!(run_in(folder.path(), &["review", "--listen", "here"]).status, 2);
}
