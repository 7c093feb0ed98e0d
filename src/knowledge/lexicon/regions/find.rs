//! Finding divisions in folded text and deciding between namesakes.

use super::RegionBook;
use crate::model::{Level, RegionId};

/// A place named somewhere in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Byte range in the folded text.
    pub start: usize,
    /// End of the range.
    pub end: usize,
    /// The divisions it can mean, by id; never empty.
    pub candidates: Vec<RegionId>,
    /// Whether the form tells by itself that a division is meant (碧江区, not 碧江).
    pub whole: bool,
}

/// The places that a text starts with, read from the widest to the narrowest (省 市 县 …).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Path {
    /// What the last name of the path can mean; empty when the text names no place.
    pub candidates: Vec<RegionId>,
    /// Where the path ends, in bytes.
    pub end: usize,
    /// Whether every name of the path is a whole one.
    pub whole: bool,
}

/// The outcome of deciding between namesakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing to choose from.
    None,
    /// Decided.
    One(RegionId),
    /// Not decidable; the candidates by id.
    Many(Vec<RegionId>),
}

/// What makes a bare name before it part of another name: 和平路, 朝阳街道, 长安镇.
const NOT_AFTER_BARE: [&str; 10] = ["路", "街", "镇", "乡", "村", "社区", "大道", "广场", "苏木", "大街"];

/// What 市 belongs to when it stands before these: 成都市场, 甲市民服务中心; but 西安市长安区.
const AFTER_CITY: [&str; 15] = [
    "场",
    "民服务",
    "民热线",
    "民卡",
    "民中心",
    "民云",
    "民通",
    "民之家",
    "容环",
    "容市",
    "容管",
    "容和",
    "长热线",
    "长信箱",
    "长专线",
];

/// Whether taking `name` for a place would break a word.
fn breaks_word(name: &str, after: &str, whole: bool) -> bool {
    if whole {
        name.ends_with('市') && (after == "长" || AFTER_CITY.iter().any(|w| after.starts_with(w)))
    } else {
        NOT_AFTER_BARE.iter().any(|s| after.starts_with(s))
    }
}

impl RegionBook {
    /// The places a unit's text, a region cell or a folder name starts with.
    ///
    /// Each name must lie in what was read before it; so 南京市鼓楼区 has one candidate, 鼓楼区 four.
    pub fn path(&self, text: &str) -> Path {
        let mut path = Path { candidates: Vec::new(), end: 0, whole: true };
        while let Some((length, candidates, whole)) = self.step(&text[path.end..], &path.candidates) {
            path.end += length;
            path.candidates = candidates;
            path.whole &= whole;
        }
        path
    }

    /// Like [`path`](Self::path), but towns that stand without their county count only where the contexts do not
    /// say otherwise: 下社镇 in a row of 乙县 is not the listed 下社镇 of another county.
    pub fn path_near(&self, text: &str, contexts: &[RegionId]) -> Path {
        let path = self.path(text);
        let context = contexts.iter().copied().find(|c| c.is_known());
        let is_town = |c: &RegionId| self.get(*c).level == Level::Township;
        let agrees = |c: &RegionId| context.is_none_or(|context| self.agree(*c, context));
        if path.candidates.iter().any(is_town) && !path.candidates.iter().any(agrees) {
            return Path::default();
        }
        path
    }

    /// Like [`path_near`](Self::path_near), but a bare name in front counts only if nothing speaks against it: not when
    /// all its divisions lie elsewhere than the contexts, and not when it is the front of a town's
    /// name that no context explains (明水河镇 is not 河镇 in 明水县).
    pub fn path_in(&self, text: &str, contexts: &[RegionId]) -> Path {
        let path = self.path_near(text, contexts);
        if path.whole {
            return path;
        }
        let context = contexts.iter().copied().find(|c| c.is_known());
        let doubtful = match context {
            Some(context) => !path.candidates.iter().any(|&c| self.agree(c, context)),
            None => Self::starts_with_town(text),
        };
        if doubtful { Path::default() } else { path }
    }

