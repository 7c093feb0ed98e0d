//! Extensions that say something else than the content.
//!
//! For: telling people what other programs will stumble over. Not for: choosing a reader, which goes by content.
//! Invariant: a text that calls itself a workbook and has no table is no workbook.

use super::Output;
use super::formats::Unreadable;
use crate::model::{Code, Diagnostic, Location};

/// Extensions and the formats that may stand behind them.
const EXTENSIONS: [(&str, &[&str]); 18] = [
    ("csv", &["csv", "tsv"]),
    ("docm", &["docx"]),
    ("docx", &["docx"]),
    ("et", &["xls", "xlsx"]),
    ("ett", &["xls", "xlsx"]),
    ("htm", &["html"]),
    ("html", &["html"]),
    ("json", &["json"]),
    ("jsonl", &["jsonl"]),
    ("ndjson", &["jsonl"]),
    ("ods", &["ods"]),
    ("tsv", &["csv", "tsv"]),
    ("xls", &["xls"]),
    ("xlsb", &["xlsb"]),
    ("xlsm", &["xlsx"]),
    ("xlsx", &["xlsx"]),
    ("xlt", &["xls"]),
    ("xltx", &["xlsx"]),
];
/// Formats that a text may be by mistake.
const TEXT: [&str; 3] = ["csv", "html", "tsv"];
/// Formats that only a program can write.
const WORKBOOKS: [&str; 5] = ["docx", "ods", "xls", "xlsb", "xlsx"];

/// Says that the extension of a file is wrong.
///
/// # Errors
/// When a file calls itself a workbook, is a text, and no table was found in it.
pub(super) fn check(out: &mut Output, path: &str, format: &str) -> Result<(), Unreadable> {
    let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, end)| end);
    let extension = extension.to_lowercase();
    let Some((_, formats)) = EXTENSIONS.iter().find(|(known, _)| *known == extension) else { return Ok(()) };
    if formats.contains(&format) {
        return Ok(());
    }
    let is_workbook = formats.iter().any(|format| WORKBOOKS.contains(format));
    let found = out.records.sheets.iter().any(|s| s.account.records + s.account.rejected > 0);
    let is_blank = out.records.sheets.iter().all(|s| s.account.rows_read == s.account.blank);
    if is_workbook && TEXT.contains(&format) && !found && !is_blank {
        return Err(Unreadable::new("@ingest.reason.no-workbook").because(extension));
    }
    let remark = Diagnostic::new(Code::WrongExtension, Location::file(path));
    out.diagnostics.push(remark.with("extension", extension).with("format", format));
    Ok(())
}
