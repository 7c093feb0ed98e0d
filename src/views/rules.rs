//! The rule set as a table for people and as JSON for programs.

use super::terminal::{Align, Col, Screen, Tone, grid};
use crate::knowledge::clause::{ClauseBook, Profile};
use crate::knowledge::messages::Catalogue;
use crate::model::Severity;
use crate::stages::rules::{self, RULES};
use serde_json::json;

/// Every rule in a line: severity, id, title, what it applies to.
pub fn list(catalogue: &Catalogue, screen: Screen) -> String {
    let columns = [
        ("page.severity", Align::Left),
        ("page.id", Align::Left),
        ("page.title", Align::Flexible),
        ("page.objects", Align::Left),
    ];
    let columns = columns.map(|(key, align)| Col { title: catalogue.text(key).into_owned(), align });
    let row = |rule: rules::Listed| {
        let kinds: Vec<_> =
            rule.kinds.iter().map(|k| catalogue.text(&format!("kind.{k}")).into_owned()).collect();
        let kinds = match kinds.as_slice() {
            [] => catalogue.text("page.files").into_owned(),
            _ => kinds.join(&catalogue.text("page.comma")),
        };
        let tone = match rule.severity {
            Severity::Forbidden => Tone::Bad,
            Severity::Restricted => Tone::Warn,
            Severity::Advisory => Tone::Info,
        };
        let severity = catalogue.text(&format!("severity.{}", rule.severity)).into_owned();
        (tone, vec![severity, rule.id.to_owned(), rule.title, kinds])
    };
    grid(&columns, &rules::list(catalogue).into_iter().map(row).collect::<Vec<_>>(), screen)
}

/// Every local profile in a line: name, document, date, how well it is sourced, the rules it turns on.
pub fn profiles(catalogue: &Catalogue, screen: Screen, clauses: &ClauseBook) -> String {
    let columns = [
        ("page.profile", Align::Left),
        ("page.title", Align::Flexible),
        ("page.date", Align::Left),
        ("page.sourced", Align::Left),
        ("page.rules", Align::Flexible),
    ];
    let columns = columns.map(|(key, align)| Col { title: catalogue.text(key).into_owned(), align });
    let row = |profile: &Profile| {
        let sourced = catalogue.text(&format!("sourced.{}", profile.sourced())).into_owned();
        let mut rules: Vec<&str> = profile.rule_ids().collect();
        rules.dedup();
        let lang = catalogue.lang();
        let cells =
            [&*profile.name, profile.title.of(lang), profile.date.of(lang), &sourced, &rules.join(", ")];
        (Tone::Info, cells.map(str::to_owned).to_vec())
    };
    let rows: Vec<_> = clauses.profiles().map(row).collect();
    grid(&columns, &rows, screen) + "\n" + &catalogue.text("page.profile-note") + "\n"
}

/// The rule set with clauses, texts and examples' count, sorted by id.
pub fn json(catalogue: &Catalogue, clauses: &ClauseBook) -> String {
    let lang = catalogue.lang();
    let rule = |rule: &rules::Rule| {
        let meta = rule.meta;
        let text = |part: &str| catalogue.text(&format!("rule.{}.{part}", meta.id)).into_owned();
        let cited = rules::cited(meta, clauses).into_iter().map(|clause| {
            json!({
                "id": clause.id,
                "citation": clause.citation(lang),
                "paraphrase": clause.paraphrase.of(lang),
                "sourced": clause.sourced.as_str(),
            })
        });
        json!({
            "id": meta.id,
            "title": text("title"),
            "what": text("what"),
            "why": text("why"),
            "remedy": text("remedy"),
            "severity": meta.severity.as_str(),
            "confidence": meta.confidence.as_str(),
            "kinds": meta.kinds.iter().map(|k| k.as_str()).collect::<Vec<_>>(),
            "clauses": cited.collect::<Vec<_>>(),
            "local": meta.local.is_some(),
            "setting": meta.setting,
            "review": meta.review.as_str(),
            "since": meta.since,
        })
    };
    let all: Vec<_> = RULES.iter().map(rule).collect();
    let text =
        serde_json::to_string_pretty(&json!({ "digest": rules::digest(clauses, false), "rules": all }));
    text.unwrap_or_default() + "\n"
}
