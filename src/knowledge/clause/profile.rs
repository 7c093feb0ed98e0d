//! Local profiles 地方口径: what one place or system demands beyond the national documents.
//!
//! For: files of one format, those shipped with the program and those a user writes: a source with its
//! date, its clauses, and which local rules each clause turns on with which figures. Not for: deciding
//! which are in use (policy and command line) and not for the rules themselves. Invariant: a profile
//! that is not in use changes nothing.

use super::{Both, Clause, Sourced, parse};
use crate::model::{Kind, Level, LocalRule, RuleSettings, Severity};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

macro_rules! profiles {
    ($($name:literal),+ $(,)?) => {
        /// Name and text of every profile shipped, by name.
        pub(super) const PROFILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../data/profiles/", $name, ".toml"))),)+];
    };
}

profiles![
    "campus",
    "changxing",
    "gaotai-2025",
    "guangdong-2019",
    "guizhou-2025",
    "huangshi-2022",
    "hubei-2021",
    "jianghua-2025",
    "jiangsu-2025",
    "legacy-6-months",
    "minhou-2025",
    "qichun-2019",
    "sanming-2021",
    "sichuan-2025",
    "yangling-2025",
    "yichang-2019",
    "yunnan-2024",
];

/// A local profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// What it is called on the command line and in clause ids.
    pub name: String,
    /// The document it rests on.
    pub title: Both,
    /// Its date as far as it is known.
    pub date: Both,
    /// The last day of that date: before it, nothing of the profile holds.
    pub issued: Date,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// What the clauses turn on.
    pub rules: Vec<LocalRule>,
    /// BLAKE3 digest of the file, hex.
    pub digest: String,
    settings: Figures,
    severity: BTreeMap<String, Severity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    profile: Head,
    #[serde(default)]
    clause: Vec<Entry>,
    #[serde(default)]
    settings: Figures,
    #[serde(default)]
    severity: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title: Both,
    date: Both,
    issued: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    #[serde(default)]
    number: Both,
    #[serde(default)]
    heading: Both,
    paraphrase: Both,
    covers: Vec<String>,
    sourced: String,
    #[serde(default)]
    principle: bool,
    #[serde(default)]
    rules: Vec<String>,
    days: Option<u16>,
    limit: Option<u32>,
    #[serde(default)]
    levels: Vec<String>,
    from: Option<toml::value::Datetime>,
}

/// Settings of the policy file that a profile may give where the policy does not.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    legacy_filing_deadline: Option<toml::value::Datetime>,
    low_use_share: Option<f64>,
    low_followers: Option<u32>,
    group_idle_days: Option<u16>,
    groups_per_person: Option<u32>,
    #[serde(default)]
    enterprises: bool,
}

impl Profile {
    /// Reads a profile. `name` is its file name without extension.
    ///
    /// # Errors
    /// One sentence that names the file and the fault: the format, an unknown kind, level, severity or source.
    pub fn parse(name: &str, text: &str) -> Result<Profile, String> {
        let file: File = toml::from_str(text).map_err(|e| format!("{name}.toml: {e}"))?;
        let issued = parse::day(name, &file.profile.issued)?;
        let mut profile = Profile {
            name: name.to_owned(),
            title: file.profile.title,
            date: file.profile.date,
            issued,
            clauses: Vec::new(),
            rules: Vec::new(),
            digest: blake3::hash(text.as_bytes()).to_hex().to_string(),
            settings: file.settings,
            severity: BTreeMap::new(),
        };
        if let Some(deadline) = &profile.settings.legacy_filing_deadline {
            parse::day(name, deadline)?;
        }
        for (rule, severity) in file.severity {
            let severity = Severity::parse(&severity).ok_or(format!("{name}.toml: severity {severity}"))?;
            profile.severity.insert(rule, severity);
        }
        for entry in file.clause {
            profile.add(entry)?;
        }
        Ok(profile)
    }

    fn add(&mut self, entry: Entry) -> Result<(), String> {
        let id = format!("{}/{}", self.name, entry.name);
        let fault = |what: &str, found: &str| format!("{id}: {what} {found}");
        let kinds = entry.covers.iter().map(|k| Kind::parse(k).ok_or(fault("kind", k)));
        let levels = entry.levels.iter().map(|l| Level::parse(l).ok_or(fault("level", l)));
        let levels: Vec<Level> = levels.collect::<Result<_, _>>()?;
        let clause = Clause {
            covers: kinds.collect::<Result<_, _>>()?,
            sourced: Sourced::parse(&entry.sourced).ok_or(fault("sourced", &entry.sourced))?,
            id: id.clone(),
            instrument: self.title.clone(),
            number: entry.number,
            heading: entry.heading,
            paraphrase: entry.paraphrase,
            issued: self.issued,
            effective: None,
            repealed: None,
            by_reference: false,
            principle: entry.principle,
            manual: entry.rules.is_empty(),
            profile: Some(self.name.clone()),
        };
        self.clauses.push(clause);
        let from = entry.from.as_ref().map(|day| parse::day(&self.name, day)).transpose()?;
        // A profile is read once and its ids are cited by findings until the program ends.
        let clause: &'static str = if entry.rules.is_empty() { "" } else { String::leak(id) };
        for rule in entry.rules {
            self.rules.push(LocalRule {
                rule,
                clause,
                days: entry.days.map(i32::from),
                limit: entry.limit.map(u64::from),
                levels: levels.clone(),
                from,
            });
        }
        Ok(())
    }

    /// Lays the profile under the settings: what the policy states stays.
    pub fn apply(&self, settings: &mut RuleSettings) {
        if settings.profiles.contains(&self.name) {
            return;
        }
        settings.profiles.push(self.name.clone());
        settings.local.extend(self.rules.iter().cloned());
        let figures = &self.settings;
        settings.enterprises |= figures.enterprises;
        let deadline = figures.legacy_filing_deadline.as_ref().and_then(|day| day.to_string().parse().ok());
        settings.legacy_filing_deadline = settings.legacy_filing_deadline.or(deadline);
        settings.low_use_share = settings.low_use_share.or(figures.low_use_share);
        settings.low_followers = settings.low_followers.or(figures.low_followers.map(u64::from));
        settings.group_idle_days = settings.group_idle_days.or(figures.group_idle_days.map(i32::from));
        settings.groups_per_person = settings.groups_per_person.or(figures.groups_per_person.map(u64::from));
        for (rule, severity) in &self.severity {
            settings.severity.entry(rule.clone()).or_insert(*severity);
        }
    }

    /// The file of a profile shipped, as a pattern for files of one's own.
    pub fn text(name: &str) -> Option<&'static str> {
        PROFILES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// How well its clauses are known: as well as the least known of them.
    pub fn sourced(&self) -> Sourced {
        self.clauses.iter().map(|clause| clause.sourced).max().unwrap_or_default()
    }

    /// Every rule id it speaks of, for a check against the rules there are.
    pub fn rule_ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|r| r.rule.as_str()).chain(self.severity.keys().map(String::as_str))
    }
}
