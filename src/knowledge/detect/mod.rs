//! The detector: free text → practices (打卡签到, 积分排名 …) judged in their context.
//!
//! For: function descriptions, group rules, notices, clues; anything people write about an app, an
//! account or a group. Not for: deciding that a rule is broken; a [`Label`] says only that a text
//! asserts, denies, abolishes or forbids a practice, or is about something else, and why.
//! What no list of words foresees is learnt from labelled sentences (`learned`), and only proposed (`propose`).
//! Invariant: spans are byte ranges of the text as given, on character boundaries; no text makes it
//! panic. Words are data (`src/data/detect/*.toml`).

mod facts;
mod folded;
mod judge;
mod label;
mod learned;
mod lexemes;
mod pairs;
mod propose;
mod scope;
mod snippet;
mod wordset;

pub use facts::Fact;
pub use label::{Category, Label, Modality, Polarity};
pub use learned::{ANY, COLUMNS, DEEP, FIRST, Features, HIDDEN, MEANING, RULED_OUT, SAID, TAUGHT};
pub use propose::{DOUBTED, PROPOSED};
pub use snippet::snippet;

use facts::Facts;
use folded::Folded;
use learned::Learned;
use lexemes::Lexemes;

/// Judges texts; build once, use from any thread.
pub struct Detector {
    lexemes: Lexemes,
    facts: Facts,
    learned: Learned,
}

impl Detector {
    /// The detector over the words shipped with the program.
    ///
    /// # Panics
    /// If the data compiled in is broken, which a test rules out.
    pub fn load() -> Detector {
        Detector {
            lexemes: Lexemes::load().unwrap_or_else(|fault| panic!("detect/{fault}")),
            facts: Facts::load().unwrap_or_else(|fault| panic!("detect/{fault}")),
            learned: Learned::load().unwrap_or_else(|fault| panic!("detect/learned/{fault}")),
        }
    }

    /// Every practice a text speaks of in words of the data files, in the order of the text. Findings rest on these.
    pub fn labels(&self, text: &str) -> Vec<Label> {
        judge::labels(&self.lexemes, &Folded::new(text))
    }

    /// As [`labels`](Self::labels), and beside them the practices that only what was learnt from labelled sentences speaks
    /// for (with [`Label::learned`] set); words that it speaks clearly against are [`Polarity::Unrelated`]. For screening.
    pub fn read(&self, text: &str) -> Vec<Label> {
        let folded = Folded::new(text);
        let labels = judge::labels(&self.lexemes, &folded);
        propose::joined(&self.learned, &folded, labels, || self.lexemes.names_exempt_use(&folded.text))
    }

    /// What the learnt part knows a text by: for learning (`examples/train_detector`).
    pub fn features(&self, text: &str) -> Features {
        let folded = Folded::new(text);
        let said = propose::said(&judge::labels(&self.lexemes, &folded));
        self.learned.features(&folded.text, said)
    }

    /// The words of a text that state a fact about its item, as a range of bytes.
    pub fn states(&self, fact: Fact, text: &str) -> Option<std::ops::Range<usize>> {
        self.facts.find(fact, text)
    }

    /// Whether a text claims security, emergency or duty use (安保、应急、值班值守 …).
    pub fn claims_exemption(&self, text: &str) -> bool {
        self.lexemes.names_exempt_use(&Folded::new(text).text)
    }
}

#[cfg(test)]
mod tests;
