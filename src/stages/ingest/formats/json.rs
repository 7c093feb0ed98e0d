//! JSON documents and JSON lines.
//!
//! For: an array of objects or of rows, such arrays as `{sheet: […]}` or further inside, or one object per
//! line; one level of nesting becomes a two-part header ("owner.name"). Not for: other shapes, which are
//! refused. Invariant: a row number is the position in the array, or the line.

use super::{Reader, Unreadable};
use crate::stages::ingest::content::{Content, Shape, own};
use crate::stages::ingest::rows::{Cell, Held, RowSink, TableStart};
use serde::de::IgnoredAny;
use serde_json::error::Category;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How far inside a document its lists may stand.
const DEEPEST: usize = 3;

/// `.json`: an array of objects or of rows, or an object of such arrays.
pub(super) struct Document;

/// `.jsonl`: one object per line.
pub(super) struct Lines;

/// Rows with their number; a row that is no object keeps its text.
type Rows = Vec<(u32, Result<Map<String, Value>, Fault>)>;

/// A row that cannot be used: its text, the reason's key, what the parser says.
struct Fault(String, &'static str, String);

impl Reader for Document {
    fn recognises(&self, content: &Content<'_>) -> bool {
        let start = content.text.trim_start();
        let quoted = |rest: &str| rest.trim_start().starts_with(['{', '}', '"', '[', ']']);
        let like_json = || {
            start.strip_prefix('{').is_some_and(quoted)
                || start.strip_prefix('[').is_some_and(quoted)
                || start.starts_with('[') && serde_json::from_str::<IgnoredAny>(start).is_ok()
        };
        content.shape == Shape::Text && like_json()
    }

    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable> {
        let value: Value = serde_json::from_str(&content.text)
            .map_err(|e| Unreadable::new(reason(&e)).because(format!("{}:{}", e.line(), e.column())))?;
        if let Value::Object(map) = &value
            && (map.contains_key("schema_version") && map.contains_key("assets")
                || value["runs"][0]["tool"]["driver"]["name"] == own::PROGRAM)
        {
            return Err(own::result());
        }
        let mut tables = Vec::new();
        collect(String::new(), value, DEEPEST, &mut tables);
        if tables.is_empty() {
            return Err(Unreadable::new("@ingest.reason.json-shape"));
        }
        for (name, items) in tables {
            if items.iter().all(Value::is_array) && !items.is_empty() {
                grid(&name, &items, sink);
            } else {
                table(&name, number(items), sink);
            }
        }
        Ok("json")
    }
}

impl Reader for Lines {
    fn recognises(&self, content: &Content<'_>) -> bool {
        let object = |line: &str| serde_json::from_str::<Map<String, Value>>(line).is_ok();
        let mut lines = content.text.lines().filter(|line| !line.trim().is_empty());
        content.shape == Shape::Text && lines.next().is_some_and(object) && lines.next().is_some()
    }

    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable> {
        let mut rows = Rows::new();
        for (i, line) in content.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let parsed = serde_json::from_str(line)
                .map_err(|e| Fault(line.to_owned(), reason(&e), format!("{}:{}", i + 1, e.column())));
            rows.push((i as u32 + 1, parsed));
        }
        let blank = content.text.lines().filter(|line| line.trim().is_empty()).count();
        start(&rows, "", sink, |sink| sink.blank(blank as u64));
        Ok("jsonl")
    }
}

/// Every list of objects or of rows in a document, by its path ("data.list").
fn collect(name: String, value: Value, depth: usize, tables: &mut Vec<(String, Vec<Value>)>) {
    match value {
        Value::Array(items) if items.is_empty() || items.iter().any(|i| i.is_object() || i.is_array()) => {
            tables.push((name, items));
        }
        Value::Object(map) if depth > 0 => {
            for (key, value) in map {
                let path = if name.is_empty() { key } else { format!("{name}.{key}") };
                collect(path, value, depth - 1, tables);
            }
        }
        _ => {}
    }
}

