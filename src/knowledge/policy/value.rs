//! One value of a policy file: read, checked against its declared type, written back.
//!
//! For: the only code that knows TOML's own types. Not for: what a setting means.

use super::declared::{Key, Known, Names, SCHEMA, Type};
use super::fault::{Fault, FaultCode};
use super::nearest::{choices, nearest};
use crate::knowledge::messages::{Catalogue, Lang};
use jiff::civil::Date;
use std::fmt::Write as _;
use std::path::Path;
use toml::Spanned;
use toml::de::DeValue;

/// A checked value.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Setting {
    Text(String),
    Flag(bool),
    Number(u32),
    Share(f64),
    Day(Date),
    Names(Vec<String>),
}

impl Setting {
    /// Its characters, when it is text or a name.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Setting::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; empty for anything else.
    pub(super) fn list(&self) -> &[String] {
        match self {
            Setting::Names(names) => names,
            _ => &[],
        }
    }

    /// As TOML.
    pub(super) fn toml(&self) -> String {
        match self {
            Setting::Text(text) => quoted(text),
            Setting::Flag(flag) => flag.to_string(),
            Setting::Number(number) => number.to_string(),
            // `{:?}` keeps the point of a whole number, which TOML needs to see a float.
            Setting::Share(share) => format!("{share:?}"),
            Setting::Day(day) => day.to_string(),
            Setting::Names(names) => {
                let quoted: Vec<String> = names.iter().map(|name| quoted(name)).collect();
                format!("[{}]", quoted.join(", "))
            }
        }
    }
}

/// The shortest plain TOML string; everything that needs it is escaped.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value written in the program itself.
pub(super) fn literal(declared: Type, toml: &str) -> Setting {
    let parsed = DeValue::parse(toml).expect("defaults are valid TOML: tests read every one");
    let key = Key { name: "", value: declared, presence: super::Presence::Optional, example: "" };
    let mut faults = Vec::new();
    check(&key, &parsed, &Known::default(), &mut faults)
        .expect("defaults are of their declared type: tests read every one")
}

/// The value if it is what the key wants; otherwise faults are added and `None` comes back.
pub(super) fn check(
    key: &Key,
    found: &Spanned<DeValue<'_>>,
    known: &Known<'_>,
    faults: &mut Vec<Fault>,
) -> Option<Setting> {
    let wrong =
        |code| Fault::new(code, found.span()).with("key", key.name).with("expected", key.value.described());
    let checked = match key.value {
        Type::Schema => schema(found),
        Type::Text | Type::MaybeText | Type::File => text(found, key.value).map_err(wrong),
        Type::Id => id(found).map_err(wrong),
        Type::Words => match found.get_ref().as_array() {
            Some(items) => return words(key, found, items.iter(), faults),
            None => Err(wrong(FaultCode::WrongType)),
        },
        Type::Flag => found.get_ref().as_bool().map(Setting::Flag).ok_or_else(|| wrong(FaultCode::WrongType)),
        Type::Days => number(found, 3650).map_err(wrong),
        Type::Number => number(found, u32::MAX).map_err(wrong),
        Type::Profiles => match found.get_ref().as_array() {
            Some(items) => return profiles(key, items.iter(), known, faults),
            None => Err(wrong(FaultCode::WrongType)),
        },
        Type::Share => share(found).map_err(wrong),
        Type::Day => day(found).map(Setting::Day).ok_or_else(|| wrong(FaultCode::WrongType)),
        Type::Name(names) => match found.get_ref().as_str() {
            Some(word) => name(key, names, word, found, known).map(Setting::Text),
            None => Err(wrong(FaultCode::WrongType)),
        },
        Type::NameList(names) => match found.get_ref().as_array() {
            Some(items) => return name_list(key, names, items.iter(), known, faults),
            None => Err(wrong(FaultCode::WrongType)),
        },
    };
    checked.map_err(|fault| faults.push(fault)).ok()
}

fn schema(found: &Spanned<DeValue<'_>>) -> Result<Setting, Fault> {
    match whole(found.get_ref()) {
        Some(n) if n == i128::from(SCHEMA) => Ok(Setting::Number(SCHEMA)),
        Some(n) => {
            Err(Fault::new(FaultCode::OtherSchema, found.span()).with("found", n).with("expected", SCHEMA))
        }
        None => Err(Fault::new(FaultCode::WrongType, found.span())
            .with("key", "schema")
            .with("expected", Type::Schema.described())),
    }
}

fn text(found: &Spanned<DeValue<'_>>, declared: Type) -> Result<Setting, FaultCode> {
    let text = found.get_ref().as_str().ok_or(FaultCode::WrongType)?;
    if text.trim().is_empty() && declared != Type::MaybeText {
        return Err(FaultCode::OutOfRange);
    }
    Ok(Setting::Text(text.to_owned()))
}

fn id(found: &Spanned<DeValue<'_>>) -> Result<Setting, FaultCode> {
    let text = found.get_ref().as_str().ok_or(FaultCode::WrongType)?;
    let is_id = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if text.is_empty() || !text.bytes().all(is_id) {
        return Err(FaultCode::OutOfRange);
    }
    Ok(Setting::Text(text.to_owned()))
}

