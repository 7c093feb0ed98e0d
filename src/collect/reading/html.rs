//! HTML: selectors, labels with what stands beside them, meta elements, JSON-LD, variables of scripts.

use scraper::{ElementRef, Html, Selector};
use serde_json::Value as Json;

/// The most characters of one value: a description, not a page.
const LONGEST: usize = 8000;

/// How deep elements may stand in each other. Parsing costs depth times length, and no page for people is near it.
const DEEPEST: usize = 2000;

/// Elements that never hold others, or that people leave open.
const FLAT: [&str; 22] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "td", "th", "tr", "track", "wbr",
];

/// Whether a page is nested so deeply that parsing it would not end in time.
pub(super) fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0);
    for part in text.split('<').skip(1) {
        if part.starts_with('/') {
            depth = depth.saturating_sub(1);
            continue;
        }
        let name = part.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if !name.is_empty() && !FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(name)) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest > DEEPEST
}

/// Whether a text is a selector.
pub(in crate::collect) fn is_selector(text: &str) -> bool {
    Selector::parse(text).is_ok()
}

/// A parsed page.
pub(super) struct Page {
    html: Html,
}

impl Page {
    pub(super) fn parse(text: &str) -> Page {
        Page { html: Html::parse_document(text) }
    }

    fn first(&self, selector: &str) -> Option<ElementRef<'_>> {
        let selector = Selector::parse(selector).ok()?;
        self.html.select(&selector).next()
    }

    /// Whether a selector matches anything.
    pub(super) fn has(&self, selector: &str) -> bool {
        self.first(selector).is_some()
    }

    /// The text of an element, or one of its attributes.
    pub(super) fn text(&self, selector: &str, attribute: Option<&str>) -> Option<String> {
        let element = self.first(selector)?;
        match attribute {
            Some(name) => some(element.attr(name)?),
            None => some(&inner(element)),
        }
    }

    /// The text of an element as it stands, for scripts.
    pub(super) fn raw(&self, selector: &str) -> Option<String> {
        Some(self.first(selector)?.text().collect())
    }

    /// The title of the page.
    pub(super) fn title(&self) -> String {
        self.text("title", None).unwrap_or_default()
    }

    /// How much there is to read.
    pub(super) fn length(&self) -> usize {
        self.first("body").map_or(0, |body| inner(body).chars().count())
    }

    /// The content of a meta element by name or property.
    pub(super) fn meta(&self, name: &str) -> Option<String> {
        let selector = Selector::parse("meta[content]").ok()?;
        let is_it = |element: &ElementRef<'_>| {
            ["name", "property", "itemprop"]
                .iter()
                .any(|key| element.attr(key).is_some_and(|held| held.eq_ignore_ascii_case(name)))
        };
        some(self.html.select(&selector).find(is_it)?.attr("content")?)
    }

    /// What stands beside a label (the element after it) or behind it (after a colon).
    pub(super) fn beside(&self, label: &str) -> Option<String> {
        let selector = Selector::parse("body *").ok()?;
        self.html.select(&selector).find_map(|element| {
            let own: String =
                element.children().filter_map(|child| child.value().as_text()).map(|t| &**t).collect();
            let own = own.trim();
            let rest = own.strip_prefix(label)?.trim_start();
            match rest.strip_prefix(['：', ':']).map(str::trim) {
                Some(value) if !value.is_empty() => some(value),
                _ if !rest.is_empty() && rest != "：" && rest != ":" => None,
                // The label stands alone: its own child, the element after it, or that after what holds it alone.
                _ => child(element).or_else(|| after(element)),
            }
        })
    }

    /// JSON-LD blocks of these types; `None` when there is none of them.
    pub(super) fn linked(&self, types: &[String]) -> Option<Vec<Json>> {
        let selector = Selector::parse("script[type=\"application/ld+json\"]").ok()?;
        let mut found = Vec::new();
        for script in self.html.select(&selector) {
            let text: String = script.text().collect();
            let Ok(json) = serde_json::from_str::<Json>(text.trim()) else { continue };
            let mut open = vec![json];
            while let Some(value) = open.pop() {
                match value {
                    Json::Array(items) => open.extend(items.into_iter().rev()),
                    Json::Object(ref map) => {
                        let is_type =
                            |named: &Json| named.as_str().is_some_and(|n| types.iter().any(|t| t == n));
                        let named = map.get("@type");
                        let matches = named.is_some_and(|n| {
                            is_type(n) || n.as_array().is_some_and(|list| list.iter().any(is_type))
                        });
                        open.extend(map.get("@graph").cloned());
                        if matches {
                            found.push(value);
                        }
                    }
                    _ => {}
                }
            }
        }
        (!found.is_empty()).then_some(found)
    }
}

/// The text of an element without that of scripts and styles, its blanks as one.
fn inner(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    for node in element.descendants() {
        let Some(text) = node.value().as_text() else { continue };
        let parent = node.parent().and_then(ElementRef::wrap);
        if parent.is_some_and(|p| matches!(p.value().name(), "script" | "style" | "noscript" | "template")) {
            continue;
        }
        for word in text.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        if out.len() > LONGEST * 4 {
            break;
        }
    }
    out
}

fn child(element: ElementRef<'_>) -> Option<String> {
    let inner = element.child_elements().next().map(inner)?;
    some(&inner)
}

fn after(element: ElementRef<'_>) -> Option<String> {
    let mut at = element;
    for _ in 0..3 {
        if let Some(next) = at.next_siblings().find_map(ElementRef::wrap) {
            return some(inner(next).trim_start_matches(['：', ':']));
        }
        at = at.parent().and_then(ElementRef::wrap)?;
        if at.child_elements().count() > 1 {
            return None;
        }
    }
    None
}

/// A variable of a script: `name = "…"`, `name: '…'`, `name = 123`.
pub(super) fn variable(text: &str, name: &str) -> Option<String> {
    let part_of_a_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.match_indices(name).find_map(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + name.len()..]);
        if before.ends_with(part_of_a_name) {
            return None;
        }
        let rest = behind.trim_start().strip_prefix(['=', ':'])?.trim_start();
        let quote = rest.chars().next()?;
        if quote == '"' || quote == '\'' {
            return some(rest[1..].split(quote).next()?);
        }
        some(&rest.chars().take_while(char::is_ascii_digit).collect::<String>())
    })
}

fn some(text: &str) -> Option<String> {
    let text: String = text.trim().chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}
