//! Blank inventories: drop-downs and checks are there, and what is filled into them is read back without a remark.

use super::support::run_in;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use zhijian::views::template::{Book, Column, ColumnKind, books};

/// Parts of a workbook by name, in order.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        parts.push((name, text));
    }
    parts
}

fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Days since the last day of 1899, as workbooks count them.
fn serial(day: &str) -> i64 {
    let day: jiff::civil::Date = day.parse().unwrap();
    let first: jiff::civil::Date = "1899-12-30".parse().unwrap();
    i64::from((day - first).get_days())
}

/// What somebody types into a column, and how a workbook stores it.
fn typed(column: &Column, row: usize) -> String {
    let choices = column.choices();
    let text = |text: &str| format!(" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    match column.kind {
        _ if !choices.is_empty() => text(choices[row % choices.len()]),
        _ if column.field == "seq" => format!("><v>{}</v></c>", row + 1),
        ColumnKind::Count => format!("><v>{}</v></c>", column.example),
        ColumnKind::Date => format!("><v>{}</v></c>", serial(&column.example)),
        _ if matches!(column.field.as_str(), "app_name" | "account_name" | "group_name" | "clue_text") => {
            text(&format!("{}{}", column.example, ["", "甲线", "乙线"][row % 3]))
        }
        _ if column.field == "account_id" => text(&format!("{}{row}", column.example)),
        _ => text(&column.example),
    }
}

/// A book with three rows, or with its form filled.
fn filled(book: &Book, blank: &[u8]) -> Vec<u8> {
    let mut parts = parts(blank);
    let (_, sheet) = parts.iter_mut().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap();
    if book.form {
        for (at, column) in book.columns.iter().enumerate() {
            let row = at + 2;
            let start = sheet.find(&format!("<c r=\"B{row}\"")).unwrap();
            let end = start + sheet[start..].find("/>").unwrap();
            let rest = sheet.split_off(end);
            sheet.push_str(&typed(column, 0));
            sheet.push_str(&rest[2..]);
        }
    } else {
        let letters: Vec<char> = ('A'..='Z').collect();
        let mut rows = String::new();
        for row in 0..3 {
            let cells: Vec<String> = (book.columns.iter().zip(&letters))
                .map(|(column, letter)| format!("<c r=\"{letter}{}\"{}", row + 3, typed(column, row)))
                .collect();
            rows.push_str(&["<row r=\"", &(row + 3).to_string(), "\">", &cells.concat(), "</row>"].concat());
        }
        *sheet = sheet.replace("</sheetData>", &(rows + "</sheetData>"));
    }
    packed(&parts)
}

#[test]
fn what_is_filled_in_is_read_back_without_a_remark() {
    for lang in ["zh", "en"] {
        let folder = tempfile::tempdir().unwrap();
        let made = run_in(folder.path(), &["template", "--out", "blank", "--lang", lang]);
        assert_eq!((made.status, made.out.lines().count()), (0, books().len()), "{}", made.err);
        fs::create_dir(folder.path().join("in")).unwrap();
        for book in books() {
            let blank = fs::read(folder.path().join("blank").join(&book.file)).unwrap();
            fs::write(folder.path().join("in").join(&book.file), filled(book, &blank)).unwrap();
        }
        let ran = run_in(folder.path(), &["audit", "in", "--out", "out", "--as-of", "2026-11-22"]);
        let scan: Value =
            serde_json::from_slice(&fs::read(folder.path().join("out/scan.json")).unwrap()).unwrap();
        assert_eq!(scan["diagnostics"], Value::Array(Vec::new()), "{}", ran.err);
        assert_eq!(scan["rejected"], Value::Array(Vec::new()));
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for asset in scan["assets"].as_array().unwrap() {
            *kinds.entry(asset["kind"].as_str().unwrap()).or_default() += 1;
        }
        assert_eq!(kinds, BTreeMap::from([("account", 3), ("app", 4), ("group", 3)]), "rows and the form");
        assert_eq!(scan["clues"].as_array().unwrap().len(), 3);
        every_column_was_understood(&scan);
        let inspected = run_in(folder.path(), &["inspect", "in", "--as-of", "2026-11-22"]);
        assert!(
            !inspected.out.contains("[ingest/") && !inspected.err.contains("[ingest/"),
            "{}",
            inspected.out
        );
    }
}

