//! Expected units beside those that have reported (应报未报).
//!
//! For: reading a roster and finding each of its units among the inputs. Not for: what units are (`normalise`
//! decides; a roster is understood the way an inventory is). Invariant: every unit of the roster gets exactly
//! one entry, in the roster's order.

use super::audit::{Read, Request};
use crate::knowledge::text::fold;
use crate::model::{
    Alert, AssetTable, Code, Field, InputFile, Kind, Message, Records, Reporting, RosterEntry, RowRef,
    SheetId, Unit, Value,
};
use crate::stages::ingest::{self, Naming};
use crate::stages::normalise;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Why a roster cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason:?}", path.display())]
pub struct RosterError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: Message,
}

/// What the inputs tell about one unit.
#[derive(Default)]
struct Evidence {
    /// Files that name it as the unit that reports, by the kind that they list.
    files: BTreeMap<Option<Kind>, BTreeSet<String>>,
    says_zero: bool,
    records: u64,
}

/// Reads a roster and says of each unit what it has sent.
///
/// # Errors
/// When the file cannot be read or has no unit in it.
pub(super) fn compare(
    path: &Path,
    request: &Request<'_>,
    read: &Read,
) -> Result<Vec<RosterEntry>, RosterError> {
    let lexicon = &request.knowledge.lexicon;
    let (roster, inputs) = load(path, request)?;
    let texts: Vec<(String, u32)> = (0..roster.len())
        .map(|i| {
            let record = roster.record(i);
            let named = record.text(Field::OwnerUnit);
            let named = if named.is_empty() { record.name() } else { named };
            (named.to_owned(), roster.place(i).row)
        })
        .collect();
    let (expected, _) = normalise::normalise(roster, lexicon, &inputs);
    let mut evidence: Vec<Evidence> = texts.iter().map(|_| Evidence::default()).collect();
    let wanted = Wanted::new(&expected, &texts);
    for asset in read.assets.iter() {
        if let Some(at) = wanted.find(&read.assets.units[asset.meaning().unit.0 as usize]) {
            evidence[at].records += 1;
        }
    }
    let (records, zero) = reporters(&read.assets.records, &read.inputs);
    let (reporters, _) = normalise::normalise(records, lexicon, &read.inputs);
    for (asset, says_zero) in reporters.iter().zip(zero) {
        if let Some(at) = wanted.find(&reporters.units[asset.meaning().unit.0 as usize]) {
            let sheet = reporters.records.sheet(asset.ix.index());
            evidence[at].says_zero |= says_zero;
            let path = read.inputs[sheet.file.0 as usize].path.clone();
            evidence[at].files.entry(sheet.kind).or_default().insert(path);
        }
    }
    for sheet in &read.assets.records.sheets {
        let path = &read.inputs[sheet.file.0 as usize].path;
        for at in wanted.named_in(path) {
            evidence[at].files.entry(sheet.kind).or_default().insert(path.clone());
            evidence[at].records = evidence[at].records.max(u64::from(sheet.account.records > 0));
            evidence[at].says_zero |= !sheet.zero_reports.is_empty();
        }
    }
    // A copy adds no record, and is a second report all the same.
    for remark in read.diagnostics.iter().filter(|remark| remark.code == Code::DuplicateFile) {
        let other = remark.args.iter().find(|(name, _)| *name == "other").map_or("", |(_, path)| path);
        for files in evidence.iter_mut().flat_map(|evidence| evidence.files.values_mut()) {
            if files.contains(other) {
                files.insert(remark.at.path.clone());
            }
        }
    }
    let entry = |((unit, row), evidence): ((String, u32), Evidence)| RosterEntry {
        unit,
        row,
        reporting: evidence.reporting(),
        files: evidence.files.into_values().flatten().collect::<BTreeSet<_>>().into_iter().collect(),
        records: evidence.records,
    };
    Ok(texts.into_iter().zip(evidence).map(entry).collect())
}

impl Evidence {
    fn reporting(&self) -> Reporting {
        if self.files.values().any(|files| files.len() > 1) {
            Reporting::Twice
        } else if self.records > 0 {
            Reporting::Reported
        } else if self.says_zero {
            Reporting::Zero
        } else {
            Reporting::NotReported
        }
    }
}

