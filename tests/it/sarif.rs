//! `findings.sarif`: the structure that SARIF 2.1.0 asks for, and every finding in it.

use super::views::document;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::scan::document::ScanDocument;
use zhijian::views::report::{Options, ReportView, Writer};

fn samples() -> ScanDocument {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/scan.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn sarif(document: &ScanDocument) -> Json {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("findings.sarif");
    let view = ReportView::new(document, Catalogue::of(Lang::Zh));
    Writer::named("sarif").unwrap().write(&path, &view, Options::default()).unwrap();
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// What the standard says of the parts that we write (sections 3.13, 3.14, 3.19, 3.27, 3.28, 3.29, 3.35 and 3.49).
fn schema() -> Json {
    let text = serde_json::json!({ "type": "string", "minLength": 1 });
    let message =
        serde_json::json!({ "type": "object", "required": ["text"], "properties": { "text": text } });
    let reference = serde_json::json!({ "type": "string", "pattern": "^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$" });
    let level = serde_json::json!({ "enum": ["none", "note", "warning", "error"] });
    let location = serde_json::json!({
        "type": "object", "additionalProperties": false, "required": ["physicalLocation"],
        "properties": {
            "physicalLocation": { "type": "object", "additionalProperties": false, "required": ["artifactLocation"],
                "properties": {
                    "artifactLocation": { "type": "object", "required": ["uri"], "properties": { "uri": reference } },
                    "region": { "type": "object", "properties": { "startLine": { "type": "integer", "minimum": 1 } } } } },
            "logicalLocations": { "type": "array", "items": { "type": "object",
                "properties": { "fullyQualifiedName": { "type": "string" } } } } }
    });
    let result = serde_json::json!({
        "type": "object", "required": ["ruleId", "message"], "additionalProperties": false,
        "properties": {
            "ruleId": text, "ruleIndex": { "type": "integer", "minimum": 0 }, "level": level, "message": message,
            "locations": { "type": "array", "items": location },
            "partialFingerprints": { "type": "object", "additionalProperties": { "type": "string" } },
            "suppressions": { "type": "array", "items": { "type": "object", "required": ["kind"],
                "properties": { "kind": { "enum": ["inSource", "external"] },
                    "status": { "enum": ["accepted", "underReview", "rejected"] }, "justification": { "type": "string" } } } },
            "properties": { "type": "object" } }
    });
    let rule = serde_json::json!({
        "type": "object", "required": ["id"], "additionalProperties": false,
        "properties": { "id": text, "shortDescription": message, "fullDescription": message,
            "defaultConfiguration": { "type": "object", "properties": { "level": level } } }
    });
    let run = serde_json::json!({
        "type": "object", "required": ["tool"], "additionalProperties": false,
        "properties": {
            "tool": { "type": "object", "required": ["driver"], "properties": { "driver": { "type": "object",
                "required": ["name"], "additionalProperties": false,
                "properties": { "name": text, "version": text, "rules": { "type": "array", "items": rule, "uniqueItems": true } } } } },
            "language": { "type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$" },
            "artifacts": { "type": "array", "items": { "type": "object", "properties": {
                "location": { "type": "object", "properties": { "uri": reference } },
                "length": { "type": "integer", "minimum": -1 },
                "hashes": { "type": "object", "additionalProperties": { "type": "string" } } } } },
            "results": { "type": "array", "items": result },
            "columnKind": { "enum": ["utf16CodeUnits", "unicodeCodePoints"] },
            "properties": { "type": "object" } }
    });
    serde_json::json!({
        "type": "object", "required": ["version", "runs"], "additionalProperties": false,
        "properties": { "$schema": { "type": "string", "format": "uri" }, "version": { "const": "2.1.0" },
            "runs": { "type": "array", "items": run } }
    })
}

#[test]
fn the_log_has_the_structure_of_the_standard() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let mut emptied = samples();
    emptied.findings.clear();
    for document in [document(), samples(), emptied] {
        let log = sarif(&document);
        let faults: Vec<String> = validator.iter_errors(&log).take(5).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
    let mut broken = sarif(&samples());
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&broken), "the structure must refuse something");
}

#[test]
fn every_finding_is_a_result_with_its_rule_place_and_fingerprint() {
    for document in [document(), samples()] {
        let log = sarif(&document);
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), document.findings.len());
        for (result, finding) in results.iter().zip(&document.findings) {
            let at = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(run["tool"]["driver"]["rules"][at]["id"], result["ruleId"]);
            assert_eq!(result["ruleId"], finding.rule.as_str());
            assert_eq!(result["partialFingerprints"]["zhijian/v1"], finding.fingerprint.as_str());
            assert_eq!(result["suppressions"].is_array(), finding.status == "waived");
            let text = result["message"]["text"].as_str().unwrap();
            assert!(text.starts_with("疑似问题："), "{text}");
        }
        let levels: BTreeSet<&str> = results.iter().map(|r| r["level"].as_str().unwrap()).collect();
        assert_eq!(levels, BTreeSet::from(["error", "note", "warning"]));
    }
}
