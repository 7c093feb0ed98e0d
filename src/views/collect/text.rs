//! Plans, outcomes and checks on a terminal.

use super::Impact;
use crate::collect::Summary;
use crate::evidence::{Record, State, Verified};
use crate::knowledge::messages::Catalogue;
use crate::views::terminal::{Align, Col, Screen, Tone, grid};
use crate::views::visible;
use jiff::civil::Date;

/// Links and selectors that are listed one by one; the impact page has all of them.
const MOST: usize = 12;

/// What would be asked.
pub fn plan(impact: &Impact<'_>, catalogue: &Catalogue, screen: Screen) -> String {
    let say = |key: &str, args: &[(&str, String)]| catalogue.fill(&format!("collect.{key}"), args);
    let mut out = String::new();
    let rows = impact.rows();
    let counts = [
        ("items", impact.plan.items.to_string()),
        ("requests", impact.plan.requests.len().to_string()),
        ("hosts", impact.plan.hosts().len().to_string()),
        ("silent", impact.plan.silent.to_string()),
    ];
    line(&mut out, &say("plan.head", &counts));
    if rows.is_empty() {
        line(&mut out, &say("plan.nothing", &[]));
    } else {
        let columns =
            columns(catalogue, &["host", "source", "requests", "spacing", "minutes", "by", "decided"]);
        let cells = |row: super::Row| {
            let cells = vec![
                visible(&row.host).into_owned(),
                row.source,
                row.requests.to_string(),
                row.spacing,
                row.minutes.to_string(),
                visible(&row.by).into_owned(),
                row.decided,
            ];
            (Tone::Plain, cells)
        };
        out.push_str(&grid(&columns, &rows.into_iter().map(cells).collect::<Vec<_>>(), screen));
        line(&mut out, &say("plan.manners", &[]));
        for manner in super::manners(impact, catalogue) {
            line(&mut out, &format!("  {manner}"));
        }
    }
    if !impact.plan.off.is_empty() {
        line(&mut out, &say("plan.off", &[("count", impact.plan.off.len().to_string())]));
        let columns = columns(catalogue, &["host", "source-id", "requests"]);
        let rows = impact.plan.off.iter().take(MOST).map(|((source, host), count)| {
            (Tone::Plain, vec![visible(host).into_owned(), source.clone(), count.to_string()])
        });
        out.push_str(&grid(&columns, &rows.collect::<Vec<_>>(), screen));
        more(&mut out, impact.plan.off.len(), catalogue);
    }
    if !impact.plan.by_hand.is_empty() {
        line(&mut out, &say("plan.by-hand", &[]));
        for ((source, host), count) in &impact.plan.by_hand {
            let args = [
                ("source", impact.called(source).to_owned()),
                ("host", visible(host).into_owned()),
                ("count", count.to_string()),
            ];
            line(&mut out, &say("plan.by-hand-line", &args));
        }
    }
    if !impact.plan.refused.is_empty() {
        line(&mut out, &say("plan.refused", &[("count", impact.plan.refused.len().to_string())]));
        for refused in impact.plan.refused.iter().take(MOST) {
            let args = [
                ("asset", refused.asset.clone()),
                ("url", visible(&refused.url).into_owned()),
                ("why", super::refusal(&refused.why, catalogue)),
            ];
            line(&mut out, &say("plan.refused-line", &args));
        }
        more(&mut out, impact.plan.refused.len(), catalogue);
    }
    out
}

