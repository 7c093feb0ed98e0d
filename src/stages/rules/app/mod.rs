//! Rules about government apps 政务应用程序, one file each.

pub(super) mod app_checkin_mandatory;
pub(super) mod app_duplicate_function;
pub(super) mod app_forced_install;
pub(super) mod app_miniprogram_classified_as_account;
pub(super) mod app_online_duration_stat;
pub(super) mod app_points_ranking;
pub(super) mod app_separate_declaration_missing;
pub(super) mod app_township_self_built;
pub(super) mod app_unfiled_in_use;
pub(super) mod cross_unit_same_function;
