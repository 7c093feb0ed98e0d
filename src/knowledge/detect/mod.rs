//! The detector: free text → practices (打卡签到, 积分排名 …) judged in their context.
//!
//! For: function descriptions, group rules, notices, clues; anything people write about an app, an
//! account or a group. Not for: deciding that a rule is broken; a [`Label`] says only that a text
//! asserts, denies, abolishes or forbids a practice, or is about something else, and why.
//! Invariant: spans are byte ranges of the text as given, on character boundaries; no text makes it
//! panic. Words are data (`src/data/detect/*.toml`).

mod facts;
mod folded;
mod judge;
mod label;
mod lexemes;
mod pairs;
mod scope;
mod snippet;
mod wordset;

pub use facts::Fact;
pub use label::{Category, Label, Modality, Polarity};
pub use snippet::snippet;

use facts::Facts;
use folded::Folded;
use lexemes::Lexemes;

/// Judges texts; build once, use from any thread.
pub struct Detector {
    lexemes: Lexemes,
    facts: Facts,
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
        }
    }

    /// Every practice a text speaks of, in the order of the text.
    pub fn labels(&self, text: &str) -> Vec<Label> {
        judge::labels(&self.lexemes, &Folded::new(text))
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
