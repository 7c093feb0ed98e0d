//! The words of the detector: read from the data files, found in a text in one pass each.

use super::label::{Category, Modality, Polarity};
use super::pairs::{Classes, OTHER_DIGITS, PairGroup, Paired, Pairs, any_digit};
use super::wordset::WordSet;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// One file per category.
        pub(super) const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../data/detect/", $name, ".toml"))),)+];
    };
}

files![
    "checkin",
    "commercial",
    "duplicate-reporting",
    "forced-engagement",
    "forced-install",
    "instant-reply",
    "off-hours",
    "online-time",
    "points-ranking",
    "service-precondition",
    "task-dumping",
    "trace-upload",
    "usage-assessed",
    "zombie",
];

/// The words that turn a trigger.
pub(super) const CUES: &str = include_str!("../../data/detect/cues.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryFile {
    pub(super) category: String,
    #[serde(default)]
    staff_only: bool,
    #[serde(default)]
    compulsory: bool,
    #[serde(default)]
    yields_to: Vec<String>,
    pub(super) trigger: Vec<TriggerGroup>,
    #[serde(default)]
    pub(super) pair: Vec<PairGroup>,
    #[serde(default)]
    pub(super) sense: Vec<WordList>,
    #[serde(default)]
    unless: Vec<WordList>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TriggerGroup {
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) needs: Vec<String>,
    #[serde(default)]
    scope: NeedScope,
    #[serde(default)]
    presupposed: bool,
    #[serde(default)]
    omitted: bool,
    #[serde(default)]
    must: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordList {
    pub(super) words: Vec<String>,
}

/// How far away a supporting word may stand.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum NeedScope {
    #[default]
    Clause,
    Sentence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueFile {
    connectors: Vec<String>,
    tails: Vec<String>,
    breach: Vec<String>,
    pub(super) cue: Vec<CueGroup>,
    pub(super) settling: Vec<SettlingGroup>,
}

/// Words that settle what a whole sentence says of the practices in it: a call for clues, a denial at its end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettlingGroup {
    kind: CueKind,
    pub(super) pair: Vec<PairGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueGroup {
    kind: CueKind,
    #[serde(default)]
    side: Side,
    #[serde(default)]
    near: bool,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    firm: bool,
    #[serde(default)]
    only: Vec<String>,
    pub(super) words: Vec<String>,
}

/// What a cue does.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum CueKind {
    Asserted,
    Negated,
    Abolished,
    Prohibited,
    Question,
    Must,
    May,
    Voluntary,
    Exempt,
    Staff,
    Public,
    /// Contains another cue's word and means nothing.
    Neutral,
}

impl CueKind {
    /// The polarity a trigger takes from it.
    pub(super) fn polarity(self) -> Option<Polarity> {
        match self {
            CueKind::Asserted => Some(Polarity::Asserted),
            CueKind::Negated => Some(Polarity::Negated),
            CueKind::Abolished => Some(Polarity::Abolished),
            CueKind::Prohibited => Some(Polarity::Prohibited),
            _ => None,
        }
    }

    /// The modality a trigger takes from it.
    pub(super) fn modality(self) -> Option<Modality> {
        match self {
            CueKind::Must => Some(Modality::Must),
            CueKind::May => Some(Modality::May),
            CueKind::Voluntary => Some(Modality::Voluntary),
            _ => None,
        }
    }
}

/// On which side of its trigger a cue stands.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum Side {
    Before,
    After,
    #[default]
    Both,
}

/// A cue as the judge sees it.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub(super) kind: CueKind,
    pub(super) side: Side,
    pub(super) near: bool,
    pub(super) weak: bool,
    pub(super) firm: bool,
    /// The categories it can turn; empty for all.
    pub(super) only: Vec<Category>,
}

/// What a word proves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Nature {
    /// The practice, unless the words around it say otherwise.
    Plain,
    /// The practice, even under a ban: "严禁代打卡".
    Presupposed,
    /// Not doing it: "不打卡" denies the practice, "不打卡的扣分" presupposes it.
    Omitted,
    /// Nothing: another sense of a trigger's words.
    Sense,
}

