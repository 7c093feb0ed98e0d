//! One asset: what it is, how it was read, its findings, its duplicates, what the plan does.
//!
//! For: `explain ID`. Not for: pairs in detail (`pair`). Invariant: the order follows the question
//! people ask: what is it, what is wrong, what is it like, what now.

use super::pair;
use crate::scan::document::{Action, Asset, FieldValue, Stays};
use crate::views::carried;
use crate::views::report::ReportView;
use crate::views::terminal::{Screen, Tone, one};
use crate::views::text::{truncate, visible};
use serde_json::Value as Json;
use std::fmt::Write as _;

/// Everything about the asset at a position.
pub(super) fn explain(view: &ReportView<'_>, screen: Screen, at: usize) -> String {
    let asset = &view.document.assets[at];
    let mut out = String::new();
    let title = truncate(&asset.name, screen.columns());
    let _ = writeln!(out, "{}", screen.paint().tone(Tone::Heading, &title));
    identity(&mut out, view, screen, asset);
    section(&mut out, view, screen, "explain.plan");
    match view.index.action(at) {
        Some(action) => plan(&mut out, view, screen, action),
        None => nothing(&mut out, view),
    }
    section(&mut out, view, screen, "explain.findings");
    let findings: Vec<_> = view.index.findings(at).collect();
    for finding in &findings {
        out += &one(view, screen, finding);
    }
    if findings.is_empty() {
        nothing(&mut out, view);
    }
    asked(&mut out, view, screen, asset);
    clues(&mut out, view, screen, asset);
    pages(&mut out, view, screen, asset);
    section(&mut out, view, screen, "explain.pairs");
    if let Some(cluster) = view.index.cluster(at) {
        let members: Vec<&str> = cluster.members.iter().map(|id| view.index.name(id)).collect();
        let text = view.names.fill(
            "explain.cluster",
            &[
                ("id", &cluster.id),
                ("members", &members.join(view.names.comma())),
                ("survivor", view.index.name(&cluster.survivor)),
            ],
        );
        super::line(&mut out, screen, &view.names.text("explain.cluster-label"), &text);
    }
    let pairs: Vec<_> = view.index.pairs(at).collect();
    for pair in &pairs {
        out += &pair::one(view, screen, pair);
    }
    if pairs.is_empty() {
        nothing(&mut out, view);
    }
    out
}

fn section(out: &mut String, view: &ReportView<'_>, screen: Screen, key: &str) {
    let _ = writeln!(out, "\n{}", screen.paint().tone(Tone::Heading, &view.names.text(key)));
}

/// What people wrote about it; nothing where nobody did.
fn clues(out: &mut String, view: &ReportView<'_>, screen: Screen, asset: &Asset) {
    let names = view.names;
    let about = view.document.clues.iter().filter(|c| c.items.iter().any(|item| item.asset == asset.id));
    for (at, clue) in about.enumerate() {
        if at == 0 {
            section(out, view, screen, "explain.clues");
        }
        let practices: Vec<String> = clue.practices.iter().map(|id| names.practice(id)).collect();
        let practices = practices.join(names.comma());
        super::line(out, screen, &names.place(&clue.source), &clue.text);
        if !practices.is_empty() {
            super::line(out, screen, &names.text("report.column.practices"), &practices);
        }
    }
}

/// What public pages say of it; nothing without evidence.
fn pages(out: &mut String, view: &ReportView<'_>, screen: Screen, asset: &Asset) {
    let names = view.names;
    let about = view.document.pages.iter().filter(|page| page.asset == asset.id);
    for (at, page) in about.enumerate() {
        if at == 0 {
            section(out, view, screen, "report.table.pages");
        }
        let state = names.text(&format!("collect.state.{}", page.state));
        super::line(out, screen, &page.source, &state);
        for one in &page.contradictions {
            super::line(out, screen, &names.text("report.column.contradiction"), &one.sentence);
        }
        for lead in &page.leads {
            super::line(out, screen, &names.practice(&lead.practice), &lead.words);
        }
        let cited = [("url", &page.url), ("taken", &page.taken), ("blake3", &page.blake3)];
        super::line(
            out,
            screen,
            &names.text("report.column.page-source"),
            &names.catalogue.fill("collect.seen", &cited),
        );
    }
}

fn nothing(out: &mut String, view: &ReportView<'_>) {
    let _ = writeln!(out, "    {}", view.names.text("report.nothing"));
}

