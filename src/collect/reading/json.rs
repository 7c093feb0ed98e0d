//! Paths in JSON: `a.b[].c`. A text that holds JSON is opened where the path goes on into it.

use serde_json::Value as Json;
use std::borrow::Cow;

/// Everything that a path leads to; `None` when it leads nowhere. Steps are names joined by dots; `[]` goes into
/// every item of a list, and a list is also entered where a name is asked of it (its first item that has it).
pub(super) fn all(root: &Json, path: &str) -> Option<Vec<Json>> {
    let mut held: Vec<Cow<'_, Json>> = vec![Cow::Borrowed(root)];
    for step in path.split('.') {
        let (name, each) = match step.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (step, false),
        };
        let mut next = Vec::new();
        for value in held {
            let Some(found) = member(value, name) else { continue };
            if !each {
                next.push(found);
                continue;
            }
            match opened(found).into_owned() {
                Json::Array(items) => next.extend(items.into_iter().map(Cow::Owned)),
                // An object with numbers for names stands for a list in some pages.
                Json::Object(map) => next.extend(map.into_iter().map(|(_, item)| Cow::Owned(item))),
                _ => {}
            }
            // The list is there, though it may be empty.
            if next.is_empty() {
                next.push(Cow::Owned(Json::Null));
            }
        }
        if next.is_empty() {
            return None;
        }
        held = next;
    }
    Some(held.into_iter().map(Cow::into_owned).filter(|value| !value.is_null()).collect())
}

fn member<'a>(value: Cow<'a, Json>, name: &str) -> Option<Cow<'a, Json>> {
    if name.is_empty() {
        return Some(value);
    }
    match opened(value) {
        Cow::Borrowed(Json::Object(map)) => map.get(name).map(Cow::Borrowed),
        Cow::Owned(Json::Object(mut map)) => map.remove(name).map(Cow::Owned),
        Cow::Borrowed(Json::Array(items)) => items.iter().find_map(|item| item.get(name)).map(Cow::Borrowed),
        Cow::Owned(Json::Array(items)) => {
            items.into_iter().find_map(|item| item.get(name).cloned()).map(Cow::Owned)
        }
        _ => None,
    }
}

/// A text that holds JSON, as that JSON.
fn opened(value: Cow<'_, Json>) -> Cow<'_, Json> {
    match value.as_str() {
        Some(text) if text.trim_start().starts_with(['{', '[']) => match serde_json::from_str(text) {
            Ok(inner) => Cow::Owned(inner),
            Err(_) => value,
        },
        _ => value,
    }
}

/// A value as text: numbers and yes/no as they are written, nothing for null, lists and objects.
pub(super) fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_enter_lists_and_texts_that_hold_json() {
        let page = json!({"a": [{"b": "[{\"c\": 1}, {\"c\": 2}]"}, {"b": [{"c": 3}]}, {"x": 0}]});
        let found = all(&page, "a[].b[].c").unwrap();
        assert_eq!(found, [json!(1), json!(2), json!(3)]);
        assert_eq!(all(&page, "a[].d"), None);
        assert_eq!(all(&json!({"results": []}), "results[]"), Some(vec![]), "there, and empty");
        assert_eq!(all(&json!({"results": 1}), "other[]"), None);
        assert_eq!(all(&json!([{"n": 1}]), "n"), Some(vec![json!(1)]));
    }
}
