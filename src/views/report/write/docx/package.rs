//! The container: which parts there are and how they hang together.
//!
//! For: content types, relations, properties, and the ZIP file. Not for: text. Invariant: the only date is
//! the as-of date, so that equal scans give equal bytes; the property [`OWN`] stays when Word or WPS saves
//! the draft again, and tells a later audit that this is no inventory.

use super::super::{Cause, Out};
use super::xml::{Attributes, WORD, leaf, node, part, text, value};
use crate::stages::ingest::OWN_DRAFT as OWN;
use std::io::{self, Cursor, Write as _};
use std::sync::OnceLock;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORDPROCESSING: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What the properties of a document say.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) tool: &'a str,
    /// The as-of date.
    pub(super) day: &'a str,
    /// Which of the program's documents it is.
    pub(super) what: &'static str,
}

/// How hard parts are packed; the usual 6 takes longer for hardly fewer bytes.
const LEVEL: i64 = 4;

/// Writes a document with this main part.
pub(super) fn write(about: &About<'_>, body: &[u8], out: &mut Out) -> Result<(), Cause> {
    let mut zip = ZipWriter::new(out);
    let mut fixed = fixed()?;
    for at in 0..fixed.len() {
        let part = fixed.by_index_raw(at).map_err(io::Error::from)?;
        zip.raw_copy_file(part).map_err(io::Error::from)?;
    }
    let (core, custom) = (core(about)?, custom(about.what)?);
    let own = [("docProps/core.xml", &*core), ("docProps/custom.xml", &custom), ("word/document.xml", body)];
    pack(&mut zip, &own)?;
    zip.finish().map_err(io::Error::from)?;
    Ok(())
}

/// Adds parts.
fn pack<W: io::Write + io::Seek>(zip: &mut ZipWriter<W>, parts: &[(&str, &[u8])]) -> io::Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default());
    parts.iter().try_for_each(|(name, bytes)| {
        zip.start_file(*name, options).map_err(io::Error::from)?;
        zip.write_all(bytes)
    })
}

/// What is the same in every document, packed once: a notice goes to each of many units.
fn fixed() -> io::Result<ZipArchive<Cursor<&'static [u8]>>> {
    static FIXED: OnceLock<Vec<u8>> = OnceLock::new();
    if FIXED.get().is_none() {
        let described = [
            ("[Content_Types].xml", types()?),
            ("_rels/.rels", relations(&TOP)?),
            ("word/_rels/document.xml.rels", relations(&INNER)?),
            ("word/settings.xml", settings()?),
        ];
        let parts: Vec<(&str, Vec<u8>)> = described.into_iter().chain(super::fixed()?).collect();
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        pack(&mut zip, &parts)?;
        // Another thread may have been as quick with the same bytes.
        let _ = FIXED.set(zip.finish().map_err(io::Error::from)?.into_inner());
    }
    let packed = FIXED.get().map_or(&[][..], Vec::as_slice);
    ZipArchive::new(Cursor::new(packed)).map_err(io::Error::from)
}

fn types() -> io::Result<Vec<u8>> {
    part("Types", &[("xmlns", TYPES)], |xml| {
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        leaf(xml, "Default", &[("Extension", "rels"), ("ContentType", relations)])?;
        leaf(xml, "Default", &[("Extension", "xml"), ("ContentType", "application/xml")])?;
        let words = [
            ("document", "document.main"),
            ("styles", "styles"),
            ("fontTable", "fontTable"),
            ("settings", "settings"),
            ("footer-odd", "footer"),
            ("footer-even", "footer"),
        ];
        for (name, kind) in words {
            let (name, kind) = (format!("/word/{name}.xml"), format!("{WORDPROCESSING}.{kind}+xml"));
            leaf(xml, "Override", &[("PartName", &name), ("ContentType", &kind)])?;
        }
        let core = "application/vnd.openxmlformats-package.core-properties+xml";
        leaf(xml, "Override", &[("PartName", "/docProps/core.xml"), ("ContentType", core)])?;
        let custom = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
        leaf(xml, "Override", &[("PartName", "/docProps/custom.xml"), ("ContentType", custom)])
    })
}

/// Id, base and end of the type, target.
type Relation = (&'static str, &'static str, &'static str, &'static str);

const TOP: [Relation; 3] = [
    ("document", OFFICE, "officeDocument", "word/document.xml"),
    ("core", PACKAGE, "metadata/core-properties", "docProps/core.xml"),
    ("custom", OFFICE, "custom-properties", "docProps/custom.xml"),
];

const INNER: [Relation; 5] = [
    ("styles", OFFICE, "styles", "styles.xml"),
    ("fonts", OFFICE, "fontTable", "fontTable.xml"),
    ("settings", OFFICE, "settings", "settings.xml"),
    ("odd", OFFICE, "footer", "footer-odd.xml"),
    ("even", OFFICE, "footer", "footer-even.xml"),
];

fn relations(relations: &[Relation]) -> io::Result<Vec<u8>> {
    part("Relationships", &[("xmlns", RELATIONS)], |xml| {
        for (id, base, kind, target) in relations {
            let kind = format!("{base}/relationships/{kind}");
            leaf(xml, "Relationship", &[("Id", id), ("Type", &kind), ("Target", target)])?;
        }
        Ok(())
    })
}

fn core(about: &About<'_>) -> io::Result<Vec<u8>> {
    let core = format!("{PACKAGE}/metadata/core-properties");
    let names: Attributes<'_> = &[
        ("xmlns:cp", &core),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    part("cp:coreProperties", names, |xml| {
        text(xml, "dc:title", &[], about.title)?;
        text(xml, "dc:creator", &[], about.tool)?;
        if about.day.parse::<jiff::civil::Date>().is_err() {
            return Ok(());
        }
        let day = format!("{}T00:00:00Z", about.day);
        text(xml, "dcterms:created", &[("xsi:type", "dcterms:W3CDTF")], &day)
    })
}

fn custom(what: &str) -> io::Result<Vec<u8>> {
    let (properties, values) = (format!("{OFFICE}/custom-properties"), format!("{OFFICE}/docPropsVTypes"));
    part("Properties", &[("xmlns", &properties), ("xmlns:vt", &values)], |xml| {
        // The format of all such properties, and the first number that is free for them.
        let format = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
        node(xml, "property", &[("fmtid", format), ("pid", "2"), ("name", OWN)], |xml| {
            text(xml, "vt:lpwstr", &[], what)
        })
    })
}

fn settings() -> io::Result<Vec<u8>> {
    part("w:settings", WORD, |xml| {
        leaf(xml, "w:evenAndOddHeaders", &[])?;
        value(xml, "w:characterSpacingControl", "compressPunctuation")?;
        node(xml, "w:compat", &[], |xml| {
            let mode = [
                ("w:name", "compatibilityMode"),
                ("w:uri", "http://schemas.microsoft.com/office/word"),
                ("w:val", "15"),
            ];
            leaf(xml, "w:compatSetting", &mode)
        })
    })
}
