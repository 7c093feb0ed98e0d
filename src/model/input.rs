//! What was read: files, sheets, how each column was understood, and the account of every row.
//!
//! For: `inspect`, provenance and the location of any value. Not for: the rows themselves
//! ([`Records`](super::Records)). Invariant: `rows_read` equals the sum of the five other counts.

use super::{Field, Kind};

/// Index of a file in [`Scan::inputs`](super::Scan::inputs).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct FileId(pub u32);

/// Index of a sheet over all files of a scan ([`Records::sheets`](super::Records)).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct SheetId(pub u32);

/// One file that was opened.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Relative to the argument it was found under, with `/`.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 digest of the content, lower-case hex.
    pub blake3: String,
    /// SM3 (国密) digest of the content, lower-case hex.
    pub sm3: String,
    /// What it turned out to be: `csv`, `xlsx`, `json`.
    pub format: &'static str,
    /// Text encoding, for text formats.
    pub encoding: Option<&'static str>,
}

/// One table of a file.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The file it belongs to.
    pub file: FileId,
    /// Sheet name; empty where the format has none (CSV).
    pub name: String,
    /// 1-based row of the header, if one was found.
    pub header_row: Option<u32>,
    /// The kind that title and headers speak of, if they do.
    pub kind: Option<Kind>,
    /// Title lines above the header, joined by spaces.
    pub title: String,
    /// Values stated above the table (填报单位, 填报日期) that fill missing cells of every row.
    pub defaults: Vec<(Field, String)>,
    /// How each column was understood, left to right.
    pub columns: Vec<ColumnMap>,
    /// The account of its rows.
    pub account: RowAccount,
    /// Sums the file states (合计), with what its own rows add up to.
    pub totals: Vec<StatedTotal>,
    /// Rows in which a unit says that it has nothing to report (零报告), with the unit as written where
    /// the row names one.
    pub zero_reports: Vec<(u32, String)>,
    /// How its records are laid out.
    pub layout: Layout,
    /// First and last column (1-based) where another table stands beside it; the last is open where
    /// nothing stands to the right. Every row of the sheet is then counted in each of them.
    pub window: Option<(u32, Option<u32>)>,
}

impl Sheet {
    /// A table of which nothing is known yet.
    pub fn new(file: FileId, name: &str) -> Sheet {
        Sheet {
            file,
            name: name.to_owned(),
            header_row: None,
            kind: None,
            title: String::new(),
            defaults: Vec::new(),
            columns: Vec::new(),
            account: RowAccount::default(),
            totals: Vec::new(),
            zero_reports: Vec::new(),
            layout: Layout::default(),
            window: None,
        }
    }
}

/// How the records of a sheet are laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Layout {
    /// One record per row, headers above.
    #[default]
    Table,
    /// A filing form: label to the left, value to the right, the whole form one record.
    Form,
    /// A table on its side: labels in one column, one record per further column. Its row account counts
    /// columns.
    Turned,
}

/// How a column was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnMap {
    /// 1-based position.
    pub column: u32,
    /// The header as written.
    pub header: String,
    /// The field it was taken for; `None` when not understood (its cells are kept as extras).
    pub field: Option<Field>,
    /// 0–1: how sure the mapping is.
    pub confidence: f32,
    /// What the mapping rests on.
    pub by: MappedBy,
    /// Whether another column has the field already; this one speaks where that one says nothing.
    pub is_second: bool,
    /// In a filing form, row and column (1-based) of the value; `column` then is the label's position.
    pub cell: Option<(u32, u32)>,
}

impl ColumnMap {
    /// A column that was not understood.
    pub fn unknown(column: u32, header: &str) -> ColumnMap {
        ColumnMap {
            column,
            header: header.to_owned(),
            field: None,
            confidence: 0.0,
            by: MappedBy::Nothing,
            is_second: false,
            cell: None,
        }
    }
}

/// What the policy file says about a header: it beats everything the program would think.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnOverride {
    /// Only in this file (path relative to the argument, or just its file name); in all when absent.
    pub file: Option<String>,
    /// Only in sheets of this name; in all when absent.
    pub sheet: Option<String>,
    /// The header, compared after folding.
    pub header: String,
    /// The field it is; `None` leaves the column out of all fields.
    pub field: Option<Field>,
    /// 1-based line of the policy file.
    pub line: u32,
}

/// What a column mapping rests on, strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum MappedBy {
    /// The policy file says so.
    Policy,
    /// The header is a known variant, letter for letter.
    Exact,
    /// Equal after folding width, case, blanks, punctuation and bracketed notes.
    Folded,
    /// Close to a known variant (string similarity above the floor).
    Fuzzy,
    /// The header names two fields at once ("名称/平台"); each cell is divided between them.
    Shared,
    /// Known to mean several fields; decided by the kind of table.
    TableKind,
    /// Nothing fits, or a stronger column already has the field.
    Nothing,
}

/// Where every row of a sheet went.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RowAccount {
    /// All rows of the sheet's used range.
    pub rows_read: u64,
    /// Rows that became records.
    pub records: u64,
    /// Titles, headers, repeated headers.
    pub headings: u64,
    /// Rows with nothing in them.
    pub blank: u64,
    /// Sums, signatures, remarks below the table, zero reports (零报告).
    pub notes: u64,
    /// Rows that should have been records and could not be read.
    pub rejected: u64,
}

impl RowAccount {
    /// Whether every row is accounted for.
    pub fn balances(&self) -> bool {
        self.rows_read == self.records + self.headings + self.blank + self.notes + self.rejected
    }

    /// Adds another sheet's account, for totals.
    pub fn add(&mut self, other: &RowAccount) {
        self.rows_read += other.rows_read;
        self.records += other.records;
        self.headings += other.headings;
        self.blank += other.blank;
        self.notes += other.notes;
        self.rejected += other.rejected;
    }
}

/// A row that should have been a record and is not, kept with its text.
#[derive(Clone, Debug)]
pub struct RejectedRow {
    /// Where it stands.
    pub at: super::RowRef,
    /// Why, as a diagnostic code.
    pub code: super::Code,
    /// Its cells joined by " | ", personal data masked.
    pub text: String,
}

/// A sum that a file states about its own rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedTotal {
    /// 1-based row of the sum line.
    pub row: u32,
    /// 1-based column of the figure.
    pub column: u32,
    /// Header of that column, or the label the figure stands beside.
    pub label: String,
    /// What the file says.
    pub stated: u64,
    /// What its rows add up to (number of records for a count of items).
    pub actual: u64,
    /// Whether every row stated an exact number. Otherwise the rows come to at least `actual`, and only a
    /// smaller sum is known to be wrong.
    pub exact: bool,
}

impl StatedTotal {
    /// Whether the sum is certainly wrong.
    pub fn is_wrong(&self) -> bool {
        if self.exact { self.stated != self.actual } else { self.stated < self.actual }
    }
}
