//! What a user may change about the rules: switches, severities, thresholds, waivers.
//!
//! For: handing validated settings to the rules without the rules knowing the policy file. Not
//! for: parsing or validating that file (`knowledge::policy`). Plain data; every value was checked
//! before it got here.

use super::Severity;
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
            waivers: Vec::new(),
            source: String::new(),
        }
    }
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
