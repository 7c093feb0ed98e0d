//! Facts about an item that a text states outright: it cannot be used, nobody looks after it.
//!
//! For: faults of the item itself, beside the practices of [`Category`](super::Category). Not for: practices.
//! Invariant: a fact denied, put as a condition, or said to be over is not stated; ranges are bytes of the text
//! as given, on character boundaries. Words are data (`src/data/facts.toml`).

use super::folded::{CLOSE, Folded, HARD, ITEM, OPEN, SOFT};
use crate::model::vocabulary;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

vocabulary! {
    /// What a text may state.
    Fact {
        /// 无法下载、无法使用
        #[default]
        Unusable = "unusable",
        /// 无力维护、无人维护
        Unmaintained = "unmaintained",
        /// 购买粉丝
        FakedFollowers = "faked-followers",
        /// 不支持IPv6
        NoIpv6 = "no-ipv6",
        /// 未标明备案编号
        NumberNotShown = "number-not-shown",
        /// 无投诉建议功能
        NoComplaints = "no-complaints",
        /// 通过网盘、群文件下载
        OffStore = "off-store",
        /// 以考核扣分、线上督查为主要用途
        AssessmentCarrier = "assessment-carrier",
        /// 注销后重新启用
        Revived = "revived",
    }
}

const DATA: &str = include_str!("../../data/facts.toml");
/// Characters that may stand between a subject and what is said of it.
const NEAR: usize = 12;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    denials: Vec<String>,
    links: Vec<String>,
    over: Vec<String>,
    fact: Vec<Entry>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    subjects: Vec<String>,
    #[serde(default)]
    states: Vec<String>,
    #[serde(default)]
    between: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

/// The words of every fact.
pub(super) struct Facts {
    denials: Vec<String>,
    links: Vec<String>,
    over: Vec<String>,
    entries: BTreeMap<Fact, Entry>,
}

impl Facts {
    /// Reads the data compiled in; the fault names the entry.
    pub(super) fn load() -> Result<Facts, String> {
        let file: File = toml::from_str(DATA).map_err(|e| format!("facts.toml: {e}"))?;
        let mut entries = BTreeMap::new();
        for entry in file.fact {
            let fact = Fact::parse(&entry.name).ok_or(format!("facts.toml: {}", entry.name))?;
            entries.insert(fact, entry);
        }
        Ok(Facts { denials: file.denials, links: file.links, over: file.over, entries })
    }

    /// The words that state a fact, where a text states it.
    pub(super) fn find(&self, fact: Fact, text: &str) -> Option<Range<usize>> {
        let entry = self.entries.get(&fact)?;
        if text.is_empty() {
            return None;
        }
        let folded = Folded::new(text);
        let here = &folded.text;
        if entry.unless.iter().any(|word| here.contains(word)) {
            return None;
        }
        let found = self.alone(entry, here).or_else(|| self.paired(entry, here))?;
        let (start, end) = folded.original(found.start, found.end);
        Some(start..end)
    }

    /// A word that states the fact by itself.
    fn alone(&self, entry: &Entry, text: &str) -> Option<Range<usize>> {
        let hits = entry.words.iter().flat_map(|word| text.match_indices(word.as_str()));
        let mut hits: Vec<Range<usize>> = hits.map(|(at, word)| at..at + word.len()).collect();
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        // 买粉丝 inside a denied 购买粉丝 is denied with it.
        let mut end = 0;
        hits.retain(|hit| {
            let apart = hit.start >= end;
            end = end.max(hit.end);
            apart
        });
        hits.into_iter()
            .find(|hit| !self.is_denied(entry, &text[..hit.start]) && !self.is_over(&text[hit.end..]))
    }

