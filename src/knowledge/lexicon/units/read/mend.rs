//! Mending a unit's text in which no known body was found: slips in the body's name, slips in the place in front.
//!
//! For: 七里诃区水利居 in a row of 七里河区. Not for: texts that can be read as they are. Invariant: a place is only ever
//! mended into the one that the surroundings name; nothing else tells which place was meant.

use super::super::super::regions::{RegionBook, is_slip_of_place};
use super::super::{UnitBook, fold};
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
        let resolved = |front: &str, name: &str| {
            if front.is_empty() || regions.path(front).end == front.len() {
                return Some(Mended::Text(format!("{front}{name}")));
            }
            if !context.is_known() {
                let level = level_of(front)?;
                return Some(Mended::Unlisted { place: front.to_owned(), name: name.to_owned(), level });
            }
            Some(Mended::Text(format!("{}{name}", meant(front, regions, context)?)))
        };
        let exact = || starts().filter(exact).find_map(|at| resolved(&text[..at], &text[at..]));
        let doubled = || {
            let shorter = without_doubled(text)?;
            let is_known = |at: &usize| {
                shorter[*at..].chars().nth(2).is_some() && !self.names.get(&shorter[*at..]).is_empty()
            };
            let at = shorter.char_indices().map(|(at, _)| at).find(is_known)?;
            resolved(&shorter[..at], &shorter[at..])
        };
        let near = || starts().find_map(|at| resolved(&text[..at], &self.near.find(&text[at..])?));
        // 太湖城管 in a row of 太湖县: a short word, after nothing but a name of the place itself.
        let short = || {
            starts().skip(1).filter(|&at| self.called(&text[at..]).is_some()).find_map(|at| {
                let place = meant(&text[..at], regions, context)?;
                Some(Mended::Text(format!("{place}{}", &text[at..])))
            })
        };
        exact().or_else(doubled).or_else(near).or_else(short)
    }
}

/// The text without the second of two equal characters in a row (司法法局), when there is one such pair.
fn without_doubled(text: &str) -> Option<String> {
    let pairs = || text.char_indices().zip(text.chars().skip(1));
    let mut doubled = pairs().filter(|((_, a), b)| a == b && !a.is_ascii());
    let (((at, c), _), None) = (doubled.next()?, doubled.next()) else { return None };
    Some(format!("{}{}", &text[..at], &text[at + c.len_utf8()..]))
}

/// The place at or above `context` that was meant by what was typed, written whole. Places are written 甲省乙市丙县,
/// 乙市丙县, 丙县 or 丙.
fn meant(typed: &str, regions: &RegionBook, context: RegionId) -> Option<String> {
    let names: Vec<String> =
        regions.regions().ancestry(context).map(|id| fold(&regions.get(id).name)).collect();
    let is_meant = |spelling: &str| typed == spelling || is_slip(typed, spelling);
    names.iter().enumerate().find_map(|(low, name)| {
        let mut paths = (low..names.len())
            .map(|high| names[low..=high].iter().rev().map(String::as_str).collect::<String>());
        let last = name.chars().next_back()?;
        let bare = name.strip_suffix(last).filter(|bare| bare.chars().nth(1).is_some());
        paths.find(|path| is_meant(path)).or_else(|| bare.filter(|bare| is_meant(bare)).map(|_| name.clone()))
    })
}

/// [`is_slip_of_place`] of texts.
pub(super) fn is_slip(typed: &str, meant: &str) -> bool {
    is_slip_of_place(&typed.chars().collect::<Vec<_>>(), &meant.chars().collect::<Vec<_>>())
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
