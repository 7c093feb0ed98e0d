//! Rules about work groups 工作群组, one file each.

pub(super) mod group_duplicate_same_task;
pub(super) mod group_forced_checkin_relay;
pub(super) mod group_task_ended_not_dissolved;