    /// One name of a path: the longest that can lie in one of `inside` (anything when empty), as
    /// length, candidates, and whether it is whole.
    fn step(&self, rest: &str, inside: &[RegionId]) -> Option<(usize, Vec<RegionId>, bool)> {
        let fits = |id: RegionId| {
            inside.is_empty() || inside.iter().any(|&i| i != id && self.regions().covers(i, id))
        };
        self.forms.prefixes(rest).find_map(|(length, meanings)| {
            if inside.is_empty() && !self.words.get(&rest[..length]).is_empty() {
                return None;
            }
            let whole = meanings.iter().any(|m| m.1);
            let after = &rest[length..];
            if breaks_word(&rest[..length], after, whole) {
                return None;
            }
            let candidates: Vec<RegionId> =
                meanings.iter().filter(|m| m.1 == whole && fits(m.0)).map(|m| m.0).collect();
            // 增城市, 黔西县: the bare name with the ending it had before it was renamed.
            let renamed = ["县", "市"].iter().find(|e| {
                !whole
                    && after.starts_with(**e)
                    && !breaks_word(&rest[..length + e.len()], &after[e.len()..], true)
            });
            let counties = |id: &RegionId| self.get(*id).level == Level::County;
            let (length, candidates, whole) = match renamed {
                Some(end) if candidates.iter().any(counties) => {
                    (length + end.len(), candidates.into_iter().filter(counties).collect(), true)
                }
                _ => (length, candidates, whole),
            };
            (!candidates.is_empty()).then_some((length, candidates, whole))
        })
    }

