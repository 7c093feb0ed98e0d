//! A page → what it says of each item that was asked for.
//!
//! For: applying an adapter to bytes, whether they were fetched or saved by hand. Not for: deciding what follows.
//! Invariants: a selector that matches nothing is told and gives no value; without its required fields a page
//! counts as changed, never as absent; no page makes it panic.

mod charset;
mod html;
mod json;
mod refusal;
mod state;
mod value;

pub use charset::decode;
pub use refusal::{is_refusal, leads_to_login};

use super::adapter::{Adapter, Ask, From, Place, Way};
use crate::evidence::{Reading, State};
use html::Page;
use serde_json::Value as Json;
use std::collections::BTreeMap;

pub(in crate::collect) use html::is_selector;

/// An answer, decoded.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// Status; 200 for a page that was saved by hand.
    pub status: u16,
    /// Its text.
    pub text: &'a str,
}

/// What is asked for: a key with the ids of the items that have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// Package name, number or address.
    pub key: String,
    /// Items.
    pub assets: Vec<String>,
}

/// Reads an answer for everything that was asked for in it.
pub fn read(adapter: &Adapter, ask: &Ask, answer: Answer<'_>, wanted: &[Wanted]) -> Vec<Reading> {
    let sheet = Sheet::new(answer.text);
    let whole = state::of_page(adapter, &sheet, answer.status);
    let read_one = |wanted: &Wanted| {
        let (state, fields, unmatched) = match whole {
            Some(state) => (state, BTreeMap::new(), Vec::new()),
            None => one(adapter, ask, &sheet, &wanted.key),
        };
        Reading {
            key: wanted.key.clone(),
            assets: wanted.assets.clone(),
            state: state.to_string(),
            fields,
            unmatched,
        }
    };
    wanted.iter().map(read_one).collect()
}

/// The state of a look as a whole: that of its readings where they agree, and otherwise that there was something.
pub fn overall(readings: &[Reading], status: u16) -> State {
    match readings {
        [] if is_refusal(status) => State::Blocked,
        [] => State::Unreachable,
        [first, rest @ ..] if rest.iter().all(|reading| reading.state == first.state) => first.state(),
        _ => State::Listed,
    }
}

/// A page as JSON or as HTML, whichever it is.
struct Sheet<'a> {
    text: &'a str,
    json: Option<Json>,
    page: Option<Page>,
}

impl<'a> Sheet<'a> {
    fn new(text: &'a str) -> Self {
        let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        let json = start.starts_with(['{', '[']).then(|| serde_json::from_str(start).ok()).flatten();
        let page = (json.is_none() && !html::is_too_deep(text)).then(|| Page::parse(text));
        Sheet { text, json, page }
    }

    /// The JSON of the page itself or of one of its scripts.
    fn json_of(&self, script: Option<&str>) -> Option<Json> {
        match script {
            Some(selector) => {
                let text = self.page.as_ref()?.raw(selector)?;
                serde_json::from_str(text.trim()).ok()
            }
            None => self.json.clone(),
        }
    }
}

type Read = (State, BTreeMap<String, String>, Vec<String>);

/// Where the record was looked for, and what came of it.
enum Found {
    Record(Json),
    /// The records are there, ours is not among them.
    NotAmong,
    /// No record has anything to do with JSON; the page itself is read.
    Page,
    /// Nothing is where it should be.
    Nothing,
}