/// A group of triggers as the judge sees it.
#[derive(Clone)]
pub(super) struct Trigger {
    pub(super) category: Category,
    /// One of these must stand near; empty for none.
    pub(super) needs: Arc<WordSet>,
    pub(super) scope: NeedScope,
    /// One of these near by says that something else is meant.
    pub(super) unless: Arc<WordSet>,
    pub(super) nature: Nature,
    pub(super) must: bool,
    /// Whether the practice binds staff only, so that citizens' use is something else.
    pub(super) staff_only: bool,
    /// Whether compulsion is the practice itself, so that "voluntary" denies it.
    pub(super) compulsory: bool,
}

/// A place where a word stands in the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Index of its group.
    pub(super) group: usize,
}

impl Hit {
    fn moved(self, by: usize) -> Hit {
        Hit { start: self.start + by, end: self.end + by, ..self }
    }
}

/// A trigger or sense in the text.
pub(super) type Topic = Hit;

type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

/// All words with their automata.
pub(super) struct Lexemes {
    pub(super) triggers: Vec<Trigger>,
    pub(super) cues: Vec<Cue>,
    /// Longest first.
    pub(super) connectors: Vec<String>,
    /// What may follow a word that turns the trigger before it, connectors included; longest first.
    pub(super) tails: Vec<String>,
    /// Words that say that people, not functions, are meant.
    pub(super) breach: Vec<String>,
    topic_words: Automaton,
    cue_words: Automaton,
    pairs: Pairs,
    /// The trigger of each pair.
    pair_triggers: Vec<usize>,
    /// To which categories the words of a category belong where both hold: 先关注才能办 is no campaign for followers.
    pub(super) yields: BTreeMap<Category, Vec<Category>>,
    /// What each settling pair does; these come after those of practices.
    settling_kinds: Vec<CueKind>,
}

impl Lexemes {
    /// Reads the data; the fault names file and word.
    pub(super) fn load() -> Result<Lexemes, String> {
        let classes = Classes::load()?;
        let (mut triggers, mut words) = (Vec::new(), BTreeMap::new());
        let (mut pairs, mut pair_triggers, mut yields) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (file, text) in FILES {
            let read: CategoryFile = toml::from_str(text).map_err(|e| format!("{file}.toml: {e}"))?;
            for (group, list) in read.triggers()? {
                let list: Vec<String> = list.iter().map(|word| any_digit(word)).collect();
                add(&mut words, triggers.len() as u32, &list)?;
                triggers.push(group);
            }
            let base = read.base()?;
            let to =
                read.yields_to.iter().map(|c| Category::parse(c).ok_or(format!("{file}.toml: category {c}")));
            yields.insert(base.category, to.collect::<Result<Vec<_>, _>>()?);
            pair_triggers.extend(read.pair.iter().map(|_| triggers.len()));
            triggers.push(base);
            pairs.extend(read.pair);
        }
        let topic_words = automaton(words)?;
        let file: CueFile = toml::from_str(CUES).map_err(|e| format!("cues.toml: {e}"))?;
        let (mut cues, mut words) = (Vec::new(), BTreeMap::new());
        for group in file.cue {
            add(&mut words, cues.len() as u32, &group.words)?;
            let CueGroup { kind, side, near, weak, firm, only, .. } = group;
            let only = only.iter().map(|c| Category::parse(c).ok_or(format!("cues.toml: category {c}")));
            cues.push(Cue { kind, side, near, weak, firm, only: only.collect::<Result<_, _>>()? });
        }
        let longest_first = |mut list: Vec<String>| {
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
            list
        };
        let tails = longest_first([file.connectors.clone(), file.tails].concat());
        let connectors = longest_first(file.connectors);
        let cue_words = automaton(words)?;
        let mut settling_kinds = Vec::new();
        for group in file.settling {
            settling_kinds.extend(group.pair.iter().map(|_| group.kind));
            pairs.extend(group.pair);
        }
        let pairs = Pairs::new(&pairs, &classes)?;
        let breach = file.breach;
        Ok(Lexemes {
            triggers,
            cues,
            connectors,
            tails,
            breach,
            topic_words,
            cue_words,
            pairs,
            pair_triggers,
            yields,
            settling_kinds,
        })
    }

    /// What is said in two words in a folded text, by its start: practices, which may overlap each other and the
    /// topics, and words that settle the sentence they stand in, with what they do.
    pub(super) fn paired(&self, text: &str) -> (Vec<Paired>, Vec<(Hit, CueKind)>) {
        let (mut practices, mut settling) = (Vec::new(), Vec::new());
        for pair in self.pairs.find(text) {
            if let Some(&group) = self.pair_triggers.get(pair.hit.group) {
                practices.push(Paired { hit: Hit { group, ..pair.hit }, ..pair });
            } else {
                let kind = self.settling_kinds[pair.hit.group - self.pair_triggers.len()];
                settling.push((pair.hit, kind));
            }
        }
        (practices, settling)
    }