/// Sends a list of rows, among which the header is looked for as in a sheet.
fn grid(name: &str, rows: &[Value], sink: &mut dyn RowSink) {
    sink.begin(&TableStart { name, ..TableStart::default() });
    for (row, items) in rows.iter().filter_map(Value::as_array).enumerate() {
        let values: Vec<Held<'_>> = items.iter().map(held).collect();
        let cells: Vec<Cell<'_>> = values.iter().map(Held::cell).collect();
        sink.row(row as u32 + 1, &cells);
    }
    sink.end();
}

/// What the parser stumbled over, as a key of the catalogue; its own words are English.
fn reason(error: &serde_json::Error) -> &'static str {
    let said = error.to_string();
    if said.starts_with("recursion limit") {
        "@ingest.reason.json-deep"
    } else if said.starts_with("number out of range") {
        "@ingest.reason.json-number"
    } else {
        match error.classify() {
            Category::Eof => "@ingest.reason.json-end",
            Category::Data => "@ingest.reason.object",
            _ => "@ingest.reason.json",
        }
    }
}

fn number(items: Vec<Value>) -> Rows {
    let object = |item| match item {
        Value::Object(map) => Ok(map),
        other => Err(Fault(other.to_string(), "@ingest.reason.object", String::new())),
    };
    items.into_iter().enumerate().map(|(i, item)| (i as u32 + 1, object(item))).collect()
}

fn table(name: &str, rows: Rows, sink: &mut dyn RowSink) {
    start(&rows, name, sink, |_| {});
}

/// Sends a table; `before` may send rows of its own.
fn start(rows: &Rows, name: &str, sink: &mut dyn RowSink, before: impl Fn(&mut dyn RowSink)) {
    let (headers, columns) = headers(rows);
    sink.begin(&TableStart { name, headers: Some(&headers), ..TableStart::default() });
    before(sink);
    for (row, item) in rows {
        match item {
            Err(Fault(text, reason, detail)) => sink.broken(*row, text, reason, detail),
            Ok(map) => {
                let mut values = vec![Held::Empty; headers.len()];
                flatten(map, &mut |header, value| {
                    if let Some(&column) = columns.get(header) {
                        values[column] = held(value);
                    }
                });
                let cells: Vec<Cell<'_>> = values.iter().map(Held::cell).collect();
                sink.row(*row, &cells);
            }
        }
    }
    sink.end();
}

/// Every key of every object, in order of first appearance.
fn headers(rows: &Rows) -> (Vec<String>, BTreeMap<String, usize>) {
    let mut headers = Vec::new();
    let mut columns = BTreeMap::new();
    for map in rows.iter().filter_map(|(_, item)| item.as_ref().ok()) {
        flatten(map, &mut |header, _| {
            if !columns.contains_key(header) {
                columns.insert(header.to_owned(), headers.len());
                headers.push(header.to_owned());
            }
        });
    }
    (headers, columns)
}

/// Keys with their values; an object inside becomes "key.inner", deeper ones stay JSON text.
fn flatten<'v>(map: &'v Map<String, Value>, each: &mut dyn FnMut(&str, &'v Value)) {
    for (key, value) in map {
        match value {
            Value::Object(inner) => {
                for (name, value) in inner {
                    each(&format!("{key}.{name}"), value);
                }
            }
            value => each(key, value),
        }
    }
}

/// A value as a cell; text that is not in the document as such is made.
fn held(value: &Value) -> Held<'_> {
    match value {
        Value::Null => Held::Empty,
        Value::Bool(b) => Held::Bool(*b),
        Value::Number(n) => match n.as_i64().filter(|i| i.unsigned_abs() > 1 << 53) {
            // Long identifiers written as numbers keep all their digits.
            Some(long) => Held::Text(long.to_string().into()),
            None => n.as_f64().map_or_else(|| Held::Text(n.to_string().into()), Held::Number),
        },
        Value::String(text) => Held::Text(text.into()),
        Value::Array(items) if items.iter().all(|i| !i.is_array() && !i.is_object()) => {
            let items: Vec<String> =
                items.iter().map(|item| held(item).cell().display().into_owned()).collect();
            Held::Text(items.join("；").into())
        }
        other => Held::Text(other.to_string().into()),
    }
}
