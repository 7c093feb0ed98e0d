//! TOML text → checked tables, against the declaration.
//!
//! For: shape, names and types of everything in the file. Not for: what two entries say of each
//! other (`check`). Invariant: each thing that cannot be taken over leaves exactly one fault.

use super::declared::{Known, Presence, SECTIONS, Section, Shape};
use super::fault::{Fault, FaultCode, place};
use super::nearest::{choices, nearest};
use super::stated::{Origin, Stated, Table};
use super::{Names, value};
use crate::knowledge::messages::{Catalogue, Lang};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Every table of the text, in order of place; faults are added.
pub(super) fn tables(text: &str, known: &Known<'_>, faults: &mut Vec<Fault>) -> Vec<Table> {
    let (root, errors) = DeTable::parse_recoverable(text);
    faults.extend(errors.iter().map(|error| syntax(text, error)));
    let mut reader = Reader { text, known, faults, tables: Vec::new() };
    reader.root(root.get_ref());
    let mut tables = reader.tables;
    tables.sort_by_key(|table| table.span.start);
    tables
}

struct Reader<'a> {
    text: &'a str,
    known: &'a Known<'a>,
    faults: &'a mut Vec<Fault>,
    tables: Vec<Table>,
}

type Entry<'a, 'i> = (&'a Spanned<DeString<'i>>, &'a Spanned<DeValue<'i>>);

impl Reader<'_> {
    fn root(&mut self, root: &DeTable<'_>) {
        let (top, sections): (Vec<Entry<'_, '_>>, Vec<_>) =
            root.iter().partition(|(key, _)| SECTIONS[0].key(key.get_ref()).is_some());
        self.table(&SECTIONS[0], "", 0..0, top);
        for (key, found) in sections {
            match Section::find(key.get_ref()) {
                Some(section) => self.section(section, key, found),
                None => self.unknown_section(key),
            }
        }
    }

    fn section(
        &mut self,
        section: &'static Section,
        key: &Spanned<DeString<'_>>,
        found: &Spanned<DeValue<'_>>,
    ) {
        match (section.shape, found.get_ref()) {
            (Shape::Table, DeValue::Table(table)) => self.table(section, "", key.span(), table.iter()),
            (Shape::List, DeValue::Array(items)) => {
                for item in items {
                    match item.get_ref() {
                        DeValue::Table(table) => {
                            let span = header(self.text, item.span(), section);
                            self.table(section, "", span, table.iter());
                        }
                        _ => self.wrong_shape(section, item.span()),
                    }
                }
            }
            (Shape::PerRule, DeValue::Table(rules)) => {
                for (rule, found) in rules {
                    self.rule(section, rule, found);
                }
            }
            _ => self.wrong_shape(section, key.span()),
        }
    }

    fn rule(
        &mut self,
        section: &'static Section,
        rule: &Spanned<DeString<'_>>,
        found: &Spanned<DeValue<'_>>,
    ) {
        let list = Names::Rules.list(self.known);
        let name = rule.get_ref().as_ref();
        if !list.contains(&name) {
            self.faults.push(
                Fault::new(FaultCode::UnknownName, rule.span())
                    .with("found", name)
                    .with("key", section.name)
                    .with("choices", choices(name, &list))
                    .suggest(nearest(name, &list)),
            );
        }
        match found.get_ref() {
            DeValue::Table(table) => self.table(section, name, rule.span(), table.iter()),
            _ => self.wrong_shape(section, rule.span()),
        }
    }

    fn table<'a, 'i: 'a>(
        &mut self,
        section: &'static Section,
        rule: &str,
        span: Range<usize>,
        entries: impl IntoIterator<Item = Entry<'a, 'i>>,
    ) {
        let line = if section.shape == Shape::Root { 0 } else { place(self.text, span.start).0 };
        let mut table = Table { rule: rule.to_owned(), line, span, ..Table::new(section) };
        let entries: Vec<Entry<'a, 'i>> = entries.into_iter().collect();
        let written: Vec<&str> =
            entries.iter().filter_map(|(key, _)| section.key(key.get_ref())).map(|key| key.name).collect();
        for (key, found) in entries {
            let Some(declared) = section.key(key.get_ref()) else {
                self.unknown_key(section, key, &written);
                continue;
            };
            if let Some(value) = value::check(declared, found, self.known, self.faults) {
                let origin = Origin::Line(place(self.text, key.span().start).0);
                table.values.insert(declared.name, Stated { value, origin, span: found.span() });
            }
        }
        for key in section.keys {
            if key.presence == Presence::Required && !written.contains(&key.name) {
                self.faults.push(
                    Fault::new(FaultCode::MissingKey, table.span.clone())
                        .with("section", shown(section))
                        .with("key", key.name)
                        .with(
                            "example",
                            key.example.replace("{rule}", self.known.rules.first().unwrap_or(&"rule-id")),
                        ),
                );
            }
        }
        self.tables.push(table);
    }

    fn unknown_key(&mut self, section: &Section, key: &Spanned<DeString<'_>>, written: &[&str]) {
        let found = key.get_ref().as_ref();
        let here: Vec<&str> = section.keys.iter().map(|k| k.name).collect();
        let fault = |code| Fault::new(code, key.span()).with("found", found).with("section", shown(section));
        // “fiel” beside a `file` is `field`: what is there already was hardly meant again.
        let open: Vec<&str> = here.iter().copied().filter(|name| !written.contains(name)).collect();
        let near = nearest(found, &open).or_else(|| nearest(found, &here));
        // A key that several sections have, such as a name, may be meant for none of them.
        let mut homes = SECTIONS.iter().filter(|s| s.key(found).is_some());
        let home = homes.next().filter(|_| homes.next().is_none());
        self.faults.push(match (near, home) {
            (None, Some(home)) => fault(FaultCode::MisplacedKey).with("belongs", shown(home)),
            _ => fault(FaultCode::UnknownKey).with("choices", here.join(", ")).suggest(near),
        });
    }

    fn unknown_section(&mut self, key: &Spanned<DeString<'_>>) {
        let found = key.get_ref().as_ref();
        let mut names: Vec<&str> = SECTIONS.iter().skip(1).map(|s| s.name).collect();
        names.extend(SECTIONS[0].keys.iter().map(|k| k.name));
        let near = nearest(found, &names);
        let home = SECTIONS.iter().find(|s| s.key(found).is_some());
        self.faults.push(match (near, home) {
            (None, Some(home)) => Fault::new(FaultCode::MisplacedKey, key.span())
                .with("found", found)
                .with("section", shown(&SECTIONS[0]))
                .with("belongs", shown(home)),
            _ => Fault::new(FaultCode::UnknownSection, key.span())
                .with("found", found)
                .with("choices", names.join(", "))
                .suggest(near),
        });
    }

    fn wrong_shape(&mut self, section: &'static Section, span: Range<usize>) {
        self.faults.push(
            Fault::new(FaultCode::WrongShape, span)
                .with("section", section.name)
                .with("expected", section.header(self.known.rules.first().unwrap_or(&"rule-id"))),
        );
    }
}

