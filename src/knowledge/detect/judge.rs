//! Judges each trigger by the words around it: sense, duty, polarity, modality, exemption.

use super::folded::{CLOSE, COLON, Folded, HARD, ITEM, OPEN, SOFT};
use super::label::{Category, Label, Modality, Polarity};
use super::lexemes::{Cue, CueKind, Hit, Lexemes, Nature, NeedScope, Side, Topic, Trigger};
use super::pairs::Paired;
use super::scope::{REACH, Scope, consists_of, first_chars};
use crate::model::Message;
use std::collections::BTreeMap;

/// Characters that a one-character cue (无, 不) may stand before its trigger, and a longer near one.
const NEAR: (usize, usize) = (2, 4);
/// Characters between a trigger and a word after it that turns it ("…于2024年6月全部取消").
const AFTERTHOUGHT: usize = 15;
/// Characters after an omission within which its consequence stands.
const CONSEQUENCE: usize = 12;

/// The labels of a text, by their start.
pub(super) fn labels(lexemes: &Lexemes, folded: &Folded) -> Vec<Label> {
    let text = folded.text.as_str();
    let topics = lexemes.topics(text);
    let (paired, settling) = lexemes.paired(text);
    if topics.is_empty() && paired.is_empty() {
        return Vec::new();
    }
    let scope = Scope::new(text);
    let cues = lexemes.cues(text, &topics);
    let mut judge = Judge { lexemes, text, scope: &scope, topics: Vec::new(), cues, settling: &settling };
    let senses = topics.iter().copied().filter(|&t| judge.trigger(t).nature == Nature::Sense).collect();
    judge.topics = topics.iter().copied().filter(|&t| judge.is_supported(t)).collect();
    let mut judged: Vec<(Topic, Verdict)> = Vec::new();
    for index in 0..judge.topics.len() {
        judged.push((judge.topics[index], judge.verdict(index, judged.last().copied())));
    }
    let mut out: Vec<Label> =
        judged.iter().map(|&(topic, verdict)| judge.label(folded, topic, verdict)).collect();
    let fresh = paired.into_iter().filter(new_practice(lexemes, &judge.topics, senses));
    for pair in fresh.collect::<Vec<_>>() {
        let (alone, index) = judge.around(&pair);
        let before = judged[..judged.partition_point(|(t, _)| t.end <= pair.hit.start)].last();
        let verdict = alone.inside(&pair).unwrap_or_else(|| alone.verdict(index, before.copied()));
        out.push(alone.label(folded, pair.hit, verdict));
    }
    out.sort_by_key(|label| label.start);
    without_yielding(lexemes, out)
}

/// The labels without those whose words belong to another category they share them with.
fn without_yielding(lexemes: &Lexemes, labels: Vec<Label>) -> Vec<Label> {
    let to = |label: &Label| lexemes.yields.get(&label.category).map_or(&[][..], Vec::as_slice);
    let takes: Vec<(Category, usize, usize)> = labels
        .iter()
        .filter(|label| label.polarity != Polarity::Unrelated)
        .map(|label| (label.category, label.start, label.end))
        .collect();
    let yields = |label: &Label| {
        let first = takes.partition_point(|&(_, start, _)| start + REACH < label.start);
        let near = takes[first..].iter().take_while(|&&(_, start, _)| start < label.end);
        near.into_iter().any(|(category, _, end)| *end > label.start && to(label).contains(category))
    };
    labels.iter().filter(|label| to(label).is_empty() || !yields(label)).cloned().collect()
}

/// Whether a pair says more than the triggers, senses and pairs of its category that it shares words with.
fn new_practice<'a>(
    lexemes: &'a Lexemes,
    topics: &'a [Topic],
    senses: Vec<Topic>,
) -> impl FnMut(&Paired) -> bool + 'a {
    let mut ends = BTreeMap::new();
    move |pair| {
        let hit = pair.hit;
        let category = lexemes.triggers[hit.group].category;
        let shares = |list: &[Topic]| {
            let first = list.partition_point(|t| t.end <= hit.start);
            let over = list[first..].iter().take_while(|t| t.start < hit.end);
            over.into_iter().any(|t| lexemes.triggers[t.group].category == category)
        };
        if shares(topics) || shares(&senses) || ends.get(&category).is_some_and(|&end| hit.start < end) {
            return false;
        }
        ends.insert(category, hit.end);
        true
    }
}

/// What was decided about one trigger.
#[derive(Clone, Copy)]
struct Verdict {
    polarity: Polarity,
    /// Catalogue key of the reason.
    key: &'static str,
    /// The deciding words, in the folded text.
    words: (usize, usize),
}

