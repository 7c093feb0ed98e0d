//! A plan made again: what differs, what that costs, what could not be had.
//!
//! For: `plan --pin …` and the next-best of `explain`. Not for: planning. Invariant: costs are given aim by aim, never as one
//! sum, and against the stored plan.

use super::report::ReportView;
use super::terminal::{Screen, Tone};
use super::text::wrap;
use crate::scan::document::{Action, Objective};
use crate::scan::{Change, Conflict, Replanned};
use std::fmt::Write as _;

/// Everything about a plan made again; `view` is of the stored scan.
pub fn replanned(view: &ReportView<'_>, made: &Replanned, screen: Screen) -> String {
    let names = view.names;
    let mut out = String::new();
    let heading = |out: &mut String, key: &str, args: &[(&str, &str)]| {
        let _ = writeln!(out, "{}", screen.paint().tone(Tone::Heading, &names.fill(key, args)));
    };
    if !made.conflicts.is_empty() {
        heading(&mut out, "replan.conflicts", &[]);
        for conflict in &made.conflicts {
            paragraph(&mut out, screen, "· ", &sentence(view, conflict));
        }
        paragraph(&mut out, screen, "  ", &names.text("replan.order"));
        out.push('\n');
    }
    heading(&mut out, "replan.changes", &[("count", &made.changes.len().to_string())]);
    for change in &made.changes {
        paragraph(&mut out, screen, "· ", &changed(view, change));
    }
    out.push('\n');
    heading(&mut out, "replan.costs", &[]);
    let after = made.document.plan.objective;
    for (aim, before, now) in aims(made.before, after) {
        let difference = i128::from(now) - i128::from(before);
        let args =
            [("before", before.to_string()), ("after", now.to_string()), ("difference", signed(difference))];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        paragraph(&mut out, screen, "  ", &names.fill(&format!("replan.aim.{aim}"), &args));
    }
    let key = if made.document.plan.proven { "replan.proven" } else { "replan.not-proven" };
    paragraph(&mut out, screen, "  ", &names.text(key));
    out
}

/// What deciding otherwise about an item would have come to.
pub fn next_best(view: &ReportView<'_>, at: usize, made: Option<&Replanned>, screen: Screen) -> String {
    let names = view.names;
    let mut out = String::new();
    let _ = writeln!(out, "\n{}", screen.paint().tone(Tone::Heading, &names.text("replan.next-best")));
    let id = view.document.assets[at].id.as_str();
    let text = match made {
        None => names.text("replan.nothing-to-decide"),
        Some(made) if made.conflicts.is_empty() => {
            let own = made.changes.iter().find(|change| change.after.asset == id);
            let others = made.changes.len() - usize::from(own.is_some());
            let costs: Vec<String> = aims(made.before, made.document.plan.objective)
                .iter()
                .map(|(aim, before, now)| {
                    let difference = i128::from(*now) - i128::from(*before);
                    names.fill(&format!("replan.cost.{aim}"), &[("difference", &signed(difference))])
                })
                .collect();
            let action = own.map(|change| named(view, &change.after)).unwrap_or_default();
            let others = others.to_string();
            names.fill(
                "replan.instead",
                &[("action", &action), ("costs", &costs.join(names.comma())), ("others", &others)],
            )
        }
        Some(made) => {
            let conflicts: Vec<String> = made.conflicts.iter().map(|c| sentence(view, c)).collect();
            conflicts.join("\n")
        }
    };
    for line in text.split('\n') {
        paragraph(&mut out, screen, "    ", line);
    }
    out
}

/// Each aim with its sums before and after.
fn aims(before: Objective, after: Objective) -> [(&'static str, u64, u64); 4] {
    [
        ("burden", before.staff_burden, after.staff_burden),
        ("items", before.items, after.items),
        ("users", before.users_moved, after.users_moved),
        ("repairs", before.repairs, after.repairs),
    ]
}

fn signed(difference: i128) -> String {
    if difference > 0 { format!("+{difference}") } else { difference.to_string() }
}

fn changed(view: &ReportView<'_>, change: &Change) -> String {
    let id = change.after.asset.as_str();
    let owner = view.index.asset(id).map(|asset| view.names.owner(asset)).unwrap_or_default();
    view.names.fill(
        "replan.change",
        &[
            ("name", view.index.name(id)),
            ("owner", &owner),
            ("before", &named(view, &change.before)),
            ("after", &named(view, &change.after)),
        ],
    )
}

/// An action with where the item goes.
fn named(view: &ReportView<'_>, action: &Action) -> String {
    let name = view.names.action(&action.action);
    match &action.target {
        Some(target) => {
            let shown = view.index.asset(target).map_or(target.as_str(), |asset| asset.name.as_str());
            view.names.fill("explain.into", &[("action", &name), ("target", shown)])
        }
        None => name,
    }
}

fn sentence(view: &ReportView<'_>, conflict: &Conflict) -> String {
    let names = view.names;
    match conflict {
        Conflict::Cap { scope, most, least, held } => {
            let held: Vec<String> = held.iter().map(|id| told(view, id)).collect();
            names.fill(
                "replan.conflict.cap",
                &[
                    ("scope", scope.as_str()),
                    ("most", &most.to_string()),
                    ("least", &least.to_string()),
                    ("held", &held.join(names.comma())),
                ],
            )
        }
        Conflict::Target { asset, target } => names.fill(
            "replan.conflict.target",
            &[("asset", view.index.name(asset)), ("target", view.index.name(target))],
        ),
        Conflict::NoWay { asset } => {
            names.fill("replan.conflict.no-way", &[("asset", view.index.name(asset))])
        }
        Conflict::Need { asset, functions } => names.fill(
            "replan.conflict.need",
            &[("asset", view.index.name(asset)), ("functions", &names.functions(functions))],
        ),
    }
}

fn paragraph(out: &mut String, screen: Screen, margin: &str, text: &str) {
    for (number, line) in wrap(text, screen.columns().saturating_sub(margin.len())).iter().enumerate() {
        let margin = if number == 0 { margin.to_owned() } else { " ".repeat(margin.chars().count()) };
        let _ = writeln!(out, "{margin}{line}");
    }
}

/// An item with its platform and owner: several may have one name.
fn told(view: &ReportView<'_>, id: &str) -> String {
    let names = view.names;
    let Some(asset) = view.index.asset(id) else { return id.to_owned() };
    let about = [names.platform(&asset.platform), names.owner(asset)];
    let about: Vec<String> = about.into_iter().filter(|text| !text.is_empty()).collect();
    names.fill("report.asked-app", &[("name", &*asset.name), ("unit", &about.join(names.enumerated()))])
}
