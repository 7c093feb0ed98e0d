//! The container of a form: its parts, which of them is which sheet, and a copy with one of them changed.
//!
//! For: XLSX. Not for: inventories. Invariant: a part that does not change is copied packed as it is; no part is unpacked
//! beyond a limit, whatever sizes the container states.

use super::Unfillable;
use super::part::{attribute, shared};
use super::refs::{Change, Shift};
use super::rows::{shifted, with_each_area};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Most that a part of a form may unpack to.
const LARGEST: u64 = 256 << 20;
/// Formats of cells that show per cent without a text of their own.
const PERCENT: [&str; 2] = ["9", "10"];

/// An opened form.
pub(super) struct Package<'a>(ZipArchive<Cursor<&'a [u8]>>);

/// A sheet of it.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// The path of its part.
    pub(super) part: String,
    /// Its number in the workbook, which the order of calculation names.
    id: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Package<'a>, Unfillable> {
        ZipArchive::new(Cursor::new(bytes)).map(Package).map_err(Unfillable::no_workbook)
    }

    /// The text of a part.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Unfillable> {
        let part = self.0.by_name(name).map_err(Unfillable::no_workbook)?;
        let mut text = String::new();
        part.take(LARGEST + 1).read_to_string(&mut text).map_err(Unfillable::no_workbook)?;
        if text.len() as u64 > LARGEST {
            return Err(Unfillable::no_workbook(format!("{name} > {LARGEST}")));
        }
        Ok(text)
    }

    fn maybe(&mut self, name: &str) -> Result<Option<String>, Unfillable> {
        if self.0.index_for_name(name).is_none() { Ok(None) } else { self.text(name).map(Some) }
    }

    /// The texts that cells refer to.
    pub(super) fn shared(&mut self) -> Result<Vec<String>, Unfillable> {
        let Some(xml) = self.maybe("xl/sharedStrings.xml")? else { return Ok(Vec::new()) };
        shared(&xml).map_err(Unfillable::no_workbook)
    }

    /// Sheets that are to be seen, in their order.
    pub(super) fn sheets(&mut self) -> Result<Vec<Sheet>, Unfillable> {
        let relations = self.text("xl/_rels/workbook.xml.rels")?;
        let mut targets = BTreeMap::new();
        each(&relations, "Relationship", |get| {
            if let (Some(id), Some(target)) = (get("Id"), get("Target")) {
                let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                targets.insert(id, path);
            }
        })?;
        let mut sheets = Vec::new();
        each(&self.text("xl/workbook.xml")?, "sheet", |get| {
            let part = get("id").and_then(|id| targets.get(&id).cloned());
            if let (Some(name), Some(part), None | Some("visible")) =
                (get("name"), part, get("state").as_deref())
            {
                sheets.push(Sheet { name, part, id: get("sheetId").unwrap_or_default() });
            }
        })?;
        // Charts on sheets of their own have no cells.
        sheets.retain(|sheet| sheet.part.contains("/worksheets/"));
        Ok(sheets)
    }

    /// Indices of the formats that show per cent.
    pub(super) fn percent_styles(&mut self) -> Result<BTreeSet<String>, Unfillable> {
        let Some(xml) = self.maybe("xl/styles.xml")? else { return Ok(BTreeSet::new()) };
        let mut formats: BTreeSet<String> = PERCENT.map(str::to_owned).into();
        each(&xml, "numFmt", |get| {
            if let (Some(id), Some(code)) = (get("numFmtId"), get("formatCode"))
                && code.contains('%')
            {
                formats.insert(id);
            }
        })?;
        let cells = xml.find("<cellXfs").map_or("", |at| &xml[at..]);
        let cells = &cells[..cells.find("</cellXfs>").map_or(cells.len(), |end| end + 10)];
        let (mut found, mut at) = (BTreeSet::new(), 0);
        each(cells, "xf", |get| {
            if get("numFmtId").is_some_and(|id| formats.contains(&id)) {
                found.insert(at.to_string());
            }
            at += 1;
        })?;
        Ok(found)
    }

    /// The container with another text for one sheet; references of other parts into its rows follow them.
    pub(super) fn with(&mut self, sheet: &Sheet, xml: String, change: Change) -> Result<Vec<u8>, Unfillable> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.0.len() {
            let name = self.0.name_for_index(index).and_then(Result::ok).map(std::borrow::Cow::into_owned);
            let name = name.ok_or_else(|| Unfillable::no_workbook("a part without a name"))?;
            let changed =
                if name == sheet.part { Some(xml.clone()) } else { self.followed(&name, sheet, change)? };
            if let Some(text) = changed {
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .last_modified_time(DateTime::default());
                out.start_file(name, options).map_err(Unfillable::no_workbook)?;
                out.write_all(text.as_bytes()).map_err(Unfillable::no_workbook)?;
            } else {
                let part = self.0.by_index_raw(index).map_err(Unfillable::no_workbook)?;
                out.raw_copy_file(part).map_err(Unfillable::no_workbook)?;
            }
        }
        out.finish().map(Cursor::into_inner).map_err(Unfillable::no_workbook)
    }

    /// Whether a sheet names a part as its own.
    fn is_beside(&mut self, name: &str, sheet: &Sheet) -> Result<bool, Unfillable> {
        let relations = format!("xl/worksheets/_rels/{}.rels", base(&sheet.part));
        let Some(xml) = self.maybe(&relations)? else { return Ok(false) };
        let mut found = false;
        each(&xml, "Relationship", |get| {
            found |= get("Target").is_some_and(|target| target.ends_with(&format!("/{}", base(name))));
        })?;
        Ok(found)
    }

    /// A part whose references must follow the rows; `None` when it stays as it is.
    fn followed(&mut self, name: &str, sheet: &Sheet, change: Change) -> Result<Option<String>, Unfillable> {
        let shift = change.shift;
        let elements: &[&str] = match name {
            _ if name.starts_with("xl/tables/") && self.is_beside(name, sheet)? => {
                let text = self.text(name)?;
                let changed = with_each_area(&text, &|area| change.table(area));
                return Ok((changed != text).then_some(changed));
            }
            _ if shift.by == 0 => return Ok(None),
            "xl/workbook.xml" => &["definedName"],
            "xl/calcChain.xml" => {
                let text = self.text(name)?;
                let changed = in_order(&text, &sheet.id, shift);
                return Ok((changed != text).then_some(changed));
            }
            _ if name.starts_with("xl/worksheets/sheet") => &["f", "formula1", "formula2", "formula"],
            _ if name.starts_with("xl/charts/") => &["c:f"],
            _ => return Ok(None),
        };
        let text = self.text(name)?;
        let changed = elements.iter().fold(text.clone(), |text, element| {
            inside(&text, element, &|formula| shifted(formula, shift, &sheet.name, false))
        });
        Ok((changed != text).then_some(changed))
    }
}

