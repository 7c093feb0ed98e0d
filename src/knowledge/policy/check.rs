//! What entries say of each other, and of the disk.
//!
//! For: contradictions and repetitions inside one file, and files that it names. Not for: whether
//! an asset exists, which only a scan knows (there it is the diagnostic `policy/unused-entry`).

use super::declared::{Names, Type};
use super::fault::{Fault, FaultCode};
use super::stated::Table;
use super::value::is_profile_file;
use crate::knowledge::text::fold;
use std::collections::BTreeMap;
use std::path::Path;

/// Adds a fault for every entry that repeats or contradicts another.
pub(super) fn entries(tables: &[Table], faults: &mut Vec<Fault>) {
    let mut claimed = BTreeMap::new();
    let mut settled: BTreeMap<(&str, Vec<String>), u32> = BTreeMap::new();
    for table in tables {
        claims(table, &mut claimed, faults);
        let Some(subject) = subject(table) else { continue };
        if table.section.name == "judgements" && subject[0] == subject[1] {
            faults.push(Fault::new(FaultCode::SameAsset, table.span.clone()).with("asset", &subject[0]));
            continue;
        }
        match settled.get(&(table.section.name, subject.clone())) {
            Some(line) => faults.push(
                Fault::new(FaultCode::RepeatedEntry, table.span.clone())
                    .with("section", table.section.header(""))
                    .with("line", line),
            ),
            None => {
                settled.insert((table.section.name, subject), table.line);
            }
        }
    }
}

/// What an entry of a list decides about; two entries of a section must not share it. `None` for
/// entries that are already at fault, or that are no entries of a list.
fn subject(table: &Table) -> Option<Vec<String>> {
    let of = |keys: &[&str]| -> Option<Vec<String>> { keys.iter().map(|key| table.maybe(key)).collect() };
    match table.section.name {
        "waivers" => of(&["rule", "asset"]),
        "pins" => of(&["asset"]),
        "units" | "functions" | "platforms" => of(&["id"]),
        "sources" => of(&["source", "host"]),
        "adapters" => of(&["file"]),
        "judgements" => {
            let mut pair = of(&["left", "right"])?;
            pair.sort();
            Some(pair)
        }
        "columns" => {
            let header = table.maybe("header")?;
            Some(vec![table.text("file").to_owned(), table.text("sheet").to_owned(), header])
        }
        _ => None,
    }
}

/// Adds a fault when a word is given to a second entry of its section.
fn claims(table: &Table, claimed: &mut BTreeMap<(&'static str, String), u32>, faults: &mut Vec<Fault>) {
    if !table.section.keys.iter().any(|key| key.value == Type::Words) {
        return;
    }
    let stated = table.values.get("words");
    let span = stated.map_or_else(|| table.span.clone(), |stated| stated.span.clone());
    for word in table.list("words").into_iter().chain(table.maybe("name")) {
        let line = *claimed.entry((table.section.name, fold(&word))).or_insert(table.line);
        if line != table.line {
            let fault = Fault::new(FaultCode::ClaimedWord, span.clone());
            faults
                .push(fault.with("word", word).with("section", table.section.header("")).with("line", line));
        }
    }
}

/// Adds a fault for every source that is switched on for no host, or for the hosts of many owners.
pub(super) fn hosts(tables: &[Table], faults: &mut Vec<Fault>) {
    for table in tables.iter().filter(|table| table.section.name == "sources") {
        let Some(stated) = table.values.get("host") else { continue };
        let named = stated.value.text().unwrap_or("");
        if !is_host(named) {
            faults.push(Fault::new(FaultCode::NotAHost, stated.span.clone()).with("found", named));
        }
    }
}

/// Endings under which everybody registers names, beside those of the provinces, which have two letters.
const SHARED: [&str; 7] = ["gov", "com", "org", "net", "edu", "ac", "mil"];

/// A name, an address, or `*.` with what all hosts of one owner end in.
fn is_host(text: &str) -> bool {
    let (name, is_wide) = match text.strip_prefix("*.") {
        Some(ending) => (ending, true),
        None => (text, false),
    };
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    if !name.split('.').all(part) {
        return false;
    }
    let parts: Vec<&str> = name.split('.').collect();
    let is_shared = match parts.as_slice() {
        [_] => true,
        [second, "cn" | "CN"] => {
            second.chars().count() == 2 || SHARED.iter().any(|shared| shared.eq_ignore_ascii_case(second))
        }
        _ => false,
    };
    !(is_wide && is_shared)
}

/// Adds a fault for every file that is named and not there. Paths are relative to `folder`.
pub(super) fn files(tables: &[Table], folder: &Path, faults: &mut Vec<Fault>) {
    for table in tables {
        for key in table.section.keys.iter().filter(|key| key.value == Type::File) {
            let Some(stated) = table.values.get(key.name) else { continue };
            let named = stated.value.text().unwrap_or("");
            if !folder.join(named).is_file() {
                faults.push(Fault::new(FaultCode::NoSuchFile, stated.span.clone()).with("found", named));
            }
        }
        for key in table.section.keys.iter().filter(|key| key.value == Type::Profiles) {
            let Some(stated) = table.values.get(key.name) else { continue };
            for named in stated.value.list().iter().filter(|entry| is_profile_file(entry)) {
                if !folder.join(named).is_file() {
                    faults.push(Fault::new(FaultCode::NoSuchFile, stated.span.clone()).with("found", named));
                }
            }
        }
    }
}

/// Whether a verdict says *the same*.
pub(super) fn is_same(verdict: &str) -> bool {
    verdict == Names::SAME
}

#[cfg(test)]
mod tests {
    use super::is_host;

    #[test]
    fn a_source_is_switched_on_for_one_host_or_for_those_of_one_owner() {
        for good in ["sj.qq.com", "*.example.cn", "*.jia.gov.cn", "127.0.0.1", "oa", "www.政务.cn"] {
            assert!(is_host(good), "{good}");
        }
        for bad in [
            "*",
            "*.",
            "*.cn",
            "*.gov.cn",
            "*.COM.cn",
            "*.bj.cn",
            "http://a.cn",
            "a.cn/x",
            "a.cn:80",
            "a..cn",
            "a.*.cn",
        ] {
            assert!(!is_host(bad), "{bad}");
        }
    }
}
