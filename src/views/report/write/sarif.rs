//! `findings.sarif`: what rules say, in the exchange format of code-checking tools (SARIF 2.1.0).
//!
//! For: dashboards and trackers that take findings from many tools. Not for: people. Invariant: every finding is a result,
//! waived ones as suppressed; the fingerprint is the finding's own, so that a tracker knows it again.

use super::{Cause, Options, Out, ReportView};
use crate::model::Severity;
use crate::scan::document::{Finding, Input, Source};
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

/// The schema of the format, by its published name.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the log: one result a line.
pub(super) fn draw(view: &ReportView<'_>, _: Options<'_>, out: &mut Out) -> Result<(), Cause> {
    let document = view.document;
    let mut rules: BTreeMap<&str, &Finding> = BTreeMap::new();
    for finding in &document.findings {
        rules.entry(&finding.rule).or_insert(finding);
    }
    let places = rules.keys().enumerate().map(|(at, id)| (*id, at)).collect();
    let uris = document.inputs.iter().map(|input| (input.path.as_str(), uri(&input.path))).collect();
    let known = Known { rules: places, uris };
    let (name, version) = document.tool.split_once(' ').unwrap_or((&document.tool, ""));
    let rules: Vec<Json> = rules.values().map(|finding| rule(view, finding)).collect();
    let driver = json!({ "name": name, "version": version, "rules": rules });
    let language = view.names.catalogue.lang().to_string();
    write!(out, "{{\"$schema\":{},\"version\":\"2.1.0\",\"runs\":[{{\"tool\":", json!(SCHEMA))?;
    write!(out, "{},\n\"language\":{},\n\"artifacts\":[", json!({ "driver": driver }), json!(language))?;
    lines(out, document.inputs.iter().map(artifact))?;
    write!(out, "],\n\"results\":[")?;
    lines(out, document.findings.iter().map(|finding| result(view, finding, &known)))?;
    let properties = json!({ "asOf": document.as_of, "provenance": view.provenance_short });
    writeln!(out, "],\n\"columnKind\":\"unicodeCodePoints\",\n\"properties\":{properties}}}]}}")?;
    Ok(())
}

fn lines(out: &mut Out, values: impl Iterator<Item = impl Serialize>) -> Result<(), Cause> {
    for (at, value) in values.enumerate() {
        out.write_all(if at > 0 { b",\n" } else { b"\n" })?;
        serde_json::to_writer(&mut *out, &value)?;
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

/// One finding; written as it is made, since there are as many as a hundred thousand.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'a str,
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints<'a>,
    properties: Properties<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<Json>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

/// Under which name trackers keep our fingerprints.
#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "zhijian/v1")]
    ours: &'a str,
}

#[derive(Serialize)]
struct Properties<'a> {
    severity: &'a str,
    confidence: &'a str,
    asset: Option<&'a str>,
    unit: String,
    words: &'a str,
    clauses: Vec<&'a str>,
}

/// File and row; sheet and cell, which the format has no place for, as a logical location.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: Physical<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logical_locations: Option<[Logical; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical<'a> {
    artifact_location: Artifact<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact<'a> {
    uri: Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: String,
}

/// What findings refer to.
struct Known<'a> {
    rules: BTreeMap<&'a str, usize>,
    /// Paths of files as references.
    uris: BTreeMap<&'a str, String>,
}

fn result<'a>(view: &ReportView<'_>, finding: &'a Finding, known: &'a Known<'_>) -> Found<'a> {
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
    let suppressions = (finding.status == "waived").then(|| {
        let reason = finding.waiver.clone().unwrap_or_default();
        json!([{ "kind": "external", "status": "accepted", "justification": reason }])
    });
    Found {
        rule_id: &finding.rule,
        rule_index: known.rules.get(finding.rule.as_str()).copied(),
        level: level(&finding.severity),
        message: Text { text: names.fill(key, &parts) },
        locations: finding.at.iter().map(|source| location(source, known)).collect(),
        partial_fingerprints: Fingerprints { ours: &finding.fingerprint },
        properties: Properties {
            severity: &finding.severity,
            confidence: &finding.confidence,
            asset: finding.asset.as_deref(),
            unit,
            words: &finding.evidence.words,
            clauses: finding.clause.iter().map(|clause| clause.id.as_str()).collect(),
        },
        suppressions,
    }
}

fn location<'a>(source: &Source, known: &'a Known<'_>) -> Location<'a> {
    let known = known.uris.get(source.file.as_str()).map(|uri| Cow::Borrowed(uri.as_str()));
    let uri = known.unwrap_or_else(|| uri(&source.file).into());
    let region = (source.row > 0).then_some(Region { start_line: source.row });
    let cell = source.column.as_deref().map(|column| format!("{column}{}", source.row)).unwrap_or_default();
    let parts: Vec<&str> =
        [source.sheet.as_str(), &cell].into_iter().filter(|part| !part.is_empty()).collect();
    let logical = (!parts.is_empty()).then(|| [Logical { fully_qualified_name: parts.join("!") }]);
    let physical_location = Physical { artifact_location: Artifact { uri }, region };
    Location { physical_location, logical_locations: logical }
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
