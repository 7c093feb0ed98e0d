//! Whole pages that are a statement of state: a status, a sentence, a captcha.

use super::refusal::{is_captcha, is_refusal};
use super::{Sheet, json};
use crate::collect::adapter::{Adapter, StateRule};
use crate::evidence::State;

/// What the page as a whole states; `None` when it has a record to be read.
pub(super) fn of_page(adapter: &Adapter, sheet: &Sheet<'_>, status: u16) -> Option<State> {
    if is_refusal(status) {
        return Some(State::Blocked);
    }
    let stated = adapter.state.iter().find(|rule| holds(rule, sheet, status));
    if let Some(rule) = stated {
        return State::parse(&rule.state);
    }
    if !(200..300).contains(&status) {
        return Some(State::Unreachable);
    }
    sheet.page.as_ref().filter(|page| is_captcha(page)).map(|_| State::Blocked)
}

fn holds(rule: &StateRule, sheet: &Sheet<'_>, status: u16) -> bool {
    let page = sheet.page.as_ref();
    let among = |words: &[String], text: &str| {
        words.is_empty() || words.iter().any(|word| text.contains(word.as_str()))
    };
    let statement = |path: &String| {
        let json = sheet.json_of(rule.script.as_deref());
        let found = json.and_then(|json| json::all(&json, path)).unwrap_or_default();
        found.first().and_then(json::text).is_some_and(|text| {
            rule.other_than.as_ref() != Some(&text) && rule.is.as_ref().is_none_or(|only| *only == text)
        })
    };
    (rule.status.is_empty() || rule.status.contains(&status))
        && among(&rule.text, sheet.text)
        && (rule.title.is_empty() || page.is_some_and(|page| among(&rule.title, &page.title())))
        && rule.with.as_ref().is_none_or(|selector| page.is_some_and(|page| page.has(selector)))
        && rule.without.as_ref().is_none_or(|selector| page.is_some_and(|page| !page.has(selector)))
        && rule.json.as_ref().is_none_or(statement)
}
