//! The policy file (政策文件): TOML in, a validated [`Policy`] out.
//!
//! For: everything a user decides outside the command line: when a run fails, local regions,
//! column meanings, rule settings, waivers, pins, judgements. Not for: the names of rules, which a
//! higher layer passes in ([`Known`]), and not for applying any decision. Invariant: what can be
//! written is declared once (`declared.rs`); the reader, the template, `policy show` and the tests
//! all walk that table. A file with any fault gives no policy, and all its faults at once.

mod check;
mod collect;
mod declared;
mod document;
mod effective;
mod fail_on;
mod fault;
mod nearest;
mod read;
mod show;
mod stated;
mod template;
mod value;
mod words;

pub use collect::{Collect, SwitchedOn};
pub use declared::{Key, Known, Names, Presence, SECTIONS, Section, Shape, Type};
pub use effective::{Flags, Policy, ProfileRef};
pub use fail_on::FailOn;
pub use fault::{Fault, FaultCode, Faults};
pub use read::{PolicyError, parse, read};
pub use show::show;
pub use stated::Origin;
pub use template::template;
pub use value::is_profile_file;

#[cfg(test)]
mod tests;
