//! Internal offices (内设机构): which of their many spellings are one, and where a name speaks of one.
//!
//! For: 党建办 = 党建工作办公室; cutting 党政办 from the name of its group. Not for: units (`owners`),
//! which an office never is. Invariant: what is one office does not depend on the order of records.

use crate::knowledge::lexicon::FILLERS;
use crate::knowledge::text::{Slip, finds, one_slip, sound_alike, words};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What offices end in, the longer before its own end.
static ENDINGS: LazyLock<&[&str]> = LazyLock::new(|| words("office-endings"));
/// What stands in front of the telling part of some.
static FRONTS: LazyLock<&[&str]> = LazyLock::new(|| words("office-fronts"));
/// What the endings of offices end in.
static LASTS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let lasts: BTreeSet<char> = ENDINGS.iter().filter_map(|ending| ending.chars().next_back()).collect();
    lasts.into_iter().collect()
});
/// From how many items on a spelling is no slip of another one, unless that is so many times as common.
const OFTEN: usize = 20;
const SLIPS: usize = 8;
/// Longest name of an office that is looked for in text, in characters, ending left out.
const LONGEST: usize = 8;

/// The telling part of an office's folded name.
fn base(office: &str) -> &str {
    if !office.ends_with(LASTS.as_slice()) {
        return office;
    }
    ENDINGS.iter().find_map(|ending| office.strip_suffix(ending)).unwrap_or(office)
}

/// The telling part without its filler.
fn core(base: &str) -> &str {
    FILLERS.iter().find_map(|filler| base.strip_suffix(filler)).unwrap_or(base)
}

/// The telling part without what stands in front of it; two characters at least are left.
fn behind_front(base: &str) -> &str {
    let enough = |rest: &&str| rest.chars().nth(1).is_some();
    FRONTS.iter().filter_map(|front| base.strip_prefix(front)).find(enough).unwrap_or(base)
}

/// Whether two names are of one office, by their telling parts or but for a slip of the keyboard.
pub(super) fn is_one_office(a: &str, b: &str) -> bool {
    is_one_by(is_one, a, b) || is_slip(a, b)
}

/// Whether two names are of one office by their telling parts, as `is_one` has it.
fn is_one_by(is_one: impl Fn(&str, &str) -> bool, a: &str, b: &str) -> bool {
    let (a_base, b_base) = (base(a), base(b));
    is_one(a_base, b_base)
        || is_one(core(a_base), core(b_base))
        || is_end(a_base, b_base)
        || is_end(core(a_base), core(b_base))
        || is_one(behind_front(a_base), behind_front(b_base))
}