    /// What precedes denies it: right before it, or before an enumeration it stands in.
    fn is_denied(&self, entry: &Entry, before: &str) -> bool {
        let mut rest = before;
        loop {
            if self.denials.iter().any(|denial| rest.ends_with(denial.as_str())) {
                return true;
            }
            let link = self.links.iter().map(String::as_str).find(|l| rest.ends_with(l));
            let Some(shorter) = link.map(|l| &rest[..rest.len() - l.len()]) else { return false };
            let word = entry.words.iter().filter(|w| shorter.ends_with(w.as_str())).max_by_key(|w| w.len());
            rest = word.map_or(shorter, |w| &shorter[..shorter.len() - w.len()]);
        }
    }

    /// What follows in the sentence says that it is over, or what to do about it.
    fn is_over(&self, after: &str) -> bool {
        let sentence = after.split(HARD).next().unwrap_or("");
        self.over.iter().any(|word| sentence.contains(word.as_str()))
    }

    /// A subject with what is said of it, in one clause and near each other.
    fn paired(&self, entry: &Entry, text: &str) -> Option<Range<usize>> {
        let hits = |words: &[String]| -> Vec<Range<usize>> {
            words
                .iter()
                .flat_map(|w| text.match_indices(w.as_str()))
                .map(|(at, w)| at..at + w.len())
                .collect()
        };
        let states = hits(&entry.states);
        for subject in hits(&entry.subjects) {
            for state in &states {
                let (first, last) =
                    if state.start < subject.start { (state, &subject) } else { (&subject, state) };
                if first.end > last.start {
                    continue;
                }
                let gap = &text[first.end..last.start];
                let parted = gap.contains([HARD, SOFT, ITEM, OPEN, CLOSE]) || gap.chars().count() > NEAR;
                let turned = entry.between.iter().any(|word| gap.contains(word.as_str()));
                if !parted && !turned && !self.is_over(&text[last.end..]) {
                    return Some(first.start..last.end);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_stated_denied_or_over() {
        let facts = Facts::load().expect("the data");
        assert_eq!(facts.entries.len(), Fact::ALL.len(), "every fact has its words");
        for (fact, text, stated) in [
            (Fact::Unusable, "安卓端无法登录、经常闪退", true),
            (Fact::Unusable, "打开后白屏", true),
            (Fact::Unusable, "运行正常，无闪退、白屏", false),
            (Fact::Unusable, "此前闪退，现已修复", false),
            (Fact::Unusable, "如无法登录请联系管理员", false),
            (Fact::Unusable, "未出现无法下载的情况", false),
            (Fact::Unmaintained, "人员调整后无人维护", true),
            (Fact::Unmaintained, "单位确无力维护，拟注销", true),
            (Fact::Unmaintained, "避免无人维护", false),
            (Fact::FakedFollowers, "经查存在购买粉丝行为", true),
            (Fact::FakedFollowers, "严禁购买粉丝", false),
            (Fact::FakedFollowers, "没有购买粉丝", false),
            (Fact::NoIpv6, "客户端暂不支持 IPv6", true),
            (Fact::NoIpv6, "IPv6：否", true),
            (Fact::NoIpv6, "IPv6改造尚未完成", true),
            (Fact::NoIpv6, "支持IPv6，等保二级", false),
            (Fact::NoIpv6, "不支持IPv4，仅支持IPv6", false),
            (Fact::NumberNotShown, "应用内未标注备案编号", true),
            (Fact::NumberNotShown, "启动页已标明主办单位和备案编号", false),
            (Fact::NoComplaints, "未设置投诉建议入口", true),
            (Fact::NoComplaints, "设有投诉建议入口，未发现问题", false),
            (Fact::OffStore, "安装包通过网盘链接下载", true),
            (Fact::OffStore, "在应用商店上架", false),
            (Fact::AssessmentCarrier, "对乡镇干部线上督查检查、考核扣分", true),
            (Fact::AssessmentCarrier, "企业信用考核扣分查询", false),
            (Fact::Revived, "注销后又重新启用", true),
            (Fact::Revived, "注销后不再启用", false),
        ] {
            assert_eq!(facts.find(fact, text).is_some(), stated, "{fact}: {text}");
        }
    }
}
