//! A reading as bytes and back: input, records, rejected rows, remarks.
//!
//! For: what `file::read` gives. Not for: other stages; nothing but this program ever reads it. Invariant: what comes
//! back is what went in, or nothing comes back.

use super::bytes::{In, Out};
use crate::model::{
    Code, ColumnMap, Count48, Diagnostic, Exactness, Field, FileId, InputFile, Kind, Layout, Location,
    MappedBy, Records, RejectedRow, RowAccount, RowRef, Sheet, SheetId, StatedTotal, Sym, Value,
};
use crate::stages::ingest::Output;
use encoding_rs::Encoding;
use jiff::civil::Date;

/// Formats by the names that readers give.
const FORMATS: [&str; 13] =
    ["csv", "tsv", "xlsx", "xlsm", "xls", "xlsb", "ods", "docx", "html", "xml", "json", "jsonl", "et"];
/// Encodings that are not called as the library calls them.
const ENCODINGS: [&str; 5] = ["utf-8", "utf-8+gb18030", "gb18030", "utf-16le", "utf-16be"];
/// Names of the values in remarks of this stage.
const NAMES: [&str; 22] = [
    "actual",
    "candidates",
    "code",
    "columns",
    "confidence",
    "count",
    "detail",
    "expected",
    "extension",
    "field",
    "format",
    "found",
    "kind",
    "label",
    "listed",
    "names",
    "other",
    "reason",
    "rows",
    "stated",
    "unit",
    "where",
];
const EXACTNESS: [Exactness; 4] = [Exactness::Exact, Exactness::About, Exactness::AtLeast, Exactness::Below];
const LAYOUTS: [Layout; 3] = [Layout::Table, Layout::Form, Layout::Turned];
const GROUNDS: [MappedBy; 7] = [
    MappedBy::Policy,
    MappedBy::Exact,
    MappedBy::Folded,
    MappedBy::Fuzzy,
    MappedBy::Shared,
    MappedBy::TableKind,
    MappedBy::Nothing,
];

/// A reading as bytes; `day` is the one it holds on, where it holds on that only.
pub(super) fn encode(input: &InputFile, out: &Output, day: Option<Date>) -> Vec<u8> {
    let mut bytes = Out::default();
    bytes.maybe(day, put_date);
    bytes.number(input.bytes);
    for text in [&input.blake3, &input.sm3, input.format, input.encoding.unwrap_or_default()] {
        bytes.text(text);
    }
    put_records(&mut bytes, &out.records);
    bytes.list(&out.rejected, |to, row| {
        put_place(to, row.at);
        to.text(row.code.as_str());
        to.text(&row.text);
    });
    bytes.list(&out.diagnostics, |to, remark| {
        to.text(remark.code.as_str());
        for text in [&remark.at.path, &remark.at.sheet, &remark.at.header] {
            to.text(text);
        }
        to.maybe(remark.at.row, Out::number);
        to.maybe(remark.at.column, Out::number);
        to.list(&remark.args, |to, (name, value)| {
            to.text(name);
            to.text(value);
        });
    });
    bytes.0
}

/// The reading of these bytes, of a file at `path`, if it holds on this day.
pub(super) fn decode(bytes: &[u8], path: &str, day: Date) -> Option<(InputFile, Output)> {
    let mut from = In(bytes);
    if from.maybe(take_date)?.is_some_and(|held| held != day) {
        return None;
    }
    let bytes = from.number()?;
    let (blake3, sm3) = (from.text()?.to_owned(), from.text()?.to_owned());
    let format = fixed(&FORMATS, from.text()?)?;
    let encoding = match from.text()? {
        "" => None,
        name => Some(encoding(name)?),
    };
    let input = InputFile { path: path.to_owned(), bytes, blake3, sm3, format, encoding };
    let records = take_records(&mut from)?;
    let rejected = from.list(|from| {
        Some(RejectedRow { at: take_place(from)?, code: code(from.text()?)?, text: from.text()?.to_owned() })
    })?;
    let diagnostics = from.list(|from| {
        let code = code(from.text()?)?;
        let [path, sheet, header] = [from.text()?, from.text()?, from.text()?].map(str::to_owned);
        let (row, column) = (from.maybe(In::number)?, from.maybe(In::number)?);
        let args = from.list(|from| Some((fixed(&NAMES, from.text()?)?, from.text()?.to_owned())))?;
        Some(Diagnostic { code, at: Location { path, sheet, row, column, header }, args })
    })?;
    from.0.is_empty().then_some((input, Output { records, rejected, diagnostics }))
}

