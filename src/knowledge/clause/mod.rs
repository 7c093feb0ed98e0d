//! The clause book 条款库: what each instrument demands, in our words, and how well we know it.
//!
//! For: every citation the program prints, and whether a clause was in force on a day. Not for:
//! judging an asset (rules) and not for thresholds that were never seen in print (settings).
//! Invariant: ids are unique; a clause whose text was not seen never prints as if it had been.

mod book;
mod parse;
mod profile;

pub use book::{Clause, ClauseBook};
pub use profile::Profile;

use crate::knowledge::messages::{Catalogue, Lang};
use crate::model::vocabulary;

vocabulary! {
    /// How well a clause is known, best first.
    Sourced {
        /// The passage was read in the official text or a word-for-word reprint.
        TextSeen = "text-seen",
        /// The sentence is quoted by an official notice or the press; its article number is not known.
        Quoted = "quoted",
        /// Known from fragments, explanations or implementing plans.
        Secondary = "secondary",
        /// Our own inference from other passages.
        #[default]
        Inferred = "inferred",
    }
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    /// 简体中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Both {
    /// The text in a language.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl Sourced {
    /// The remark printed after a citation; empty when the text was seen.
    fn remark(self, lang: Lang) -> String {
        match self {
            Sourced::TextSeen => String::new(),
            _ => Catalogue::of(lang).text("clause.unverified").into_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