fn load(path: &Path, request: &Request<'_>) -> Result<(Records, Vec<InputFile>), RosterError> {
    let fault = |key| RosterError { path: path.to_owned(), reason: Message::new(key) };
    let options = ingest::Options {
        fields: &request.knowledge.fields,
        naming: Naming::Units,
        overrides: &request.policy.columns,
        as_of: request.as_of,
        with_sm3: false,
        not_inventories: &[],
        kept: None,
        progress: &|_, _| {},
    };
    let got = ingest::ingest(&[path.to_owned()], &options)
        .map_err(|e| RosterError { path: path.to_owned(), reason: e.message() })?;
    if let Some(remark) = got.diagnostics.iter().find(|d| d.code.alert() == Alert::Error)
        && got.records.is_empty()
    {
        let reason =
            remark.args.iter().find(|(name, _)| *name == "reason").map_or("", |(_, key)| key.as_str());
        return Err(RosterError {
            path: path.to_owned(),
            reason: Message::new("roster.unreadable").with("reason", reason),
        });
    }
    if got.records.is_empty() { Err(fault("roster.empty")) } else { Ok((got.records, got.inputs)) }
}

/// The units that are looked for.
struct Wanted<'a> {
    by_name: BTreeMap<&'a str, usize>,
    /// Units whose place the roster does not tell, by body.
    by_body: BTreeMap<&'a str, usize>,
    /// Folded names, as written and in full, by entry.
    folded: Vec<[String; 2]>,
}

impl<'a> Wanted<'a> {
    fn new(expected: &'a AssetTable, texts: &[(String, u32)]) -> Self {
        let (mut by_name, mut by_body, mut folded) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for (at, asset) in expected.iter().enumerate() {
            let unit = &expected.units[asset.meaning().unit.0 as usize];
            by_name.entry(unit.canonical.as_str()).or_insert(at);
            if !unit.region.is_known() && !unit.body.is_empty() {
                by_body.entry(unit.body.as_str()).or_insert(at);
            }
            folded.push([fold(&texts[at].0), fold(&unit.canonical)]);
        }
        by_name.remove("");
        Wanted { by_name, by_body, folded }
    }

    fn find(&self, unit: &Unit) -> Option<usize> {
        let by_name = self.by_name.get(unit.canonical.as_str());
        by_name.or_else(|| self.by_body.get(unit.body.as_str())).copied()
    }

    /// Entries that a path names: a folder per unit, or files named after units. Of several names that are
    /// parts of each other the longest counts.
    fn named_in(&self, path: &str) -> Vec<usize> {
        let path = fold(path.rsplit_once('.').map_or(path, |(stem, _)| stem));
        let length = |at: usize| {
            let here = self.folded[at].iter().filter(|name| name.chars().count() > 2 && path.contains(*name));
            here.map(String::len).max().unwrap_or(0)
        };
        let longest = (0..self.folded.len()).map(length).max().unwrap_or(0);
        (0..self.folded.len()).filter(|&at| longest > 0 && length(at) == longest).collect()
    }
}

/// The units that sheets name above their tables, those that say they have nothing, and those after whom
/// files and folders may be named, as records of the same sheets; beside each, whether it has nothing.
fn reporters(records: &Records, inputs: &[InputFile]) -> (Records, Vec<bool>) {
    let mut out = Records::default();
    out.sheets.clone_from(&records.sheets);
    let mut zero = Vec::new();
    for (index, sheet) in records.sheets.iter().enumerate() {
        let mut add = |row: u32, unit: &str, says_zero: bool| {
            out.push(RowRef { sheet: SheetId(index as u32), row });
            let unit = Value::Text(out.pool.intern(unit));
            out.set(Field::OwnerUnit, unit, None);
            zero.push(says_zero);
        };
        for (_, unit) in sheet.defaults.iter().filter(|(field, _)| *field == Field::OwnerUnit) {
            add(0, unit, false);
        }
        for (row, unit) in &sheet.zero_reports {
            add(*row, unit, true);
        }
        let path = &inputs[sheet.file.0 as usize].path;
        let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
        for name in stem.split('/') {
            // "附件2-甲市教育局": the unit begins behind the number.
            let unit = name.trim_start_matches("附件");
            let unit = unit.trim_start_matches(|c: char| !c.is_alphabetic());
            add(0, unit, false);
        }
    }
    (out, zero)
}
