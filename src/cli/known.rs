//! Names that a policy file may use and that only the layers above `knowledge` know.

use crate::knowledge::policy::Known;
use std::sync::LazyLock;

/// Ids of the rules of this build, in registry order.
static RULES: LazyLock<Vec<&'static str>> = LazyLock::new(Vec::new);

/// What a policy file is checked against.
pub(super) fn known() -> Known<'static> {
    Known { rules: &RULES }
}
