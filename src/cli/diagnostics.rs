//! Remarks about the inputs, as a person at a terminal reads them.
//!
//! For: the most important few, with a count of the rest and where to find them. Not for: the full
//! list, which is in the report. Invariant: the order is that of [`Diagnostic::sort`].

use super::session::Session;
use crate::knowledge::messages::Catalogue;
use crate::model::{Alert, Diagnostic};

/// As many remarks as fit a screen and a half; everyone past that reads the file.
pub const CAP: usize = 20;

/// Tells the remarks on standard error: errors and warnings up to [`CAP`], notes only with `-v`,
/// then how many more there are and where (`report`, the path of the full list).
pub fn tell(diagnostics: &[Diagnostic], session: &Session, report: Option<&str>) {
    say(diagnostics, session, session.verbose > 0, report);
}

/// Tells the remarks of a run that read nothing: notes too, since one of them may say why.
pub fn tell_all(diagnostics: &[Diagnostic], session: &Session) {
    say(diagnostics, session, true, None);
}

fn say(diagnostics: &[Diagnostic], session: &Session, notes: bool, report: Option<&str>) {
    let text = render(diagnostics, session.catalogue, notes, report);
    if !text.is_empty() {
        session.note(&text);
    }
}

/// The text of [`tell`]; empty when there is nothing to tell.
pub fn render(
    diagnostics: &[Diagnostic],
    catalogue: &Catalogue,
    notes: bool,
    report: Option<&str>,
) -> String {
    let mut sorted = diagnostics.to_vec();
    Diagnostic::sort(&mut sorted);
    let shown: Vec<&Diagnostic> =
        sorted.iter().filter(|d| notes || d.code.alert() != Alert::Note).take(CAP).collect();
    let mut parts: Vec<String> = shown.iter().map(|d| one(d, catalogue)).collect();
    if shown.len() < sorted.len() {
        parts.push(rest(&sorted, &shown, catalogue, report));
    }
    parts.join("\n\n")
}

fn one(diagnostic: &Diagnostic, catalogue: &Catalogue) -> String {
    let alert = alert_name(diagnostic.code.alert(), catalogue);
    let mut text = catalogue.fill(
        "cli.remarks.head",
        &[
            ("alert", alert),
            ("code", diagnostic.code.to_string()),
            ("text", catalogue.diagnostic(diagnostic)),
        ],
    );
    let at = diagnostic.at.to_string();
    if !at.is_empty() {
        text.push_str("\n  --> ");
        text.push_str(&at);
    }
    text.push('\n');
    text.push_str(&catalogue.fill("cli.remarks.help", &[("text", catalogue.diagnostic_help(diagnostic))]));
    text
}

/// “118 more: 3 errors, 15 warnings, 100 notes; see …”
fn rest(all: &[Diagnostic], shown: &[&Diagnostic], catalogue: &Catalogue, report: Option<&str>) -> String {
    let mut counts = Vec::new();
    for alert in [Alert::Error, Alert::Warning, Alert::Note] {
        let total = all.iter().filter(|d| d.code.alert() == alert).count();
        let left = total - shown.iter().filter(|d| d.code.alert() == alert).count();
        if left > 0 {
            counts.push(format!("{} {left}", alert_name(alert, catalogue)));
        }
    }
    let count = (all.len() - shown.len()).to_string();
    let mut text = catalogue.fill("cli.remarks.rest", &[("count", count), ("counts", counts.join(", "))]);
    if let Some(report) = report {
        text.push_str(&catalogue.fill("cli.remarks.see", &[("path", report)]));
    }
    text
}

fn alert_name(alert: Alert, catalogue: &Catalogue) -> String {
    catalogue.text(&format!("alert.{}", alert.as_str())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::messages::Lang;
    use crate::model::{Code, Location};

    fn some(code: Code, count: u32) -> Vec<Diagnostic> {
        (1..=count)
            .map(|row| Diagnostic::new(code, Location::sheet("台账.xlsx", "公众号").at_row(row)))
            .map(|d| d.with("found", "…"))
            .collect()
    }

    #[test]
    fn a_remark_says_what_where_and_what_to_do() {
        let at = Location::sheet("台账.xlsx", "公众号").at_row(47).at_column(3, "名称");
        let remark = Diagnostic::new(Code::NoName, at).with("found", "3 | 微信");
        let text = render(&[remark], Catalogue::of(Lang::En), false, None);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("error[ingest/no-name]: "), "{text}");
        assert_eq!(lines[1], "  --> 台账.xlsx › 公众号 › C47 “名称”");
        assert!(lines[2].starts_with("  help: "), "{text}");
    }

    #[test]
    fn the_list_is_cut_errors_first_and_the_rest_is_counted() {
        let mut all = some(Code::UnknownColumn, 5);
        all.extend(some(Code::InvalidCell, 30));
        all.extend(some(Code::NoName, 2));
        let text = render(&all, Catalogue::of(Lang::En), false, Some("reports/summary.md"));
        assert!(text.starts_with("error["), "{text}");
        assert_eq!(text.matches("-->").count(), CAP);
        let last = text.lines().last().unwrap_or("");
        assert!(last.contains("17") && last.contains("warning 12") && last.contains("note 5"), "{last}");
        assert!(last.contains("reports/summary.md"), "{last}");
        assert!(!text.contains("unknown-column"), "notes are for -v");
    }
}