struct Judge<'a> {
    lexemes: &'a Lexemes,
    text: &'a str,
    scope: &'a Scope<'a>,
    topics: Vec<Topic>,
    cues: Vec<Hit>,
    settling: &'a [(Hit, CueKind)],
}

impl<'a> Judge<'a> {
    fn label(&self, folded: &Folded, topic: Topic, verdict: Verdict) -> Label {
        let (start, end) = folded.original(topic.start, topic.end);
        Label {
            category: self.trigger(topic).category,
            start,
            end,
            polarity: verdict.polarity,
            exempt: self.is_exempt(topic),
            staff: self.names_staff(topic),
            modality: self.modality(topic),
            learned: None,
            reason: Message::new(verdict.key).with("words", &self.text[verdict.words.0..verdict.words.1]),
        }
    }

    /// The judge of one pair: it stands for whatever it shares words with. Only what can govern it is kept, so
    /// that texts full of pairs are read in linear time.
    fn around(&self, pair: &Paired) -> (Judge<'a>, usize) {
        let (from, to) = (pair.hit.start.saturating_sub(REACH), pair.hit.end + REACH);
        let near = |list: &[Hit]| -> Vec<Hit> {
            let (first, last) =
                (list.partition_point(|h| h.start < from), list.partition_point(|h| h.start < to));
            list[first..last].to_vec()
        };
        let (mut topics, cues) = (near(&self.topics), near(&self.cues));
        topics.retain(|t| t.end <= pair.hit.start || t.start >= pair.hit.end);
        let index = topics.partition_point(|t| t.start < pair.hit.start);
        topics.insert(index, pair.hit);
        // Of a cue that runs into a word of the pair the part before it counts: 不采集 before 采集.
        let (parts, whole): (Vec<Hit>, Vec<Hit>) = cues.into_iter().partition(|c| pair.words_touch(c));
        let mut cues = whole;
        for cue in parts {
            let word = if cue.start < pair.hit.start { pair.hit.start } else { pair.gap.end };
            cues.extend(self.lexemes.cues_in(self.text, cue.start..word));
        }
        cues.sort_by_key(|c| c.start);
        (Judge { topics, cues, ..*self }, index)
    }

    /// What stands between the words of a pair may turn it: "照片不再上传".
    fn inside(&self, pair: &Paired) -> Option<Verdict> {
        let mut cues = self.cues_within(pair.hit.start, pair.hit.end);
        let hit = cues.find(|hit| self.turns(hit, pair.hit) && self.cue(hit).kind != CueKind::Asserted)?;
        (!self.cue(hit).near || hit.end == pair.gap.end)
            .then(|| turned(self.cue(hit).kind, (hit.start, hit.end)))
    }

    /// The answer to a question that is put and answered: "问：要打卡吗？答：不需要".
    fn answered(&self, from: usize, to: usize) -> Option<Verdict> {
        if !self.text[from..to].trim_start_matches(HARD).starts_with('问') {
            return None;
        }
        let next = to + HARD.len_utf8();
        let answer = self.text.get(next..)?.strip_prefix('答')?.trim_start_matches(COLON);
        let start = self.text.len() - answer.len();
        let (_, end) = self.scope.sentence(start, start);
        let hit = self.cues_within(start, end).find(|hit| self.cue(hit).kind.polarity().is_some())?;
        let kind = self.cue(hit).kind;
        (kind != CueKind::Asserted).then(|| turned(kind, (hit.start, hit.end)))
    }

    /// What the whole sentence is: a call for clues, a denial, a wish that the practice end.
    fn settled(&self, topic: Topic) -> Option<Verdict> {
        let (from, to) = self.scope.sentence(topic.start, topic.end);
        if let Some(verdict) = self.answered(from, to) {
            return Some(verdict);
        }
        let first = self.settling.partition_point(|(hit, _)| hit.start < from);
        let mut within = self.settling[first..].iter().take_while(|(hit, _)| hit.start < to);
        let (hit, kind) = within.find(|(hit, _)| hit.end <= to)?;
        let words = (hit.start, hit.end);
        Some(match kind {
            CueKind::Asserted => Verdict { polarity: Polarity::Asserted, key: "detect.asserted", words },
            kind => turned(*kind, words),
        })
    }

    fn trigger(&self, topic: Topic) -> &Trigger {
        &self.lexemes.triggers[topic.group]
    }

    fn cue(&self, hit: &Hit) -> &Cue {
        &self.lexemes.cues[hit.group]
    }

