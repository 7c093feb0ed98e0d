//! The book itself: look-ups, citations, dates of force.

use super::profile::{PROFILES, Profile};
use super::{Both, Sourced, parse};
use crate::knowledge::messages::Lang;
use crate::model::Kind;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One clause of one instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// `<instrument>/<name>`, such as `measures-2026/five-bans-2`.
    pub id: String,
    /// Title and number of the instrument.
    pub instrument: Both,
    /// Article or paragraph (第五条); empty where no number is known.
    pub number: Both,
    /// What the passage is called; empty where the number says it all.
    pub heading: Both,
    /// What it demands, in our words with the statutory key terms.
    pub paraphrase: Both,
    /// Day of issue, or of publication where only that is known.
    pub issued: Date,
    /// Day of entry into force, where it was seen.
    pub effective: Option<Date>,
    /// Day on which it ceased to hold.
    pub repealed: Option<Date>,
    /// The kinds of objects it speaks of.
    pub covers: Vec<Kind>,
    /// Whether items that serve the public fall under it by reference (参照) and not directly.
    pub by_reference: bool,
    /// How well it is known.
    pub sourced: Sourced,
    /// Whether it says 原则上, 一般不 or the like: exceptions are possible, so a person decides.
    pub principle: bool,
    /// Whether no rule checks it, so that a person must.
    pub manual: bool,
    /// The local profile it belongs to; `None` for a national clause. It binds only while that
    /// profile is in use.
    pub profile: Option<String>,
}

impl Clause {
    /// How people cite it: instrument, article or heading, and （条号待核） unless the text was seen.
    pub fn citation(&self, lang: Lang) -> String {
        let gap = if lang == Lang::En { ", " } else { "" };
        let mut out = self.instrument.of(lang).to_owned();
        for part in [&self.number, &self.heading] {
            if !part.of(lang).is_empty() {
                out.push_str(gap);
                out.push_str(part.of(lang));
            }
        }
        out + &self.sourced.remark(lang)
    }

    /// Whether it bound anyone on `day`. Where the day of entry into force was not seen, the day of
    /// issue counts.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.effective.unwrap_or(self.issued) <= day && self.repealed.is_none_or(|end| day < end)
    }
}

/// Every clause known.
#[derive(Clone, Debug)]
pub struct ClauseBook {
    clauses: BTreeMap<String, Clause>,
    profiles: BTreeMap<String, Profile>,
    digest: String,
}

impl ClauseBook {
    /// The book shipped with the program.
    ///
    /// # Panics
    /// If the data compiled in is broken, which a test rules out.
    pub fn load() -> ClauseBook {
        let mut clauses = BTreeMap::new();
        let mut hasher = blake3::Hasher::new();
        for (file, text) in parse::FILES {
            hasher.update(text.as_bytes());
            let read = parse::clauses(file, text).unwrap_or_else(|fault| panic!("clauses/{fault}"));
            for clause in read {
                let id = clause.id.clone();
                assert!(clauses.insert(id.clone(), clause).is_none(), "clause {id} stands twice");
            }
        }
        let digest = hasher.finalize().to_hex().to_string();
        let mut book = ClauseBook { clauses, profiles: BTreeMap::new(), digest };
        for (name, text) in PROFILES {
            book.add(Profile::parse(name, text).unwrap_or_else(|fault| panic!("profiles/{fault}")));
        }
        book
    }

    /// Adds a profile with its clauses; one of the same name is replaced.
    pub fn add(&mut self, profile: Profile) {
        self.digest =
            blake3::hash(format!("{}{}", self.digest, profile.digest).as_bytes()).to_hex().to_string();
        self.clauses.retain(|_, clause| clause.profile.as_deref() != Some(&profile.name));
        self.clauses.extend(profile.clauses.iter().map(|clause| (clause.id.clone(), clause.clone())));
        self.profiles.insert(profile.name.clone(), profile);
    }

    /// A local profile by its name.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.get(name)
    }

    /// Every local profile, by name.
    pub fn profiles(&self) -> impl Iterator<Item = &Profile> {
        self.profiles.values()
    }

    /// A clause by its id.
    pub fn get(&self, id: &str) -> Option<&Clause> {
        self.clauses.get(id)
    }

    /// Every clause, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.values()
    }

    /// Whether a clause exists and bound anyone on `day`.
    pub fn in_force(&self, id: &str, day: Date) -> bool {
        self.get(id).is_some_and(|clause| clause.is_in_force(day))
    }

    /// BLAKE3 digest of the data files, hex: what a scan's provenance names.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}
