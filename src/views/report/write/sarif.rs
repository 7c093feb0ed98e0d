//! `findings.sarif`: what rules say, in the exchange format of code-checking tools (SARIF 2.1.0).
//!
//! For: dashboards and trackers that take findings from many tools. Not for: people. Invariant: every finding is a result,
//! waived ones as suppressed; the fingerprint is the finding's own, so that a tracker knows it again.

use super::{Cause, Options, Out, ReportView};
use crate::model::Severity;
use crate::scan::document::{Finding, Input, Source};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

/// The schema of the format, by its published name.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Under which name trackers keep our fingerprints.
const FINGERPRINT: &str = "zhijian/v1";

/// Writes the log: one result a line.
pub(super) fn draw(view: &ReportView<'_>, _: Options<'_>, out: &mut Out) -> Result<(), Cause> {
    let document = view.document;
    let mut rules: BTreeMap<&str, &Finding> = BTreeMap::new();
    for finding in &document.findings {
        rules.entry(&finding.rule).or_insert(finding);
    }
    let places: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, id)| (*id, at)).collect();
    let (name, version) = document.tool.split_once(' ').unwrap_or((&document.tool, ""));
    let rules: Vec<Json> = rules.values().map(|finding| rule(view, finding)).collect();
    let driver = json!({ "name": name, "version": version, "rules": rules });
    let language = view.names.catalogue.lang().to_string();
    write!(out, "{{\"$schema\":{},\"version\":\"2.1.0\",\"runs\":[{{\"tool\":", json!(SCHEMA))?;
    write!(out, "{},\n\"language\":{},\n\"artifacts\":[", json!({ "driver": driver }), json!(language))?;
    lines(out, document.inputs.iter().map(artifact))?;
    write!(out, "],\n\"results\":[")?;
    lines(out, document.findings.iter().map(|finding| result(view, finding, &places)))?;
    let properties = json!({ "asOf": document.as_of, "provenance": view.provenance_short });
    writeln!(out, "],\n\"columnKind\":\"unicodeCodePoints\",\n\"properties\":{properties}}}]}}")?;
    Ok(())
}

fn lines(out: &mut Out, values: impl Iterator<Item = Json>) -> Result<(), Cause> {
    for (at, value) in values.enumerate() {
        write!(out, "{}\n{value}", if at > 0 { "," } else { "" })?;
    }
    Ok(())
}

fn rule(view: &ReportView<'_>, finding: &Finding) -> Json {
    let clause = finding.clause.first();
    let citation = clause.map_or("", |c| c.citation.as_str());
    let paraphrase = clause.map_or("", |c| c.paraphrase.as_str());
    let mut rule = json!({
        "id": finding.rule,
        "shortDescription": { "text": view.names.rule(&finding.rule) },
        "defaultConfiguration": { "level": level(&finding.severity) },
    });
    if !citation.is_empty() {
        let args = [("citation", citation), ("paraphrase", paraphrase)];
        rule["fullDescription"] = json!({ "text": view.names.fill("report.not-checked.clause", &args) });
    }
    rule
}

fn artifact(input: &Input) -> Json {
    json!({
        "location": { "uri": uri(&input.path) },
        "length": input.bytes,
        "hashes": { "blake3": input.blake3, "sm3": input.sm3 },
    })
}

fn result(view: &ReportView<'_>, finding: &Finding, rules: &BTreeMap<&str, usize>) -> Json {
    let names = view.names;
    let asset = finding.asset.as_deref().and_then(|id| view.index.asset(id));
    let unit = asset.map(|asset| names.owner(asset)).unwrap_or_default();
    let parts = [
        ("item", asset.map_or("", |asset| asset.name.as_str())),
        ("unit", &unit),
        ("rule", &names.rule(&finding.rule)),
        ("reason", &finding.evidence.reason),
    ];
    let key = if asset.is_some() { "report.sarif.item" } else { "report.sarif.file" };
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": rules.get(finding.rule.as_str()),
        "level": level(&finding.severity),
        "message": { "text": names.fill(key, &parts) },
        "locations": finding.at.iter().map(location).collect::<Vec<_>>(),
        "partialFingerprints": { FINGERPRINT: finding.fingerprint },
        "properties": {
            "severity": finding.severity,
            "confidence": finding.confidence,
            "asset": finding.asset,
            "unit": unit,
            "words": finding.evidence.words,
            "clauses": finding.clause.iter().map(|c| &c.id).collect::<Vec<_>>(),
        },
    });
    if finding.status == "waived" {
        let reason = finding.waiver.clone().unwrap_or_default();
        result["suppressions"] =
            json!([{ "kind": "external", "status": "accepted", "justification": reason }]);
    }
    result
}

/// File and row; sheet and cell, which the format has no place for, as a logical location.
fn location(source: &Source) -> Json {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&source.file) } });
    if source.row > 0 {
        physical["region"] = json!({ "startLine": source.row });
    }
    let cell = source.column.as_deref().map(|column| format!("{column}{}", source.row)).unwrap_or_default();
    let parts: Vec<&str> =
        [source.sheet.as_str(), &cell].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return json!({ "physicalLocation": physical });
    }
    json!({ "physicalLocation": physical, "logicalLocations": [{ "fullyQualifiedName": parts.join("!") }] })
}

fn level(severity: &str) -> &'static str {
    match Severity::parse(severity) {
        Some(Severity::Forbidden) => "error",
        Some(Severity::Restricted) => "warning",
        _ => "note",
    }
}

/// A relative path as a reference: what is no plain sign of one is spelled out byte by byte.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
