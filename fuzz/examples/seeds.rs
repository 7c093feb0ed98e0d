//! Seeds: the fixtures of the tests, in the notation of each target.
//!
//! `cargo run --example seeds` from `fuzz/` fills `corpus/`.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<_> = fs::read_dir(root.join("../tests/fixtures/ingest/cases"))?.collect::<Result<_, _>>()?;
    folders.sort_by_key(fs::DirEntry::path);
    for folder in folders {
        for file in fs::read_dir(folder.path())? {
            let path = file?.path();
            if !path.is_file() {
                continue;
            }
            let bytes = fs::read(&path)?;
            let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            let name = folder.file_name().to_string_lossy().into_owned();
            let add = |target: &str, bytes: &[u8]| -> std::io::Result<()> {
                let corpus = root.join("corpus").join(target);
                fs::create_dir_all(&corpus)?;
                fs::write(corpus.join(&name), bytes)
            };
            if path.file_stem().is_none_or(|stem| stem != "input") || bytes.len() > 1 << 20 {
                continue;
            }
            add("raw", &bytes)?;
            let start = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).to_lowercase();
            if let Some(parts) = unzipped(&bytes) {
                let target = match extension.as_str() {
                    "xlsb" | "ods" | "docx" => extension.as_str(),
                    _ => "xlsx",
                };
                add(target, &zhijian_fuzz::joined(&parts))?;
            } else if let Some(parts) = streams(&bytes) {
                add("xls", &zhijian_fuzz::joined(&parts))?;
            } else if start.contains("<html") || start.contains("<table") {
                add("html", &bytes)?;
            } else if start.contains("<?xml") {
                let at = bytes.windows(10).position(|w| w == b"<Worksheet").unwrap_or(0);
                add("xml_sheet", &bytes[at..])?;
            } else {
                add(if extension.starts_with("json") { "json" } else { "csv" }, &bytes)?;
            }
        }
    }
    // A heading, titles, notes; a form; two tables beside each other: as the layout target writes them.
    for (name, cells) in [
        ("table", &[10, 38, 0, 0, 0, 0, 0, 4, 6, 10, 19, 14, 15, 49, 83, 78, 54, 73, 0, 50, 82, 79, 55, 74, 0, 32, 0, 0, 0, 0, 0][..]),
        ("form", &[7, 6, 83, 9, 78, 14, 72, 21, 62, 22, 81, 23, 85]),
        ("beside", &[16, 4, 5, 9, 0, 0, 4, 5, 9, 0, 49, 81, 78, 0, 0, 49, 82, 79, 0]),
    ] {
        fs::create_dir_all(root.join("corpus/layout"))?;
        fs::write(root.join("corpus/layout").join(name), cells)?;
    }
    Ok(())
}

fn unzipped(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let is_dull = name.contains("theme") || name.contains("docProps") || name.contains("media/");
        if !is_dull && part.size() < 200_000 {
            let mut content = Vec::new();
            part.read_to_end(&mut content).ok()?;
            parts.push((name, content));
        }
    }
    Some(parts)
}

fn streams(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let paths: Vec<_> = file.walk().filter(cfb::Entry::is_stream).map(|e| e.path().to_owned()).collect();
    let read = |path: std::path::PathBuf| {
        let mut content = Vec::new();
        file.open_stream(&path).ok()?.read_to_end(&mut content).ok()?;
        Some((path.to_string_lossy().into_owned(), content))
    };
    paths.into_iter().map(read).collect()
}
