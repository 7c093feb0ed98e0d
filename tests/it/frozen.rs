//! `scan.json` version 1 is frozen: what was stored once is read and drawn for ever.
//!
//! The fixture was written when the form was frozen and is never written again. A change of the form is version 2, with a
//! reader of its own beside this one.

use calamine::{Reader, Xlsx};
use serde_json::Value;
use std::io::Cursor;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::scan::document::ScanDocument;
use zhijian::views::report::{Options, ReportView, WRITERS, write_all};

const SCAN: &str = include_str!("../fixtures/scan-v1/scan.json");
const SCHEMA: &str = include_str!("../fixtures/scan-v1/scan.schema.json");

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The form without its explanations, which may be worded better.
fn bare(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            // A property may be called so too; then it is an object.
            map.retain(|key, value| key != "description" || !value.is_string());
            map.values_mut().for_each(bare);
        }
        Value::Array(list) => list.iter_mut().for_each(bare),
        _ => {}
    }
}

#[test]
fn the_form_is_what_was_frozen() {
    let [mut frozen, mut today] = [value(SCHEMA), super::generated::scan_schema()];
    bare(&mut frozen);
    bare(&mut today);
    assert!(
        frozen == today,
        "scan.json v1 is frozen; another form is a version of its own, with its own reader"
    );
}

#[test]
fn the_kept_scan_fits_its_schema_and_has_every_part() {
    let (schema, scan) = (value(SCHEMA), value(SCAN));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(&scan).map(|e| e.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    for part in schema["properties"].as_object().unwrap().keys() {
        assert!(scan.get(part).is_some(), "the kept scan has no {part}");
    }
}

#[test]
fn a_scan_of_version_1_is_read_without_loss() {
    let document = ScanDocument::parse(SCAN.as_bytes()).unwrap();
    assert_eq!(value(&serde_json::to_string(&document).unwrap()), value(SCAN));
}

#[test]
fn a_scan_of_version_1_is_drawn_in_every_format() {
    let document = ScanDocument::parse(SCAN.as_bytes()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let catalogue = Catalogue::of(Lang::Zh);
    let paths = write_all(dir.path(), &document, catalogue, Options::default()).unwrap();
    assert_eq!(paths.len(), WRITERS.len());
    let view = ReportView::new(&document, catalogue);
    let read = |name: &str| std::fs::read(dir.path().join(name)).unwrap();
    let mut book = Xlsx::new(Cursor::new(read("ledger.xlsx"))).unwrap();
    for listing in [&view.ledger, &view.problems, &view.duplicates] {
        assert!(listing.len > 0);
        assert_eq!(book.worksheet_range(&listing.title).unwrap().height(), listing.len + 1, "{}", listing.id);
    }
    // There because the scan has a roster.
    let roster = &document.coverage.roster;
    let silent = book.worksheet_range("应报未报").unwrap();
    for unit in roster {
        assert!(
            silent.rows().any(|row| row[1] == calamine::Data::String(unit.unit.clone())),
            "{}",
            unit.unit
        );
    }
    let [summary, page] = ["summary.md", "report.html"].map(|name| String::from_utf8(read(name)).unwrap());
    for sentence in &view.summary {
        assert!(summary.contains(sentence.as_str()), "{sentence}");
    }
    for figure in &document.figures {
        let mark = format!("data-figure=\"{}\"", figure.id);
        assert!(page.contains(&mark), "{}", figure.id);
    }
    assert_eq!(value(std::str::from_utf8(&read("scan.json")).unwrap()), value(SCAN));
}
