//! Reading the vendored divisions and the user's own.

use super::super::error::{Fault, LexiconError};
use super::super::table;
use super::townships;
use crate::model::{Level, Region, RegionId, Regions};
use hashbrown::HashMap;
use std::ops::Range;

/// Province to county; edition and licence in the head of the file.
pub(super) const VENDORED: &str = include_str!("../../../data/lexicon/regions.tsv");

/// Divisions with an index by code.
#[derive(Default)]
pub(super) struct Divisions {
    pub(super) regions: Regions,
    pub(super) by_code: HashMap<String, RegionId>,
    /// The counties of the vendored table by code, each with the ids of its townships.
    pub(super) counties: Vec<(RegionId, Range<u32>)>,
}

impl Divisions {
    /// The vendored table.
    pub(super) fn vendored() -> Self {
        let mut divisions = Divisions::default();
        // Codes ascend, so every parent stands before its children.
        for [code, name] in table::rows(VENDORED) {
            let parent = divisions.nearest(parent_prefix(code));
            divisions.push(code, name, level_of(code), parent);
        }
        for line in townships::vendored().lines() {
            let mut county = RegionId::NONE;
            let first = divisions.by_code.len() as u32 + 1;
            for (code, name) in townships::of_line(line) {
                county = if county.is_known() { county } else { divisions.by_code[&code[..6]] };
                divisions.push(&code, name, Level::Township, county);
            }
            divisions.counties.push((county, first..divisions.by_code.len() as u32 + 1));
        }
        divisions
    }

    /// Adds the user's divisions, parents before children whatever the order of the lines.
    pub(super) fn extend(&mut self, csv_text: &str) -> Result<(), LexiconError> {
        let mut lines = read(csv_text)?;
        lines.sort_by(|a, b| (a.level, &a.code).cmp(&(b.level, &b.code)));
        for Line { number, code, name, level, parent } in lines {
            let fault = |fault, found: &str| LexiconError { line: number, fault, found: found.to_owned() };
            if let Some(&known) = self.by_code.get(&code) {
                if self.regions.get(known).name != name {
                    return Err(fault(Fault::RepeatedCode, &code));
                }
                continue;
            }
            let parent = if parent.is_empty() {
                self.nearest(parent_prefix(&code))
            } else {
                self.exact(&parent).ok_or_else(|| fault(Fault::NoParent, &parent))?
            };
            self.push(&code, &name, level, parent);
        }
        Ok(())
    }

    /// The division with this code; short codes (52, 5206) are filled with zeros.
    pub(super) fn exact(&self, code: &str) -> Option<RegionId> {
        if let Some(&id) = self.by_code.get(code) {
            return Some(id);
        }
        let trimmed = code.strip_suffix("000000").or_else(|| code.strip_suffix("000"));
        let shorter = trimmed.filter(|t| t.len() >= 6).and_then(|t| self.exact(t));
        shorter.or_else(|| (code.len() < 6).then(|| self.by_code.get(&format!("{code:0<6}")).copied())?)
    }

    /// The division with this code or the closest one above it.
    pub(super) fn nearest(&self, code: &str) -> RegionId {
        let code = code.trim_end_matches(|c: char| !c.is_ascii_digit());
        self.exact(code)
            .or_else(|| {
                [9, 6, 4, 2].iter().find_map(|&n| self.exact(code.get(..n).filter(|_| code.len() > n)?))
            })
            .unwrap_or(RegionId::NONE)
    }

    fn push(&mut self, code: &str, name: &str, level: Level, parent: RegionId) {
        let region = Region { code: code.to_owned(), name: name.to_owned(), level, parent };
        let id = self.regions.push(region);
        self.by_code.insert(code.to_owned(), id);
    }
}

/// The level that the digits of a code tell.
fn level_of(code: &str) -> Level {
    match code.len() {
        12 => Level::Village,
        9 => Level::Township,
        _ if code.ends_with("0000") => Level::Province,
        _ if code.ends_with("00") => Level::Prefecture,
        _ => Level::County,
    }
}

/// The digits that the divisions above share; empty for a province.
fn parent_prefix(code: &str) -> &str {
    match level_of(code) {
        Level::Village => &code[..9],
        Level::Township => &code[..6],
        Level::County => &code[..4],
        Level::Prefecture => &code[..2],
        _ => "",
    }
}

struct Line {
    number: u64,
    code: String,
    name: String,
    level: Level,
    parent: String,
}

fn read(csv_text: &str) -> Result<Vec<Line>, LexiconError> {
    let text = csv_text.trim_start_matches('\u{FEFF}');
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |e: csv::Error| LexiconError {
        line: e.position().map_or(1, csv::Position::line),
        fault: Fault::Unreadable,
        found: e.to_string(),
    };
    let headers = reader.headers().map_err(broken)?.clone();
    let column = |name: &str| headers.iter().position(|h| h.eq_ignore_ascii_case(name));
    let required = |name: &'static str| {
        let missing = || LexiconError { line: 1, fault: Fault::NoColumn, found: name.to_owned() };
        column(name).ok_or_else(missing)
    };
    let (code_at, name_at) = (required("code")?, required("name")?);
    let (level_at, parent_at) = (column("level"), column("parent_code"));
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|i| record.get(i)).unwrap_or("").to_owned();
        let (code, name) = (cell(Some(code_at)), cell(Some(name_at)));
        if code.is_empty() && name.is_empty() {
            continue;
        }
        let fault = |fault, found: &str| Err(LexiconError { line, fault, found: found.to_owned() });
        if !matches!(code.len(), 6 | 9 | 12) || !code.bytes().all(|b| b.is_ascii_digit()) {
            return fault(Fault::BadCode, &code);
        }
        if name.is_empty() {
            return fault(Fault::NoName, &code);
        }
        let stated = cell(level_at);
        let level = match stated.as_str() {
            "" => level_of(&code),
            "省" | "省级" | "自治区" | "直辖市" => Level::Province,
            "市" | "市级" | "地级" | "地市级" | "州" | "盟" => Level::Prefecture,
            "县" | "县级" | "区" | "区县" | "旗" => Level::County,
            "乡" | "乡级" | "镇" | "街道" | "乡镇" => Level::Township,
            "村" | "村级" | "社区" => Level::Village,
            other => match Level::parse(other) {
                Some(level) if level != Level::Unknown => level,
                _ => return fault(Fault::BadLevel, other),
            },
        };
        lines.push(Line { number: line, code, name, level, parent: cell(parent_at) });
    }
    Ok(lines)
}