    /// Whether a word that proves nothing alone has its company. Its own characters do not count.
    fn is_supported(&self, topic: Topic) -> bool {
        let trigger = self.trigger(topic);
        if trigger.needs.is_empty() {
            return true;
        }
        let (from, to) = match trigger.scope {
            NeedScope::Clause => self.scope.clause(topic.start, topic.end),
            NeedScope::Sentence => self.scope.sentence(topic.start, topic.end),
        };
        let around = [&self.text[from..topic.start], &self.text[topic.end..to.max(topic.end)]];
        around.iter().any(|part| trigger.needs.first_in(part).is_some())
    }

    fn verdict(&self, index: usize, previous: Option<(Topic, Verdict)>) -> Verdict {
        let topic = self.topics[index];
        let trigger = self.trigger(topic);
        let own = (topic.start, topic.end);
        if trigger.nature == Nature::Sense {
            return Verdict { polarity: Polarity::Unrelated, key: "detect.sense", words: own };
        }
        if let Some(words) = self.other_matter(topic) {
            return Verdict { polarity: Polarity::Unrelated, key: "detect.context", words };
        }
        if let Some(words) = self.citizens(topic) {
            return Verdict { polarity: Polarity::Unrelated, key: "detect.public", words };
        }
        if let Some(verdict) = self.settled(topic) {
            return verdict;
        }
        if trigger.nature == Nature::Presupposed {
            return Verdict { polarity: Polarity::Asserted, key: "detect.presupposed", words: own };
        }
        let before = self.governing(index);
        if trigger.nature == Nature::Omitted {
            let forbidden = before.is_some_and(|hit| self.cue(hit).kind == CueKind::Prohibited);
            let (polarity, key) = if forbidden || self.has_consequence(topic) {
                (Polarity::Asserted, "detect.presupposed")
            } else {
                (Polarity::Negated, "detect.negated")
            };
            return Verdict { polarity, key, words: own };
        }
        if let Some(hit) = before {
            let cue = self.cue(hit);
            if cue.weak && self.means_people(topic) {
                return Verdict { polarity: Polarity::Asserted, key: "detect.presupposed", words: own };
            }
            if cue.kind != CueKind::Asserted {
                return turned(cue.kind, (hit.start, hit.end));
            }
        } else if let Some((earlier, verdict)) = previous
            && verdict.polarity != Polarity::Asserted
            && verdict.polarity != Polarity::Unrelated
            && self.continues(earlier, topic)
        {
            return verdict;
        }
        if let Some(hit) = self.afterthought(index) {
            return turned(self.cue(hit).kind, (hit.start, hit.end));
        }
        if let Some(verdict) = self.asked(topic) {
            return verdict;
        }
        if trigger.compulsory && self.modality(topic) == Modality::Voluntary {
            return Verdict { polarity: Polarity::Negated, key: "detect.voluntary", words: own };
        }
        Verdict { polarity: Polarity::Asserted, key: "detect.asserted", words: own }
    }

    /// A word of the clause that says that something else is meant.
    fn other_matter(&self, topic: Topic) -> Option<(usize, usize)> {
        let (from, to) = self.scope.clause(topic.start, topic.end);
        let found = self.trigger(topic).unless.first_in(&self.text[from..to])?;
        Some((from + found.start, from + found.end))
    }

    /// The word that makes this a matter of citizens, for practices that burden staff only.
    fn citizens(&self, topic: Topic) -> Option<(usize, usize)> {
        if !self.trigger(topic).staff_only {
            return None;
        }
        let (from, to) = self.scope.item(topic.start, topic.end);
        let person = |hit: &&Hit| matches!(self.cue(hit).kind, CueKind::Staff | CueKind::Public);
        let before = self.cues_within(from, topic.start).filter(person).last();
        let nearest = before.or_else(|| self.cues_within(topic.end, to).find(person));
        // 打卡、领取积分等环节，现在志愿者认领即可: whose matter it is may only be said in another clause.
        let (from, to) = self.scope.sentence(topic.start, topic.end);
        let is_staff = |hit: &Hit| self.cue(hit).kind == CueKind::Staff;
        let elsewhere = || {
            let is_any = self.cues_within(from, to).any(is_staff);
            self.cues_within(from, to).filter(|_| !is_any).find(person)
        };
        let nearest = nearest.or_else(elsewhere)?;
        (self.cue(nearest).kind == CueKind::Public).then_some((nearest.start, nearest.end))
    }

    fn topics_within(&self, from: usize, to: usize) -> impl Iterator<Item = &Topic> {
        let first = self.topics.partition_point(|t| t.start < from);
        self.topics[first..].iter().take_while(move |t| t.end <= to)
    }

