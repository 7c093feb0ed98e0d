//! What all mentions in one text come to.
//!
//! For: one label per practice, as `screen` prints it. Not for: finding the mentions (`knowledge::detect`).

use crate::knowledge::detect::{Category, Label, Modality, Polarity};
use crate::model::Confidence;
use std::ops::Range;

/// The chance in a hundred from which a practice that was only learnt is of medium confidence, like plain words. Never
/// high: no words were found that say it.
const SURE: u8 = 85;

/// One practice that a text asserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// Which practice.
    pub category: Category,
    /// Whether every mention names security, emergency or duty use.
    pub exempt: bool,
    /// The most binding of what is said of it.
    pub modality: Modality,
    /// High where it is demanded or said more than once, low where it is optional or denied as well, or only learnt
    /// and not probable enough.
    pub confidence: Confidence,
    /// The words that weigh most, as bytes of the text.
    pub words: Range<usize>,
}

/// The practices of one text, each once, in the order of [`Category`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Those it asserts of something, whatever their compulsion, exemption or tense.
    pub labels: Vec<Labelled>,
    /// Those it only denies, reports as done away with, or forbids, with the words.
    pub negated: Vec<(Category, Range<usize>)>,
}

impl Verdict {
    /// Joins the mentions of a text.
    pub fn of(mentions: &[Label]) -> Verdict {
        let mut verdict = Verdict::default();
        for &category in Category::ALL {
            let all = || mentions.iter().filter(move |label| label.category == category);
            let asserted = || all().filter(|label| label.polarity == Polarity::Asserted);
            let turns_down = |label: &&Label| {
                matches!(label.polarity, Polarity::Negated | Polarity::Abolished | Polarity::Prohibited)
            };
            let denied = all().find(turns_down);
            let Some(strongest) = asserted().min_by_key(|label| (rank(label.modality), label.start)) else {
                verdict.negated.extend(denied.map(|label| (category, label.words())));
                continue;
            };
            let is_optional = matches!(strongest.modality, Modality::May | Modality::Voluntary);
            let is_unsure = strongest.learned.is_some_and(|percent| percent < SURE);
            let confidence = if denied.is_some() || is_optional || is_unsure {
                Confidence::Low
            } else if strongest.learned.is_none()
                && (strongest.modality == Modality::Must || asserted().nth(1).is_some())
            {
                Confidence::High
            } else {
                Confidence::Medium
            };
            verdict.labels.push(Labelled {
                category,
                exempt: asserted().all(|label| label.exempt),
                modality: strongest.modality,
                confidence,
                words: strongest.words(),
            });
        }
        verdict
    }
}

fn rank(modality: Modality) -> u8 {
    match modality {
        Modality::Must => 0,
        Modality::Unstated => 1,
        Modality::May => 2,
        Modality::Voluntary => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::detect::Detector;

    #[test]
    fn a_text_is_labelled_once_per_practice_and_says_what_it_denies() {
        let detector = Detector::load();
        let verdict = |text: &str| Verdict::of(&detector.labels(text));
        let two = verdict("网格员必须每天打卡签到，迟到者通报；打卡情况纳入积分排名。");
        let names: Vec<&str> = two.labels.iter().map(|label| label.category.as_str()).collect();
        assert_eq!(names, ["checkin", "points-ranking"]);
        assert_eq!(two.labels[0].confidence, Confidence::High);
        let denied = verdict("本应用不设打卡签到功能。");
        assert!(denied.labels.is_empty());
        assert_eq!(denied.negated[0].0, Category::Checkin);
        assert_eq!(verdict("提供公积金查询。"), Verdict::default());
    }
}
