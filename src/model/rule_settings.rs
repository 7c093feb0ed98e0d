//! What a user may change about the rules: switches, severities, thresholds, waivers.
//!
//! For: handing validated settings to the rules without the rules knowing the policy file. Not
//! for: parsing or validating that file (`knowledge::policy`). Plain data; every value was checked
//! before it got here.

use super::{Level, Severity};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days without an update after which a public account counts as not kept up.
///
/// From the 2019 indicators (国办秘函〔2019〕19号), known to us only through notices that quote the
/// figure: so it is a setting, and pages that use it say 待核.
const STALE_DAYS: i32 = 14;

/// Settings of the rules.
#[derive(Clone, PartialEq, Debug)]
pub struct RuleSettings {
    /// Rules that do not run; they are listed as not run.
    pub disabled: BTreeSet<String>,
    /// Severities that differ from the rule's own.
    pub severity: BTreeMap<String, Severity>,
    /// Days without an update that an account may have; default 14.
    pub stale_days: i32,
    /// Last day on which apps from before the 2026 Measures may be unfiled; not known unless set.
    pub legacy_filing_deadline: Option<Date>,
    /// Share of its users below which an app counts as seldom used, 0–1; no national figure exists.
    pub low_use_share: Option<f64>,
    /// Followers below which an account counts as little followed; no national figure exists.
    pub low_followers: Option<u64>,
    /// Days without a message after which a group counts as idle; no national figure exists.
    pub group_idle_days: Option<i32>,
    /// Groups that one person may be in; no national figure exists.
    pub groups_per_person: Option<u64>,
    /// Whether state-owned enterprises (国有企业) are in scope. National documents speak of organs, mass
    /// organisations and public institutions; some places include enterprises.
    pub enterprises: bool,
    /// Names of the local profiles in use, in the order given.
    pub profiles: Vec<String>,
    /// What the clauses of those profiles turn on.
    pub local: Vec<LocalRule>,
    /// Findings that a person has accepted, with the reason.
    pub waivers: Vec<Waiver>,
    /// Where the settings come from, for remarks about waivers; empty for the built-in ones.
    pub source: String,
}

impl Default for RuleSettings {
    fn default() -> Self {
        RuleSettings {
            disabled: BTreeSet::new(),
            severity: BTreeMap::new(),
            stale_days: STALE_DAYS,
            legacy_filing_deadline: None,
            low_use_share: None,
            low_followers: None,
            group_idle_days: None,
            groups_per_person: None,
            enterprises: false,
            profiles: Vec::new(),
            local: Vec::new(),
            waivers: Vec::new(),
            source: String::new(),
        }
    }
}

impl RuleSettings {
    /// Whether a setting without a default has a value; `key` is its name in the policy file.
    pub fn is_set(&self, key: &str) -> bool {
        match key {
            "legacy_filing_deadline" => self.legacy_filing_deadline.is_some(),
            "low_use_share" => self.low_use_share.is_some(),
            "low_followers" => self.low_followers.is_some(),
            "group_idle_days" => self.group_idle_days.is_some(),
            "groups_per_person" => self.groups_per_person.is_some(),
            _ => true,
        }
    }
}

/// A local rule as one clause of a profile in use turns it on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LocalRule {
    /// Rule id.
    pub rule: String,
    /// Id of the clause that its findings cite: `<profile>/<name>`.
    pub clause: &'static str,
    /// Days, where the rule counts days.
    pub days: Option<i32>,
    /// The most there may be, where the rule counts items.
    pub limit: Option<u64>,
    /// The levels of owners it is about; empty for all.
    pub levels: Vec<Level>,
    /// The day from which what was built counts as new; the clause's own day when not stated.
    pub from: Option<Date>,
}

/// One accepted finding (or pattern of findings). It stays visible, marked as waived.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Waiver {
    /// Rule id.
    pub rule: String,
    /// Asset id, or a pattern in which `*` stands for any run of characters. A finding about a file
    /// has no asset and is matched by `*` alone.
    pub asset: String,
    /// Why it is accepted.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// Last day on which it holds; `None` for no end.
    pub until: Option<Date>,
    /// 1-based line of the policy file; 0 when it comes from elsewhere.
    pub line: u32,
}
