//! String tools: folding, script variants, numerals; pure functions over tables.
//!
//! For: making two spellings of one thing equal. Not for: knowing what a word means (`lexicon`).
//! Invariant: folding is idempotent.

mod base64;
mod find;
mod fold;
mod lists;
pub mod mask;
mod numeral;
mod script;
mod slip;
mod sound;
mod surnames;

pub use base64::base64;
pub use find::{find, finds};
pub use fold::{fold, fold_spaced};
pub use lists::words;
pub use numeral::{is_chinese_digit, numeral};
pub use script::simplified_char;
pub use slip::{Slip, look_alike, one_slip};
pub use sound::sound_alike;
