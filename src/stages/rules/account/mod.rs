//! Rules about public accounts 政务公众账号, one file each.

pub(super) mod account_duplicate_same_platform;
pub(super) mod account_no_update_14d;
pub(super) mod account_not_filed;