fn one(adapter: &Adapter, ask: &Ask, sheet: &Sheet<'_>, key: &str) -> Read {
    let mut unmatched = Vec::new();
    let record = match find(adapter, ask, sheet, key, &mut unmatched) {
        Found::Record(record) => record,
        Found::Page => Json::Null,
        Found::NotAmong => {
            let state = adapter.absent.as_deref().and_then(State::parse).unwrap_or(State::ChangedShape);
            return (state, BTreeMap::new(), unmatched);
        }
        Found::Nothing => return (State::ChangedShape, BTreeMap::new(), unmatched),
    };
    let mut fields = BTreeMap::new();
    for (field, ways) in &adapter.fields {
        let mut passed = Vec::new();
        let found = ways.iter().find_map(|way| {
            let text = look(way, &record, sheet, key).and_then(|text| value::tidy(field, &text));
            if text.is_none() {
                passed.push(format!("{field}: {way}"));
            }
            text
        });
        match found {
            Some(text) => {
                if let Some(count) = value::count_beside(field, &text) {
                    fields.insert(format!("{field}_count"), count.to_string());
                }
                fields.insert(field.clone(), text);
            }
            // Nothing of it anywhere is worth a word; that the first way of two failed is how pages age.
            // A page of no known form has no form that it could lose.
            None if adapter.is_general() && !adapter.required.contains(field) => {}
            None => unmatched.append(&mut passed),
        }
    }
    let foreign = ask.key == super::adapter::Key::Package
        && fields.get("package").is_some_and(|package| !package.eq_ignore_ascii_case(key));
    if foreign {
        unmatched.push(format!("package: {}", fields["package"]));
    }
    if foreign || adapter.required.iter().any(|field| !fields.contains_key(field)) {
        // Half of a record is no record: nothing of it is to be relied on.
        return (State::ChangedShape, BTreeMap::new(), unmatched);
    }
    (State::Listed, fields, unmatched)
}

fn find(adapter: &Adapter, ask: &Ask, sheet: &Sheet<'_>, key: &str, unmatched: &mut Vec<String>) -> Found {
    for place in &adapter.record {
        let candidates = match place.from {
            From::Html if sheet.page.is_some() => return Found::Page,
            From::Html => None,
            From::Json => sheet.json.as_ref().and_then(|json| json::all(json, place.at.as_deref()?)),
            From::Script => {
                let json = sheet.json_of(place.selector.as_deref());
                json.and_then(|json| json::all(&json, place.at.as_deref()?))
            }
            From::JsonLd => sheet.page.as_ref().and_then(|page| page.linked(&place.types)),
        };
        let Some(candidates) = candidates else {
            if !adapter.is_general() {
                unmatched.push(format!("record: {}", told(place)));
            }
            continue;
        };
        let is_ours = |record: &Json| match &ask.matches {
            Some(member) if place.from != From::JsonLd => {
                record.get(member).and_then(json::text).is_some_and(|text| text.eq_ignore_ascii_case(key))
            }
            _ => record.is_object(),
        };
        if let Some(record) = candidates.iter().find(|record| is_ours(record)) {
            return Found::Record(record.clone());
        }
        // Where the answer itself is to be the record, that of another or none at all is no word about ours.
        let is_foreign = |record: &Json| {
            let named = ask.matches.as_deref().and_then(|member| record.get(member));
            !record.is_object() || named.is_some_and(|named| !named.is_null())
        };
        if place.at.as_deref() == Some("") && candidates.iter().all(is_foreign) {
            unmatched.push(format!("record: {} = {key}", ask.matches.as_deref().unwrap_or("*")));
            return Found::Nothing;
        }
        unmatched.push(format!("record: {} = {key}", ask.matches.as_deref().unwrap_or("*")));
        return Found::NotAmong;
    }
    Found::Nothing
}

fn told(place: &Place) -> String {
    let parts = [place.selector.as_deref(), place.at.as_deref()];
    let parts: Vec<&str> =
        parts.into_iter().flatten().chain(place.types.iter().map(String::as_str)).collect();
    if parts.is_empty() { "html".to_owned() } else { parts.join(" ") }
}

fn look(way: &Way, record: &Json, sheet: &Sheet<'_>, key: &str) -> Option<String> {
    let page = sheet.page.as_ref();
    // A key that could be more than a name never becomes part of a selector.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let filled = |selector: &str| {
        (!selector.contains("{key}") || key.chars().all(is_plain)).then(|| selector.replace("{key}", key))
    };
    match way {
        Way::Json(path) => json::all(record, path)?.first().and_then(json::text),
        Way::Css(selector, attribute) => page?.text(&filled(selector)?, attribute.as_deref()),
        Way::Label(label) => page?.beside(label),
        Way::Meta(name) => page?.meta(name),
        Way::Var(name) => html::variable(sheet.text, name),
    }
}

#[cfg(test)]
mod tests;
