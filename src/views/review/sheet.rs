//! The file of decisions: one line a decision, as `audit --decisions` reads it and a spreadsheet shows it.
//!
//! For: reading the file that is there, putting one decision in the place of another, and its new bytes. Not for:
//! writing it, nor for whether a decision can be obeyed. Invariants: one line about an item or a pair, the last
//! decision; lines about items of other scans stay as they are.

use crate::knowledge::messages::{Catalogue, Lang};
use crate::views::report::write::defuse;
use std::collections::BTreeMap;

/// Keys of the columns: those of `report.column` in the catalogue, and the moment.
const COLUMNS: [&str; 13] = [
    "decision",
    "remark",
    "name",
    "action",
    "target",
    "relation",
    "other-name",
    "proposal",
    "id",
    "left-id",
    "right-id",
    "decided",
    "unit",
];

/// One decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The item, or the first of a pair.
    pub asset: String,
    /// The second of a pair.
    pub other: Option<String>,
    /// What was decided, in words.
    pub decision: String,
    /// Why.
    pub remark: String,
    /// Name of the item.
    pub name: String,
    /// Name of the second of a pair.
    pub other_name: String,
    /// Its owner.
    pub unit: String,
    /// The proposed action, in words.
    pub action: String,
    /// Where it would go, by name.
    pub target: String,
    /// The relation of a pair, in words.
    pub relation: String,
    /// The proposal for the program that reads it back: `merge>id`.
    pub proposal: String,
    /// When it was decided.
    pub at: String,
}

/// Why a file is not one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetFault {
    /// 1-based line, where it is known.
    pub line: u64,
}

/// All decisions of a file, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    entries: Vec<Entry>,
}

impl Sheet {
    /// Reads a file that this program wrote, in either language, also when a spreadsheet saved it again as UTF-8.
    ///
    /// # Errors
    /// When it is no such file.
    pub fn parse(bytes: &[u8]) -> Result<Sheet, SheetFault> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let fault =
            |error: &::csv::Error| SheetFault { line: error.position().map_or(1, ::csv::Position::line) };
        let header = reader.headers().map_err(|error| fault(&error))?.clone();
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        for key in COLUMNS {
            let names = [Lang::Zh, Lang::En].map(|lang| heading(Catalogue::of(lang), key));
            if let Some(place) = header.iter().position(|cell| names.iter().any(|name| name == cell.trim())) {
                at.insert(key, place);
            }
        }
        if ["decision", "id", "left-id", "right-id"].iter().any(|key| !at.contains_key(key)) {
            return Err(SheetFault { line: 1 });
        }
        let mut sheet = Sheet::default();
        for record in reader.records() {
            let record = record.map_err(|error| fault(&error))?;
            let cell = |key: &str| {
                let text = at.get(key).and_then(|&place| record.get(place)).unwrap_or("");
                plain(text).to_owned()
            };
            let (id, left, right) = (cell("id"), cell("left-id"), cell("right-id"));
            let is_pair = !left.is_empty() || !right.is_empty();
            let entry = Entry {
                asset: if is_pair { left } else { id },
                other: is_pair.then_some(right),
                decision: cell("decision"),
                remark: cell("remark"),
                name: cell("name"),
                other_name: cell("other-name"),
                unit: cell("unit"),
                action: cell("action"),
                target: cell("target"),
                relation: cell("relation"),
                proposal: cell("proposal"),
                at: cell("decided"),
            };
            sheet.entries.push(entry);
        }
        Ok(sheet)
    }

    /// Its decisions.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The same with this decision in the place of any about the same item or pair; one without words takes it back.
    #[must_use]
    pub fn with(&self, entry: Entry) -> Sheet {
        let about = |held: &Entry| {
            (held.asset == entry.asset && held.other == entry.other)
                || (entry.other.as_deref() == Some(&held.asset)
                    && held.other.as_deref() == Some(&entry.asset))
        };
        let mut entries: Vec<Entry> = self.entries.iter().filter(|held| !about(held)).cloned().collect();
        if !entry.decision.is_empty() {
            entries.push(entry);
        }
        Sheet { entries }
    }

    /// Its bytes, with headings in a language: UTF-8 with a mark, lines ended as spreadsheets want.
    pub fn bytes(&self, catalogue: &Catalogue) -> Vec<u8> {
        let mut out = ::csv::WriterBuilder::new()
            .terminator(::csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        let mut write = |cells: [&str; COLUMNS.len()]| {
            let inert: Vec<_> = cells.iter().map(|cell| defuse(cell)).collect();
            // Memory takes everything.
            let _ = out.write_record(inert.iter().map(|cell| cell.as_bytes()));
        };
        let titles = COLUMNS.map(|key| heading(catalogue, key));
        write(std::array::from_fn(|i| titles[i].as_str()));
        for e in &self.entries {
            let (id, left) = if e.other.is_some() { ("", e.asset.as_str()) } else { (e.asset.as_str(), "") };
            let right = e.other.as_deref().unwrap_or("");
            write([
                &e.decision,
                &e.remark,
                &e.name,
                &e.action,
                &e.target,
                &e.relation,
                &e.other_name,
                &e.proposal,
                id,
                left,
                right,
                &e.at,
                &e.unit,
            ]);
        }
        out.into_inner().unwrap_or_default()
    }
}

/// A heading of the file.
fn heading(catalogue: &Catalogue, key: &str) -> String {
    let own = format!("review.column.{key}");
    let key = if catalogue.has(&own) { own } else { format!("report.column.{key}") };
    catalogue.text(&key).into_owned()
}

/// A cell without the apostrophe that made it inert.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if defuse(rest) != rest => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(asset: &str, decision: &str, remark: &str) -> Entry {
        let (asset, decision, remark) = (asset.to_owned(), decision.to_owned(), remark.to_owned());
        Entry { asset, decision, remark, ..Entry::default() }
    }

    #[test]
    fn a_file_comes_back_as_it_was_whatever_stands_in_it() {
        for lang in [Lang::Zh, Lang::En] {
            let pair = Entry {
                other: Some("b".to_owned()), ..item("a", "不是同一事项", "两\n行，\"引号\"")
            };
            let sheet = Sheet::default()
                .with(item("x", "采纳", "=1+1"))
                .with(item("y", "改为保留", "'-1"))
                .with(pair);
            let bytes = sheet.bytes(Catalogue::of(lang));
            assert_eq!(Sheet::parse(&bytes).unwrap(), sheet, "{lang}");
            assert!(String::from_utf8(bytes).unwrap().contains("'=1+1"));
        }
    }

    #[test]
    fn the_last_decision_about_a_pair_or_an_item_stands_alone() {
        let pair = |a: &str, b: &str, said: &str| Entry { other: Some(b.to_owned()), ..item(a, said, "") };
        let sheet = Sheet::default()
            .with(item("a", "采纳", ""))
            .with(pair("a", "b", "采纳"))
            .with(pair("b", "a", "不同"));
        let said: Vec<&str> = sheet.entries().iter().map(|e| e.decision.as_str()).collect();
        assert_eq!(said, ["采纳", "不同"]);
        assert_eq!(sheet.with(item("a", "", "")).entries().len(), 1, "taken back");
        assert!(Sheet::parse(b"a,b\r\n1,2\r\n").is_err());
    }
}