/// A word of one character stands in a hundred others.
fn words<'a, 'i: 'a>(
    key: &Key,
    found: &Spanned<DeValue<'_>>,
    items: impl Iterator<Item = &'a Spanned<DeValue<'i>>>,
    faults: &mut Vec<Fault>,
) -> Option<Setting> {
    let before = faults.len();
    let mut list: Vec<String> = Vec::new();
    let wrong =
        |code, span| Fault::new(code, span).with("key", key.name).with("expected", key.value.described());
    for item in items {
        match item.get_ref().as_str().map(str::trim) {
            None => faults.push(wrong(FaultCode::WrongType, item.span())),
            Some(word) if word.chars().nth(1).is_none() => {
                faults.push(wrong(FaultCode::OutOfRange, item.span()));
            }
            Some(word) if list.iter().any(|held| held == word) => {
                faults.push(Fault::new(FaultCode::RepeatedName, item.span()).with("found", word));
            }
            Some(word) => list.push(word.to_owned()),
        }
    }
    if list.is_empty() && faults.len() == before {
        faults.push(wrong(FaultCode::OutOfRange, found.span()));
    }
    (faults.len() == before).then_some(Setting::Names(list))
}

/// A whole number from 1 to `most`.
fn number(found: &Spanned<DeValue<'_>>, most: u32) -> Result<Setting, FaultCode> {
    let number = whole(found.get_ref()).ok_or(FaultCode::WrongType)?;
    match u32::try_from(number) {
        Ok(number) if (1..=most).contains(&number) => Ok(Setting::Number(number)),
        _ => Err(FaultCode::OutOfRange),
    }
}

/// Whether an entry of `profiles` is a file of the user's own.
pub fn is_profile_file(entry: &str) -> bool {
    Path::new(entry).extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"))
}

fn profiles<'a, 'i: 'a>(
    key: &Key,
    items: impl Iterator<Item = &'a Spanned<DeValue<'i>>>,
    known: &Known<'_>,
    faults: &mut Vec<Fault>,
) -> Option<Setting> {
    let before = faults.len();
    let mut list: Vec<String> = Vec::new();
    for item in items {
        match item.get_ref().as_str() {
            None => faults.push(
                Fault::new(FaultCode::WrongType, item.span())
                    .with("key", key.name)
                    .with("expected", key.value.described()),
            ),
            Some(name) if list.iter().any(|held| held == name) => {
                faults.push(Fault::new(FaultCode::RepeatedName, item.span()).with("found", name));
            }
            Some(name) if is_profile_file(name) || known.profiles.contains(&name) => {
                list.push(name.to_owned());
            }
            Some(name) => faults.push(
                Fault::new(FaultCode::UnknownName, item.span())
                    .with("found", name)
                    .with("key", key.name)
                    .with("choices", choices(name, known.profiles))
                    .suggest(nearest(name, known.profiles)),
            ),
        }
    }
    (faults.len() == before).then_some(Setting::Names(list))
}

fn share(found: &Spanned<DeValue<'_>>) -> Result<Setting, FaultCode> {
    let number = match found.get_ref() {
        DeValue::Float(float) => float.as_str().parse().map_err(|_| FaultCode::WrongType)?,
        // 0 and 1 are fine, anything else whole is out of range either way.
        value => whole(value).ok_or(FaultCode::WrongType)? as f64,
    };
    if (0.0..=1.0).contains(&number) { Ok(Setting::Share(number)) } else { Err(FaultCode::OutOfRange) }
}

fn day(found: &Spanned<DeValue<'_>>) -> Option<Date> {
    match found.get_ref() {
        DeValue::Datetime(when) if when.time.is_none() && when.offset.is_none() => {
            when.date.as_ref()?.to_string().parse().ok()
        }
        DeValue::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn whole(value: &DeValue<'_>) -> Option<i128> {
    let integer = value.as_integer()?;
    i128::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn name(
    key: &Key,
    names: Names,
    word: &str,
    found: &Spanned<DeValue<'_>>,
    known: &Known<'_>,
) -> Result<String, Fault> {
    let list = names.list(known);
    if list.contains(&word) {
        return Ok(word.to_owned());
    }
    Err(Fault::new(FaultCode::UnknownName, found.span())
        .with("found", word)
        .with("key", key.name)
        .with("choices", choices(word, &list))
        .suggest(translated(word, names, &list).or_else(|| nearest(word, &list))))
}

/// The name whose Chinese or English wording was written in its place: 禁止 → `forbidden`.
fn translated<'a>(word: &str, names: Names, list: &[&'a str]) -> Option<&'a str> {
    let group = names.words()?;
    list.iter().copied().find(|name| {
        let key = format!("{group}.{name}");
        [Lang::Zh, Lang::En].into_iter().any(|lang| Catalogue::of(lang).text(&key) == word.trim())
    })
}

fn name_list<'a, 'i: 'a>(
    key: &Key,
    names: Names,
    items: impl Iterator<Item = &'a Spanned<DeValue<'i>>>,
    known: &Known<'_>,
    faults: &mut Vec<Fault>,
) -> Option<Setting> {
    let before = faults.len();
    let mut list: Vec<String> = Vec::new();
    for item in items {
        let checked = match item.get_ref().as_str() {
            Some(word) if list.iter().any(|n| n == word) => {
                Err(Fault::new(FaultCode::RepeatedName, item.span()).with("found", word))
            }
            Some(word) => name(key, names, word, item, known),
            None => Err(Fault::new(FaultCode::WrongType, item.span())
                .with("key", key.name)
                .with("expected", key.value.described())),
        };
        match checked {
            Ok(word) => list.push(word),
            Err(fault) => faults.push(fault),
        }
    }
    (faults.len() == before).then_some(Setting::Names(list))
}