    fn topic_before(&self, at: usize) -> Option<&Topic> {
        self.topics[..self.topics.partition_point(|t| t.end <= at)].last()
    }

    fn cues_within(&self, from: usize, to: usize) -> impl Iterator<Item = &Hit> {
        let first = self.cues.partition_point(|c| c.start < from);
        self.cues[first..].iter().take_while(move |c| c.end <= to)
    }

    /// Whether a cue may turn this category at all.
    fn turns(&self, hit: &Hit, topic: Topic) -> bool {
        let cue = self.cue(hit);
        cue.kind.polarity().is_some()
            && (cue.only.is_empty() || cue.only.contains(&self.trigger(topic).category))
    }

    /// The word before a trigger that decides its polarity, if any: the nearest one that reaches it.
    fn governing(&self, index: usize) -> Option<&Hit> {
        let topic = self.topics[index];
        let stretches = self.scope.before(topic.start);
        let mut verb: Option<&Hit> = None;
        let end = self.cues.partition_point(|c| c.start < topic.start);
        for hit in self.cues[..end].iter().rev() {
            if stretches.last().is_none_or(|&(from, _)| hit.start < from) {
                break;
            }
            let reachable = stretches.iter().any(|&(from, to)| from <= hit.start && hit.end <= to);
            if !reachable || !self.turns(hit, topic) || self.cue(hit).side == Side::After {
                continue;
            }
            let cue = self.cue(hit);
            if cue.kind == CueKind::Asserted {
                if cue.firm {
                    return Some(hit);
                }
                verb = verb.or(Some(hit));
                continue;
            }
            if self.belongs_before(hit, topic) || (cue.near && !self.is_near(hit, topic)) {
                continue;
            }
            // "不设打卡、设有积分": the denial has its object, the verb starts afresh.
            let fresh = verb.filter(|v| self.topics_within(hit.end, v.start).next().is_some());
            return fresh.or(Some(hit));
        }
        verb
    }

    /// Whether a near cue directly precedes its trigger.
    fn is_near(&self, hit: &Hit, topic: Topic) -> bool {
        let single = self.text[hit.start..hit.end].chars().count() == 1;
        let between = &self.text[hit.end..topic.start];
        between.chars().count() <= if single { NEAR.0 } else { NEAR.1 } && !between.contains([ITEM, COLON])
    }

    /// Whether a word stands after another trigger and speaks of that one ("打卡已取消、积分…").
    fn belongs_before(&self, hit: &Hit, topic: Topic) -> bool {
        if self.text[..hit.start].ends_with(COLON) {
            return self.topic_before(hit.start).is_some();
        }
        let Some(earlier) = self.topic_before(hit.start) else { return false };
        let gap = &self.text[earlier.end..hit.start];
        self.cue(hit).side != Side::Before
            && consists_of(gap, &self.lexemes.connectors)
            && !gap.contains([ITEM, SOFT])
            && self.text[hit.end..topic.start].contains(ITEM)
    }

    /// Whether an absence is one of persons: "没有打卡的人员", "没有签到者".
    fn means_people(&self, topic: Topic) -> bool {
        let after = first_chars(&self.text[topic.end..], 6);
        let after = after.split(HARD).next().unwrap_or("");
        !after.starts_with("功能")
            && !after.starts_with("模块")
            && self.lexemes.breach.iter().any(|word| after.contains(word.as_str()))
    }

    /// Whether something follows from an omission: "不打卡、不签到的扣分", "不打卡，通报批评".
    fn has_consequence(&self, topic: Topic) -> bool {
        let (_, end) = self.scope.sentence(topic.start, topic.end);
        let rest = self.without_topics(topic.end, end);
        let rest = first_chars(&rest, CONSEQUENCE);
        self.lexemes.breach.iter().any(|word| rest.contains(word.as_str()))
    }

    /// Whether a trigger goes on with the enumeration of an earlier one.
    fn continues(&self, earlier: Topic, topic: Topic) -> bool {
        let gap = &self.text[earlier.end..topic.start];
        if !consists_of(gap, &self.lexemes.connectors) {
            return false;
        }
        // After a comma the trigger may begin a statement of its own: "…，积分排名每周公布".
        let (end, _) = self.scope.after(topic.end);
        let rest = self.without_topics(topic.end, end);
        !gap.contains(SOFT) || consists_of(&rest, &self.lexemes.connectors)
    }

