//! Whether an adapter that was read can be used.

use super::{Adapter, AdapterFault, From, Key, Way};
use crate::collect::reading::is_selector;
use crate::evidence::State;
use crate::model::Kind;

/// Names that a field may have.
pub(in crate::collect) const FIELDS: [&str; 18] = [
    "name",
    "developer",
    "operator",
    "account",
    "account_id",
    "package",
    "store_id",
    "category",
    "version",
    "updated",
    "published",
    "first_release",
    "description",
    "notes",
    "downloads",
    "rating",
    "ratings",
    "privacy_url",
];

/// The first thing that is wrong.
pub(super) fn check(adapter: &Adapter) -> Result<(), AdapterFault> {
    let fault = |what: String| Err(AdapterFault(format!("{}: {what}", adapter.id)));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if adapter.id.is_empty() || !adapter.id.chars().all(plain) || adapter.id == "robots" {
        return fault(format!("id: “{}”", adapter.id));
    }
    if let Some(kind) = adapter.kinds.iter().find(|kind| Kind::parse(kind).is_none()) {
        return fault(format!("kinds: “{kind}”"));
    }
    if let Some(field) = adapter.fields.keys().find(|field| !FIELDS.contains(&field.as_str())) {
        return fault(format!("fields: “{field}”"));
    }
    if let Some(field) = adapter.required.iter().find(|field| !adapter.fields.contains_key(*field)) {
        return fault(format!("required: “{field}”"));
    }
    if adapter.ask.is_empty() || adapter.required.is_empty() {
        return fault("ask, required".to_owned());
    }
    let states = adapter.state.iter().map(|rule| &rule.state).chain(&adapter.absent);
    if let Some(state) = states.into_iter().find(|state| State::parse(state).is_none()) {
        return fault(format!("state: “{state}”"));
    }
    for ask in &adapter.ask {
        let Some(template) = &ask.template else {
            // Nobody could be asked for it.
            if ask.key != Key::Url && !adapter.by_hand {
                return fault("template".to_owned());
            }
            continue;
        };
        let host = url::Url::parse(&template.replace("{key}", "a")).ok();
        let host = host.as_ref().and_then(url::Url::host_str).unwrap_or("");
        if !template.contains("{key}") || !adapter.hosts.iter().any(|own| own == host) {
            return fault(format!("template “{template}”: “{host}”, {{key}}"));
        }
    }
    let mut selectors: Vec<&str> = Vec::new();
    for rule in &adapter.state {
        selectors.extend(rule.with.iter().chain(&rule.without).chain(&rule.script).map(String::as_str));
    }
    for place in &adapter.record {
        selectors.extend(place.selector.as_deref());
        let whole = match place.from {
            From::Json => place.at.is_some(),
            From::Script => place.at.is_some() && place.selector.is_some(),
            From::JsonLd => !place.types.is_empty(),
            From::Html => true,
        };
        if !whole {
            return fault("record: at, selector, type".to_owned());
        }
    }
    for way in adapter.fields.values().flatten() {
        if let Way::Css(selector, _) = way {
            selectors.push(selector);
        }
    }
    match selectors.into_iter().find(|selector| !is_selector(selector)) {
        Some(selector) => fault(format!("selector “{selector}”")),
        None => Ok(()),
    }
}
