//! What is wrong with it: 存在问题.
//!
//! For: the second section. Not for: what is to be done (`proposed`).

use super::super::attachments::Attachments;
use super::facts::{Facts, at};
use super::{Paragraph, headed, plain};
use crate::views::report::Row;

/// Rules listed in a sentence, the most frequent first.
const LISTED: usize = 6;

/// Problems by severity, then duplicates.
pub(super) fn problems(facts: Facts<'_, '_>, attached: &Attachments) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = total(facts, attached).map(plain).into_iter().collect();
    for severity in ["forbidden", "restricted", "advisory"] {
        let text = rules(facts, severity);
        paragraphs.extend(text.map(|text| headed(facts, &format!("problems.{severity}"), text)));
    }
    paragraphs.extend(duplicates(facts).map(|text| headed(facts, "problems.duplicates", text)));
    paragraphs
}

fn total(facts: Facts<'_, '_>, attached: &Attachments) -> Option<String> {
    let rules = &facts.0.rules;
    let sum = rules.total.as_ref()?;
    let said = ["forbidden", "restricted", "advisory"];
    let mut parts = Vec::new();
    for severity in said {
        parts.extend(facts.part(severity, "finding", facts.count(&format!("findings.{severity}"))?));
    }
    let waived = facts.count("findings.waived").filter(|&n| n > 0);
    let waived = waived.map(|n| facts.fill("problems.waived", &[("count", &facts.said("finding", n))]));
    let (total, items) = (at(rules, sum, "findings")?, at(rules, sum, "items")?);
    let found = if total == 0 {
        facts.text("problems.none")
    } else {
        let key = if parts.len() > 1 { "problems.total" } else { "problems.total-one" };
        let args = [
            ("total", &*facts.said("finding", total)),
            ("items", &facts.said("all", items)),
            ("parts", &facts.list(&parts)),
            ("where", &attached.place(facts, "rules")),
        ];
        facts.fill(key, &args)
    };
    Some(found + &waived.unwrap_or_default())
}

/// The most frequent rules of a severity.
fn rules(facts: Facts<'_, '_>, severity: &str) -> Option<String> {
    let total = facts.count(&format!("findings.{severity}")).filter(|&n| n > 0)?;
    let table = &facts.0.rules;
    let (name, grade) = (table.column("rule")?, table.column("severity")?);
    let word = facts.0.names.severity(severity);
    let found = table.rows.iter().filter(|row| row[grade].plain() == word);
    let found: Vec<_> = found
        .filter_map(|row| Some((row[name].plain(), at(table, row, "findings").filter(|&n| n > 0)?)))
        .collect();
    let total = facts.said("finding", total);
    if let [(rule, _)] = &*found {
        return Some(facts.fill("problems.rules-one", &[("total", &total), ("rule", rule)]));
    }
    let quoted = found.iter().take(LISTED).map(|(rule, count)| {
        facts.fill("quoted", &[("name", rule), ("count", &facts.said("finding", *count))])
    });
    let key = if found.len() > LISTED { "problems.rules-many" } else { "problems.rules" };
    let parts = facts.list(&quoted.collect::<Vec<_>>());
    Some(facts.fill(key, &[("total", &total), ("parts", &parts)]))
}

fn duplicates(facts: Facts<'_, '_>) -> Option<String> {
    let table = &facts.0.relations;
    let sum = table.total.as_ref()?;
    let (pairs, items) = (at(table, sum, "pairs").filter(|&n| n > 0)?, at(table, sum, "items")?);
    let (pairs, items) = (facts.said("pair", pairs), facts.said("all", items));
    let relation = table.column("relation")?;
    let part = |row: &Row<'_>| {
        Some(facts.named(&row[relation].plain(), "pair", at(table, row, "pairs").filter(|&n| n > 0)?))
    };
    if let [row] = &*table.rows {
        let args = [("pairs", &*pairs), ("items", &items), ("relation", &row[relation].plain())];
        return Some(facts.fill("problems.relations-one", &args));
    }
    let parts = facts.list(&table.rows.iter().filter_map(part).collect::<Vec<_>>());
    Some(facts.fill("problems.relations", &[("pairs", &pairs), ("items", &items), ("parts", &parts)]))
}
