//! The beginning of the page, with the policy that keeps it to itself.
//!
//! For: everything up to the navigation. Not for: figures, beyond the sentences of page one. Invariant: only the
//! page's own style and script may run, known by their digests; no address may be opened from it.

use super::super::{Cause, Out, ReportView};
use super::markup::{escape, ui, ui_with};
use super::{SCRIPT, STYLE};
use crate::knowledge::messages::Lang;
use crate::knowledge::text::base64;
use sha2::{Digest as _, Sha256};
use std::io::Write as _;

/// Writes the head and the header.
pub(super) fn open(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let lang = match view.names.catalogue.lang() {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let title = escape(&view.title);
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"generator\" content=\"zhijian report\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; \
         style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        digest(STYLE),
        digest(SCRIPT),
    )?;
    writeln!(out, "<a class=\"skip\" href=\"#main\">{}</a>\n<header>\n<h1>{title}</h1>", ui(view, "skip"))?;
    let as_of = ui_with(view, "as-of", &[("as_of", &view.document.as_of)]);
    writeln!(out, "<p class=\"draft\">{as_of} · {}</p>\n<ul class=\"summary\">", ui(view, "draft"))?;
    for sentence in &view.summary {
        writeln!(out, "<li>{}</li>", escape(sentence))?;
    }
    writeln!(out, "</ul>\n</header>")?;
    Ok(())
}

/// SHA-256 in base 64, as policies name scripts.
pub(in crate::views) fn digest(text: &str) -> String {
    base64(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_as_browsers_work_them_out() {
        assert_eq!(digest("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert!(!STYLE.contains('\r') && !SCRIPT.contains('\r'), "browsers read line ends as one character");
    }
}
