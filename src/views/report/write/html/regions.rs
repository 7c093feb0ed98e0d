//! Places within places, to unfold.
//!
//! For: going from the whole to a county, and from there to its items in the list. Not for: a map. Invariant: every
//! place of the view is there, down to the last.

use super::super::{Cause, Out, ReportView};
use super::groups::unfold;
use super::markup::{short, ui, ui_with};
use crate::views::report::Region;
use std::io::Write as _;

/// Writes the tree.
pub(super) fn draw(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let whole = &view.regions;
    let args = [("live", &*whole.live.to_string()), ("after", &*whole.after.to_string())];
    writeln!(out, "<p>{} {}</p>", ui_with(view, "total", &args), ui(view, "regions-note"))?;
    unfold(view, out)?;
    writeln!(out, "<div class=\"tree\">")?;
    for part in &whole.parts {
        region(view, part, whole.parts.len() == 1, out)?;
    }
    writeln!(out, "</div>")?;
    Ok(())
}

fn region(view: &ReportView<'_>, place: &Region, is_open: bool, out: &mut Out) -> Result<(), Cause> {
    let counts = [place.live, place.after, place.findings].map(|n| n.to_string());
    let args = [
        ("name", place.name.as_str()),
        ("live", &*counts[0]),
        ("after", &*counts[1]),
        ("findings", &*counts[2]),
    ];
    let text = ui_with(view, "region", &args);
    let button = if place.path.is_empty() {
        String::new()
    } else {
        let label = ui_with(view, "to-list-of", &[("name", &place.name)]);
        let (path, text) = (short(&place.path), ui(view, "to-list"));
        format!(" <button type=\"button\" data-region=\"{path}\" aria-label=\"{label}\">{text}</button>")
    };
    if place.parts.is_empty() {
        writeln!(out, "<p class=\"leaf\">{text}{button}</p>")?;
        return Ok(());
    }
    let open = if is_open { " open" } else { "" };
    writeln!(out, "<details{open}><summary>{text}</summary><div>")?;
    if !button.is_empty() {
        writeln!(out, "<p class=\"tools\">{button}</p>")?;
    }
    for part in &place.parts {
        region(view, part, false, out)?;
    }
    writeln!(out, "</div></details>")?;
    Ok(())
}
