//! Reading a stored scan line by line, on several threads.
//!
//! For: files as this program writes them, where every entry of a long list stands on a line of its own: they are read in
//! blocks that are parsed beside each other, so that neither the whole text is in memory nor one thread does all of it. Not
//! for: what is wrong with a file, and not for other layouts, which [`ScanDocument::parse`] reads. Invariant: what is read
//! here is what would be read there. A line break never stands within a text of JSON, so the file is the parts in their
//! order; when each part is a whole value, no other reading of the file is possible.

use super::{Action, Asset, Cluster, Finding, Load, Pair, Part, ScanDocument};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use std::io::{self, Read};

/// Bytes that are read at a time.
const BLOCK: usize = 4 << 20;
/// Entries that are not worth sharing out.
const FEW: usize = 32;

/// The long lists.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Assets,
    Pairs,
    Clusters,
    Findings,
    Actions,
    Parts,
    Loads,
}

/// A scan in the making.
#[derive(Default)]
struct Reading {
    /// Everything but the entries of the long lists.
    rest: String,
    /// The list that the next line belongs to.
    list: Option<List>,
    in_plan: bool,
    assets: Vec<Asset>,
    pairs: Vec<Pair>,
    clusters: Vec<Cluster>,
    findings: Vec<Finding>,
    actions: Vec<Action>,
    parts: Vec<Part>,
    loads: Vec<Load>,
}

impl ScanDocument {
    /// Reads a stored scan that is laid out in lines; `None` when it is not, or when anything is wrong with it.
    ///
    /// # Errors
    /// When `source` cannot be read.
    pub fn read_lines(source: &mut (impl Read + Send)) -> io::Result<Option<ScanDocument>> {
        blocks(source, BLOCK)
    }
}

/// Reads block by block; the next is read while one is parsed.
fn blocks(source: &mut (impl Read + Send), size: usize) -> io::Result<Option<ScanDocument>> {
    let mut reading = Reading::default();
    let mut block = Vec::new();
    let mut is_more = fill(source, size, &mut block)?;
    while is_more {
        let end = memchr::memrchr(b'\n', &block).map_or(0, |at| at + 1);
        let mut next = block.split_off(end);
        let (is_understood, read) = rayon::join(|| reading.take(&block), || fill(source, size, &mut next));
        if !is_understood {
            return Ok(None);
        }
        is_more = read?;
        block = next;
    }
    Ok(if reading.take(&block) { reading.done() } else { None })
}

/// Adds a block; whether there was any more.
fn fill(source: &mut impl Read, size: usize, block: &mut Vec<u8>) -> io::Result<bool> {
    block.reserve(size);
    Ok(source.take(size as u64).read_to_end(block)? > 0)
}

impl Reading {
    /// Takes whole lines; whether they were understood.
    fn take(&mut self, block: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(block) else { return false };
        let mut entries: Vec<&str> = Vec::new();
        for line in text.split_inclusive('\n') {
            let Some(list) = self.list else {
                self.rest.push_str(line);
                self.list = self.opened(line);
                continue;
            };
            let line = line.trim_ascii_end();
            let (line, goes_on) = line.strip_suffix(',').map_or((line, false), |line| (line, true));
            let end = line.strip_suffix(']');
            if goes_on && end.is_none() {
                entries.push(line);
                continue;
            }
            let Some(end) = end else { return false };
            entries.push(end);
            if !self.add(list, &entries) {
                return false;
            }
            entries.clear();
            self.list = None;
            self.rest.push_str(if goes_on { "],\n" } else { "]\n" });
        }
        self.list.is_none_or(|list| self.add(list, &entries))
    }

    /// The list that begins at the end of a line.
    fn opened(&mut self, line: &str) -> Option<List> {
        if line.starts_with(" \"") {
            self.in_plan = line == " \"plan\": {\n";
        }
        Some(match line {
            " \"assets\": [\n" => List::Assets,
            " \"pairs\": [\n" => List::Pairs,
            " \"clusters\": [\n" => List::Clusters,
            " \"findings\": [\n" => List::Findings,
            " \"parts\": [\n" => List::Parts,
            " \"loads\": [\n" => List::Loads,
            "  \"actions\": [\n" if self.in_plan => List::Actions,
            _ => return None,
        })
    }

