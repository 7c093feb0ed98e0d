//! The rules: assets, pairs and texts → findings, each with its cell and its clause.
//!
//! For: what an inspector would flag. Not for: what the clauses say (`knowledge::clause`), how texts
//! are read (`knowledge::detect`) or what to do about it (`plan`). One file per rule, metadata and
//! examples beside the check; registering a rule below also creates its test. Invariant: a finding
//! names at least one cell, and every clause it cites was in force on the as-of date and covers the
//! kind of its asset.

mod account;
mod any;
mod app;
mod case;
mod claim;
mod filing;
mod finish;
mod group;
mod meta;
mod nature;
mod pages;
mod practice;
mod related;
mod run;
mod sink;
mod waivers;

pub use case::Context;
pub use meta::{Example, MANUAL, Row, Rule, RuleMeta};
pub use pages::{Listed, explain, list, matrix, page};
pub use run::{Checked, check, digest};

/// One line per rule: its family and its file.
macro_rules! rules {
    ($($family:ident :: $stem:ident),+ $(,)?) => {
        /// Every rule, by id.
        pub const RULES: &[Rule] = &[$(Rule {
            meta: &$family::$stem::META,
            check: $family::$stem::check,
            stem: stringify!($stem),
        },)+];

        #[cfg(test)]
        mod examples {
            $(#[test]
            fn $stem() {
                super::laws::examples_behave(stringify!($stem));
            })+
        }
    };
}

rules![
    account::account_duplicate_same_platform,
    account::account_no_update_14d,
    account::account_not_filed,
    any::any_report_total_not_reconciled,
    app::app_checkin_mandatory,
    app::app_duplicate_function,
    app::app_forced_install,
    app::app_miniprogram_classified_as_account,
    app::app_online_duration_stat,
    app::app_points_ranking,
    app::app_separate_declaration_missing,
    app::app_township_self_built,
    app::app_unfiled_in_use,
    app::cross_unit_same_function,
    group::group_duplicate_same_task,
    group::group_forced_checkin_relay,
    group::group_task_ended_not_dissolved,
];

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.meta.id == id)
}

#[cfg(test)]
mod bench;
#[cfg(test)]
mod laws;
