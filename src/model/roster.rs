//! Which expected units have reported (应报未报).
//!
//! For: coverage and page one. Not for: reading the roster (`ingest`) and comparing (`scan`).

/// What an expected unit has sent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reporting {
    /// Items.
    Reported,
    /// Word that it has none (零报告).
    Zero,
    /// Nothing.
    NotReported,
    /// The same kind of inventory in two files or more.
    Twice,
}

impl Reporting {
    /// Every state, best first.
    pub const ALL: [Reporting; 4] =
        [Reporting::Reported, Reporting::Zero, Reporting::Twice, Reporting::NotReported];

    /// Canonical English name.
    pub fn as_str(self) -> &'static str {
        match self {
            Reporting::Reported => "reported",
            Reporting::Zero => "zero",
            Reporting::NotReported => "not-reported",
            Reporting::Twice => "twice",
        }
    }
}

/// An expected unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterEntry {
    /// As the roster writes it.
    pub unit: String,
    /// 1-based row of the roster.
    pub row: u32,
    /// What it has sent.
    pub reporting: Reporting,
    /// Files that it sent, by path, as far as they say so.
    pub files: Vec<String>,
    /// Records of which it is the owner.
    pub records: u64,
}
