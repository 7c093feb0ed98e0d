//! The plan of the samples from outside: it holds, and a spoilt one does not.

use crate::support::run_in;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn stored() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/scan.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// What `plan --verify` says of a scan.
fn verified(scan: &Value) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("scan.json"), scan.to_string()).unwrap();
    let run = run_in(folder.path(), &["plan", "--verify", "scan.json", "--lang", "en"]);
    (run.status, run.out + &run.err)
}

/// Spoils the action at a position.
type Spoil = fn(&mut Value, usize);

/// The position of the first action of a kind.
fn first(scan: &Value, kind: &str) -> usize {
    scan["plan"]["actions"].as_array().unwrap().iter().position(|a| a["action"] == kind).unwrap()
}

#[test]
fn the_plan_of_the_samples_is_proven_and_holds() {
    let scan = stored();
    assert_eq!(scan["plan"]["proven"], true);
    assert_eq!(scan["plan"]["objective"], scan["plan"]["bound"]);
    assert!(scan["plan"]["components"]["count"].as_u64().unwrap() > 10);
    let (status, said) = verified(&scan);
    assert_eq!(status, 0, "{said}");
}

#[test]
fn a_spoilt_plan_is_named_with_its_item() {
    let spoilt: [(&str, &str, Spoil); 6] = [
        ("merge", "no action", |scan, at| {
            scan["plan"]["actions"].as_array_mut().unwrap().remove(at);
        }),
        ("merge", "cannot go into", |scan, at| {
            let host = scan["plan"]["actions"][at]["target"].clone();
            let actions = scan["plan"]["actions"].as_array_mut().unwrap();
            let host = actions.iter_mut().find(|a| a["asset"] == host).unwrap();
            host["action"] = json!("close");
        }),
        ("merge", "cannot go into", |scan, at| {
            let other = scan["plan"]["actions"][first(scan, "keep")]["asset"].clone();
            scan["plan"]["actions"][at]["target"] = other;
        }),
        ("refer", "no reason", |scan, at| scan["plan"]["actions"][at]["question"] = Value::Null),
        ("keep", "does not fit its state", |scan, at| scan["plan"]["actions"][at]["action"] = json!("none")),
        ("keep-fix", "sums differ", |scan, at| scan["plan"]["actions"][at]["action"] = json!("keep")),
    ];
    for (kind, fault, spoil) in spoilt {
        let mut scan = stored();
        let at = first(&scan, kind);
        spoil(&mut scan, at);
        let (status, said) = verified(&scan);
        assert_eq!(status, 2, "{kind}: {said}");
        assert!(said.contains(fault), "{kind}: {said}");
    }
}
