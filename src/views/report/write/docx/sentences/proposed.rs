//! What is to be done: 处置意见, 工作步骤和时限 and 需要研究的事项.
//!
//! For: the last three sections. Not for: what was found (`situation`, `problems`). Invariant: steps and questions are only
//! those that the proposals call for; dates are left open for the issuing body.

use super::super::attachments::Attachments;
use super::facts::{ACTIONS, Facts, KINDS, at};
use super::{Paragraph, headed, plain};

/// All together, kind by kind, and what is left after.
pub(super) fn disposal(facts: Facts<'_, '_>, attached: &Attachments) -> Vec<Paragraph> {
    let Some(live) = facts.of("all", "live").filter(|&n| n > 0) else { return Vec::new() };
    let said = facts.all("live").unwrap_or_default();
    if facts.of("all", "keep") == Some(live) {
        return vec![plain(facts.fill("disposal.all-kept", &[("live", &said)]))];
    }
    let Some(parts) = parts(facts, "all", &ACTIONS) else { return Vec::new() };
    let place = facts.fill("disposal.items", &[("where", &attached.place(facts, "ledger"))]);
    let args = [("live", &*said), ("parts", &parts), ("where", &place)];
    let mut paragraphs = vec![plain(facts.fill("disposal.total", &args))];
    if facts.measure("live") == "all" {
        paragraphs.extend(KINDS.iter().filter_map(|kind| of_kind(facts, kind)));
    }
    paragraphs.extend(joint(facts, attached).map(plain));
    paragraphs.extend(after(facts, live, &said).map(plain));
    paragraphs
}

/// Proposals that are not zero, measured as the kind.
fn parts(facts: Facts<'_, '_>, kind: &str, actions: &[&str]) -> Option<String> {
    let measure = if kind == "all" { facts.measure("live") } else { kind };
    let mut parts = Vec::new();
    for action in actions {
        parts.extend(facts.part(action, measure, facts.of(kind, action)?));
    }
    (!parts.is_empty()).then(|| facts.list(&parts))
}

fn of_kind(facts: Facts<'_, '_>, kind: &str) -> Option<Paragraph> {
    let (live, after) = (facts.of(kind, "live").filter(|&n| n > 0)?, facts.of(kind, "after")?);
    let rate = facts.rate(&format!("assets.{kind}.reduction-rate"));
    let key = match rate {
        _ if facts.of(kind, "keep") == Some(live) => "disposal.kind-kept",
        Some(_) if after != live => "disposal.kind",
        _ => "disposal.kind-same",
    };
    let args = [
        ("live", &*facts.said(kind, live)),
        ("parts", &parts(facts, kind, &ACTIONS)?),
        ("after", &facts.said(kind, after)),
        ("rate", &rate.unwrap_or_default()),
    ];
    Some(Paragraph { heading: Some(facts.0.names.kind(kind)), text: facts.fill(key, &args) })
}

/// Items whose work several others go on with.
fn joint(facts: Facts<'_, '_>, attached: &Attachments) -> Option<String> {
    let count = facts.0.joint.len as u64;
    let args = [("count", &*facts.said("all", count)), ("where", &attached.place(facts, "joint"))];
    (count > 0).then(|| facts.fill("disposal.joint", &args))
}

fn after(facts: Facts<'_, '_>, live: u64, said: &str) -> Option<String> {
    let after = facts.of("all", "after")?;
    let mut text = if after == live {
        facts.fill("disposal.same", &[("live", said)])
    } else {
        let rate = facts.rate("assets.all.reduction-rate")?;
        let after = facts.said(facts.measure("live"), after);
        facts.fill("disposal.after", &[("live", said), ("after", &after), ("rate", &rate)])
    };
    if facts.of("all", "refer").is_some_and(|n| n > 0) {
        text += &facts.text("disposal.refer");
    }
    Some(text)
}

/// Who does what, in order. The issuing body sets the dates.
pub(super) fn steps(facts: Facts<'_, '_>) -> Vec<Paragraph> {
    if facts.of("all", "live").is_none_or(|n| n == 0) {
        return Vec::new();
    }
    let some = |action: &str| facts.of("all", action).is_some_and(|n| n > 0);
    let count = |action: &str| facts.said(facts.measure(action), facts.of("all", action).unwrap_or_default());
    let step = |key: &str, action: &str| {
        if some(action) { facts.fill(key, &[("count", &count(action))]) } else { String::new() }
    };
    let mut moved = match parts(facts, "all", &["merge", "migrate"]) {
        Some(parts) => facts.fill("steps.move-text", &[("parts", &parts)]),
        None => String::new(),
    };
    if some("migrate") {
        moved += &facts.text("steps.ask");
    }
    let ended = step("steps.close-text", "close") + &step("steps.dissolve-text", "dissolve");
    [
        ("steps.confirm", facts.text("steps.confirm-text")),
        ("steps.repair", step("steps.repair-text", "keep-fix")),
        ("steps.move", moved),
        ("steps.end", ended),
        ("steps.report", facts.text("steps.report-text")),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(key, text)| headed(facts, key, text))
    .collect()
}

/// What a program cannot decide.
pub(super) fn questions(facts: Facts<'_, '_>, attached: &Attachments) -> Vec<Paragraph> {
    [
        ("questions.cross-unit", cross_unit(facts, attached)),
        ("questions.refer", referred(facts, attached)),
        ("questions.not-checked", not_checked(facts, attached)),
        ("questions.data", data(facts)),
        ("questions.clauses", clauses(facts)),
    ]
    .into_iter()
    .filter_map(|(key, text)| Some(headed(facts, key, text?)))
    .collect()
}

fn cross_unit(facts: Facts<'_, '_>, attached: &Attachments) -> Option<String> {
    let pairs = facts.count("pairs.cross-unit").filter(|&n| n > 0)?;
    let place = attached.place(facts, "cross-unit");
    let args = [("pairs", &*facts.said("pair", pairs)), ("where", &place)];
    Some(facts.fill("questions.cross-unit-text", &args))
}

fn referred(facts: Facts<'_, '_>, attached: &Attachments) -> Option<String> {
    facts.of("all", "refer").filter(|&n| n > 0)?;
    let kinds = facts.kinds("refer");
    let key = if kinds.len() > 1 { "questions.refer-text" } else { "questions.refer-one" };
    let args = [
        ("count", &*facts.all("refer")?),
        ("kinds", &facts.list(&kinds)),
        ("where", &attached.place(facts, "ledger")),
    ];
    Some(facts.fill(key, &args))
}

fn not_checked(facts: Facts<'_, '_>, attached: &Attachments) -> Option<String> {
    let count = facts.0.not_checked.len as u64;
    let args = [("count", &*facts.said("all", count)), ("where", &attached.place(facts, "not-checked"))];
    (count > 0).then(|| facts.fill("questions.not-checked-text", &args))
}

fn data(facts: Facts<'_, '_>) -> Option<String> {
    let count = facts.0.data_problems.len as u64;
    (count > 0).then(|| facts.fill("questions.data-text", &[("count", &facts.said("place", count))]))
}

fn clauses(facts: Facts<'_, '_>) -> Option<String> {
    let rules = &facts.0.rules;
    let found = rules.rows.iter().any(|row| at(rules, row, "findings").is_some_and(|n| n > 0));
    found.then(|| facts.text("questions.clauses-text"))
}
