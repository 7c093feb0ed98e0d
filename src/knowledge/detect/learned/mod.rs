//! What the detector learnt from labelled sentences: scores for practices that are said in words no list foresees.
//!
//! For: proposing a practice where the words of the data files are silent, and doubting one that they find where the
//! whole sentence speaks against it. Not for: deciding (`propose`), or learning (`examples/train_detector`).
//! Invariant: sums of whole numbers, and arithmetic that every machine rounds alike: same text, same score.

mod concepts;
mod grams;
mod table;
mod windows;

pub(super) use windows::{Window, clauses, windows};

use super::label::Category;
use concepts::Concepts;
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

/// Columns of weights: is a practice spoken of, is it asserted in one step; is what is spoken of asserted at all; is any
/// practice asserted; and the same by characters alone, which is asked first.
pub const COLUMNS: usize = 2 * TAUGHT.len() + 3;

/// How much concepts weigh beside characters.
pub const MEANING: f64 = 0.7;
/// How much what the words of the data files make of a text weighs beside its characters.
pub const SAID: f64 = 0.5;
/// Units of the hidden layer, which sees what only means something together: whose matter, said how, of what.
pub const HIDDEN: usize = 32;
/// How strongly the hidden layer is fed; it is learnt with the same number.
pub const DEEP: f64 = 3.0;
/// How much it adds to the score of a practice that any is asserted.
pub const ANY: f64 = 0.3;
/// A piece whose characters score less than this, and of which the words say nothing, has no practice: nothing else is
/// asked of it.
pub const FIRST: f64 = -0.8;
/// The score of every practice in such a piece, below any threshold.
pub const RULED_OUT: f64 = -9.0;

/// What a text is known by, each thing once, in order.
pub struct Features {
    /// Its characters and their pairs.
    pub grams: Vec<u32>,
    /// What its words mean, and which meanings share a clause.
    pub concepts: Vec<u32>,
    /// What the words of the data files make of each practice that they find.
    pub said: Vec<u32>,
}

/// The feature of a practice that the words find, asserted or not.
pub(super) fn said(column: usize, is_asserted: bool) -> u32 {
    grams::mixed(0x8000_0000 | (2 * column + usize::from(is_asserted)) as u32)
}

const WEIGHTS: &[u8] = include_bytes!("../../../data/detect/learned/weights.bin");

/// The weights with what belongs to them.
pub(super) struct Learned {
    table: Table,
    concepts: Concepts,
}

impl Learned {
    /// Reads the weights compiled in; the fault says what is wrong with them.
    pub(super) fn load() -> Result<Learned, String> {
        let concepts = Concepts::load()?;
        Ok(Learned { table: Table::read(WEIGHTS, &concepts)?, concepts })
    }

    /// The score of every practice in a piece of folded text; nothing where not one of its features is known.
    /// `said` is what the words of the data files make of it.
    pub(super) fn scores(&self, text: &str, said: &[u32]) -> Option<[f64; TAUGHT.len()]> {
        self.table.scores(&self.concepts, text, said)
    }

    /// The chance in a hundred that a score is right, as counted on writers whose sentences were not learnt from.
    pub(super) fn percent(&self, score: f64) -> u8 {
        self.table.percent(score)
    }

    /// How much each feature of a piece of text speaks for a practice, with the bytes that it stands at.
    pub(super) fn weighed(&self, text: &str, column: usize) -> Vec<(std::ops::Range<usize>, f64)> {
        let mut out = Vec::new();
        let mut weigh = |range, feature| {
            if let Some(slot) = self.table.slot(feature) {
                out.push((range, self.table.weight(slot, column)));
            }
        };
        grams::each(text, &mut weigh);
        self.concepts.each(text, weigh);
        out
    }

    /// What a folded text is known by, for learning.
    pub(super) fn features(&self, text: &str, said: Vec<u32>) -> Features {
        let (mut grams, mut concepts) = (Vec::new(), Vec::new());
        grams::each(text, |_, feature| grams.push(feature));
        self.concepts.each(text, |_, feature| concepts.push(feature));
        for all in [&mut grams, &mut concepts] {
            all.sort_unstable();
            all.dedup();
        }
        Features { grams, concepts, said }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_whole_and_a_broken_file_is_refused() {
        let learned = Learned::load().expect("the weights");
        assert!(learned.scores("", &[]).is_none());
        assert!(Table::read(&WEIGHTS[..WEIGHTS.len() - 1], &learned.concepts).is_err());
        assert!(Table::read(b"nothing", &learned.concepts).is_err());
        assert!((0..40).map(|s| learned.percent(f64::from(s) / 10.0 - 2.0)).is_sorted());
    }

    #[test]
    fn a_roundabout_sentence_scores_above_one_about_something_else() {
        let learned = Learned::load().expect("the weights");
        let score = |text: &str| learned.scores(text, &[]).map_or(f64::MIN, |s| s[0]);
        assert!(score("护林员每天早晚要在手机上点一下到岗") > score("游客可在古镇打卡留念"));
    }
}
