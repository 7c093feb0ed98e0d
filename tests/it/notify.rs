//! Notices of scheduled runs: what they say, to whom, and that they never matter to the run.

use crate::support::{Ran, run_in};
use serde_json::Value;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use tempfile::TempDir;

/// A server that takes messages: what it answers each time, then the last answer again.
fn robot(answers: &'static [(u16, &'static str)]) -> (String, Receiver<Value>) {
    let (address, messages) = asked_robot(answers);
    let (send, receive) = channel();
    std::thread::spawn(move || messages.into_iter().try_for_each(|(_, body)| send.send(body)));
    (address, receive)
}

/// The same, with the first line of each request.
fn asked_robot(answers: &'static [(u16, &'static str)]) -> (String, Receiver<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (send, receive) = channel();
    std::thread::spawn(move || {
        for (at, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut length = 0;
            let mut request = String::new();
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if request.is_empty() {
                    line.trim().clone_into(&mut request);
                }
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let _ = send.send((request, serde_json::from_slice(&body).unwrap()));
            let (status, text) = answers[at.min(answers.len() - 1)];
            let head =
                format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", text.len());
            let _ = stream.write_all((head + text).as_bytes());
        }
    });
    (format!("http://{address}/send?key=secret-part"), receive)
}

fn place() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    list(folder.path(), "甲县体育");
    folder
}

fn list(folder: &Path, name: &str) {
    let text =
        format!("名称,平台,主办单位\n甲县茶事,微信公众号,甲县农业农村局\n{name},微信公众号,甲县体育局\n");
    fs::write(folder.join("a.csv"), text).unwrap();
}

fn run(folder: &Path, settings: &str, day: &str) -> Ran {
    fs::write(folder.join("notify.toml"), settings).unwrap();
    let arguments = ["audit", "a.csv", "--out", "out", "--history", "h.db", "--scheduled", "--lang", "zh"];
    run_in(folder, &[&arguments[..], &["--notify", "notify.toml", "--as-of", day]].concat())
}

#[cfg(feature = "net")]
#[test]
fn each_shape_is_what_its_robot_takes_and_says_no_more_than_counts_and_units() {
    for shape in ["json", "wecom", "dingtalk"] {
        let folder = place();
        let (address, messages) = robot(&[(200, "{\"errcode\":0}")]);
        let settings = format!("webhook = \"{address}\"\nshape = \"{shape}\"\n");
        let first = run(folder.path(), &settings, "2026-10-01");
        assert!(first.status < 2 && first.err.contains("通知：已发出"), "{}", first.err);
        messages.recv().unwrap();
        let quiet = run(folder.path(), &settings, "2026-10-02");
        assert!(!quiet.err.contains("通知"), "nothing changed: {}", quiet.err);
        list(folder.path(), "甲县群众体育");
        assert!(run(folder.path(), &settings, "2026-10-03").status < 2);
        let said = messages.recv().unwrap();
        let text = match shape {
            "json" => {
                assert_eq!(
                    (&said["items"]["changed"]["new"], &said["items"]["changed"]["gone"]),
                    (&1.into(), &1.into())
                );
                assert_eq!((&said["as_of"], &said["changed"]), (&"2026-10-03".into(), &true.into()));
                said.to_string()
            }
            "wecom" => {
                assert_eq!(said["msgtype"], "text");
                said["text"]["content"].as_str().unwrap().to_owned()
            }
            _ => {
                assert_eq!(said["msgtype"], "markdown");
                assert!(said["markdown"]["title"].as_str().unwrap().contains("2026-10-03"));
                said["markdown"]["text"].as_str().unwrap().to_owned()
            }
        };
        assert!(text.contains("甲县体育局"), "{text}");
        for hidden in ["甲县茶事", "群众体育", "a.csv", "secret-part"] {
            assert!(!said.to_string().contains(hidden), "{hidden}: {said}");
        }
        assert!(messages.try_recv().is_err(), "one message a run");
    }
}

