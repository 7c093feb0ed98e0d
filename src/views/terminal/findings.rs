//! Findings one by one, like the messages of a good compiler.
//!
//! For: `explain` and a detailed listing. Not for: data problems. Invariant: each says what, where,
//! which words, which clause and how well it is sourced, why an exemption did not hold, what to do.

use super::{Screen, Tone};
use crate::scan::document::{Clause, Finding, WaiverGiven};
use crate::views::report::ReportView;
use crate::views::text::{pad, truncate, visible, width, wrap};
use std::fmt::Write as _;

/// The first `limit` findings, the gravest first.
pub fn findings(view: &ReportView<'_>, screen: Screen, limit: usize) -> String {
    let mut out = String::new();
    for finding in view.document.findings.iter().take(limit) {
        out += &one(view, screen, finding);
        out.push('\n');
    }
    let rest = view.document.findings.len().saturating_sub(limit);
    if rest > 0 {
        let _ = writeln!(out, "{}", view.names.fill("report.more", &[("count", &rest.to_string())]));
    }
    out
}

/// One finding.
pub(in crate::views) fn one(view: &ReportView<'_>, screen: Screen, finding: &Finding) -> String {
    let names = view.names;
    let paint = screen.paint();
    let tone = Tone::of_severity(&finding.severity);
    let mut out = String::new();
    let head = format!("{}[{}]", names.severity(&finding.severity), finding.rule);
    let title = format!(" {}", names.rule(&finding.rule));
    let title = truncate(&title, screen.columns().saturating_sub(width(&head)));
    let _ = writeln!(out, "{}{}", paint.tone(tone, &head), paint.tone(Tone::Heading, &title));
    for (i, (label, text)) in lines(view, finding).iter().enumerate() {
        let margin = if i == 0 { "-->" } else { "  |" };
        labelled(&mut out, screen, &Label { margin, text: label, width: LABEL }, text);
    }
    out
}

/// Label and text of each line.
fn lines(view: &ReportView<'_>, finding: &Finding) -> Vec<(String, String)> {
    let names = view.names;
    let label = |key: &str| names.text(&format!("report.finding.{key}"));
    let mut lines: Vec<(String, String)> = Vec::new();
    if let Some(asset) = finding.asset.as_deref() {
        let text = match view.index.asset(asset) {
            Some(a) => format!("{} · {} · {}", a.name, names.kind(&a.kind), names.owner(a)),
            None => asset.to_owned(),
        };
        lines.push((label("item"), text));
    }
    for at in &finding.at {
        lines.push((label("where"), names.place(at)));
    }
    lines.push((label("words"), finding.evidence.words.clone()));
    lines.push((label("reason"), finding.evidence.reason.clone()));
    for clause in &finding.clause {
        lines.push((label("clause"), cite(view, clause, &finding.basis)));
    }
    if finding.evidence.exemption != "none" {
        lines.push((label("exemption"), names.exemption(&finding.evidence.exemption)));
    }
    if let Some(review) = &finding.evidence.review {
        lines.push((label("review"), names.text(&format!("review.{review}"))));
    }
    if !finding.related.is_empty() {
        let related: Vec<&str> = finding.related.iter().map(|id| view.index.name(id)).collect();
        lines.push((label("related"), related.join(names.comma())));
    }
    lines.push((label("help"), finding.evidence.remedy.clone()));
    let status = match &finding.waiver {
        Some(reason) => names.fill(
            "report.waived-because",
            &[("status", &names.finding_status(&finding.status)), ("reason", &waived(view, finding, reason))],
        ),
        None => names.finding_status(&finding.status),
    };
    let confidence = names.confidence(&finding.confidence);
    let status = names.fill("report.finding.state", &[("status", &status), ("confidence", &confidence)]);
    lines.push((label("status"), status));
    lines.push((label("fingerprint"), finding.fingerprint.clone()));
    lines.retain(|(_, text)| !text.is_empty());
    lines
}

/// Why a finding is waived, by whom and until when, where the scan knows.
fn waived(view: &ReportView<'_>, finding: &Finding, reason: &str) -> String {
    let waivers = &view.document.rulings.waivers;
    let is_meant = |asset: &str| finding.asset.as_deref() == Some(asset) || asset.contains('*');
    let fits = |w: &&WaiverGiven| w.rule == finding.rule && w.reason == reason && is_meant(&w.asset);
    let Some(waiver) = waivers.iter().find(fits) else { return reason.to_owned() };
    let key = if waiver.until.is_some() { "report.waived-until" } else { "report.waived-by" };
    let until = waiver.until.as_deref().unwrap_or_default();
    view.names.fill(key, &[("reason", reason), ("by", &waiver.by), ("until", until)])
}

/// A clause with its paraphrase, how it applies and how well it is sourced.
fn cite(view: &ReportView<'_>, clause: &Clause, basis: &str) -> String {
    let names = view.names;
    names.fill(
        "report.finding.citation",
        &[
            ("citation", &clause.citation),
            ("paraphrase", &clause.paraphrase),
            ("basis", &names.basis(basis)),
            ("sourced", &names.sourced(&clause.sourced)),
        ],
    )
}

/// A labelled paragraph under a margin.
pub(in crate::views) struct Label<'t> {
    /// What stands before the label; its further lines begin with a bar where it is not empty.
    pub(in crate::views) margin: &'static str,
    /// The label.
    pub(in crate::views) text: &'t str,
    /// Columns of the label.
    pub(in crate::views) width: usize,
}

/// Columns of the labels of findings.
const LABEL: usize = 10;
/// Columns of the margin.
const MARGIN: usize = 4;
/// Lines of one paragraph; the whole text is in the files.
const LINES: usize = 6;

/// Adds the paragraph.
pub(in crate::views) fn labelled(out: &mut String, screen: Screen, label: &Label<'_>, text: &str) {
    let room = screen.columns().saturating_sub(MARGIN + label.width).max(8);
    // Enough characters for all lines; a novel in a cell must not be wrapped to the end.
    let cut = truncate(&visible(text), room * LINES);
    let further = if label.margin.is_empty() { "" } else { "  |" };
    for (i, line) in wrap(&cut, room).iter().enumerate() {
        let (margin, name) = if i == 0 { (label.margin, label.text) } else { (further, "") };
        let name = pad(&truncate(name, label.width - 1), label.width);
        let head = format!("{}{name}", pad(margin, MARGIN));
        let _ = writeln!(out, "{}{line}", screen.paint().tone(Tone::Dim, &head));
    }
}