    /// Every place named in a text, left to right, not overlapping.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            if self.forms.surely_none(rest) && self.words.surely_none(rest) {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let around: &[RegionId] = found.last().filter(|m| m.end == at).map_or(&[], |m| &m.candidates);
            let inner = if around.is_empty() { None } else { self.step(rest, around) };
            let word = self.words.prefixes(rest).next().map_or(0, |w| w.0);
            let hit = inner
                .or_else(|| self.step(rest, &[]))
                .filter(|&(length, ..)| length > word || !around.is_empty());
            let length = match hit {
                Some((length, candidates, whole)) => {
                    found.push(Mention { start: at, end: at + length, candidates, whole });
                    length
                }
                None if word > 0 => word,
                None => rest.chars().next().map_or(1, char::len_utf8),
            };
            at += length;
        }
        found
    }

    /// Decides between namesakes by the contexts given, strongest first: what lies in a context is
    /// preferred, then what contains it. Contexts that contradict all candidates are ignored. Of
    /// those left, one that contains all others is meant (长沙: the city, not the county in it).
    pub fn choose(&self, candidates: &[RegionId], contexts: &[RegionId]) -> Choice {
        let regions = self.regions();
        let mut left = candidates.to_vec();
        for &context in contexts.iter().filter(|c| c.is_known() && (c.0 as usize) < self.shared.len()) {
            let inside: Vec<_> = left.iter().copied().filter(|&c| regions.covers(context, c)).collect();
            let around: Vec<_> = left.iter().copied().filter(|&c| regions.covers(c, context)).collect();
            if !inside.is_empty() {
                left = inside;
            } else if !around.is_empty() {
                left = around;
            }
        }
        match left[..] {
            [] => Choice::None,
            [one] => Choice::One(one),
            _ => {
                let all = |top: RegionId| left.iter().all(|&c| regions.covers(top, c));
                if let Some(&top) = left.iter().find(|&&top| all(top)).or_else(|| self.best_known(&left)) {
                    return Choice::One(top);
                }
                left.sort_unstable();
                Choice::Many(left)
            }
        }
    }

    /// The one province, or else the one provincial capital, among namesakes: 河北, 西安 said alone
    /// are never the districts of that name.
    fn best_known<'c>(&self, candidates: &'c [RegionId]) -> Option<&'c RegionId> {
        let only = |is: &dyn Fn(&RegionId) -> bool| {
            let mut fitting = candidates.iter().filter(|c| is(c));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        only(&|&c| self.get(c).level == Level::Province).or_else(|| {
            only(&|&c| self.get(c).level == Level::Prefecture && self.get(c).code.ends_with("0100"))
        })
    }

    /// Whether one of two divisions contains the other; unknown ones agree with everything.
    pub fn agree(&self, a: RegionId, b: RegionId) -> bool {
        let regions = self.regions();
        !a.is_known() || !b.is_known() || regions.covers(a, b) || regions.covers(b, a)
    }

    /// The division that a bare 省, 市, 县, 区, 州, 旗 or 盟 means for someone in `context`.
    pub fn relative(&self, word: char, context: RegionId) -> RegionId {
        let regions = self.regions();
        let is_meant = |&id: &RegionId| {
            let region = regions.get(id);
            match word {
                '省' => region.level == Level::Province,
                '市' => region.name.ends_with('市'),
                _ => region.name.ends_with(word) && region.level != Level::Province,
            }
        };
        regions.ancestry(context).find(is_meant).unwrap_or(RegionId::NONE)
    }

    /// The text without the places that `is_meant` accepts.
    pub fn cut(&self, text: &str, is_meant: impl Fn(&Mention) -> bool) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for mention in self.mentions(text).iter().filter(|m| is_meant(m)) {
            out.push_str(&text[at..mention.start]);
            at = mention.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> RegionBook {
        RegionBook::load(None).unwrap()
    }

    fn names(book: &RegionBook, ids: &[RegionId]) -> Vec<String> {
        ids.iter().map(|&id| book.regions().path(id).concat()).collect()
    }

    #[test]
    fn a_path_narrows_down_step_by_step() {
        let book = book();
        let cases = [
            ("贵州省铜仁市碧江区教育局", "贵州省铜仁市碧江区", "教育局"),
            ("铜仁碧江教育", "贵州省铜仁市碧江区", "教育"),
            ("南京市鼓楼区民政局", "江苏省南京市鼓楼区", "民政局"),
            ("黔东南州文旅局", "贵州省黔东南苗族侗族自治州", "文旅局"),
            ("陇南武都团委", "甘肃省陇南市武都区", "团委"),
            ("福州市鼓楼区华大街道办事处", "福建省福州市鼓楼区华大街道", "办事处"),
            ("公安局", "", "公安局"),
            ("北京市大兴区卫健委", "北京市大兴区", "卫健委"),
        ];
        for (text, expected, rest) in cases {
            let path = book.path(text);
            assert_eq!(names(&book, &path.candidates).concat(), expected, "{text}");
            assert_eq!(&text[path.end..], rest, "{text}");
        }
    }

    #[test]
    fn namesakes_are_decided_by_context_or_not_at_all() {
        let book = book();
        let gulou = book.path("鼓楼区民政局");
        assert_eq!(gulou.candidates.len(), 4);
        assert!(matches!(book.choose(&gulou.candidates, &[]), Choice::Many(all) if all.len() == 4));
        let town = book.path("城关镇人民政府");
        assert!(town.candidates.len() > 80);
        assert_eq!(
            book.choose(&town.candidates, &[book.by_code("610929")]),
            Choice::One(book.by_code("610929100"))
        );
        let fuzhou = book.by_code("350100");
        assert_eq!(book.choose(&gulou.candidates, &[fuzhou]), Choice::One(book.by_code("350102")));
        let elsewhere = book.by_code("520000");
        assert!(matches!(book.choose(&gulou.candidates, &[elsewhere]), Choice::Many(_)));
        let changsha = book.path("长沙发布");
        assert_eq!(book.choose(&changsha.candidates, &[]), Choice::One(book.by_code("430100")));
        assert_eq!(
            book.choose(&changsha.candidates, &[book.by_code("430121")]),
            Choice::One(book.by_code("430121"))
        );
    }

    #[test]
    fn names_mention_places_anywhere_but_words_are_not_places() {
        let book = book();
        let found = |text: &str| -> Vec<String> {
            book.mentions(text).iter().map(|m| text[m.start..m.end].to_owned()).collect()
        };
        assert_eq!(found("健康浙江"), ["浙江"]);
        assert_eq!(found("中国广州发布"), ["广州"]);
        assert_eq!(found("平安阳光公安"), [""; 0]);
        assert_eq!(found("和平路社区"), [""; 0]);
        assert_eq!(book.cut("健康大兴官微", |_| true), "健康官微");
    }
}
