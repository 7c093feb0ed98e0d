//! What a policy says about rules: which run, how severe, which findings are waived.
//!
//! For: handing the policy's decisions to the rules without the rules knowing of files. Not for:
//! the defaults of a rule, which stand with the rule.

use super::Severity;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Settings for the rules of one scan.
#[derive(Clone, PartialEq, Debug)]
pub struct RuleSettings {
    /// Rules that do not run.
    pub disabled: BTreeSet<String>,
    /// Rules whose severity differs from their own.
    pub severity: BTreeMap<String, Severity>,
    /// Days without an update after which an account counts as stale (停更).
    pub stale_days: u32,
    /// Findings that a person has waived (豁免).
    pub waivers: Vec<Waiver>,
}

impl Default for RuleSettings {
    fn default() -> Self {
        RuleSettings {
            disabled: BTreeSet::new(),
            severity: BTreeMap::new(),
            // 2019 indicators: nothing new within the two weeks before the check (待核).
            stale_days: 14,
            waivers: Vec::new(),
        }
    }
}

/// A finding that a person accepts for now. The finding stays visible, with this reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiver {
    /// Rule id.
    pub rule: String,
    /// Asset id.
    pub asset: String,
    /// Why.
    pub reason: String,
    /// Who decided: an office or a post, not a person's name.
    pub by: String,
    /// Last day on which it holds; `None` for no end.
    pub until: Option<Date>,
    /// 1-based line of the policy file.
    pub line: u32,
}