/// What a run came to.
pub fn summary(impact: &Impact<'_>, done: &Summary, catalogue: &Catalogue, screen: Screen) -> String {
    let say = |key: &str, args: &[(&str, String)]| catalogue.fill(&format!("collect.{key}"), args);
    let mut out = String::new();
    let (requests, bytes) = impact.traffic();
    let looks: u64 = done.states.values().sum();
    let left: u64 = done.hosts.values().map(|host| host.left).sum();
    let args = [
        ("looks", looks.to_string()),
        ("requests", requests.to_string()),
        ("hosts", done.hosts.len().to_string()),
        ("kib", bytes.div_ceil(1024).to_string()),
        ("cached", done.cached.to_string()),
        ("left", left.to_string()),
    ];
    line(&mut out, &say("done.head", &args));
    if !done.states.is_empty() {
        let rows = done.states.iter().map(|(state, count)| {
            (
                Tone::Plain,
                vec![catalogue.text(&format!("collect.state.{state}")).into_owned(), count.to_string()],
            )
        });
        out.push_str(&grid(&columns(catalogue, &["state", "pages"]), &rows.collect::<Vec<_>>(), screen));
    }
    if !done.untold.is_empty() {
        line(&mut out, &say("done.refusals", &[]));
        for untold in done.untold.iter().take(MOST) {
            let args = [
                ("url", visible(&untold.url).into_owned()),
                ("state", catalogue.text(&format!("collect.state.{}", untold.state)).into_owned()),
                ("detail", visible(&untold.detail).into_owned()),
            ];
            line(&mut out, say("done.refusals-line", &args).trim_end());
        }
        more(&mut out, done.untold.len(), catalogue);
    }
    for (name, host) in &done.hosts {
        let Some(stopped) = host.stopped else { continue };
        let args = [
            ("host", visible(name).into_owned()),
            ("why", catalogue.text(&format!("collect.stop.{stopped}")).into_owned()),
            ("left", host.left.to_string()),
        ];
        line(&mut out, &say("done.stopped", &args));
    }
    if !done.unmatched.is_empty() {
        line(&mut out, &say("done.unmatched", &[]));
        for ((source, selector), count) in done.unmatched.iter().take(MOST) {
            let args = [
                ("source", impact.called(source).to_owned()),
                ("selector", visible(selector).into_owned()),
                ("count", count.to_string()),
            ];
            line(&mut out, &say("done.unmatched-line", &args));
        }
        more(&mut out, done.unmatched.len(), catalogue);
    }
    out
}

/// What was taken in from a file; `wants_key` says that the file could be read if it were known which app is meant.
pub fn kept(digest: &str, record: &Record, wants_key: bool, catalogue: &Catalogue) -> String {
    let mut out = String::new();
    let body = record.body.clone().unwrap_or_default();
    let args = [
        ("source", record.source.clone()),
        ("state", catalogue.text(&format!("collect.state.{}", record.state)).into_owned()),
        ("record", digest.to_owned()),
        ("blake3", body.blake3),
        ("sm3", body.sm3),
    ];
    line(&mut out, &catalogue.fill("collect.kept.head", &args));
    if wants_key && record.state() == State::Kept {
        line(&mut out, &catalogue.text("collect.kept.which"));
    }
    for reading in &record.readings {
        for (field, value) in &reading.fields {
            let short: String = value.chars().take(60).collect();
            let name = catalogue.text(&format!("collect.field.{field}")).into_owned();
            line(
                &mut out,
                &catalogue
                    .fill("collect.kept.field", &[("field", name), ("value", visible(&short).into_owned())]),
            );
        }
        for selector in &reading.unmatched {
            line(&mut out, &catalogue.fill("collect.kept.unmatched", &[("selector", visible(selector))]));
        }
    }
    out
}

/// What a check found; `first` is the first day that is still to be kept.
pub fn verified(found: &Verified, first: Option<Date>, catalogue: &Catalogue) -> String {
    let mut out = String::new();
    let args = [
        ("lines", found.lines.to_string()),
        ("records", found.records.to_string()),
        ("pages", found.pages.to_string()),
        ("removed", found.removed.to_string()),
        ("strays", found.strays.to_string()),
        ("head", found.head.clone()),
    ];
    line(&mut out, &catalogue.fill("collect.verified.head", &args));
    for fault in &found.faults {
        let what = catalogue.text(&format!("collect.wrong.{}", fault.what)).into_owned();
        let args = [("line", fault.line.to_string()), ("path", fault.path.clone()), ("what", what)];
        line(&mut out, &catalogue.fill("collect.verified.fault", &args));
    }
    if let Some(first) = first.map(|day| day.to_string()) {
        let over = found.before(&first);
        if over > 0 {
            let args = [("first", first), ("count", over.to_string())];
            line(&mut out, &catalogue.fill("collect.verified.over", &args));
        }
    }
    let verdict = if found.faults.is_empty() { "collect.verified.good" } else { "collect.verified.bad" };
    line(&mut out, &catalogue.fill(verdict, &[("count", found.faults.len().to_string())]));
    out
}

fn columns(catalogue: &Catalogue, keys: &[&str]) -> Vec<Col> {
    let column = |key: &&str| Col {
        title: catalogue.text(&format!("collect.column.{key}")).into_owned(),
        align: match *key {
            "requests" | "spacing" | "minutes" | "pages" => Align::Right,
            "host" | "by" => Align::Flexible,
            _ => Align::Left,
        },
    };
    keys.iter().map(column).collect()
}

fn more(out: &mut String, all: usize, catalogue: &Catalogue) {
    if all > MOST {
        line(out, &catalogue.fill("collect.plan.more", &[("count", (all - MOST).to_string())]));
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
