//! Cells → typed values, by the type of the field their column was taken for.
//!
//! For: deciding missing, understood or invalid for one cell. Not for: what a value means (platform,
//! region, unit), which is `normalise`. Invariant: a cell with something in it is never `Missing`
//! unless it is a known mark for nothing.

mod as_of;
mod boxes;
mod count;
mod date;
mod flag;
mod halves;
mod text;

pub(super) use as_of::AsOf;
pub(super) use count::{Scale, scale_of_header};
pub(super) use halves::halves;
pub(super) use text::{clean, is_clean, trim};

use crate::knowledge::lexicon::fields::{FieldBook, Role};
use crate::model::{Exactness, Field, FieldType};
use crate::stages::ingest::rows::Cell;
use jiff::civil::Date;
use std::borrow::Cow;

/// An understood cell, before its text is interned.
#[derive(Debug, PartialEq)]
pub(super) enum Parsed<'a> {
    /// Nothing, or a mark for nothing.
    Missing,
    /// Text or identifier.
    Text(Cow<'a, str>),
    /// Items joined by "；".
    List(String),
    /// A day.
    Date { date: Date, inferred: bool },
    /// A number.
    Count { count: u64, exactness: Exactness },
    /// Yes or no.
    Flag(bool),
    /// Not of the field's type.
    Invalid,
}

impl Parsed<'_> {
    /// The same value with its text to itself.
    pub(super) fn into_owned(self) -> Parsed<'static> {
        match self {
            Parsed::Missing => Parsed::Missing,
            Parsed::Text(text) => Parsed::Text(text.into_owned().into()),
            Parsed::List(items) => Parsed::List(items),
            Parsed::Date { date, inferred } => Parsed::Date { date, inferred },
            Parsed::Count { count, exactness } => Parsed::Count { count, exactness },
            Parsed::Flag(flag) => Parsed::Flag(flag),
            Parsed::Invalid => Parsed::Invalid,
        }
    }
}

/// What reading a cell needs to know besides the cell.
pub(super) struct Context<'a> {
    /// Marks and words.
    pub book: &'a FieldBook,
    /// The day relative to which "7月16日" is read.
    pub as_of: AsOf,
    /// The fields that name the rows of a table.
    pub naming: Naming,
}

/// What the rows of a table are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Naming {
    /// Items of an inventory.
    #[default]
    Items,
    /// Units: a roster.
    Units,
}

impl Naming {
    /// The fields that name a row, most specific first.
    pub(super) fn fields(self) -> &'static [Field] {
        match self {
            Naming::Items => &Field::NAMES,
            Naming::Units => &[Field::OwnerUnit],
        }
    }

    /// The fields that do so where none of those is there: a list of clues has texts instead of names.
    pub(super) fn otherwise(self) -> &'static [Field] {
        match self {
            Naming::Items => &[Field::ClueText, Field::ClueSubject],
            Naming::Units => &[Field::Name],
        }
    }
}

/// The value of a cell in a column of `field`. `scale` comes from the header ("（万）").
///
/// `shown` must be the cleaned display text of the cell.
pub(super) fn parse<'a>(
    context: &Context<'_>,
    field: Field,
    scale: Scale,
    cell: Cell<'_>,
    shown: &'a str,
) -> Parsed<'a> {
    if let Cell::Error(_) = cell {
        return Parsed::Invalid;
    }
    if is_missing(context.book, field, shown) {
        return Parsed::Missing;
    }
    match field.field_type() {
        FieldType::Text if boxes::has(shown) => match boxes::ticked(shown) {
            Some(ticked) if ticked.is_empty() => Parsed::Missing,
            Some(ticked) => Parsed::Text(ticked.join("；").into()),
            None => Parsed::Text(shown.into()),
        },
        FieldType::Text | FieldType::Id => Parsed::Text(shown.into()),
        FieldType::List if boxes::has(shown) => {
            Parsed::List(boxes::ticked(shown).map_or_else(|| text::list(shown), |ticked| ticked.join("；")))
        }
        FieldType::List => Parsed::List(text::list(shown)),
        FieldType::Date => match cell {
            Cell::Date(date) => Parsed::Date { date, inferred: false },
            // A serial with a time of day.
            Cell::Number(n) if n.fract() != 0.0 && n > 20_000.0 => {
                date::parse(&n.trunc().to_string(), &context.as_of)
                    .map_or(Parsed::Invalid, |(date, inferred)| Parsed::Date { date, inferred })
            }
            _ => date::parse(shown, &context.as_of)
                .map_or(Parsed::Invalid, |(date, inferred)| Parsed::Date { date, inferred }),
        },
        FieldType::Count => count::parse(shown, scale)
            .map_or(Parsed::Invalid, |(count, exactness)| Parsed::Count { count, exactness }),
        FieldType::Flag => flag::parse(shown).map_or(Parsed::Invalid, Parsed::Flag),
    }
}

/// Marks for nothing count everywhere; "无" only where it does not answer the question asked.
fn is_missing(book: &FieldBook, field: Field, shown: &str) -> bool {
    // The longest mark has four characters; longer cells need no look-up.
    if shown.is_empty() {
        return true;
    }
    if field.field_type() == FieldType::Date && is_unfilled(shown) {
        return true;
    }
    if shown.len() > 12 || !book.words().may_say_nothing(shown) {
        return false;
    }
    let bare = shown.trim_end_matches(['。', '.']);
    if book.words().is(Role::Missing, bare) {
        return true;
    }
    let answers = field.field_type() == FieldType::Flag || book.none_is_value(field);
    !answers && book.words().is(Role::None, bare)
}

/// Whether a cell of a field that takes one value holds several: parts that are values by themselves, or
/// figures each with a name in front ("微信1200；微博300").
pub(super) fn are_several(text: &str, kind: FieldType) -> bool {
    let is_value = |part: &str| match kind {
        FieldType::Date => date::parse(part, &AsOf::new(Date::MAX)).is_some(),
        FieldType::Count => {
            let figure = part.trim_start_matches(|c: char| !c.is_ascii_digit());
            count::parse(figure, Scale::ONE).is_some()
        }
        FieldType::Flag => flag::parse(part).is_some(),
        _ => false,
    };
    let mut parts = text.split(text::SEVERAL).map(str::trim).filter(|part| !part.is_empty()).peekable();
    let first = parts.next();
    first.is_some_and(is_value) && parts.peek().is_some() && parts.all(is_value)
}

/// "    年  月  日": the blank of a form.
fn is_unfilled(shown: &str) -> bool {
    shown.contains('年') && shown.chars().all(|c| c.is_whitespace() || "年月日_＿".contains(c))
}

/// A cell as a number of items, whatever its column: for sum lines.
pub(super) fn number(cell: Cell<'_>) -> Option<u64> {
    let shown = cell.display();
    count::parse(shown.trim(), Scale::ONE).map(|(count, _)| count)
}
