//! What becomes of the items, part by part, and what workers must deal with, in stored form.
//!
//! For: tables of a reduction report. Not for: working them out (`scan::figures`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One part of all items: of one kind and one value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// `all`, `level`, `region`, `unit`, `platform` or `domain`.
    pub dimension: String,
    /// The value; empty for the whole, and where the item says nothing.
    pub value: String,
    /// `app`, `account` or `group`.
    pub kind: String,
    /// 期初存量: in existence, each thing counted once.
    pub opening: u64,
    /// 关停
    pub closed: u64,
    /// 整合
    pub merged: u64,
    /// 迁移
    pub migrated: u64,
    /// 解散
    pub dissolved: u64,
    /// 整改: kept and repaired.
    pub fixed: u64,
    /// 期末存量: opening - closed - merged - migrated - dissolved.
    pub closing: u64,
    /// 净减: opening - closing.
    pub net: u64,
}

/// What a worker in one unit must deal with.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Load {
    /// Canonical name of the unit.
    pub unit: String,
    /// Its level.
    pub level: String,
    /// Today.
    pub before: Loaded,
    /// When the plan is carried out.
    pub after: Loaded,
}

/// Staff-facing items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Loaded {
    /// Apps.
    pub apps: u64,
    /// Accounts.
    pub accounts: u64,
    /// Groups.
    pub groups: u64,
    /// Of all these, how many have a feature that is forbidden.
    pub forbidden: u64,
    /// Forms and data items that the apps ask for although another of the same place or above does.
    #[serde(default)]
    pub again: u64,
}

impl Loaded {
    /// Counts one item of a kind.
    pub fn add(&mut self, kind: &str, is_forbidden: bool) {
        match kind {
            "app" => self.apps += 1,
            "account" => self.accounts += 1,
            _ => self.groups += 1,
        }
        self.forbidden += u64::from(is_forbidden);
    }

    /// Adds other items.
    pub fn join(&mut self, other: &Loaded) {
        self.apps += other.apps;
        self.accounts += other.accounts;
        self.groups += other.groups;
        self.forbidden += other.forbidden;
        self.again += other.again;
    }

    /// All items.
    pub fn sum(&self) -> u64 {
        self.apps + self.accounts + self.groups
    }
}
