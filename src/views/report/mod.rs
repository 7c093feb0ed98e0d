//! The audit report: one view of a scan, and the writers that draw it.
//!
//! For: every file that `audit` and `report` write. Not for: the terminal (`views::terminal`, which
//! draws the same view). Invariant: all rows, orders and sums are worked out in [`ReportView`];
//! a writer only draws, so every format shows the same figures.

mod asked;
mod breakdown;
mod burden;
mod called;
mod cell;
mod clues;
mod decided;
mod duplicates;
mod file_name;
mod groups;
mod headline;
mod index;
mod joint;
mod ledger;
mod needs;
pub(in crate::views) mod pages;
mod parts;
mod problems;
mod provenance;
mod reading;
mod reduction;
mod regions;
mod steps;
mod units;
mod view;
pub mod write;

pub use burden::BURDEN_UNITS;
pub use cell::{Cell, Column, Listing, Rate, Row, Table};
pub use groups::{Edge, Group, Member};
pub use index::Index;
pub use reduction::{REDUCTION_TABLES, Reduction, reduction};
pub use regions::Region;
pub use steps::Step;
pub use units::{UnitCounts, UnitPart, split};
pub use view::ReportView;
pub use write::{
    Encoding, Filled, Options, TABLE_FORMATS, Unfillable, WRITERS, WriteError, Writer, fill, write_all,
    write_some, write_table, write_units, write_view,
};
