//! What all fuzz targets share: reading bytes, the laws that hold for any input, and packing containers.
//!
//! For: the targets under `fuzz_targets/` and the seeds. Not for: tests, which say what a reading should be;
//! here only laws are checked.

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;
use zhijian::knowledge::lexicon::fields::FieldBook;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::stages::ingest::{Ingested, Naming, Options, ingest_bytes};

static FIELDS: LazyLock<FieldBook> = LazyLock::new(|| {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("the first pool");
    // The fuzzer stops at every panic; one inside the workbook library is caught and costs its file only.
    let stop = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if panic.location().is_none_or(|at| !at.file().contains("calamine")) {
            stop(panic);
        }
    }));
    FieldBook::load()
});

/// Reads bytes under a name and checks what must hold of any reading.
///
/// # Panics
/// When a law is broken, which is what fuzzing looks for.
pub fn read(name: &str, bytes: Vec<u8>) -> Ingested {
    let options = Options {
        fields: &FIELDS,
        naming: Naming::Items,
        overrides: &[],
        as_of: jiff::civil::date(2026, 6, 30),
        not_inventories: &[],
        with_sm3: false,
        kept: None,
        progress: &|_, _| {},
    };
    let got = ingest_bytes(vec![(name.to_owned(), bytes)], &options);
    let sum = |of: fn(&zhijian::model::RowAccount) -> u64| -> u64 {
        got.records.sheets.iter().map(|sheet| of(&sheet.account)).sum()
    };
    assert!(got.records.sheets.iter().all(|sheet| sheet.account.balances()), "the row account does not balance");
    assert_eq!(sum(|a| a.records), got.records.len() as u64, "records are missing");
    assert_eq!(sum(|a| a.rejected), got.rejected.len() as u64, "rejected rows are missing");
    for lang in [Lang::Zh, Lang::En] {
        let catalogue = Catalogue::of(lang);
        assert!(got.diagnostics.iter().all(|d| !catalogue.diagnostic(d).is_empty()), "a remark cannot be said");
    }
    got
}

/// Between the parts of a container in an input.
pub const MARK: &[u8] = b"\xFE\xFF\xFE\n";

/// The parts of a container: each a name on a line of its own, then the content.
pub fn parts(data: &[u8]) -> Vec<(&str, &[u8])> {
    let mut parts = Vec::new();
    let mut rest = data;
    while !rest.is_empty() && parts.len() < 32 {
        let end = rest.windows(MARK.len()).position(|window| window == MARK);
        let (part, later) = end.map_or((rest, &[][..]), |end| (&rest[..end], &rest[end + MARK.len()..]));
        if let Some(line) = part.iter().position(|byte| *byte == b'\n')
            && let Ok(name) = std::str::from_utf8(&part[..line])
        {
            parts.push((name, &part[line + 1..]));
        }
        rest = later;
    }
    parts
}

/// The same the other way round.
pub fn joined(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let parts = parts.iter().map(|(name, content)| [name.as_bytes(), b"\n", content].concat());
    parts.collect::<Vec<_>>().join(MARK)
}

/// Parts packed as ZIP; nothing when two have one name.
pub fn zipped(data: &[u8]) -> Option<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts(data) {
        writer.start_file(name, stored).ok()?;
        writer.write_all(content).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// Parts packed as the streams of an OLE2 container; nothing when a name is not allowed there.
pub fn compound(data: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    let is_allowed = |name: &str| name.len() < 30 && name.chars().all(|c| c.is_ascii_alphanumeric());
    for (name, content) in parts(data) {
        let name = name.trim_start_matches('/');
        file.create_stream(Some(name).filter(|name| is_allowed(name))?).ok()?.write_all(content).ok()?;
    }
    file.flush().ok()?;
    Some(file.into_inner().into_inner())
}
