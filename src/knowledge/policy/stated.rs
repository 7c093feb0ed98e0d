//! The settings of a policy as plain values, each with its origin.
//!
//! For: layering built-in defaults ← policy file ← flags, and for showing the outcome. Not for:
//! the types that the stages use; those are built from here ([`super::Policy`]).

use super::declared::{Presence, SECTIONS, Section, Shape};
use super::value::{self, Setting};
use std::collections::BTreeMap;
use std::ops::Range;

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The program's own default.
    BuiltIn,
    /// This 1-based line of the policy file.
    Line(u32),
    /// This flag of the command line.
    Flag(&'static str),
}

/// A value with its origin.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Stated {
    pub(super) value: Setting,
    pub(super) origin: Origin,
    /// Bytes of the policy file; empty for values of other origin.
    pub(super) span: Range<usize>,
}

/// One table of a policy, or one entry of a list.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Table {
    pub(super) section: &'static Section,
    /// The rule it is about, for [`Shape::PerRule`].
    pub(super) rule: String,
    /// 1-based line of its header; 0 when the file has none.
    pub(super) line: u32,
    /// Bytes of its header.
    pub(super) span: Range<usize>,
    pub(super) values: BTreeMap<&'static str, Stated>,
}

impl Table {
    pub(super) fn new(section: &'static Section) -> Self {
        Table { section, rule: String::new(), line: 0, span: 0..0, values: BTreeMap::new() }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Setting> {
        self.values.get(key).map(|stated| &stated.value)
    }

    /// The characters of a key, empty when it has none.
    pub(super) fn text(&self, key: &str) -> &str {
        self.get(key).and_then(Setting::text).unwrap_or("")
    }

    /// The items of a list; empty when it has none.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        self.get(key).map(Setting::list).unwrap_or_default().to_vec()
    }

    /// The characters of a key that may be left out.
    pub(super) fn maybe(&self, key: &str) -> Option<String> {
        self.get(key).and_then(Setting::text).map(str::to_owned)
    }
}

/// All tables of a policy. Invariant: every [`Shape::Root`] and [`Shape::Table`] section is there
/// exactly once, with a value for every key that has a default.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Settings {
    tables: Vec<Table>,
}

impl Settings {
    /// The defaults.
    pub(super) fn built_in() -> Self {
        let single = SECTIONS.iter().filter(|s| matches!(s.shape, Shape::Root | Shape::Table));
        let tables = single.map(|section| {
            let mut table = Table::new(section);
            for key in section.keys {
                if let Presence::Default(toml) = key.presence {
                    let value = value::literal(key.value, toml);
                    table.values.insert(key.name, Stated { value, origin: Origin::BuiltIn, span: 0..0 });
                }
            }
            table
        });
        Settings { tables: tables.collect() }
    }

    /// Lays a table of the policy file over what is there.
    pub(super) fn lay(&mut self, table: Table) {
        if matches!(table.section.shape, Shape::List | Shape::PerRule) {
            self.tables.push(table);
        } else if let Some(below) = self.tables.iter_mut().find(|t| t.section == table.section) {
            below.line = table.line;
            below.values.extend(table.values);
        }
    }

    /// Lays one value of a flag over what is there.
    pub(super) fn set(&mut self, section: &str, key: &'static str, value: Setting, flag: &'static str) {
        if let Some(table) = self.tables.iter_mut().find(|t| t.section.name == section) {
            table.values.insert(key, Stated { value, origin: Origin::Flag(flag), span: 0..0 });
        }
    }

    /// The one table of a section that stands once.
    pub(super) fn single(&self, section: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.section.name == section)
    }

    /// Every table of a section, in the order of the file.
    pub(super) fn of<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Table> {
        self.tables.iter().filter(move |t| t.section.name == section)
    }
}
