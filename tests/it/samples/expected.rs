//! `expected.csv`: what an audit of the samples must and must not say, one claim per line.

use std::fmt;
use std::path::Path;

/// What a line claims.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Expect {
    /// The item and `other` have this relation.
    Relation,
    /// A finding of this rule speaks of the item.
    Rule,
    /// The plan has this action for the item; `a|b` allows either.
    Action,
    /// A rule id: no such finding on the item. `relation`: no duplicate relation with `other`, or
    /// with anything when that is empty. `all`: no finding and no duplicate relation at all.
    Quiet,
    /// It was understood to be of this kind.
    Kind,
    /// It was understood to be in this status.
    Status,
    /// This many rows of the file became records.
    Records,
    /// This many rows of the file were rejected.
    Rejected,
    /// At least this many cells of the file were reported as invalid.
    Invalid,
}

/// An asset as its file writes it: name and owner.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) owner: String,
}

/// One line.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The asset; for a claim about a file, its path and no owner.
    pub(crate) item: Named,
    /// What it really is (`app`, `account`, `group`, `other`), or `file`.
    pub(crate) kind: String,
    pub(crate) expect: Expect,
    /// Relation, rule, action, kind, status or number.
    pub(crate) value: String,
    /// The other asset of a relation.
    pub(crate) other: Named,
    /// Why, for people.
    pub(crate) note: String,
}

impl Row {
    /// The allowed values.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.value.split('|')
    }

    /// What is claimed, for comparing lines about one item.
    pub(crate) fn claim(&self) -> (Expect, &str, &Named) {
        (self.expect, &self.value, &self.other)
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.owner.is_empty() {
            f.write_str(&self.name)
        } else {
            write!(f, "{}@{}", self.name, self.owner)
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?} {}", self.item, self.expect, self.value)?;
        if !self.other.name.is_empty() {
            write!(f, " with {}", self.other)?;
        }
        if !self.note.is_empty() {
            write!(f, " ({})", self.note)?;
        }
        Ok(())
    }
}

/// Reads the file; panics with the line on anything it cannot understand.
pub(crate) fn read(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).expect("expected.csv opens");
    let header: Vec<&str> = vec!["item", "kind", "owner", "expect", "value", "other", "note"];
    assert_eq!(reader.headers().expect("a header").iter().collect::<Vec<_>>(), header);
    reader.records().map(|record| row(&record.expect("a CSV row"))).collect()
}

fn row(record: &csv::StringRecord) -> Row {
    let cell = |i: usize| record[i].to_owned();
    let expect = match &record[3] {
        "relation" => Expect::Relation,
        "rule" => Expect::Rule,
        "action" => Expect::Action,
        "quiet" => Expect::Quiet,
        "kind" => Expect::Kind,
        "status" => Expect::Status,
        "records" => Expect::Records,
        "rejected" => Expect::Rejected,
        "invalid" => Expect::Invalid,
        other => panic!("unknown expectation {other:?} in {record:?}"),
    };
    let (name, owner) = record[5].rsplit_once('@').unwrap_or((&record[5], ""));
    Row {
        item: Named { name: cell(0), owner: cell(2) },
        kind: cell(1),
        expect,
        value: cell(4),
        other: Named { name: name.to_owned(), owner: owner.to_owned() },
        note: cell(6),
    }
}
