//! Reading, from files to records.

#![allow(clippy::unwrap_used)] // helpers of tests, where a failure should stop the test

mod files;
mod fixtures;
mod formats;
mod found;
mod headers;
mod laws;
mod layouts;
mod limits;
mod tables;

use std::path::{Path, PathBuf};
use zhijian::knowledge::lexicon::fields::FieldBook;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::model::{Code, ColumnOverride, Field, RowAccount, Value};
use zhijian::stages::ingest::{Ingested, Naming, Options, ingest};

/// A folder of files that vanishes with the test.
pub(crate) struct Inbox(tempfile::TempDir);

impl Inbox {
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Inbox {
        let inbox = Inbox(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            let path = inbox.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        inbox
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn read(&self) -> Ingested {
        read(&[self.path().to_owned()])
    }
}

/// Reading with nothing decided beforehand.
pub(crate) fn options(fields: &FieldBook) -> Options<'_> {
    Options {
        fields,
        naming: Naming::Items,
        overrides: &[],
        as_of: jiff::civil::date(2026, 6, 30),
        not_inventories: &[],
        with_sm3: false,
        kept: None,
        progress: &|_, _| {},
    }
}

pub(crate) fn read(paths: &[PathBuf]) -> Ingested {
    read_with(paths, &[], &[])
}

pub(crate) fn read_with(
    paths: &[PathBuf],
    overrides: &[ColumnOverride],
    not_inventories: &[PathBuf],
) -> Ingested {
    let fields = FieldBook::load();
    let options = Options { overrides, not_inventories, with_sm3: true, ..options(&fields) };
    let got = ingest(paths, &options).unwrap();
    // Whatever is read, every remark can be said in both languages.
    for lang in [Lang::Zh, Lang::En] {
        for diagnostic in &got.diagnostics {
            let sentence = Catalogue::of(lang).diagnostic(diagnostic);
            assert!(!sentence.contains(['{', '@']) || !sentence.contains("@ingest"), "{sentence}");
        }
    }
    for sheet in &got.records.sheets {
        assert!(sheet.account.balances());
    }
    got
}

/// One file, read alone.
pub(crate) fn one(name: &str, content: &str) -> Ingested {
    Inbox::new(&[(name, content.as_bytes())]).read()
}

pub(crate) fn codes(got: &Ingested) -> Vec<Code> {
    got.diagnostics.iter().map(|d| d.code).collect()
}

pub(crate) fn names(got: &Ingested) -> Vec<String> {
    (0..got.records.len()).map(|i| got.records.record(i).name().to_owned()).collect()
}

/// A value as text, whatever its type; invalid ones in angle brackets.
pub(crate) fn show(got: &Ingested, record: usize, field: Field) -> String {
    let text = || got.records.record(record).text(field).to_owned();
    match got.records.value(record, field) {
        Value::Missing => String::new(),
        Value::Text(_) | Value::List(_) => text(),
        Value::Date { date, inferred } => format!("{date}{}", if inferred { "?" } else { "" }),
        Value::Count { count, exactness } => format!("{} {exactness:?}", count.get()),
        Value::Flag(flag) => flag.to_string(),
        Value::Invalid(_) => format!("<{}>", text()),
    }
}

/// read, records, headings, blank, notes, rejected
pub(crate) fn account(got: &Ingested, sheet: usize) -> [u64; 6] {
    let RowAccount { rows_read, records, headings, blank, notes, rejected } =
        got.records.sheets[sheet].account;
    [rows_read, records, headings, blank, notes, rejected]
}
