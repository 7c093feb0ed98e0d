//! Mending a unit's text in which no known body was found: slips in the body's name, slips in the place in front.
//!
//! For: 七里诃区水利居 in a row of 七里河区. Not for: texts that can be read as they are. Invariant: a place is only ever
//! mended into the one that the surroundings name; nothing else tells which place was meant.

use super::super::super::regions::{RegionBook, bare};
use super::super::{UnitBook, fold};
use crate::knowledge::text::{Slip, one_slip};
use crate::model::{Level, RegionId};

/// What a text was meant to say.
pub(super) enum Mended {
    /// This.
    Text(String),
    /// A body of a place that no table lists.
    Unlisted { place: String, name: String, level: Level },
}

impl UnitBook {
    /// What a text that names no known body was meant to say, if slips explain it.
    pub(super) fn mended(&self, text: &str, regions: &RegionBook, context: RegionId) -> Option<Mended> {
        let starts = || text.char_indices().map(|(at, _)| at);
        let exact =
            |at: &usize| text[*at..].chars().nth(2).is_some() && !self.names.get(&text[*at..]).is_empty();
        let (front, name) = match starts().find(exact) {
            Some(at) => (&text[..at], text[at..].to_owned()),
            None => starts().find_map(|at| Some((&text[..at], self.near.find(&text[at..])?)))?,
        };
        if front.is_empty() || regions.path(front).end == front.len() {
            return Some(Mended::Text(format!("{front}{name}")));
        }
        if !context.is_known() {
            let level = level_of(front)?;
            return Some(Mended::Unlisted { place: front.to_owned(), name, level });
        }
        let meant = spellings(regions, context).find(|spelling| is_slip_of_place(front, spelling))?;
        Some(Mended::Text(format!("{meant}{name}")))
    }
}

/// The ways to write a place and the places it lies in: 甲省乙市丙县, 乙市丙县, 丙县, 丙; the same of 乙市 and 甲省.
fn spellings(regions: &RegionBook, context: RegionId) -> impl Iterator<Item = String> {
    let names: Vec<String> =
        regions.regions().ancestry(context).map(|id| fold(&regions.get(id).name)).collect();
    let mut all = Vec::new();
    for (low, name) in names.iter().enumerate() {
        for high in low..names.len() {
            all.push(names[low..=high].iter().rev().map(String::as_str).collect::<String>());
        }
        all.extend(bare(name).map(str::to_owned));
    }
    all.into_iter()
}

/// Whether a place was meant by what was typed. Another character that neither sounds nor looks alike makes another
/// place (东区, 西区), and so does anything in two characters.
pub(super) fn is_slip_of_place(typed: &str, meant: &str) -> bool {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let slip = one_slip(&typed, &meant);
    meant.len() >= 3
        && matches!(slip, Some(Slip::Sound | Slip::Look | Slip::Swapped | Slip::Missing | Slip::Stray))
}

/// The level that the last character of a division's name tells; `None` when it ends like none. A 市 may be of two.
fn level_of(place: &str) -> Option<Level> {
    let mut last = place.chars().rev();
    let end = last.next()?;
    last.next()?;
    match end {
        '省' => Some(Level::Province),
        '州' | '盟' => Some(Level::Prefecture),
        '县' | '区' | '旗' => Some(Level::County),
        '市' => Some(Level::Unknown),
        _ => None,
    }
}
