//! Which column holds which field.
//!
//! For: one decision per column of one table, with what it rests on. Not for: knowing headers
//! (`knowledge::lexicon::fields`). Invariant: of the columns of one field one is the first, and the others
//! speak only where it says nothing.

use crate::knowledge::lexicon::fields::{Choice, FieldBook, Hit, Look};
use crate::knowledge::text::fold;
use crate::model::{Code, ColumnMap, ColumnOverride, Diagnostic, Field, Kind, Location, MappedBy};
use crate::stages::ingest::rows::Cell;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What is known of a table before its columns are mapped.
pub(super) struct Mapping<'a> {
    /// Header variants.
    pub book: &'a FieldBook,
    /// The policy file's columns.
    pub overrides: &'a [ColumnOverride],
    /// Path and sheet.
    pub at: Location,
    /// Title lines, sheet name and file name, in the order in which they are believed.
    pub titles: &'a [&'a str],
    /// The rows right below the header, as far as they were looked at: they decide what headers leave open.
    pub rows: &'a [&'a [Cell<'a>]],
}

/// Columns, the kind of table, and remarks.
pub(super) struct Mapped {
    /// One entry per column with a header, left to right; two for a column that holds two fields.
    pub columns: Vec<ColumnMap>,
    /// What the table lists.
    pub kind: Option<Kind>,
    /// Guessed, ambiguous, repeated and unknown columns.
    pub remarks: Vec<Diagnostic>,
}

/// Confidence of a column that its cells decide and not its header.
const IN_DOUBT: f32 = 0.8;

/// A column on its way to a decision.
struct Claim<'a> {
    column: u32,
    header: &'a str,
    look: Claimed<'a>,
}

enum Claimed<'a> {
    Field(Hit),
    Both([Hit; 2]),
    Ambiguous(&'a [Choice]),
    Nothing,
    /// The policy says that it is none.
    LeftOut,
}

/// Maps the headers of a table.
pub(super) fn map(table: &Mapping<'_>, headers: &[String]) -> Mapped {
    let mut claims: Vec<Claim<'_>> = headers
        .iter()
        .enumerate()
        .filter(|(_, header)| !header.is_empty())
        .map(|(i, header)| Claim { column: i as u32 + 1, header, look: claim(table, header) })
        .collect();
    let kinds = kinds_of(table, &claims);
    let kind = kinds.first().copied().filter(|_| kinds.len() == 1);
    let mut remarks = Vec::new();
    resolve(table, &mut claims, &kinds, &mut remarks);
    let columns = settle(table, &claims, &mut remarks);
    Mapped { columns, kind, remarks }
}

fn claim<'a>(table: &Mapping<'a>, header: &str) -> Claimed<'a> {
    if let Some(said) = table.overrides.iter().find(|o| applies(o, &table.at, header)) {
        let hit = |field| Hit { field, confidence: 1.0, by: MappedBy::Policy, rank: 0 };
        return said.field.map_or(Claimed::LeftOut, |field| Claimed::Field(hit(field)));
    }
    match table.book.look(header) {
        Look::Field(hit) if hit.by == MappedBy::Fuzzy => {
            table.book.both(header).map_or(Claimed::Field(hit), Claimed::Both)
        }
        Look::Field(hit) => Claimed::Field(hit),
        Look::Ambiguous(choices) => Claimed::Ambiguous(choices),
        Look::Unknown => table.book.both(header).map_or(Claimed::Nothing, Claimed::Both),
    }
}

impl Claim<'_> {
    /// The fields that the column may hold.
    fn hits(&self) -> &[Hit] {
        match &self.look {
            Claimed::Field(hit) => std::slice::from_ref(hit),
            Claimed::Both(hits) => hits,
            _ => &[],
        }
    }
}

/// Whether a policy entry speaks of this column.
pub(super) fn applies(said: &ColumnOverride, at: &Location, header: &str) -> bool {
    let file_name = at.path.rsplit('/').next().unwrap_or("");
    said.file.as_deref().is_none_or(|file| file == at.path || file == file_name)
        && said.sheet.as_deref().is_none_or(|sheet| sheet == at.sheet)
        && fold(&said.header) == fold(header)
}

