//! Files as offices really send them, each with the reading it must get.
//!
//! For: the cases under `tests/fixtures/ingest/cases/`, whose expectations were written by whoever made the
//! file and not by the program. Not for: laws, which hold for any file.

use super::{read, show};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use zhijian::model::{Alert, Code, Field, Layout, Location, Sheet, Value};
use zhijian::stages::ingest::Ingested;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ingest/cases");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    cases.sort();
    cases
}

#[test]
fn every_case_is_read_as_whoever_made_it_meant() {
    let mut faults = Vec::new();
    let mut checked = 0;
    for case in cases() {
        let expected: Json =
            serde_json::from_slice(&std::fs::read(case.join("expected.json")).unwrap()).unwrap();
        let input = std::fs::read_dir(&case).unwrap().map(|e| e.unwrap().path());
        let input = input.into_iter().find(|p| p.file_stem().is_some_and(|s| s == "input")).unwrap();
        let found = shown(&read(&[input]));
        let name = case.file_name().unwrap().to_string_lossy();
        faults.extend(differences(&expected, &found).into_iter().map(|fault| format!("{name}: {fault}")));
        checked += 1;
    }
    assert!(checked >= 80, "{checked} cases only");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// A reading in the notation of the expectations.
fn shown(got: &Ingested) -> Json {
    let sheets = got.records.sheets.iter().enumerate();
    let tables: Vec<Json> = sheets.map(|(index, sheet)| table(got, index, sheet)).collect();
    let codes: BTreeSet<&str> = got.diagnostics.iter().map(|d| d.code.as_str()).collect();
    serde_json::json!({ "tables": tables, "codes": codes, "unread": got.unread })
}

fn table(got: &Ingested, index: usize, sheet: &Sheet) -> Json {
    let layout = match sheet.layout {
        Layout::Table => "table",
        Layout::Form => "form",
        Layout::Turned => "turned",
    };
    let account = sheet.account;
    let mine = |&r: &usize| got.records.place(r).sheet.0 as usize == index;
    let records = (0..got.records.len()).filter(mine).map(|r| record(got, r, sheet));
    let mut columns: BTreeMap<String, Option<String>> = BTreeMap::new();
    for column in sheet.columns.iter().filter(|c| !c.header.is_empty() && sheet.layout == Layout::Table) {
        let field = column.field.map(|field| field.as_str().to_owned());
        let entry = columns.entry(Location::column_letters(column.column)).or_default();
        // A column that holds two fields.
        *entry = match (entry.take(), field) {
            (Some(first), Some(second)) => Some(format!("{first}+{second}")),
            (first, second) => first.or(second),
        };
    }
    serde_json::json!({
        "file": got.inputs[sheet.file.0 as usize].path,
        "sheet": sheet.name,
        "layout": layout,
        "kind": sheet.kind.map(zhijian::model::Kind::as_str),
        "title": sheet.title,
        "header_row": sheet.header_row,
        "account": {
            "rows_read": account.rows_read, "records": account.records, "headings": account.headings,
            "blank": account.blank, "notes": account.notes, "rejected": account.rejected,
        },
        "columns": columns,
        "records": records.collect::<Vec<_>>(),
    })
}

fn record(got: &Ingested, index: usize, sheet: &Sheet) -> Json {
    let mut fields = Map::new();
    for &field in Field::ALL {
        let text = notation(got, index, field);
        if !text.is_empty() {
            fields.insert(field.as_str().to_owned(), text.into());
        }
    }
    let extras = got.records.extras().iter().filter(|e| e.record as usize == index);
    let extras: Vec<(u32, &str)> = extras.map(|e| (e.column, got.records.pool.get(e.text))).collect();
    if sheet.layout == Layout::Table {
        let by_letter: Map<String, Json> =
            extras.iter().map(|(c, text)| (Location::column_letters(*c), (*text).into())).collect();
        serde_json::json!({ "row": got.records.place(index).row, "fields": fields, "extras": by_letter })
    } else {
        let mut texts: Vec<&str> = extras.iter().map(|(_, text)| *text).collect();
        texts.sort_unstable();
        serde_json::json!({ "row": got.records.place(index).row, "fields": fields, "extras_text": texts })
    }
}

/// A value as the expectations write it: `~300`, `>=1000`, `<100`, `2024-05-01?`, `yes`, `!原文`.
fn notation(got: &Ingested, index: usize, field: Field) -> String {
    let shown = show(got, index, field);
    match got.records.value(index, field) {
        Value::Count { .. } => {
            let (count, exactness) = shown.split_once(' ').unwrap();
            let mark = match exactness {
                "About" => "~",
                "AtLeast" => ">=",
                "Below" => "<",
                _ => "",
            };
            format!("{mark}{count}")
        }
        Value::Flag(flag) => if flag { "yes" } else { "no" }.to_owned(),
        Value::Invalid(_) => format!("!{}", shown.trim_start_matches('<').trim_end_matches('>')),
        _ => shown,
    }
}

/// What differs, as sentences.
fn differences(expected: &Json, found: &Json) -> Vec<String> {
    let mut faults = Vec::new();
    let list = |json: &Json, key: &str| json[key].as_array().cloned().unwrap_or_default();
    if list(expected, "unread") != list(found, "unread") {
        faults.push(format!("unread: expected {}, found {}", expected["unread"], found["unread"]));
    }
    for code in list(expected, "codes") {
        if !list(found, "codes").contains(&code) {
            faults.push(format!("{code} was not said"));
        }
    }
    // Notes may say more; nothing else may be amiss.
    for code in list(found, "codes") {
        let alert = Code::ALL.iter().find(|c| code == c.as_str()).unwrap().alert();
        if alert != Alert::Note && !list(expected, "codes").contains(&code) {
            faults.push(format!("{code} was said"));
        }
    }
    let (wanted, got) = (list(expected, "tables"), list(found, "tables"));
    if wanted.len() != got.len() {
        faults.push(format!("expected {} tables, found {}", wanted.len(), got.len()));
    }
    for (at, (wanted, got)) in wanted.iter().zip(&got).enumerate() {
        for key in ["file", "sheet", "layout", "kind", "title", "header_row", "account", "columns"] {
            if wanted.get(key).is_some_and(|wanted| *wanted != got[key]) {
                faults.push(format!("table {at} {key}: expected {}, found {}", wanted[key], got[key]));
            }
        }
        let (wanted, got) = (list(wanted, "records"), list(got, "records"));
        if wanted.len() != got.len() {
            faults.push(format!("table {at}: expected {} records, found {}", wanted.len(), got.len()));
        }
        for (wanted, got) in wanted.iter().zip(&got) {
            record_differences(at, wanted, got, &mut faults);
        }
    }
    faults
}

fn record_differences(table: usize, wanted: &Json, got: &Json, faults: &mut Vec<String>) {
    let row = &wanted["row"];
    if *row != got["row"] {
        faults.push(format!("table {table}: expected a record on row {row}, found {}", got["row"]));
    }
    for part in ["fields", "extras"] {
        let empty = Map::new();
        let wanted = wanted[part].as_object().unwrap_or(&empty);
        let got = got[part].as_object().unwrap_or(&empty);
        let keys: BTreeSet<&String> = wanted.keys().chain(got.keys()).collect();
        for key in keys {
            if wanted.get(key) != got.get(key) {
                let show = |json: Option<&Json>| json.map_or("nothing".to_owned(), Json::to_string);
                let (wanted, got) = (show(wanted.get(key)), show(got.get(key)));
                faults.push(format!("table {table} row {row} {key}: expected {wanted}, found {got}"));
            }
        }
    }
    if !wanted["extras_text"].is_null() && wanted["extras_text"] != got["extras_text"] {
        let (wanted, got) = (&wanted["extras_text"], &got["extras_text"]);
        faults.push(format!("table {table} row {row} extras: expected {wanted}, found {got}"));
    }
}