/// Each heading is the field that the data says, with certainty, and each value is one of that field's.
fn every_column_was_understood(scan: &Value) {
    for book in books() {
        let input =
            scan["inputs"].as_array().unwrap().iter().find(|input| input["path"] == book.file.as_str());
        let sheet =
            input.unwrap()["sheets"].as_array().unwrap().iter().find(|s| s["name"] == book.sheet.as_str());
        let columns = sheet.unwrap()["columns"].as_array().unwrap();
        for column in book.columns.iter().filter(|c| !book.form || c.field != "remark") {
            let found = columns.iter().find(|c| c["header"] == column.header.as_str());
            let found = found.unwrap_or_else(|| panic!("{}: {}", book.id, column.header));
            assert_eq!(found["field"], column.field.as_str(), "{}: {}", book.id, column.header);
            assert!(found["confidence"].as_f64().unwrap() >= 0.98, "{}: {}", book.id, column.header);
        }
    }
    for asset in scan["assets"].as_array().unwrap() {
        for (field, value) in asset["fields"].as_object().unwrap() {
            assert!(!value["value"].is_null(), "{field}: {value}");
        }
    }
}

#[test]
fn blank_books_have_drop_downs_checks_and_instructions_and_no_rows() {
    let folder = tempfile::tempdir().unwrap();
    for out in ["a", "b"] {
        assert_eq!(run_in(folder.path(), &["template", "--out", out]).status, 0);
    }
    for book in books() {
        let blank = fs::read(folder.path().join("a").join(&book.file)).unwrap();
        assert_eq!(blank, fs::read(folder.path().join("b").join(&book.file)).unwrap(), "equal bytes");
        let parts: BTreeMap<String, String> = parts(&blank).into_iter().collect();
        let sheet = &parts["xl/worksheets/sheet1.xml"];
        let lists = book.columns.iter().filter(|column| !column.choices().is_empty()).count();
        assert_eq!(sheet.matches("type=\"list\"").count(), lists, "{}", book.id);
        let of = |kind| book.columns.iter().filter(|c| c.kind == kind && c.choices().is_empty()).count();
        assert_eq!(sheet.matches("type=\"date\"").count(), of(ColumnKind::Date), "{}", book.id);
        assert_eq!(sheet.matches("type=\"whole\"").count(), of(ColumnKind::Count), "{}", book.id);
        let texts = &parts["xl/sharedStrings.xml"];
        for column in book.columns.iter().filter(|column| column.field != "seq") {
            assert!(texts.contains(&format!("“{}”", column.header)), "{}: {}", book.id, column.header);
        }
    }
    // An empty one is no inventory, and nothing to complain of beyond that it is empty.
    let ran = run_in(folder.path(), &["inspect", "a/应用程序台账.xlsx"]);
    assert!(!ran.out.contains("记录 1"), "{}", ran.out);
}

#[test]
fn a_book_that_may_have_been_filled_in_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let template = |more: &[&str]| run_in(folder.path(), &[&["template", "--out", "t"], more].concat());
    assert_eq!(template(&["--kind", "group"]).status, 0);
    let path = folder.path().join("t/工作群组台账.xlsx");
    fs::write(&path, "filled in").unwrap();
    let again = template(&[]);
    assert!(again.status == 2 && again.err.contains("工作群组台账.xlsx"), "{}", again.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), "filled in");
    assert!(!Path::new(&folder.path().join("t/线索登记表.xlsx")).exists(), "all or nothing");
}
