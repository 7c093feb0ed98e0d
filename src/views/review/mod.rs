//! The review page: suggestions for a person to accept or reject, one after the other.
//!
//! For: `review`. Not for: serving it (`cli/review`), and not for what follows from a decision (`scan/decisions`).
//! Invariants: the page holds no text of an input, all of it arrives as data and is only ever shown as text; its
//! policy allows its one style, its one script and its own server.

mod data;
mod sheet;

pub use data::{data, entry, waived};
pub use sheet::{Entry, Sheet, SheetFault};

use crate::knowledge::messages::Catalogue;
use crate::views::report::write::digest;

/// How the page looks.
const STYLE: &str = include_str!("page.css");
/// What the page does.
const SCRIPT: &str = include_str!("page.js");

/// The page: a frame without data.
pub fn page(catalogue: &Catalogue) -> String {
    let lang = if catalogue.lang().to_string() == "zh" { "zh-CN" } else { "en" };
    let title = catalogue.text("review.words.title");
    let script = catalogue.text("review.words.needs-script");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<noscript>{script}</noscript>\n<div id=\"app\"></div>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// What the page may do: its own style and script, known by their digests, and requests to whoever served it.
pub fn policy() -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}
