//! Functions (功能): what an app, account or group does, whatever it is called.
//!
//! For: tags that two differently named things share. Not for: findings; that a text speaks of
//! 打卡 tags attendance, whether or not anything is wrong with it (`detect`).

use super::table;
use crate::knowledge::text::fold;
use crate::model::{Audience, FunctionId, LocalFunction};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::BTreeMap;

const FUNCTIONS: &str = include_str!("../../data/lexicon/functions.tsv");

/// One function of the taxonomy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// ASCII id, such as `party-study`.
    pub id: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// The group of functions it belongs to, such as `party`.
    pub domain: String,
    /// Whom a thing with this function mostly serves.
    pub audience: Audience,
    /// Whether it names something done, and not a mere field of work (教育服务), which all items of a bureau
    /// share, or a feature that any item may have (预约). Only tasks make two items do one job.
    pub is_task: bool,
    /// Words that show it, beside its Chinese name.
    pub synonyms: Vec<String>,
    /// Words that show it in a name or a list of functions, but mean too much else in prose.
    pub name_words: Vec<String>,
}

/// The taxonomy with a finder over all its words.
pub struct FunctionBook {
    /// By ASCII id.
    functions: Vec<Function>,
    /// The value is the position of the function, with [`NAMES_ONLY`] where prose does not count.
    words: CharwiseDoubleArrayAhoCorasick<u16>,
}

/// Flag of a word that counts in names and lists only.
const NAMES_ONLY: u16 = 1 << 15;

/// Value of the words in [`JOINTS`].
const NOTHING: u16 = u16::MAX;

/// Words that show no function and keep what follows them from being misread.
const JOINTS: &str = include_str!("../../data/lexicon/function_joints.tsv");

/// What follows a word in the name of a body. 应急管理局 in a description says who runs the thing: its field of
/// work, but not that the thing does the task.
const BODY_ENDINGS: [&str; 11] =
    ["局", "厅", "总局", "部门", "办公室", "委员会", "支队", "大队", "总队", "指挥部", "协会"];

impl FunctionBook {
    /// The vendored table, with the functions of a place laid over it.
    ///
    /// # Panics
    /// If the table is broken, which a test rules out.
    pub fn load(local: &[LocalFunction]) -> FunctionBook {
        let mut functions: Vec<Function> = table::rows(FUNCTIONS)
            .map(|[id, zh, en, domain, audience, scope, synonyms, name_words]| Function {
                id: id.into(),
                zh: zh.into(),
                en: en.into(),
                domain: domain.into(),
                audience: Audience::parse(audience).unwrap_or_default(),
                is_task: scope == "task",
                synonyms: table::items(synonyms).map(str::to_owned).collect(),
                name_words: table::items(name_words).map(str::to_owned).collect(),
            })
            .collect();
        for function in local {
            lay(function, &mut functions);
        }
        // Later ones win: a word of the place wins over every vendored meaning, joints and names included.
        let mut patterns: BTreeMap<String, u16> = BTreeMap::new();
        for (at, function) in functions.iter().enumerate() {
            let anywhere = std::iter::once(&function.zh).chain(&function.synonyms).map(|w| (w, 0));
            let words = anywhere.chain(function.name_words.iter().map(|w| (w, NAMES_ONLY)));
            patterns.extend(words.map(|(word, flag)| (fold(word), at as u16 | flag)));
        }
        patterns.extend(table::rows(JOINTS).map(|[word]| (fold(word), NOTHING)));
        for (at, function) in functions.iter().enumerate() {
            let words = local.iter().filter(|local| local.id == function.id).flat_map(|local| &local.words);
            patterns.extend(words.map(|word| (fold(word), at as u16)));
        }
        // A function of a place has no Chinese name beside its words; a word may be nothing but marks.
        patterns.remove("");
        let words = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .expect("distinct words that are not empty");
        FunctionBook { functions, words }
    }

    /// A function.
    pub fn get(&self, id: FunctionId) -> &Function {
        &self.functions[usize::from(id.0)]
    }