/// What the table lists: the one kind that its name column or a title names, else the one that the headers
/// speak of, else the several that a title or the name columns name. Empty where nothing tells.
fn kinds_of(table: &Mapping<'_>, claims: &[Claim<'_>]) -> BTreeSet<Kind> {
    let titled = || table.titles.iter().map(|title| table.book.words().title_kinds(title));
    let columns = claims.iter().flat_map(Claim::hits).filter(|hit| Field::NAMES[..3].contains(&hit.field));
    let named: BTreeSet<Kind> = columns.flat_map(|hit| table.book.kinds(hit.field)).copied().collect();
    if named.len() == 1 {
        return named;
    }
    let one = titled().find(|kinds| kinds.len() == 1);
    let by_headers = || kind_of(table.book, claims).map(|kind| BTreeSet::from([kind]));
    if let Some(one) = one.or_else(by_headers) {
        return one;
    }
    titled().find(|kinds| kinds.len() > 1).unwrap_or(named)
}

/// The kind that the headers speak of: a name column of one kind, else most of the fields that only
/// one kind has.
fn kind_of(book: &FieldBook, claims: &[Claim<'_>]) -> Option<Kind> {
    let fields = || claims.iter().flat_map(Claim::hits).map(|hit| hit.field);
    let named: Vec<Field> = fields().filter(|f| Field::NAMES[..3].contains(f)).collect();
    if let [field] = named.as_slice() {
        return book.kinds(*field).first().copied();
    }
    let votes = |kind| fields().filter(|&f| book.kinds(f) == [kind]).count();
    let mut counted: Vec<(usize, Kind)> = Kind::ALL.iter().map(|&kind| (votes(kind), kind)).collect();
    counted.sort_by_key(|&(votes, _)| std::cmp::Reverse(votes));
    (counted[0].0 > counted[1].0 && (counted[0].0 > 1 || named.is_empty())).then_some(counted[0].1)
}

/// Decides ambiguous headers by the table, or says that it cannot.
fn resolve(
    table: &Mapping<'_>,
    claims: &mut [Claim<'_>],
    kinds: &BTreeSet<Kind>,
    remarks: &mut Vec<Diagnostic>,
) {
    let known: Vec<Field> = claims.iter().flat_map(Claim::hits).map(|hit| hit.field).collect();
    let told = kinds_told(table, claims);
    // What the rows say of themselves counts where nothing around them tells.
    let is_untitled = kinds.is_empty();
    let kinds = if is_untitled { &told } else { kinds };
    let is_name = |field: &Field| Field::NAMES.contains(field);
    let has_name = known.iter().any(is_name);
    for claim in claims {
        let Claimed::Ambiguous(choices) = claim.look else { continue };
        // A table without any other name must have it here.
        let name = || choices.iter().map(|choice| choice.field).find(is_name).filter(|_| !has_name);
        // 微信公众号 over 微信群 says more than that the rows are of several kinds.
        let words = || by_words(table, claim.column, choices).filter(|_| is_untitled);
        if let Some((field, code)) = words() {
            claim.look = decided(table, claim, (field, code), remarks);
            continue;
        }
        let by_table = || table.book.resolve(choices, kinds, &|field| known.contains(&field));
        if let Some(field) = name().or_else(by_table) {
            claim.look = Claimed::Field(Hit { field, confidence: 0.9, by: MappedBy::TableKind, rank: 0 });
            continue;
        }
        if let Some((field, code)) = by_cells(table, claim.column, choices, &known) {
            claim.look = decided(table, claim, (field, code), remarks);
            continue;
        }
        let mut fields: Vec<Field> = choices.iter().map(|c| c.field).collect();
        fields.sort_unstable();
        fields.dedup();
        let names: Vec<&str> = fields.iter().map(|f| f.as_str()).collect();
        let at = table.at.clone().at_column(claim.column, claim.header);
        let remark = Diagnostic::new(Code::AmbiguousColumn, at);
        remarks.push(remark.with("found", claim.header).with("candidates", names.join(", ")));
        claim.look = Claimed::LeftOut;
    }
}

/// The texts of the first rows in a column (1-based).
fn cells_of<'a>(table: &Mapping<'a>, column: u32) -> Vec<Cow<'a, str>> {
    let cells = table.rows.iter().filter_map(|row| row.get(column as usize - 1));
    cells.filter(|cell| !cell.is_blank()).map(|cell| cell.display()).collect()
}

/// The kinds that the rows state, in columns that hold a platform, a form or a kind, or may do so.
fn kinds_told(table: &Mapping<'_>, claims: &[Claim<'_>]) -> BTreeSet<Kind> {
    const TELLING: [Field; 3] = [Field::AppForm, Field::Platform, Field::Kind];
    let tells = |claim: &&Claim<'_>| match claim.look {
        Claimed::Ambiguous(choices) => choices.iter().any(|choice| TELLING.contains(&choice.field)),
        _ => claim.hits().iter().any(|hit| TELLING.contains(&hit.field)),
    };
    let mut kinds = BTreeSet::new();
    for claim in claims.iter().filter(tells) {
        let cells = cells_of(table, claim.column);
        let texts: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        kinds.extend(table.book.kinds_of_cells(&texts));
    }
    kinds
}