    /// The word after a trigger that turns it: "打卡签到功能已停用", "积分排名（无）", "打卡：否".
    fn afterthought(&self, index: usize) -> Option<&Hit> {
        let topic = self.topics[index];
        let (end, comma) = self.scope.after(topic.end);
        for hit in self.cues_within(topic.end, end) {
            let cue = self.cue(hit);
            if cue.kind == CueKind::Asserted && cue.firm {
                return None;
            }
            if cue.kind == CueKind::Asserted || cue.side == Side::Before || !self.turns(hit, topic) {
                continue;
            }
            let between = self.without_topics(topic.end, hit.start);
            let between = between.trim_matches([OPEN, CLOSE, COLON]);
            let joined = consists_of(between, &self.lexemes.connectors);
            let close = if cue.near { joined } else { between.chars().count() <= AFTERTHOUGHT };
            let value = self.text[..hit.start].ends_with(COLON);
            return (close && (value || self.ends_here(hit.end, end))).then_some(hit);
        }
        if !comma {
            return None;
        }
        let next = end + SOFT.len_utf8();
        let (next_end, _) = self.scope.after(next);
        let opening = &self.text[next..];
        let hit = self.cues_within(next, next_end).find(|h| {
            consists_of(&opening[..h.start - next], &self.lexemes.connectors) && self.turns(h, topic)
        })?;
        let cue = self.cue(hit);
        (cue.kind != CueKind::Asserted && cue.side != Side::Before && self.ends_here(hit.end, next_end))
            .then_some(hit)
    }

    /// Whether nothing of weight follows up to `end`, so that the word before has no object of its own.
    fn ends_here(&self, from: usize, end: usize) -> bool {
        let rest = self.text[from..end].split([ITEM, CLOSE]).next().unwrap_or("");
        rest.starts_with('后') || consists_of(rest, &self.lexemes.tails)
    }

    /// A question that the text may answer itself: "是否设置打卡：是".
    fn asked(&self, topic: Topic) -> Option<Verdict> {
        let (from, to) = self.scope.clause(topic.start, topic.end);
        let question =
            self.cues_within(from, topic.start).filter(|h| self.cue(h).kind == CueKind::Question).last()?;
        let answer = self.text[topic.end..to].trim_start_matches(|c| c != COLON).trim_start_matches(COLON);
        let words = (question.start, question.end);
        if answer.starts_with('是') || answer.starts_with('有') {
            return Some(Verdict { polarity: Polarity::Asserted, key: "detect.asserted", words });
        }
        Some(Verdict { polarity: Polarity::Negated, key: "detect.question", words })
    }

    /// A stretch with the triggers in it taken out.
    fn without_topics(&self, from: usize, to: usize) -> String {
        let mut rest = String::new();
        let mut at = from;
        for topic in self.topics_within(from, to) {
            rest.push_str(&self.text[at..topic.start]);
            at = topic.end;
        }
        rest.push_str(&self.text[at..to.max(at)]);
        rest
    }

    fn modality(&self, topic: Topic) -> Modality {
        let (from, to) = self.scope.clause(topic.start, topic.end);
        let modal = |hit: &Hit| self.cue(hit).kind.modality();
        let near = self.cues_within(from, topic.start).filter_map(modal).last();
        let near = near.or_else(|| self.cues_within(topic.end, to).find_map(modal));
        near.unwrap_or(if self.trigger(topic).must { Modality::Must } else { Modality::Unstated })
    }

    fn names_staff(&self, topic: Topic) -> bool {
        let (from, to) = self.scope.sentence(topic.start, topic.end);
        self.cues_within(from, to).any(|hit| self.cue(hit).kind == CueKind::Staff)
    }

    /// Whether the sentence names security, emergency or duty use; "除…外" only quotes the law.
    fn is_exempt(&self, topic: Topic) -> bool {
        let (from, to) = self.scope.sentence(topic.start, topic.end);
        let quoted = |hit: &Hit| {
            self.text[from..hit.start].contains('除')
                && first_chars(&self.text[hit.end..to], 20).contains('外')
        };
        self.cues_within(from, to).any(|hit| self.cue(hit).kind == CueKind::Exempt && !quoted(hit))
    }
}

/// The verdict of a word that turns a trigger.
fn turned(kind: CueKind, words: (usize, usize)) -> Verdict {
    let (polarity, key) = match kind {
        CueKind::Abolished => (Polarity::Abolished, "detect.abolished"),
        CueKind::Prohibited => (Polarity::Prohibited, "detect.prohibited"),
        _ => (Polarity::Negated, "detect.negated"),
    };
    Verdict { polarity, key, words }
}