    /// Every function with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FunctionId, &Function)> {
        self.functions.iter().enumerate().map(|(at, f)| (FunctionId(at as u16), f))
    }

    /// Adds the functions that a folded name or list of functions speaks of; where words overlap,
    /// the longest counts.
    pub fn tag_name(&self, folded: &str, found: &mut Vec<FunctionId>) {
        self.tag(folded, true, found);
    }

    /// Adds the functions that folded prose (a description, a purpose) speaks of. Names of bodies count for
    /// fields of work only.
    pub fn tag_prose(&self, folded: &str, found: &mut Vec<FunctionId>) {
        self.tag(folded, false, found);
    }

    fn tag(&self, folded: &str, is_name: bool, found: &mut Vec<FunctionId>) {
        for (id, _) in self.words(folded, is_name) {
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }

    /// The words of a folded name, or of folded prose, that show functions, each with the function, in the order
    /// of the text.
    pub fn words<'t>(&self, folded: &'t str, is_name: bool) -> impl Iterator<Item = (FunctionId, &'t str)> {
        let hits = self.words.leftmost_find_iter(folded).filter(|hit| hit.value() != NOTHING);
        hits.filter_map(move |hit| {
            let id = FunctionId(hit.value() & !NAMES_ONLY);
            let names_body = || BODY_ENDINGS.iter().any(|ending| folded[hit.end()..].starts_with(ending));
            let counts = is_name || hit.value() & NAMES_ONLY == 0 && !(self.get(id).is_task && names_body());
            counts.then(|| (id, &folded[hit.start()..hit.end()]))
        })
    }

    /// Whom things with these functions serve: the side all of them are on, or both.
    pub fn audience(&self, functions: &[FunctionId]) -> Audience {
        let side = |wanted| functions.iter().any(|&f| self.get(f).audience == wanted);
        match (side(Audience::Staff), side(Audience::Public)) {
            (false, false) if functions.is_empty() => Audience::Unknown,
            (true, false) => Audience::Staff,
            (false, true) => Audience::Public,
            (true, true) | (false, false) => Audience::Both,
        }
    }
}

/// Lays a function of a place over the table.
fn lay(local: &LocalFunction, functions: &mut Vec<Function>) {
    let at = functions.iter().position(|function| function.id == local.id).unwrap_or_else(|| {
        functions.push(Function {
            id: local.id.clone(),
            zh: String::new(),
            en: local.id.clone(),
            domain: "local".to_owned(),
            audience: Audience::Both,
            is_task: true,
            synonyms: Vec::new(),
            name_words: Vec::new(),
        });
        functions.len() - 1
    });
    functions[at].synonyms.extend(local.words.iter().cloned());
    if local.audience != Audience::Unknown {
        functions[at].audience = local.audience;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_word_shows_two_functions() {
        table::assert_sorted::<8>(FUNCTIONS);
        table::assert_sorted::<1>(JOINTS);
        let book = FunctionBook::load(&[]);
        assert!(book.iter().count() >= 150);
        assert!(book.iter().map(|(_, f)| f.domain.as_str()).collect::<BTreeSet<_>>().len() >= 18);
        let mut owners: BTreeMap<String, &str> =
            table::rows(JOINTS).map(|[word]| (fold(word), "joint")).collect();
        for (_, function) in book.iter() {
            assert_ne!(function.audience, Audience::Unknown, "{}", function.id);
            for word in std::iter::once(&function.zh).chain(&function.synonyms).chain(&function.name_words) {
                assert!(word.chars().count() >= 2, "{word} is too short to show anything");
                assert_eq!(owners.insert(fold(word), &function.id), None, "{word}");
            }
        }
    }

    #[test]
    fn the_longest_word_counts() {
        let book = FunctionBook::load(&[]);
        let tags = |text: &str| {
            let mut found = Vec::new();
            book.tag_prose(&fold(text), &mut found);
            found.iter().map(|&f| book.get(f).id.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(tags("森林防火工作"), ["forest-fire"]);
        assert_eq!(tags("会议签到"), ["meeting"]);
        assert_eq!(tags("党建学习、河长巡河"), ["party-study", "river-patrol"]);
        assert_eq!(tags("无关"), [""; 0]);
        assert_eq!(tags("发布志愿活动"), ["volunteering"]);
    }

    #[test]
    fn false_friends_show_nothing_of_the_kind() {
        let book = FunctionBook::load(&[]);
        let tags = |text: &str| {
            let mut found = Vec::new();
            book.tag_prose(&fold(text), &mut found);
            found.iter().map(|&f| book.get(f).id.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(tags("甲市人民政府"), [""; 0]);
        assert_eq!(tags("由应急管理局使用"), [""; 0], "a body is no task");
        assert_eq!(tags("税务系统在线学习"), ["cadre-training"]);
        assert_eq!(tags("网红打卡"), ["tourism-service"]);
        assert_eq!(tags("门诊签到"), ["medical-appointment"]);
        assert_eq!(tags("积分落户"), ["household-registration"]);
        assert_eq!(tags("空气质量排名"), ["environment-monitoring"]);
        assert_eq!(tags("手机使用电子屏"), [""; 0], "no electricity in it");
        assert_eq!(tags("国家政务平台提供电子地图"), ["surveying"], "no housekeeping, no electricity");
    }
}
