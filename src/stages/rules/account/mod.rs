//! Rules about public accounts 政务公众账号, one file each.

pub(super) mod account_commercial_ads;
pub(super) mod account_county_dept_town_opened;
pub(super) mod account_duplicate_same_platform;
pub(super) mod account_fake_followers;
pub(super) mod account_forced_like_follow;
pub(super) mod account_low_attention_merge;
pub(super) mod account_name_inconsistent;
pub(super) mod account_name_not_entity;
pub(super) mod account_no_interaction;
pub(super) mod account_no_update_14d;
pub(super) mod account_not_filed;
pub(super) mod account_owner_changed_not_updated;
pub(super) mod account_pending_cancel_must_update;
pub(super) mod account_revived_after_cancel;
pub(super) mod account_service_precondition;
pub(super) mod account_stale_local_profile;
pub(super) mod account_unmaintained_close;
pub(super) mod account_unverified_or_mismatch;
