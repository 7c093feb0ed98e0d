//! What a ZIP or OLE2 container holds, told by its parts and not by its name.
//!
//! For: choosing the reader and the right words where there is none. Not for: reading the parts. Invariant:
//! only the list of parts is looked at, so a container that unpacks to a terabyte costs nothing here.

use super::Shape;
use std::io::{Cursor, Read as _};

/// The shape of a ZIP container.
pub(super) fn zip(bytes: &[u8]) -> Shape {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Shape::Foreign("@ingest.reason.damaged-zip");
    };
    // Some programs write the parts' names with a backslash.
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(|name| name.replace('\\', "/")).collect();
    let has = |part: &str| names.iter().any(|name| name.eq_ignore_ascii_case(part));
    let has_folder = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    let mut mimetype = String::new();
    if has("mimetype")
        && let Ok(part) = archive.by_name("mimetype")
    {
        // The longest media type of the family has 66 characters.
        let _ = part.take(100).read_to_string(&mut mimetype);
    }
    if mimetype.contains("opendocument.spreadsheet") {
        Shape::Ods
    } else if mimetype.contains("opendocument") {
        Shape::Foreign("@ingest.reason.open-document")
    } else if has("word/document.xml") {
        Shape::Docx
    } else if has("xl/workbook.bin") {
        Shape::Xlsb
    } else if has_folder("xl/") {
        Shape::Xlsx
    } else if has_folder("ppt/") {
        Shape::Foreign("@ingest.reason.slides")
    } else if has_folder("word/") {
        Shape::Foreign("@ingest.reason.workbook-parts")
    } else {
        Shape::Foreign("@ingest.reason.archive")
    }
}

/// The shape of an OLE2 container.
pub(super) fn ole(bytes: &[u8]) -> Shape {
    let Ok(container) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        // The reader of workbooks says what is wrong with it.
        return Shape::Xls;
    };
    let entries = container.read_root_storage().map(|entry| entry.name().to_lowercase());
    let names: Vec<String> = entries.collect();
    let has = |part: &str| names.iter().any(|name| name == part);
    if has("encryptedpackage") || has("encryptioninfo") {
        Shape::Locked
    } else if has("workbook") || has("book") {
        Shape::Xls
    } else if has("worddocument") {
        Shape::Foreign("@ingest.reason.old-word")
    } else if has("powerpoint document") {
        Shape::Foreign("@ingest.reason.slides")
    } else {
        Shape::Foreign("@ingest.reason.format")
    }
}