/// Who and where it is, and how its row was read.
fn identity(out: &mut String, view: &ReportView<'_>, screen: Screen, asset: &Asset) {
    let names = view.names;
    let column = |key: &str| names.text(&format!("report.column.{key}"));
    let mut kind = names.kind(&asset.kind);
    if let Some(listed) = &asset.listed_as {
        kind = names.fill("explain.listed-as", &[("kind", &kind), ("listed", &names.kind(listed))]);
    }
    let mut unit = names.owner(asset);
    if !asset.owner_unit.canonical.is_empty() && asset.owner_unit.canonical != unit {
        unit = names.fill("explain.understood-as", &[("found", &unit), ("as", &asset.owner_unit.canonical)]);
    }
    let mut region = asset.region.path.join(" › ");
    if !asset.region.candidates.is_empty() {
        let candidates = asset.region.candidates.join(names.comma());
        region = names.fill("explain.candidates", &[("found", &region), ("candidates", &candidates)]);
    }
    let rows = [
        (column("id"), asset.id.clone()),
        (column("kind"), kind),
        (column("platform"), names.platform(&asset.platform)),
        (column("unit"), unit),
        (column("level"), names.level(&asset.level)),
        (column("region"), region),
        (names.text("explain.audience"), names.audience(&asset.audience)),
        (names.text("explain.functions"), names.functions(&asset.functions)),
        (names.text("explain.stem"), asset.stem.clone()),
        (column("status"), names.status(&asset.status)),
        (names.text("explain.source"), names.place(&asset.source)),
    ];
    let fields = asset.fields.iter().map(|(field, value)| {
        let text = field_text(view, value);
        // The one field whose value is kept as an id.
        (names.field(field), if field == "kind" { names.kind(&text) } else { text })
    });
    let mut shown: Vec<(String, String)> = Vec::new();
    for line in rows.into_iter().chain(fields) {
        // What the row says of kind or audience, where it was simply taken over, stands above already.
        if !line.1.is_empty() && !shown.contains(&line) {
            super::line(out, screen, &line.0, &line.1);
            shown.push(line);
        }
    }
}

/// A value, and what it was read from where that differs.
fn field_text(view: &ReportView<'_>, field: &FieldValue) -> String {
    let names = view.names;
    let value = match &field.value {
        Json::Null => names.text("explain.not-understood"),
        Json::Bool(true) => names.text("explain.yes"),
        Json::Bool(false) => names.text("explain.no"),
        Json::String(text) => text.clone(),
        Json::Array(items) => items
            .iter()
            .map(|v| v.as_str().map_or(v.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(names.comma()),
        other => other.to_string(),
    };
    let value =
        if field.exact == Some(false) { names.fill("explain.about", &[("value", &value)]) } else { value };
    match &field.raw {
        _ if field.page.is_some() => names.fill("collect.from-page", &[("value", &value)]),
        Some(raw) => names.fill("explain.read-from", &[("value", &value), ("raw", &visible(raw))]),
        None => value,
    }
}

/// Why the item stays, and the needs that force it.
fn why_it_stays(view: &ReportView<'_>, stays: &Stays) -> String {
    let names = view.names;
    let mut said = vec![names.text(&format!("explain.stays-{}", stays.reason))];
    said.extend(stays.needs.iter().map(|need| {
        names.fill(
            "explain.need",
            &[
                ("function", &names.function(&need.function)),
                ("place", &need.place),
                ("audience", &names.audience(&need.audience)),
            ],
        )
    }));
    said.join(names.comma())
}

/// What other apps ask for that this one asks for too; nothing where none does.
fn asked(out: &mut String, view: &ReportView<'_>, screen: Screen, asset: &Asset) {
    let names = view.names;
    for (at, asked) in view.document.asked.iter().filter(|a| a.assets.contains(&asset.id)).enumerate() {
        if at == 0 {
            section(out, view, screen, "report.table.asked");
        }
        let what = if asked.by == "function" { names.function(&asked.what) } else { asked.what.clone() };
        let others: Vec<&str> =
            asked.assets.iter().filter(|id| **id != asset.id).map(|id| view.index.name(id)).collect();
        super::line(out, screen, &what, &others.join(names.comma()));
    }
}

/// The action with its reason, clause and steps.
fn plan(out: &mut String, view: &ReportView<'_>, screen: Screen, action: &Action) {
    let names = view.names;
    let label = |key: &str| names.text(&format!("explain.{key}"));
    let name = names.action(&action.action);
    let target = action.target.as_deref().map(|t| view.index.name(t));
    let what = match target {
        Some(target) => names.fill("explain.into", &[("action", &name), ("target", target)]),
        None => name,
    };
    let listed =
        |ids: &[String]| ids.iter().map(|id| view.index.name(id)).collect::<Vec<_>>().join(names.comma());
    super::line(out, screen, &label("action"), &what);
    if !action.also.is_empty() {
        super::line(out, screen, &label("also"), &listed(&action.also));
    }
    super::line(out, screen, &label("reason"), &action.reason);
    if let Some(stays) = &action.stays {
        super::line(out, screen, &label("stays"), &why_it_stays(view, stays));
    }
    if let Some(question) = &action.question {
        super::line(out, screen, &label("question"), question);
    }
    for answer in &action.answers {
        super::line(
            out,
            screen,
            &label(&format!("answer-{}", answer.answer)),
            &carried::answer(names, &view.index, answer),
        );
    }
    if let Some(unit) = &action.responsible {
        super::line(out, screen, &label("responsible"), unit);
    }
    if let Some(deadline) = &action.deadline {
        super::line(out, screen, &label("deadline"), &carried::deadline(names, deadline));
    }
    if !action.waits_for.is_empty() {
        super::line(out, screen, &label("waits-for"), &listed(&action.waits_for));
    }
    for clause in &action.clause {
        super::line(out, screen, &label("clause"), &format!("{} {}", clause.citation, clause.paraphrase));
    }
    for (i, step) in action.steps.iter().enumerate() {
        let number = format!("{} {}", label("step"), i + 1);
        super::line(out, screen, &number, &names.step(step));
    }
}
