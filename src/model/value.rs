//! The value of one cell once it is understood: eight bytes, with *missing* and *not understood*
//! kept apart.
//!
//! For: the columns of [`Records`](super::Records). Not for: parsing (that is `ingest::values`).
//! Invariant: a value that could not be understood is [`Value::Invalid`] with its text, never
//! [`Value::Missing`].

use super::Sym;
use jiff::civil::Date;

/// How far a count can be relied on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub enum Exactness {
    /// Written as a plain number.
    #[default]
    Exact,
    /// "约300", "2000余", "1.2万": rounded by whoever wrote it.
    About,
    /// "1000以上", "超过300": at least this many.
    AtLeast,
    /// "不足百人", "1000以下": fewer than this many.
    Below,
}

/// A 48-bit count: 281 billion thousands are enough for any download figure, and six bytes keep
/// [`Value`] at eight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Count48([u8; 6]);

impl Count48 {
    /// `None` when `n` needs more than 48 bits.
    pub fn new(n: u64) -> Option<Self> {
        let b = n.to_be_bytes();
        (b[0] == 0 && b[1] == 0).then(|| Count48([b[2], b[3], b[4], b[5], b[6], b[7]]))
    }

    /// The count as an ordinary integer.
    pub fn get(self) -> u64 {
        let mut wide = [0; 8];
        wide[2..].copy_from_slice(&self.0);
        u64::from_be_bytes(wide)
    }
}

/// One understood cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Value {
    /// Nothing was written, or a sign for nothing ("—", "/", "无" where the field allows it).
    #[default]
    Missing,
    /// Text, an identifier, or anything that must keep its characters.
    Text(Sym),
    /// Several items of one cell, joined by "；" in the order written, each trimmed.
    List(Sym),
    /// A calendar day; `inferred` when the year or day was not written.
    Date {
        /// The day.
        date: Date,
        /// Whether part of it was worked out and not written.
        inferred: bool,
    },
    /// A number of people, items or times.
    Count {
        /// The number.
        count: Count48,
        /// How far it can be relied on.
        exactness: Exactness,
    },
    /// 是/否, 有/无, √/×.
    Flag(bool),
    /// Something is written but not of the field's type; the text as found.
    Invalid(Sym),
}

impl Value {
    /// A count value; `None` when `n` is beyond 48 bits.
    pub fn count(n: u64, exactness: Exactness) -> Option<Value> {
        Count48::new(n).map(|count| Value::Count { count, exactness })
    }

    /// Whether nothing was written.
    pub fn is_missing(self) -> bool {
        self == Value::Missing
    }

    /// The number, when this is a count.
    pub fn as_count(self) -> Option<u64> {
        if let Value::Count { count, .. } = self { Some(count.get()) } else { None }
    }

    /// The day, when this is a date.
    pub fn as_date(self) -> Option<Date> {
        if let Value::Date { date, .. } = self { Some(date) } else { None }
    }

    /// Yes or no, when this is a flag.
    pub fn as_flag(self) -> Option<bool> {
        if let Value::Flag(flag) = self { Some(flag) } else { None }
    }

    /// The same value with its symbol, if it has one, replaced.
    #[must_use]
    pub fn map_sym(self, map: impl Fn(Sym) -> Sym) -> Value {
        match self {
            Value::Text(s) => Value::Text(map(s)),
            Value::List(s) => Value::List(map(s)),
            Value::Invalid(s) => Value::Invalid(map(s)),
            other => other,
        }
    }

    /// The symbol of a text, list or invalid cell: whatever has characters to read.
    pub fn sym(self) -> Option<Sym> {
        match self {
            Value::Text(s) | Value::List(s) | Value::Invalid(s) => Some(s),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_eight_bytes_so_a_million_rows_fit() {
        assert_eq!(size_of::<Value>(), 8);
    }

    #[test]
    fn counts_keep_48_bits_and_refuse_more() {
        for n in [0, 1, 18_446, u64::from(u32::MAX) + 1, (1 << 48) - 1] {
            assert_eq!(Value::count(n, Exactness::Exact).and_then(Value::as_count), Some(n));
        }
        assert_eq!(Value::count(1 << 48, Exactness::Exact), None);
    }
}
