//! The audit report: one view of a scan, and the writers that draw it.
//!
//! For: every file that `audit` and `report` write. Not for: the terminal (`views::terminal`, which
//! draws the same view). Invariant: all rows, orders and sums are worked out in [`ReportView`];
//! a writer only draws, so every format shows the same figures.

mod breakdown;
mod burden;
mod cell;
mod clues;
mod duplicates;
mod groups;
mod headline;
mod index;
mod ledger;
mod problems;
mod provenance;
mod reading;
mod regions;
mod steps;
mod view;
pub mod write;

pub use burden::BURDEN_UNITS;
pub use cell::{Cell, Column, Listing, Rate, Row, Table};
pub use groups::{Edge, Group, Member};
pub use index::Index;
pub use regions::Region;
pub use steps::Step;
pub use view::ReportView;
pub use write::{Encoding, Options, WRITERS, WriteError, Writer, write_all, write_view};