/// A section as people are told of it.
fn shown(section: &Section) -> String {
    match section.shape {
        Shape::Root => "@policy.top".to_owned(),
        _ => section.header("…"),
    }
}

/// The name inside `[[name]]`, so that the mark stands under it and not under the whole entry.
fn header(text: &str, entry: Range<usize>, section: &Section) -> Range<usize> {
    let written = text.get(entry.clone()).filter(|entry| entry.starts_with("[["));
    match written.and_then(|entry| entry.find(section.name)) {
        Some(at) => entry.start + at..entry.start + at + section.name.len(),
        None => entry.start..entry.start,
    }
}

/// A parser's complaint, with a guess at full-width punctuation, the usual reason in Chinese text.
fn syntax(text: &str, error: &toml::de::Error) -> Fault {
    let span = error.span().unwrap_or(0..0);
    let start = text[..span.start.min(text.len())].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or("");
    for (at, wide) in line.char_indices() {
        if wide == '#' {
            break;
        }
        if let Some(narrow) = narrow(wide) {
            let span = start + at..start + at + wide.len_utf8();
            return Fault::new(FaultCode::FullWidth, span).with("found", wide).with("expected", narrow);
        }
    }
    // The parser speaks English; the catalogue has its commoner sentences.
    let complaint = error.message().split(", expected").next().unwrap_or("");
    let slug: String = complaint.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let key = format!("policy.syntax.{slug}");
    let reason =
        if Catalogue::of(Lang::Zh).has(&key) { format!("@{key}") } else { error.message().to_owned() };
    Fault::new(FaultCode::Syntax, span).with("reason", reason).with("parser", error.message())
}

fn narrow(wide: char) -> Option<char> {
    Some(match wide {
        '“' | '”' | '＂' => '"',
        '‘' | '’' | '＇' => '\'',
        '＝' => '=',
        '，' => ',',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '｛' => '{',
        '｝' => '}',
        '＃' => '#',
        '\u{3000}' => ' ',
        _ => return None,
    })
}
