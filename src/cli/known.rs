//! Names that a policy file may use and that only the layers above `knowledge` know.

use crate::knowledge::clause::ClauseBook;
use crate::knowledge::policy::Known;
use crate::stages::rules::{OVER_TIME, RULES};
use std::sync::LazyLock;

/// Ids of the rules of this build, sorted.
static IDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let over_time = OVER_TIME.iter().map(|meta| meta.id);
    let mut ids: Vec<_> = RULES.iter().map(|rule| rule.meta.id).chain(over_time).collect();
    ids.sort_unstable();
    ids
});

/// Names of the local profiles shipped.
static PROFILES: LazyLock<Vec<String>> =
    LazyLock::new(|| ClauseBook::load().profiles().map(|profile| profile.name.clone()).collect());
static PROFILE_NAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| PROFILES.iter().map(String::as_str).collect());

/// What a policy file is checked against.
pub(super) fn known() -> Known<'static> {
    Known { rules: &IDS, profiles: &PROFILE_NAMES }
}
