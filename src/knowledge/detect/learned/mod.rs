//! What the detector learnt from labelled sentences: scores for practices that are said in words no list foresees.
//!
//! For: proposing a practice where the words of the data files are silent, and doubting one that they find where the
//! whole sentence speaks against it. Not for: deciding (`propose`), or learning (`examples/train_detector`).
//! Invariant: sums of whole numbers, and arithmetic that every machine rounds alike: same text, same score.

mod grams;
mod table;
mod windows;

pub use grams::features;
pub(super) use windows::{Window, clauses, windows};

use super::label::Category;
use grams::each;
use table::Table;

/// The practices that were taught, in the order of their columns.
pub const TAUGHT: [Category; 9] = [
    Category::Checkin,
    Category::PointsRanking,
    Category::OnlineTime,
    Category::ForcedInstall,
    Category::UsageAssessed,
    Category::ForcedEngagement,
    Category::TraceUpload,
    Category::DuplicateReporting,
    Category::Zombie,
];

/// Columns of weights: is a practice spoken of, is it asserted in one step, is what is spoken of asserted at all.
pub const COLUMNS: usize = 2 * TAUGHT.len() + 1;

const WEIGHTS: &[u8] = include_bytes!("../../../data/detect/learned/weights.bin");

/// The weights with what belongs to them.
pub(super) struct Learned {
    table: Table,
}

impl Learned {
    /// Reads the weights compiled in; the fault says what is wrong with them.
    pub(super) fn load() -> Result<Learned, String> {
        Table::read(WEIGHTS).map(|table| Learned { table })
    }

    /// The score of every practice in a piece of folded text; nothing where not one of its features is known.
    pub(super) fn scores(&self, text: &str) -> Option<[f64; TAUGHT.len()]> {
        self.table.scores(text)
    }

    /// The chance in a hundred that a score is right, as counted on writers whose sentences were not learnt from.
    pub(super) fn percent(&self, score: f64) -> u8 {
        self.table.percent(score)
    }

    /// How much each feature of a piece of text speaks for a practice, with the bytes that it stands at.
    pub(super) fn weighed(&self, text: &str, column: usize) -> Vec<(std::ops::Range<usize>, f64)> {
        let mut out = Vec::new();
        each(text, |range, feature| {
            if let Some(slot) = self.table.slot(feature) {
                out.push((range, self.table.weight(slot, column)));
            }
        });
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_whole_and_a_broken_file_is_refused() {
        let learned = Learned::load().expect("the weights");
        assert!(learned.scores("").is_none());
        assert!(Table::read(&WEIGHTS[..WEIGHTS.len() - 1]).is_err());
        assert!(Table::read(b"nothing").is_err());
        assert!((0..40).map(|s| learned.percent(f64::from(s) / 10.0 - 2.0)).is_sorted());
    }

    #[test]
    fn a_roundabout_sentence_scores_above_one_about_something_else() {
        let learned = Learned::load().expect("the weights");
        let score = |text: &str| learned.scores(text).map_or(f64::MIN, |s| s[0]);
        assert!(score("护林员每天早晚要在手机上点一下到岗") > score("游客可在古镇打卡留念"));
    }
}
