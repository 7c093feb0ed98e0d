//! Rules about work groups 工作群组, one file each.

pub(super) mod group_arbitrary_task_material;
pub(super) mod group_duplicate_same_task;
pub(super) mod group_forced_checkin_relay;
pub(super) mod group_inactive;
pub(super) mod group_no_real_name;
pub(super) mod group_not_approved_or_filed;
pub(super) mod group_off_hours;
pub(super) mod group_owner_missing_or_junior;
pub(super) mod group_per_cadre_load;
pub(super) mod group_ranking_notice;
pub(super) mod group_task_ended_not_dissolved;
pub(super) mod group_unit_cap;
pub(super) mod group_unnecessary_screenshot;
