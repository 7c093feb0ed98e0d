//! The comparison for programs: every entry, what is unchanged too, each on a line of its own.

use super::ChangesView;
use crate::changes::{Balance, CellChange, Condition, Item, Origin, Problem, Stamp};
use crate::model::{LinkedBy, Message};
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

/// The whole document, `schema_version` 1.
pub fn json(view: &ChangesView<'_>) -> String {
    let changes = view.changes;
    let say = |message: &Message| Json::String(view.names.catalogue.render(message));
    let mut out = String::from("{\n \"schema_version\": 1,\n");
    let _ = writeln!(out, " \"from\": {},\n \"to\": {},", stamp(&changes.from), stamp(&changes.to));
    let lists = [
        ("conditions", changes.conditions.iter().map(condition).collect::<Vec<_>>()),
        ("balance", changes.balance.iter().map(balance).collect()),
        ("items", changes.items.iter().map(|item| entry(item, &say)).collect()),
        ("problems", changes.problems.iter().map(|problem| finding(problem, &say)).collect()),
    ];
    for (at, (name, entries)) in lists.iter().enumerate() {
        let lines: Vec<String> = entries.iter().map(|entry| format!("\n  {entry}")).collect();
        let comma = if at + 1 < lists.len() { "," } else { "" };
        let _ = writeln!(out, " \"{name}\": [{}]{comma}", lines.join(","));
    }
    out + "}\n"
}

fn stamp(stamp: &Stamp) -> Json {
    json!({"as_of": stamp.as_of, "digest": stamp.digest, "items": stamp.items, "problems": stamp.problems})
}

fn condition(c: &Condition) -> Json {
    json!({"what": c.what, "before": c.before, "after": c.after, "cause": c.cause.as_str()})
}

fn balance(b: &Balance) -> Json {
    json!({
        "kind": b.kind, "opening": b.opening, "first_reported": b.first_reported, "added": b.added,
        "recounted_in": b.recounted_in, "removed": b.removed, "not_reported": b.not_reported,
        "recounted_out": b.recounted_out, "closing": b.closing, "net": b.net(), "eaten": b.is_eaten(),
    })
}

fn cell(c: &CellChange) -> Json {
    json!({"field": c.field, "before": c.before, "after": c.after})
}

fn origin(o: &Origin) -> Json {
    json!({"asset": o.id, "name": o.name, "closed": o.closed, "scan": o.scan, "by": o.by})
}

fn entry(item: &Item, say: &dyn Fn(&Message) -> Json) -> Json {
    json!({
        "class": item.class.as_str(), "cause": item.cause.as_str(), "asset": item.id, "was": item.was,
        "name": item.name, "kind": item.kind, "unit": item.unit,
        "linked": item.linked.map(LinkedBy::as_str),
        "evidence": item.evidence.iter().map(say).collect::<Vec<_>>(),
        "cells": item.cells.iter().map(cell).collect::<Vec<_>>(),
        "plan": item.plan.as_ref().map(|(action, progress)| json!({"action": action, "progress": progress.as_str()})),
        "origin": item.origin.as_ref().map(origin),
        "reason": say(&item.reason),
    })
}

fn finding(p: &Problem, say: &dyn Fn(&Message) -> Json) -> Json {
    json!({
        "class": p.class.as_str(), "cause": p.cause.as_str(), "rule": p.rule, "severity": p.severity,
        "fingerprint": p.fingerprint, "asset": p.asset, "name": p.name, "unit": p.unit, "words": p.words,
        "fixed_on": p.fixed_on, "reason": say(&p.reason),
    })
}
