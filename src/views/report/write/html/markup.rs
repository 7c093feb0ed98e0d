//! Text as text, in markup and in script.
//!
//! For: everything that is put into the page. Not for: what is put there. Invariant: no text can end the element,
//! attribute or script it stands in, re-order what is around it, or stay unseen.

use super::super::ReportView;
use crate::views::text::visible;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Characters shown of a text of the inputs; the ledger has all of it.
const LONG: usize = 300;
/// Rows shown of tables that the ledger has in full.
pub(super) const SHORT_TABLE: usize = 50;

/// A text for markup, also within quotes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The beginning of a long text, with what is left out marked.
pub(super) fn cut(text: &str) -> Cow<'_, str> {
    // No character is shorter than a byte.
    let end = if text.len() <= LONG { None } else { text.char_indices().nth(LONG) };
    match end {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// A text of the inputs for markup, cut when it is long.
pub(super) fn short(text: &str) -> String {
    escape(&cut(text))
}

/// A text as JSON within a script element: a string that ends nothing but itself.
pub(super) fn json(text: &str) -> String {
    let spelled = serde_json::Value::from(visible(text).as_ref()).to_string();
    if !spelled.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return spelled;
    }
    let mut out = String::with_capacity(spelled.len() + 8);
    for c in spelled.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => _ = write!(out, "\\u{:04x}", c as u32),
            c => out.push(c),
        }
    }
    out
}

/// A text of the page, for markup.
pub(super) fn ui(view: &ReportView<'_>, key: &str) -> String {
    escape(&view.names.text(&format!("html.{key}")))
}

/// A text of the page with its values, for markup. Values that are long are cut.
pub(super) fn ui_with(view: &ReportView<'_>, key: &str, values: &[(&str, &str)]) -> String {
    let cut: Vec<(&str, Cow<'_, str>)> = values.iter().map(|(name, value)| (*name, cut(value))).collect();
    let values: Vec<(&str, &str)> = cut.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    escape(&view.names.fill(&format!("html.{key}"), &values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_what_it_stands_in() {
        let text = "</script><b a=\"1\" b='2'>&\u{202e}x\n\u{2028}y";
        assert_eq!(escape(text), "&lt;/script&gt;&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;⟨U+202E⟩x  y");
        let json = json(text);
        assert!(!json.contains(['<', '>', '&', '\n', '\u{202e}', '\u{2028}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), visible(text));
        assert_eq!(cut(&"长".repeat(301)), "长".repeat(300) + "…");
    }
}
