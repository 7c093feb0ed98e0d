//! What came back (反弹): items closed or dissolved earlier that are there again.
//!
//! For: the table that superiors ask for at every look-back (回头看). Not for: comparing scans. Invariant: without an
//! earlier scan to compare with the table has no rows and says so, for "none found" would be a claim.

use super::{Reduction, note, table};
use crate::views::report::view::Build;

/// The table; a scan that was compared with none has nothing to put in it.
pub(super) fn rebound<'a>(build: &Build<'a>) -> Reduction<'a> {
    let columns = [("seq", 5), ("name", 24), ("kind", 10), ("unit", 24), ("earlier", 14), ("now", 14)];
    Reduction { table: table(build, "rebound", &columns), notes: vec![note(build, "rebound")] }
}