    fn add(&mut self, list: List, entries: &[&str]) -> bool {
        match list {
            List::Assets => parse(entries, &mut self.assets),
            List::Pairs => parse(entries, &mut self.pairs),
            List::Clusters => parse(entries, &mut self.clusters),
            List::Findings => parse(entries, &mut self.findings),
            List::Actions => parse(entries, &mut self.actions),
            List::Parts => parse(entries, &mut self.parts),
            List::Loads => parse(entries, &mut self.loads),
        }
    }

    /// The scan, if the rest is one without its long lists.
    fn done(self) -> Option<ScanDocument> {
        let mut scan: ScanDocument = serde_json::from_str(&self.rest).ok()?;
        if scan.schema_version != 1 {
            return None;
        }
        let Reading { assets, pairs, clusters, findings, actions, parts, loads, .. } = self;
        scan.assets.extend(assets);
        scan.pairs.extend(pairs);
        scan.clusters.extend(clusters);
        scan.findings.extend(findings);
        scan.plan.actions.extend(actions);
        scan.parts.extend(parts);
        scan.loads.extend(loads);
        Some(scan)
    }
}

/// Adds entries to their list; whether each is one.
fn parse<T: DeserializeOwned + Send>(entries: &[&str], list: &mut Vec<T>) -> bool {
    let parsed: Option<Vec<T>> =
        entries.par_iter().with_min_len(FEW).map(|entry| serde_json::from_str(entry).ok()).collect();
    parsed.map(|parsed| list.extend(parsed)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    use serde_json::Value as Json;
    use std::fmt::Write as _;

    const STORED: &str = include_str!("../../../tests/fixtures/scan-v1/scan.json");

    fn read(text: &str, size: usize) -> Option<ScanDocument> {
        blocks(&mut text.as_bytes(), size).unwrap()
    }

    /// The stored scan as the program lays it out.
    fn laid_out() -> String {
        fn value(key: &str, of: &Json, out: &mut String) {
            match of {
                Json::Array(entries) if !entries.is_empty() => {
                    let lines: Vec<String> = entries.iter().map(|entry| format!("\n  {entry}")).collect();
                    let _ = write!(out, "[{}]", lines.join(","));
                }
                Json::Object(map) if key == "plan" => object(map, "\n  ", out),
                other => *out += &other.to_string(),
            }
        }
        fn object(map: &serde_json::Map<String, Json>, line: &str, out: &mut String) {
            for (at, (key, of)) in map.iter().enumerate() {
                let _ = write!(out, "{}{line}\"{key}\": ", if at == 0 { "{" } else { "," });
                value(key, of, out);
            }
            *out += "\n}";
        }
        let Json::Object(map) = serde_json::from_str(STORED).unwrap() else { panic!() };
        let mut out = String::new();
        object(&map, "\n ", &mut out);
        out + "\n"
    }

    #[test]
    fn lines_say_what_the_whole_says() {
        let whole = ScanDocument::parse(STORED.as_bytes()).unwrap();
        assert!(!whole.pairs.is_empty() && !whole.plan.actions.is_empty() && !whole.findings.is_empty());
        let text = laid_out();
        for size in [97, 4096, BLOCK] {
            assert!(read(&text, size).as_ref() == Some(&whole), "in blocks of {size}");
        }
        // Other layouts are read, or left to be parsed.
        let value: Json = serde_json::from_str(STORED).unwrap();
        assert!(read(&value.to_string(), BLOCK).as_ref() == Some(&whole));
        assert!(read(STORED, BLOCK).is_none_or(|scan| scan == whole));
    }

    #[test]
    fn what_is_broken_is_not_read() {
        let text = laid_out();
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        for &end in &ends[..ends.len() - 1] {
            assert!(read(&text[..end], BLOCK).is_none(), "cut at {end}");
        }
        for (right, wrong) in [
            ("\"schema_version\": 1", "\"schema_version\": 2"),
            ("\n \"pairs\": [\n", "\n \"pairs\": [\n  {},\n"),
            ("\n \"pairs\": [\n", "\n \"pairs\": [\n\n"),
            ("\n \"pairs\": [\n", "\n \"pairs\": [],\n \"pairs\": [\n"),
            ("\n \"assets\": [\n", "\n \"assets\": [\n  7],\n \"rows\": [\n"),
        ] {
            assert!(text.contains(right), "{right}");
            assert!(read(&text.replacen(right, wrong, 1), BLOCK).is_none(), "{wrong}");
        }
    }
}
