//! Mistyped names of places.
//!
//! For: telling a slip of the keyboard from another place. Not for: finding the place that was meant, which the
//! surroundings name.

use crate::knowledge::text::{Slip, one_slip};

/// Whether a place was meant by what was typed. Another character that neither sounds nor looks alike makes another
/// place (东区, 西区), and so does anything in two characters.
pub fn is_slip_of_place(typed: &[char], meant: &[char]) -> bool {
    let slip = one_slip(typed, meant);
    meant.len() >= 3
        && matches!(slip, Some(Slip::Sound | Slip::Look | Slip::Swapped | Slip::Missing | Slip::Stray))
}