/// A column decided in doubt, and said so.
fn decided<'a>(
    table: &Mapping<'_>,
    claim: &Claim<'_>,
    (field, code): (Field, Code),
    remarks: &mut Vec<Diagnostic>,
) -> Claimed<'a> {
    let at = table.at.clone().at_column(claim.column, claim.header);
    let remark = Diagnostic::new(code, at).with("found", claim.header);
    remarks.push(remark.with("field", field_key(field)));
    Claimed::Field(Hit { field, confidence: IN_DOUBT, by: MappedBy::TableKind, rank: u16::MAX })
}

/// The field that the words of a column are values of.
fn by_words(table: &Mapping<'_>, column: u32, choices: &[Choice]) -> Option<(Field, Code)> {
    let cells = cells_of(table, column);
    let texts: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
    table.book.by_cells(choices, &texts).map(|field| (field, Code::ColumnByCells))
}

/// What an ambiguous column is by its own cells, and the remark that says so: what they are values of, and free
/// text a description, which every kind of row may have. Rows that are not there yet (headers known beforehand)
/// are told one by one by a form.
fn by_cells(table: &Mapping<'_>, column: u32, choices: &[Choice], known: &[Field]) -> Option<(Field, Code)> {
    if let by_words @ Some(_) = by_words(table, column, choices) {
        return by_words;
    }
    let offers = |field| choices.iter().any(|choice| choice.field == field);
    if offers(Field::FunctionDesc) {
        let free = [Field::Description, Field::FunctionDesc].into_iter().find(|f| !known.contains(f));
        return Some((free.unwrap_or(Field::Description), Code::ColumnAsText));
    }
    (table.rows.is_empty() && offers(Field::AppForm)).then_some((Field::AppForm, Code::ColumnByCells))
}

/// Gives each field to its best column: policy first, then the surer, then the stronger header, then
/// the one further left. The others of one field come second to it, unless they are only guessed.
fn settle(table: &Mapping<'_>, claims: &[Claim<'_>], remarks: &mut Vec<Diagnostic>) -> Vec<ColumnMap> {
    let strength = |hit: &Hit, column: u32| {
        (hit.by != MappedBy::Policy, (-hit.confidence * 1000.0) as i32, hit.rank, column)
    };
    let winner = |field: Field| {
        let hits = claims.iter().flat_map(|claim| claim.hits().iter().map(move |hit| (claim, hit)));
        let rivals = hits.filter(|(_, hit)| hit.field == field);
        rivals.min_by_key(|(claim, hit)| strength(hit, claim.column)).map(|(claim, _)| claim)
    };
    let mut columns = Vec::with_capacity(claims.len());
    for claim in claims {
        let at = || table.at.clone().at_column(claim.column, claim.header);
        let nothing = || ColumnMap::unknown(claim.column, claim.header);
        if matches!(claim.look, Claimed::Nothing) {
            remarks.push(Diagnostic::new(Code::UnknownColumn, at()).with("found", claim.header));
        }
        if let [first, second] = claim.hits() {
            let remark = Diagnostic::new(Code::SharedColumn, at()).with("found", claim.header);
            let remark = remark.with("field", field_key(first.field));
            remarks.push(remark.with("other", field_key(second.field)));
        }
        if claim.hits().is_empty() {
            columns.push(nothing());
        }
        for hit in claim.hits() {
            let ahead = winner(hit.field).filter(|w| w.column != claim.column);
            if let Some(ahead) = ahead.filter(|_| hit.by != MappedBy::Shared) {
                let code = if hit.by == MappedBy::Fuzzy { Code::RepeatedColumn } else { Code::SecondColumn };
                let remark = Diagnostic::new(code, at()).with("field", field_key(hit.field));
                remarks.push(remark.with("other", ahead.header));
                if hit.by == MappedBy::Fuzzy {
                    columns.push(nothing());
                    continue;
                }
            } else if hit.by == MappedBy::Fuzzy {
                let remark = Diagnostic::new(Code::GuessedColumn, at()).with("found", claim.header);
                let remark = remark.with("field", field_key(hit.field));
                remarks.push(remark.with("confidence", format!("{:.2}", hit.confidence)));
            }
            columns.push(ColumnMap {
                field: Some(hit.field),
                confidence: hit.confidence,
                by: hit.by,
                is_second: ahead.is_some(),
                ..nothing()
            });
        }
    }
    columns
}

/// The catalogue key of a field's display name, as an argument of a remark.
pub(super) fn field_key(field: Field) -> String {
    format!("@field.{field}")
}