#[cfg(feature = "net")]
#[test]
fn a_robot_that_asks_for_a_signature_gets_one_and_nobody_sees_the_secret() {
    let folder = place();
    let (address, messages) = asked_robot(&[(200, "{\"errcode\":0}")]);
    let settings = format!("webhook = \"{address}\"\nshape = \"dingtalk\"\nsecret = \"SEChidden\"\n");
    let ran = run(folder.path(), &settings, "2026-10-01");
    assert!(ran.status < 2 && ran.err.contains("通知：已发出"), "{}", ran.err);
    let (request, body) = messages.recv().unwrap();
    let (_, query) = request.split_once("key=secret-part&timestamp=").unwrap();
    let (moment, sign) = query.split_once("&sign=").unwrap();
    let moment: i64 = moment.parse().unwrap();
    let age = jiff::Timestamp::now().as_millisecond() - moment;
    assert!((0..600_000).contains(&age), "{moment}");
    // 32 bytes in base 64: 43 characters and one sign that an address cannot carry as it is.
    let sign = sign.split(' ').next().unwrap();
    assert!(sign.ends_with("%3D") && (46..=132).contains(&sign.len()), "{sign}");
    for said in [&ran.err, &ran.out, &body.to_string()] {
        assert!(!said.contains("SEChidden") && !said.contains("sign="), "{said}");
    }
}

#[cfg(feature = "net")]
#[test]
fn a_robot_that_refuses_is_asked_again_and_then_let_be() {
    let folder = place();
    let (address, messages) = robot(&[(503, ""), (200, "{\"errcode\":45009}"), (302, ""), (200, "ok")]);
    let settings = format!("webhook = \"{address}\"\nwait_seconds = 0\nwhen = \"always\"\n");
    let ran = run(folder.path(), &settings, "2026-10-01");
    assert!(ran.err.contains("通知：已发出（第 4 次）"), "{}", ran.err);
    assert_eq!(messages.try_iter().count(), 4);
    let (address, messages) = robot(&[(500, "")]);
    let settings = format!("webhook = \"{address}\"\nwait_seconds = 0\nattempts = 2\nwhen = \"always\"\n");
    let refused = run(folder.path(), &settings, "2026-10-02");
    assert_eq!(refused.status, ran.status, "a notice decides nothing");
    assert!(refused.err.contains("2 次都没有发出，最后一次：HTTP 500"), "{}", refused.err);
    assert!(!refused.err.contains("secret-part"));
    assert_eq!(messages.try_iter().count(), 2);
    // Nobody listens there at all.
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let settings = format!(
        "webhook = \"http://{gone}/x?key=secret-part\"\nwait_seconds = 0\nattempts = 2\nwhen = \"always\"\n"
    );
    let nobody = run(folder.path(), &settings, "2026-10-03");
    assert_eq!(nobody.status, ran.status);
    assert!(nobody.err.contains("没有发出") && !nobody.err.contains("secret-part"), "{}", nobody.err);
    assert!(folder.path().join("out/latest/scan.json").is_file());
}

#[cfg(unix)]
#[test]
fn a_program_gets_the_counts_and_a_failed_run_is_told_too() {
    let folder = place();
    let settings = "command = [\"sh\", \"-c\", \"cat > told.json\"]\n";
    assert!(run(folder.path(), settings, "2026-10-01").status < 2);
    let told =
        || -> Value { serde_json::from_slice(&fs::read(folder.path().join("told.json")).unwrap()).unwrap() };
    assert_eq!((&told()["items"]["total"], &told()["changed"]), (&2.into(), &Value::Null));
    fs::remove_file(folder.path().join("a.csv")).unwrap();
    assert_eq!(run(folder.path(), settings, "2026-10-02").status, 2);
    assert_eq!(told(), serde_json::json!({"program": "zhijian", "as_of": "2026-10-02", "status": 2}));
    list(folder.path(), "甲县冰雪");
    let failing = run(folder.path(), "command = [\"false\"]\nattempts = 1\n", "2026-10-03");
    assert!(failing.status < 2 && failing.err.contains("没有发出"), "{}", failing.err);
}

#[test]
fn a_faulty_file_is_said_before_the_run() {
    let folder = place();
    for (settings, part) in [
        ("webhook = \"https://x\"\nshape = \"sms\"\n", "2: "),
        ("", "webhook | command"),
        ("webhook = \"https://x\"\ncommand = [\"x\"]\n", "webhook | command"),
        ("webhook = \"ftp://x\"\n", "https://…"),
        ("command = [\"x\"]\nattempts = 0\n", "1–10"),
        ("webhook = \"https://x\"\nshape = \"wecom\"\nsecret = \"SECx\"\n", "dingtalk"),
        ("webhook = \"https://x\"\nshape = \"dingtalk\"\nsecret = \"\"\n", "dingtalk"),
    ] {
        let ran = run(folder.path(), settings, "2026-10-01");
        assert!(ran.status == 2 && ran.err.contains(part), "{settings}: {}", ran.err);
        assert!(!folder.path().join("h.db").exists());
    }
}
