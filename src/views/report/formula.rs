//! How a figure is worked out, in words.
//!
//! For: people who check a figure and do not know the names that programs use; those stand beside it. Not for: working
//! anything out (`scan::figures`). Invariant: a formula that is not understood here is shown as the scan has it.

use super::view::Build;
use crate::scan::document::Figure;

/// Of what there are how many, where nothing is asked of them, and the key of the words.
const WHOLE: [(&str, &str); 4] = [
    ("clusters", "clusters"),
    ("inputs", "inputs"),
    ("coverage.unread", "unread"),
    ("coverage.roster", "roster"),
];
/// How formulas of other forms begin, and the key of the words.
const BEGINNINGS: [(&str, &str); 5] = [
    ("count(items that stay, ", "stay"),
    ("count of distinct plan.actions.stays.needs ", "needs"),
    ("of these, second listings of one thing ", "repeated"),
    ("of these, status = closed", "closed"),
    ("sum(inputs.sheets.row_account.", "rows"),
];

/// The formula of a figure in the language of the report.
pub(super) fn words(build: &Build<'_>, figure: &Figure) -> String {
    let formula = figure.formula.as_str();
    let key = BEGINNINGS.iter().find(|(beginning, _)| formula.starts_with(beginning));
    if let Some((_, key)) = key {
        return build.names.text(&format!("report.formula.{key}"));
    }
    let counted = formula.strip_prefix("count(").and_then(|rest| rest.strip_suffix(')'));
    let said = match counted {
        Some(counted) => count(build, figure, counted),
        None => arithmetic(build, formula),
    };
    said.unwrap_or_else(|| formula.to_owned())
}

fn count(build: &Build<'_>, figure: &Figure, counted: &str) -> Option<String> {
    let names = build.names;
    let Some((what, condition)) = counted.split_once(" where ") else {
        let (_, key) = WHOLE.iter().find(|(what, _)| *what == counted)?;
        return Some(names.text(&format!("report.formula.{key}")));
    };
    let (field, value) = condition.split_once(" = ")?;
    let (key, value) = match (what, field) {
        ("assets", "kind") if value.contains(", ") => {
            let kinds: Vec<String> = ["app", "account", "group"].iter().map(|id| names.kind(id)).collect();
            ("assets", kinds.join(names.enumerated()))
        }
        ("assets", "kind") => ("assets", names.kind(value)),
        ("plan.actions", "action") => ("actions", names.action(value)),
        ("pairs", "relation") => ("pairs", names.relation(value)),
        ("findings", "severity") => {
            ("findings", names.severity(value.split_once(" and ").map_or(value, |(severity, _)| severity)))
        }
        ("findings", "status") => ("waived", names.finding_status(value)),
        ("coverage.roster", "status") => ("roster-status", names.figure(&figure.id)),
        _ => return None,
    };
    Some(names.fill(&format!("report.formula.{key}"), &[("value", &value)]))
}

/// A sum, a difference or a share of other figures, by their names; those of one kind need not say it again.
fn arithmetic(build: &Build<'_>, formula: &str) -> Option<String> {
    let mut out = String::new();
    for word in formula.split(' ') {
        let id = word.trim_start_matches('(').trim_end_matches(')');
        if !out.is_empty() {
            out.push(' ');
        }
        match id {
            "+" => out.push('+'),
            "-" => out.push('−'),
            "/" => out.push('÷'),
            id => {
                build.figure(id)?;
                let name = build.names.figure(id);
                let name = name.split_once(" · ").map_or(name.as_str(), |(_, what)| what);
                out.push_str(&word.replace(id, name));
            }
        }
    }
    Some(out)
}
