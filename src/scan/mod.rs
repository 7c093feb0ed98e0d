//! Runs the stages in order and stamps where the result came from.
//!
//! For: the pure function from inputs to a scan, and the stored form of it. Not for: reading the
//! command line or writing files. Invariant: no clock, no network, no randomness, no printing.

mod audit;
mod clues;
mod compared;
mod decisions;
pub mod document;
mod figures;
mod knowledge;
mod pages;
mod reference;
mod replan;
mod roster;
mod unused;

pub use audit::{
    Error, Gathered, Read, Request, Rest, audit, conclude, conclude_again, gather, gather_after, parameters,
    read, understand, understand_all,
};
pub use compared::{Compared, compared};
pub use knowledge::Knowledge;
pub use replan::{
    Change, Conflict, Error as ReplanError, Replanned, Request as Replan, Scope, next_best, replan,
};
pub use roster::RosterError;
