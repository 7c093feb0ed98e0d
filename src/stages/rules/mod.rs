//! The rules: assets, pairs and texts → findings, each with its cell and its clause.
//!
//! For: what an inspector would flag. Not for: what the clauses say (`knowledge::clause`), how texts
//! are read (`knowledge::detect`) or what to do about it (`plan`). One file per rule, metadata and
//! examples beside the check; registering a rule below also creates its test. Invariant: a finding
//! names at least one cell, and every clause it cites was in force on the as-of date and covers the
//! kind of its asset.

mod account;
mod answers;
mod any;
mod app;
mod cap;
mod case;
mod claim;
mod demand;
mod filing;
mod finish;
mod group;
mod group_text;
mod meta;
mod nature;
mod pages;
mod practice;
mod recurrence;
mod related;
mod run;
mod sink;
mod stale;
mod stated;
mod waivers;

pub use case::Context;
pub use meta::{BUILT_IN, Example, Local, MANUAL, Row, Rule, RuleMeta};
pub use pages::{Listed, cited, explain, list, matrix, page};
pub use recurrence::OVER_TIME;
pub use run::{Checked, check, check_again, digest};

use crate::knowledge::clause::Profile;

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
    account::account_commercial_ads,
    account::account_county_dept_town_opened,
    account::account_duplicate_same_platform,
    account::account_fake_followers,
    account::account_forced_like_follow,
    account::account_low_attention_merge,
    account::account_name_inconsistent,
    account::account_name_not_entity,
    account::account_no_interaction,
    account::account_no_update_14d,
    account::account_not_filed,
    account::account_owner_changed_not_updated,
    account::account_pending_cancel_must_update,
    account::account_revived_after_cancel,
    account::account_service_precondition,
    account::account_stale_local_profile,
    account::account_unmaintained_close,
    account::account_unverified_or_mismatch,
    any::any_report_total_not_reconciled,
    app::app_arbitrary_form_filling,
    app::app_assessment_carrier,
    app::app_central_dept_over_1,
    app::app_checkin_mandatory,
    app::app_commercial_activity,
    app::app_county_town_new_build,
    app::app_duplicate_function,
    app::app_embeddable_module,
    app::app_filing_number_kind_mismatch,
    app::app_filing_number_not_shown,
    app::app_forced_install,
    app::app_form_filling_reaches_county,
    app::app_inaccessible,
    app::app_install_rate_assessed,
    app::app_ipv6_missing,
    app::app_legacy_filing_deadline,
    app::app_low_usage_impractical,
    app::app_major_change_not_refiled,
    app::app_miniprogram_classified_as_account,
    app::app_no_acceptance,
    app::app_no_complaint_entry,
    app::app_no_project_approval,
    app::app_not_in_filed_store,
    app::app_offline_without_cancellation,
    app::app_online_duration_stat,
    app::app_points_ranking,
    app::app_prov_city_grassroots_over_1,
    app::app_regular_login_required,
    app::app_separate_declaration_missing,
    app::app_shutdown_without_notice,
    app::app_township_self_built,
    app::app_unfiled_in_use,
    app::app_upload_photo_video_track,
    app::app_vanity_metric_assessment,
    app::cross_unit_same_function,
    group::group_arbitrary_task_material,
    group::group_duplicate_same_task,
    group::group_forced_checkin_relay,
    group::group_inactive,
    group::group_no_real_name,
    group::group_not_approved_or_filed,
    group::group_off_hours,
    group::group_owner_missing_or_junior,
    group::group_per_cadre_load,
    group::group_ranking_notice,
    group::group_task_ended_not_dissolved,
    group::group_unit_cap,
    group::group_unnecessary_screenshot,
];

/// What the rule with this id declares, one that compares scans included.
pub fn declared(id: &str) -> Option<&'static RuleMeta> {
    find(id).map(|rule| rule.meta).or_else(|| OVER_TIME.iter().find(|meta| meta.id == id))
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.meta.id == id)
}

/// What is wrong with the rules that a profile speaks of, if anything: an id that no rule has, a rule that is no
/// local one, a figure that the rule needs and the clause does not give.
pub fn fault_of(profile: &Profile) -> Option<String> {
    let unknown = profile.rule_ids().find(|id| find(id).is_none());
    if let Some(id) = unknown {
        return Some(format!("{}: {id}", profile.name));
    }
    profile.rules.iter().find_map(|rule| {
        let missing = match find(&rule.rule)?.meta.local {
            None => "rules",
            Some(Local::Days) if rule.days.is_none() => "days",
            Some(Local::Limit) if rule.limit.is_none() => "limit",
            Some(_) => return None,
        };
        Some(format!("{}: {}: {missing}", rule.clause, rule.rule))
    })
}

#[cfg(test)]
mod bench;
#[cfg(test)]
mod laws;
