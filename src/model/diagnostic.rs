//! What is wrong in the user's data or policy: collected, sorted, shown; never thrown.
//!
//! For: one shape for every remark about an input. Not for: faults that stop the program (typed
//! errors of each module) and not for findings, which need a clause. The wording of a code is in
//! the message catalogue under `diag.<code>` (the sentence) and `diag.<code>.help`.

/// How much a diagnostic matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Alert {
    /// Something could not be read; figures are short by it.
    Error,
    /// Something was guessed, or contradicts itself.
    Warning,
    /// Worth knowing.
    Note,
}

impl Alert {
    /// Canonical English name.
    pub fn as_str(self) -> &'static str {
        match self {
            Alert::Error => "error",
            Alert::Warning => "warning",
            Alert::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($(#[$meta:meta])* $variant:ident = $text:literal, $alert:ident;)+) => {
        /// What kind of remark it is: `stage/name`.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code { $($(#[$meta])* $variant,)+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The code as people and programs see it.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)+ }
            }

            /// How much it matters.
            pub fn alert(self) -> Alert {
                match self { $(Code::$variant => Alert::$alert,)+ }
            }
        }
    };
}

codes! {
    /// A file could not be opened or is not of any format we read. `{reason}`
    UnreadableFile = "ingest/unreadable-file", Error;
    /// A workbook needs a password.
    PasswordProtected = "ingest/password-protected", Error;
    /// A file holds nothing.
    EmptyFile = "ingest/empty-file", Warning;
    /// A file in a folder that is not an inventory. `{reason}`
    SkippedFile = "ingest/skipped-file", Note;
    /// Two files with the same content; the second was not read. `{other}`
    DuplicateFile = "ingest/duplicate-file", Warning;
    /// A sheet in which no header row was found.
    NoHeader = "ingest/no-header", Error;
    /// A sheet without any record.
    NoRecords = "ingest/no-records", Warning;
    /// A column whose header was not understood. `{found}`
    UnknownColumn = "ingest/unknown-column", Note;
    /// A column whose header was guessed. `{found}` `{field}` `{confidence}`
    GuessedColumn = "ingest/guessed-column", Note;
    /// A header that means several fields, and the table does not tell which. `{found}` `{candidates}`
    AmbiguousColumn = "ingest/ambiguous-column", Warning;
    /// A header that means several fields, decided by the cells below it. `{found}` `{field}`
    ColumnByCells = "ingest/column-by-cells", Note;
    /// A header that means several fields; its text is read as a description. `{found}` `{field}`
    ColumnAsText = "ingest/column-as-text", Note;
    /// Two columns claim one field, one of them only guessed; that one was not taken. `{field}` `{other}`
    RepeatedColumn = "ingest/repeated-column", Warning;
    /// Cells of a column repeat the cell above by a mark (同上). `{count}`
    DittoMarks = "ingest/ditto-marks", Note;
    /// Two columns claim one field; this one speaks where the other says nothing. `{field}` `{other}`
    SecondColumn = "ingest/second-column", Note;
    /// One column holds two fields; each cell was divided. `{found}` `{field}` `{other}`
    SharedColumn = "ingest/shared-column", Note;
    /// A cell that is not of its field's type. `{found}` `{expected}`
    InvalidCell = "ingest/invalid-cell", Warning;
    /// A row with more or fewer cells than the header. `{found}` `{expected}`
    RaggedRow = "ingest/ragged-row", Warning;
    /// A row that could not be decoded or parsed. `{reason}`
    BrokenRow = "ingest/broken-row", Error;
    /// A row without a name. `{found}`
    NoName = "ingest/no-name", Error;
    /// A stated sum that its rows do not add up to. `{label}` `{stated}` `{actual}`
    TotalMismatch = "ingest/total-mismatch", Warning;
    /// A stated sum that even the rows with exact numbers exceed. `{label}` `{stated}` `{actual}`
    TotalTooSmall = "ingest/total-too-small", Warning;
    /// A hidden sheet that was read all the same.
    HiddenSheet = "ingest/hidden-sheet", Note;
    /// Hidden rows that were read all the same. `{count}` `{rows}`
    HiddenRows = "ingest/hidden-rows", Note;
    /// Hidden columns that were read all the same. `{count}` `{columns}`
    HiddenColumns = "ingest/hidden-columns", Note;
    /// Rows hidden by a filter that was left on, read all the same. `{count}` `{rows}`
    FilterLeftOn = "ingest/filter-left-on", Note;
    /// A sheet with pictures and no cells.
    PictureSheet = "ingest/picture-sheet", Warning;
    /// A formula that no program has calculated yet. `{found}`
    UncalculatedFormula = "ingest/uncalculated-formula", Warning;
    /// A file whose content is of another format than its name says. `{extension}` `{format}`
    WrongExtension = "ingest/wrong-extension", Note;
    /// A unit says that it has nothing to report. `{unit}`
    ZeroReport = "ingest/zero-report", Note;
    /// Tables that stand beside each other were read one by one. `{count}`
    SideBySide = "ingest/side-by-side", Note;
    /// A filing form was read as one record. `{count}`
    FormRead = "ingest/form-read", Note;
    /// Several values in a cell that can hold one. `{found}` `{expected}`
    SeveralValues = "ingest/several-values", Warning;
    /// A sheet that could not be read to its end. `{reason}`
    BrokenSheet = "ingest/broken-sheet", Error;
    /// A sheet of prose, without a table.
    TextSheet = "ingest/text-sheet", Note;
    /// An identifier stored as a number with more digits than a spreadsheet keeps. `{found}`
    LostDigits = "ingest/lost-digits", Warning;
    /// More remarks of one code in one sheet than are worth listing. `{code}` `{count}`
    MoreRemarks = "ingest/more-remarks", Note;
    /// A file that this program wrote, left out of what it reads.
    OwnOutput = "ingest/own-output", Note;
    /// Bytes that fit no encoding; the row is that of the first. `{count}`
    LostCharacters = "ingest/lost-characters", Warning;
    /// A row listed in the table of another kind. `{listed}` `{kind}`
    WrongKind = "normalise/wrong-kind", Note;
    /// A region that could be several. `{found}` `{candidates}`
    AmbiguousRegion = "normalise/ambiguous-region", Warning;
    /// A region code that no known division has. `{found}`
    UnknownRegionCode = "normalise/unknown-region-code", Warning;
    /// The stated level and the owner's level differ. `{stated}` `{derived}`
    LevelConflict = "normalise/level-conflict", Note;
    /// A platform name that the lexicon does not have. `{found}`
    UnknownPlatform = "normalise/unknown-platform", Note;
    /// A policy entry that nothing matched. `{entry}`
    UnusedPolicy = "policy/unused-entry", Warning;
    /// A file in which nobody can have decided anything: no such columns.
    NoDecisions = "decisions/no-table", Warning;
    /// A decision that was not understood. `{found}`
    DecisionUnclear = "decisions/unclear", Warning;
    /// A proposal accepted where there is none, only a question. `{found}`
    DecisionOpen = "decisions/nothing-proposed", Warning;
    /// A decision about an item that is not listed. `{asset}` `{nearest}`
    DecisionUnknown = "decisions/unknown-item", Warning;
    /// An item that was to go, and is no longer listed. `{asset}`
    DecisionGone = "decisions/gone", Note;
    /// A decision whose target is none. `{target}`
    DecisionTarget = "decisions/unknown-target", Warning;
    /// A decision that another contradicts. `{asset}` `{found}` `{other}`
    DecisionContradicted = "decisions/contradiction", Warning;
    /// A waiver past its date. `{rule}` `{until}`
    ExpiredWaiver = "policy/expired-waiver", Warning;
    /// Evidence of after the as-of date, left out. `{count}`
    LaterEvidence = "evidence/later", Note;
    /// Evidence of items that are not in the inventories. `{count}`
    UnlinkedEvidence = "evidence/no-item", Note;
    /// A block of candidates was cut to its cap. `{key}` `{size}` `{cap}`
    CappedBlock = "matching/capped-block", Note;
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a remark points. Rows and columns are 1-based, as a spreadsheet program shows them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Location {
    /// Path relative to the argument; empty when the remark is about no file.
    pub path: String,
    /// Sheet name; empty for formats without sheets.
    pub sheet: String,
    /// Row.
    pub row: Option<u32>,
    /// Column.
    pub column: Option<u32>,
    /// Header of the column as written.
    pub header: String,
}

impl Location {
    /// A whole file.
    pub fn file(path: &str) -> Self {
        Location { path: path.to_owned(), ..Location::default() }
    }

    /// A sheet of a file.
    pub fn sheet(path: &str, sheet: &str) -> Self {
        Location { sheet: sheet.to_owned(), ..Location::file(path) }
    }

    /// A row of a sheet.
    #[must_use]
    pub fn at_row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    /// A column of a sheet, with its header.
    #[must_use]
    pub fn at_column(mut self, column: u32, header: &str) -> Self {
        self.column = Some(column);
        header.clone_into(&mut self.header);
        self
    }

    /// The column's letters in a spreadsheet: 1 → A, 27 → AA.
    pub fn column_letters(column: u32) -> String {
        let mut letters = Vec::new();
        let mut rest = column;
        while rest > 0 {
            letters.push(b'A' + ((rest - 1) % 26) as u8);
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().map(|&b| char::from(b)).collect()
    }
}

impl std::fmt::Display for Location {
    /// `file.xlsx › Sheet1!D12 “主办单位”`, leaving out what is not known.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path)?;
        if !self.sheet.is_empty() {
            write!(f, " › {}", self.sheet)?;
        }
        match (self.column, self.row) {
            (Some(column), Some(row)) => write!(f, " › {}{row}", Location::column_letters(column))?,
            (Some(column), None) => write!(f, " › {}", Location::column_letters(column))?,
            (None, Some(row)) => write!(f, " › {row}")?,
            (None, None) => {}
        }
        if !self.header.is_empty() {
            write!(f, " “{}”", self.header)?;
        }
        Ok(())
    }
}

/// A remark about an input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// What kind of remark.
    pub code: Code,
    /// Where.
    pub at: Location,
    /// Values for the code's sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// A remark without values.
    pub fn new(code: Code, at: Location) -> Self {
        Diagnostic { code, at, args: Vec::new() }
    }

    /// Adds a value for the sentence. Personal data must be masked by the caller.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Alert, then place, then code: the order in which people read remarks.
    pub fn sort(list: &mut [Diagnostic]) {
        list.sort_by(|a, b| {
            (a.code.alert(), &a.at, a.code, &a.args).cmp(&(b.code.alert(), &b.at, b.code, &b.args))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_reads_like_a_spreadsheet_reference() {
        let at = Location::sheet("台账.xlsx", "公众号").at_row(47).at_column(28, "账号ID");
        assert_eq!(at.to_string(), "台账.xlsx › 公众号 › AB47 “账号ID”");
        assert_eq!(Location::file("a.csv").at_row(3).to_string(), "a.csv › 3");
    }
}
