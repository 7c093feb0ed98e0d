//! Remarks about records: placed in their cell, and made once where rows repeat them.

use crate::model::{Code, Diagnostic, Field, InputFile, Location, Records};
use std::collections::BTreeSet;

/// Named values of a remark.
type Args = Vec<(&'static str, String)>;

/// A remark about a record that does not yet know where the record stands.
pub(super) struct Remark {
    pub(super) code: Code,
    pub(super) field: Field,
    pub(super) args: Args,
}

impl Remark {
    pub(super) fn new(code: Code, field: Field) -> Remark {
        Remark { code, field, args: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Remark {
        self.args.push((name, value.to_string()));
        self
    }

    /// Remarks about a word, not about a row: the first row with it stands for all of its sheet.
    fn is_about_a_word(&self) -> bool {
        matches!(self.code, Code::UnknownPlatform | Code::UnknownRegionCode | Code::AmbiguousRegion)
    }
}

pub(super) struct Remarks<'a> {
    inputs: &'a [InputFile],
    /// Sheet, code and word of the remarks already made.
    made: BTreeSet<(u32, Code, Args)>,
    list: Vec<Diagnostic>,
}

impl<'a> Remarks<'a> {
    pub(super) fn new(inputs: &'a [InputFile]) -> Self {
        Remarks { inputs, made: BTreeSet::new(), list: Vec::new() }
    }

    pub(super) fn add(&mut self, records: &Records, record: usize, remark: &Remark) {
        let at = records.place(record);
        if remark.is_about_a_word() && !self.made.insert((at.sheet.0, remark.code, remark.args.clone())) {
            return;
        }
        let sheet = records.sheet(record);
        let path = self.inputs.get(sheet.file.0 as usize).map_or("", |i| i.path.as_str());
        let mut place = Location::sheet(path, &sheet.name).at_row(at.row);
        if let Some(column) = sheet.columns.iter().find(|c| c.field == Some(remark.field)) {
            place = place.at_column(column.column, &column.header);
        }
        let mut diagnostic = Diagnostic::new(remark.code, place);
        diagnostic.args.clone_from(&remark.args);
        self.list.push(diagnostic);
    }

    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.list
    }
}