fn fixed(list: &[&'static str], name: &str) -> Option<&'static str> {
    list.iter().find(|known| **known == name).copied()
}

fn encoding(name: &str) -> Option<&'static str> {
    fixed(&ENCODINGS, name).or_else(|| {
        let encoding = Encoding::for_label(name.as_bytes())?;
        (encoding.name() == name).then(|| encoding.name())
    })
}

fn code(name: &str) -> Option<Code> {
    Code::ALL.iter().find(|code| code.as_str() == name).copied()
}

fn put_records(to: &mut Out, records: &Records) {
    to.list(&records.sheets, put_sheet);
    // Each text once, in the order in which the cells come to it.
    let (mut known, mut texts) = (vec![None; records.pool.len()], Vec::new());
    let mut number = |sym: Sym| {
        *known[sym.index()].get_or_insert_with(|| {
            texts.push(sym);
            texts.len() - 1
        })
    };
    let fields: Vec<Field> = Field::ALL.iter().copied().filter(|field| records.has(*field)).collect();
    let mut cells = Out::default();
    cells.list(&fields, |to, field| to.number(field.index()));
    cells.number(records.len());
    for record in 0..records.len() {
        put_place(&mut cells, records.place(record));
        for &field in &fields {
            put_value(&mut cells, records.value(record, field), &mut number);
            cells.maybe(records.raw(record, field), Out::text);
            cells.maybe(records.elsewhere(record, field), |to, held| {
                to.number(held.row);
                to.number(held.column);
            });
        }
    }
    cells.list(records.extras(), |to, extra| {
        to.number(extra.record);
        to.number(extra.column);
        to.text(records.pool.get(extra.text));
    });
    to.list(&texts, |to, sym| to.text(records.pool.get(*sym)));
    to.0.append(&mut cells.0);
}

fn take_records(from: &mut In<'_>) -> Option<Records> {
    let mut records = Records::default();
    records.sheets = from.list(take_sheet)?;
    let texts: Vec<Sym> = from.list(|from| Some(records.pool.intern(from.text()?)))?;
    let fields = from.list(|from| Field::ALL.get(from.number::<usize>()?).copied())?;
    let places: usize = from.number()?;
    // Extras belong to the record pushed last, and come last here.
    let mut cells = Vec::new();
    let mut at = Vec::new();
    for record in 0..places {
        at.push(take_place(from)?);
        for &field in &fields {
            let value = take_value(from, &texts)?;
            let raw = from.maybe(In::text)?;
            let held = from.maybe(|from| Some((from.number::<u32>()?, from.number::<u32>()?)))?;
            cells.push((record, field, value, raw, held));
        }
    }
    let extras = from.list(|from| Some((from.number::<usize>()?, from.number::<u32>()?, from.text()?)))?;
    let (mut cells, mut extras) = (cells.into_iter().peekable(), extras.into_iter().peekable());
    for (record, place) in at.into_iter().enumerate() {
        records.push(place);
        while let Some((_, field, value, raw, held)) = cells.next_if(|cell| cell.0 == record) {
            records.set(field, value, raw);
            if let Some((row, column)) = held {
                records.add_elsewhere(field, row, column);
            }
        }
        while let Some((_, column, text)) = extras.next_if(|extra| extra.0 == record) {
            records.add_extra(column, text);
        }
    }
    extras.next().is_none().then_some(records)
}

fn put_place(to: &mut Out, place: RowRef) {
    to.number(place.sheet.0);
    to.number(place.row);
}

fn take_place(from: &mut In<'_>) -> Option<RowRef> {
    Some(RowRef { sheet: SheetId(from.number()?), row: from.number()? })
}

fn put_date(to: &mut Out, date: Date) {
    to.number(date.year().cast_unsigned());
    to.0.extend([date.month().cast_unsigned(), date.day().cast_unsigned()]);
}

fn take_date(from: &mut In<'_>) -> Option<Date> {
    let year = from.number::<u16>()?.cast_signed();
    Date::new(year, from.byte()?.cast_signed(), from.byte()?.cast_signed()).ok()
}

fn put_value(to: &mut Out, value: Value, number: &mut impl FnMut(Sym) -> usize) {
    match value {
        Value::Missing => to.0.push(0),
        Value::Text(sym) | Value::List(sym) | Value::Invalid(sym) => {
            to.0.push(match value {
                Value::Text(_) => 1,
                Value::List(_) => 2,
                _ => 3,
            });
            to.number(number(sym));
        }
        Value::Date { date, inferred } => {
            to.0.push(4 + u8::from(inferred));
            put_date(to, date);
        }
        Value::Flag(flag) => to.0.push(6 + u8::from(flag)),
        Value::Count { count, exactness } => {
            to.0.push(8 + exactness as u8);
            to.number(count.get());
        }
    }
}

fn take_value(from: &mut In<'_>, texts: &[Sym]) -> Option<Value> {
    let tag = from.byte()?;
    let mut sym = || texts.get(from.number::<usize>()?).copied();
    Some(match tag {
        0 => Value::Missing,
        1 => Value::Text(sym()?),
        2 => Value::List(sym()?),
        3 => Value::Invalid(sym()?),
        4 | 5 => Value::Date { inferred: tag == 5, date: take_date(from)? },
        6 | 7 => Value::Flag(tag == 7),
        8.. => Value::Count {
            exactness: *EXACTNESS.get(usize::from(tag - 8))?,
            count: Count48::new(from.number()?)?,
        },
    })
}

fn put_sheet(to: &mut Out, sheet: &Sheet) {
    to.number(sheet.file.0);
    to.text(&sheet.name);
    to.maybe(sheet.header_row, Out::number);
    to.text(sheet.kind.map_or("", Kind::as_str));
    to.text(&sheet.title);
    to.list(&sheet.defaults, |to, (field, text)| {
        to.number(field.index());
        to.text(text);
    });
    to.list(&sheet.columns, |to, column| {
        to.number(column.column);
        to.text(&column.header);
        to.maybe(column.field, |to, field| to.number(field.index()));
        to.0.extend(column.confidence.to_le_bytes());
        to.0.extend([column.by as u8, u8::from(column.is_second)]);
        to.maybe(column.cell, put_two);
    });
    let RowAccount { rows_read, records, headings, blank, notes, rejected } = sheet.account;
    for count in [rows_read, records, headings, blank, notes, rejected] {
        to.number(count);
    }
    to.list(&sheet.totals, |to, total| {
        put_two(to, (total.row, total.column));
        to.text(&total.label);
        to.number(total.stated);
        to.number(total.actual);
        to.0.push(u8::from(total.exact));
    });
    to.list(&sheet.zero_reports, |to, (row, unit)| {
        to.number(*row);
        to.text(unit);
    });
    to.0.push(sheet.layout as u8);
    to.maybe(sheet.window, |to, (first, last)| {
        to.number(first);
        to.maybe(last, Out::number);
    });
}

fn take_sheet(from: &mut In<'_>) -> Option<Sheet> {
    let field = |from: &mut In<'_>| Field::ALL.get(from.number::<usize>()?).copied();
    Some(Sheet {
        file: FileId(from.number()?),
        name: from.text()?.to_owned(),
        header_row: from.maybe(In::number)?,
        kind: match from.text()? {
            "" => None,
            name => Some(Kind::parse(name)?),
        },
        title: from.text()?.to_owned(),
        defaults: from.list(|from| Some((field(from)?, from.text()?.to_owned())))?,
        columns: from.list(|from| {
            Some(ColumnMap {
                column: from.number()?,
                header: from.text()?.to_owned(),
                field: from.maybe(field)?,
                confidence: f32::from_le_bytes(from.four()?),
                by: *GROUNDS.get(usize::from(from.byte()?))?,
                is_second: from.byte()? == 1,
                cell: from.maybe(take_two)?,
            })
        })?,
        account: RowAccount {
            rows_read: from.number()?,
            records: from.number()?,
            headings: from.number()?,
            blank: from.number()?,
            notes: from.number()?,
            rejected: from.number()?,
        },
        totals: from.list(|from| {
            let (row, column) = take_two(from)?;
            Some(StatedTotal {
                row,
                column,
                label: from.text()?.to_owned(),
                stated: from.number()?,
                actual: from.number()?,
                exact: from.byte()? == 1,
            })
        })?,
        zero_reports: from.list(|from| Some((from.number()?, from.text()?.to_owned())))?,
        layout: *LAYOUTS.get(usize::from(from.byte()?))?,
        window: from.maybe(|from| Some((from.number()?, from.maybe(In::number)?)))?,
    })
}

fn put_two(to: &mut Out, (first, second): (u32, u32)) {
    to.number(first);
    to.number(second);
}

fn take_two(from: &mut In<'_>) -> Option<(u32, u32)> {
    Some((from.number()?, from.number()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_cases_stand_in_their_order() {
        assert!(GROUNDS.iter().enumerate().all(|(at, by)| *by as usize == at));
        assert!(LAYOUTS.iter().enumerate().all(|(at, layout)| *layout as usize == at));
        assert!(EXACTNESS.iter().enumerate().all(|(at, exactness)| *exactness as usize == at));
        assert!(NAMES.is_sorted());
    }
}