    /// Triggers and other senses in a folded text, in order, never overlapping. A digit stands for any: 积10分 is found
    /// by 积00分.
    pub(super) fn topics(&self, text: &str) -> Vec<Topic> {
        if text.contains(OTHER_DIGITS) {
            find(&self.topic_words, &any_digit(text))
        } else {
            find(&self.topic_words, text)
        }
    }

    /// Cues in a folded text, in order. A word inside a trigger ("长期不更新") is no cue; of one that
    /// runs into a trigger ("不强制" before "强制下载") the part before it counts.
    pub(super) fn cues(&self, text: &str, topics: &[Topic]) -> Vec<Hit> {
        let mut cues = Vec::new();
        let mut topics = topics.iter().peekable();
        for cue in find(&self.cue_words, text) {
            while topics.next_if(|t| t.end <= cue.start).is_some() {}
            match topics.peek() {
                Some(topic) if topic.start <= cue.start => {}
                Some(topic) if topic.start < cue.end => {
                    cues.extend(self.cues_in(text, cue.start..topic.start));
                }
                _ => cues.push(cue),
            }
        }
        cues.retain(|cue| self.cues[cue.group].kind != CueKind::Neutral);
        cues
    }

    /// Cues in a part of a text, empty where the range is.
    pub(super) fn cues_in(&self, text: &str, range: std::ops::Range<usize>) -> impl Iterator<Item = Hit> {
        let part = text.get(range.clone()).unwrap_or("");
        let hits = find(&self.cue_words, part).into_iter();
        hits.filter(|hit| self.cues[hit.group].kind != CueKind::Neutral)
            .map(move |hit| hit.moved(range.start))
    }

    /// Whether a folded text names security, emergency or duty use.
    pub(super) fn names_exempt_use(&self, text: &str) -> bool {
        find(&self.cue_words, text).iter().any(|hit| self.cues[hit.group].kind == CueKind::Exempt)
    }
}

impl CategoryFile {
    /// The trigger that every group of the file starts from.
    fn base(&self) -> Result<Trigger, String> {
        let category =
            Category::parse(&self.category).ok_or_else(|| format!("no category {}", self.category))?;
        Ok(Trigger {
            category,
            needs: Arc::new(WordSet::new([].iter())?),
            scope: NeedScope::Clause,
            unless: Arc::new(WordSet::new(self.unless.iter().flat_map(|list| &list.words))?),
            nature: Nature::Plain,
            must: false,
            staff_only: self.staff_only,
            compulsory: self.compulsory,
        })
    }

    /// Its groups of triggers, then of senses, each with its words.
    fn triggers(&self) -> Result<Vec<(Trigger, &[String])>, String> {
        let base = self.base()?;
        let triggers = self.trigger.iter().map(|g| {
            let nature = match (g.presupposed, g.omitted) {
                (true, _) => Nature::Presupposed,
                (_, true) => Nature::Omitted,
                _ => Nature::Plain,
            };
            let needs = Arc::new(WordSet::new(g.needs.iter())?);
            let own = Trigger { needs, scope: g.scope, nature, must: g.must, ..base.clone() };
            Ok((own, g.words.as_slice()))
        });
        let sense = Trigger { nature: Nature::Sense, ..base.clone() };
        let senses = self.sense.iter().map(|g| Ok((sense.clone(), g.words.as_slice())));
        triggers.chain(senses).collect()
    }
}

fn add(words: &mut BTreeMap<String, u32>, group: u32, list: &[String]) -> Result<(), String> {
    for word in list {
        if words.insert(word.clone(), group).is_some() {
            return Err(format!("“{word}” stands twice"));
        }
    }
    Ok(())
}

fn automaton(words: BTreeMap<String, u32>) -> Result<Automaton, String> {
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(words)
        .map_err(|e| e.to_string())
}

fn find(automaton: &Automaton, text: &str) -> Vec<Hit> {
    let hit = |m: daachorse::Match<u32>| Hit { start: m.start(), end: m.end(), group: m.value() as usize };
    automaton.leftmost_find_iter(text).map(hit).collect()
}