/// Whether the shorter of two names is an abbreviation of the other, with the filler said: 卫服中心 of 卫生服务中心.
fn is_one_by_parts(a: &str, b: &str) -> bool {
    let (a, b) = (base(a), base(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.chars();
    short.chars().nth(1).is_some()
        && short.chars().next() == long.chars().next()
        && short.chars().all(|c| rest.any(|other| other == c))
}

/// Whether the shorter of two names is picked from the longer in order, the last character included and the first one not:
/// 军服站 of 退役军人服务站, 牧医站 of 畜牧兽医站. Many a name is, so that this counts for the only one of an inventory.
fn is_picked(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let telling = base(short);
    let mut rest = long.chars();
    telling.chars().nth(1).is_some()
        && !FILLERS.contains(&telling)
        && short.chars().count() < long.chars().count()
        && short.chars().last() == long.chars().last()
        && short.chars().all(|c| rest.any(|other| other == c))
}

/// The one of several, if there is one only.
fn only<'a>(mut several: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let first = several.next()?;
    several.next().is_none().then_some(first)
}

/// Whether one telling part is the other's end: 振兴 of 乡村振兴. Not asked of running text, where anything may stand in
/// front of an office; 服务 ends a dozen of them and is none's name.
fn is_end(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.chars().nth(1).is_some() && !FILLERS.contains(&short) && long.ends_with(short)
}

/// Whether two telling parts are of one office: one is the other's front or its abbreviation, characters picked in
/// order with the first one included (经发 of 经济发展).
fn is_one(a: &str, b: &str) -> bool {
    is_short(a, b) || a.chars().nth(1).is_some() && b.chars().nth(1).is_some() && is_slip(a, b)
}

/// The same without slips of the keyboard but for characters that sound alike.
fn is_short(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.chars();
    let alike = |a: char, b: char| a == b || sound_alike(a, b);
    let starts_alike = short.chars().next().zip(long.chars().next()).is_some_and(|(a, b)| alike(a, b));
    short.chars().nth(1).is_some() && starts_alike && short.chars().all(|c| rest.any(|other| alike(other, c)))
}

/// Whether one is the other with a slip of the keyboard: 应急管力 of 应急管理.
fn is_slip(a: &str, b: &str) -> bool {
    let lengths = (a.chars().count(), b.chars().count());
    if lengths.0.min(lengths.1) < 3 || lengths.0.abs_diff(lengths.1) > 1 {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    a.len().min(b.len()) >= 3 && one_slip(&a, &b).is_some_and(|slip| slip != Slip::Other || a.len() >= 4)
}

/// For every office, given with how often it occurs, the spelling that stands for it: the commonest of those that are
/// one. What is common was spelt right, so that a slip never draws other offices to itself.
pub(super) fn representatives(mut offices: Vec<(&str, usize)>) -> Vec<(&str, &str)> {
    offices.sort_unstable_by_key(|&(office, count)| (Reverse(count), Reverse(office.len()), office));
    let mut chosen: Vec<(&str, usize)> = Vec::new();
    let mut found: Vec<(&str, usize, &str)> = Vec::with_capacity(offices.len());
    for (office, count) in offices {
        // 卫服中心 is short for 卫生服务中心 before it is a slip of 便服中心, and none where it is as common.
        let may_slip = |held: usize| count < OFTEN || count * SLIPS <= held;
        let held = || chosen.iter().copied();
        let by_parts = held().map(|(held, _)| held).find(|held| is_one_by_parts(held, office));
        let known = by_parts.or_else(|| {
            let is_one = |&(held, times): &(&str, usize)| {
                if may_slip(times) { is_one_office(held, office) } else { is_one_by(is_short, held, office) }
            };
            held().find(is_one).map(|(held, _)| held)
        });
        let known =
            known.or_else(|| only(held().map(|(held, _)| held).filter(|held| is_picked(held, office))));
        // 振应中心 is a slip of 振兴中心, for which 乡村振兴服务中心 stands.
        let known = known.or_else(|| {
            let is_meant =
                |(held, times, _): &&(&str, usize, &str)| may_slip(*times) && is_slip(held, office);
            found.iter().find(is_meant).map(|(_, _, known)| *known)
        });
        if known.is_none() {
            chosen.push((office, count));
        }
        found.push((office, count, known.unwrap_or(office)));
    }
    found.into_iter().map(|(office, _, known)| (office, known)).collect()
}

/// Where a folded text speaks of an office, in any spelling: the longest place, as a byte range.
pub(super) fn find(text: &str, office: &str) -> Option<Range<usize>> {
    let base = base(office);
    if base.is_empty() {
        return None;
    }
    let mut best: Option<Range<usize>> = None;
    // Most texts have none of the characters that endings end in.
    if !text.contains(LASTS.as_slice()) {
        return None;
    }
    for &ending in *ENDINGS {
        for at in apart(text, ending) {
            let starts = text[..at].char_indices().rev().take(LONGEST).map(|(start, _)| start);
            let Some(start) = starts.filter(|&start| is_one(&text[start..at], base)).last() else { continue };
            let range = start..at + ending.len();
            if best.as_ref().is_none_or(|held| held.len() < range.len()) {
                best = Some(range);
            }
        }
    }
    best
}

/// Where a word stands in a text, places that do not overlap, as [`str::match_indices`] says.
fn apart<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + use<'t> {
    let mut end = 0;
    finds(text, word).filter(move |&at| {
        at >= end && {
            end = at + word.len();
            true
        }
    })
}

/// The office that a folded text without its place begins with: 党政办 of 党政办下沉包保.
pub(super) fn in_front(text: &str) -> Option<&str> {
    let ends = ENDINGS.iter().filter_map(|ending| {
        let is_deed =
            |at: &usize| words("office-deeds").iter().any(|deed| text[..at + ending.len()].ends_with(deed));
        let at = apart(text, ending).find(|at| !is_deed(at))?;
        (2..=LONGEST).contains(&text[..at].chars().count()).then_some((at, ending.len()))
    });
    let first = ends.min_by_key(|&(at, length)| (at, Reverse(length)));
    first.map(|(at, length)| &text[..at + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_office_have_one_representative() {
        let offices = vec![
            "党建办",
            "党建工作办公室",
            "党政办",
            "党政综合办公室",
            "经发办",
            "经济发展办公室",
            "农服中心",
            "农业农村服务中心",
            "应急站",
            "应急管理站",
            "综治办",
            "综治中心",
            "振兴中心",
            "振应中心",
            "乡村振兴服务中心",
            "执法队",
            "综合行政执法大队",
            "文化站",
            "文化服务中心",
            "综合文化服务中心",
            "文服中心",
            "党群服务中心",
            "服务中心",
        ];
        let counted = |offices: &[&'static str]| offices.iter().map(|o| (*o, o.len())).collect::<Vec<_>>();
        let found = representatives(counted(&offices));
        let of = |office: &str| found.iter().find(|(o, _)| *o == office).unwrap().1;
        assert_eq!(of("党建办"), "党建工作办公室");
        assert_eq!(of("党政办"), "党政综合办公室");
        assert_eq!(of("经发办"), "经济发展办公室");
        assert_eq!(of("农服中心"), "农业农村服务中心");
        assert_eq!(of("应急站"), "应急管理站");
        assert_eq!(of("综治办"), of("综治中心"));
        assert_eq!(of("振兴中心"), "乡村振兴服务中心");
        assert_eq!(of("振应中心"), "乡村振兴服务中心", "a slip of its short form");
        assert_eq!(of("执法队"), "综合行政执法大队");
        assert_eq!(of("文化站"), of("综合文化服务中心"));
        assert_eq!(of("文服中心"), of("文化服务中心"));
        assert_eq!(of("服务中心"), "服务中心", "服务 ends many names and tells none");
        for (short, long) in [
            ("军服站", "退役军人服务站"),
            ("牧医站", "畜牧兽医站"),
            ("综治中心", "社会治安综合治理中心"),
            ("卫服中心", "卫生服务中心"),
            ("便服中心", "综合便民服务中心"),
        ] {
            let all = [long, "党建工作办公室", "综合便民服务中心", "便服中心", "卫生服务中心", short];
            let found = representatives(all.iter().enumerate().map(|(at, o)| (*o, 9 - at)).collect());
            let of = |office: &str| found.iter().find(|(o, _)| *o == office).unwrap().1;
            assert_eq!(of(short), of(long), "{short}");
            assert_ne!(of("卫生服务中心"), of("综合便民服务中心"));
        }
        let two = representatives(vec![("退役军人服务站", 3), ("军人家属服务站", 2), ("军服站", 1)]);
        assert_eq!(two[2], ("军服站", "军服站"), "of two, neither");
        let common = representatives(vec![("综合便民服务中心", 900), ("卫服中心", 300), ("便服中心", 250)]);
        assert_eq!(common[1], ("卫服中心", "卫服中心"), "as common as that is no slip");
        assert_eq!(common[2], ("便服中心", "综合便民服务中心"));
        let mut backwards = offices;
        backwards.reverse();
        assert_eq!(representatives(counted(&backwards)), found);
    }

    #[test]
    fn an_office_is_found_in_a_name_in_any_spelling() {
        let cut = |text: &str, office: &str| find(text, office).map(|range| text[range].to_owned());
        assert_eq!(cut("党建工作办公室值班值守", "党建办").as_deref(), Some("党建工作办公室"));
        assert_eq!(cut("洋口党政办下沉包保", "党政综合办公室").as_deref(), Some("党政办"));
        assert_eq!(cut("防汛值班党政办", "党政办").as_deref(), Some("党政办"), "no more than the office");
        assert_eq!(cut("党建值班", "党建办"), None, "not an office");
        assert_eq!(cut("综治办值班", "党建办"), None);
        assert_eq!(in_front("党建工作办公室值班值守"), Some("党建工作办公室"));
        assert_eq!(in_front("退役站整治"), Some("退役站"));
        assert_eq!(in_front("便民代办"), None);
        assert_eq!(in_front("督查督办群"), None);
        assert_eq!(in_front("党政办督查督办"), Some("党政办"));
        assert_eq!(in_front("值班值守"), None);
    }
}