/// The name of a part without its folder.
fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The text inside every element of this name changed.
fn inside(text: &str, element: &str, change: &dyn Fn(&str) -> String) -> String {
    let open = format!("<{element}");
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(&open) {
        let behind = &rest[at + open.len()..];
        let end = behind.find('>').map_or(rest.len(), |end| at + open.len() + end + 1);
        out.push_str(&rest[..end]);
        let is_element = behind.starts_with(['>', ' ']) && !rest[..end].ends_with("/>");
        rest = &rest[end..];
        if is_element {
            let inner = rest.find('<').unwrap_or(rest.len());
            match quick_xml::escape::unescape(&rest[..inner]) {
                Ok(formula) if change(&formula) != *formula => {
                    out.push_str(&quick_xml::escape::escape(change(&formula).as_str()));
                }
                _ => out.push_str(&rest[..inner]),
            }
            rest = &rest[inner..];
        }
    }
    out + rest
}

/// The order of calculation, which names cells with formulas: a name without one would make the workbook damaged.
fn in_order(text: &str, sheet: &str, shift: Shift) -> String {
    let mut out = String::with_capacity(text.len());
    let mut own = false;
    let mut rest = text;
    while let Some(at) = rest.find("<c ") {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let tag = &rest[at..end];
        out.push_str(&rest[..at]);
        let value = |name: &str| tag.split(&format!(" {name}=\"")).nth(1).and_then(|t| t.split('"').next());
        // Left out where it is that of the cell before.
        own = value("i").map_or(own, |id| id == sheet);
        match value("r").filter(|_| own) {
            Some(cell) => out.push_str(&tag.replacen(
                &format!("r=\"{cell}\""),
                &format!("r=\"{}\"", shift.area(cell)),
                1,
            )),
            None => out.push_str(tag),
        }
        rest = &rest[end..];
    }
    out + rest
}

/// Calls `found` for every element of a local name, with a way to its attributes.
fn each(
    xml: &str,
    element: &str,
    mut found: impl FnMut(&dyn Fn(&str) -> Option<String>),
) -> Result<(), Unfillable> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(Unfillable::no_workbook)? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() as &str == element => {
                found(&|name| attribute(&tag, name));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
