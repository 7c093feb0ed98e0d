//! What is told of a comparison outside this computer: counts and names of units, nothing else.
//!
//! For: a message in a group of the office, or a program that watches. Not for: names of items, words of findings, or
//! paths: whoever may see those opens the reports.

use crate::changes::Changes;
use crate::knowledge::messages::Catalogue;
use crate::model::Class;
use crate::scan::document::ScanDocument;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Units that are named; the others are counted.
const NAMED: usize = 20;

/// A message.
pub struct Notification {
    /// One line that says what it is about.
    pub title: String,
    /// Further lines.
    pub lines: Vec<String>,
    /// The same for programs.
    pub value: Value,
}

impl Notification {
    /// What a scan and its comparison come to; `status` is that of the run.
    pub fn of(
        document: &ScanDocument,
        changes: Option<&Changes>,
        status: u8,
        catalogue: &Catalogue,
    ) -> Notification {
        let open = document.findings.iter().filter(|finding| finding.status == "open");
        let forbidden = open.filter(|finding| finding.severity == "forbidden").count();
        let (mut items, mut problems) = (BTreeMap::<Class, usize>::new(), BTreeMap::<Class, usize>::new());
        let mut units = BTreeMap::<&str, usize>::new();
        if let Some(changes) = changes {
            let told = changes.items.iter().map(|item| (true, item.class, item.unit.as_str()));
            let told = told.chain(changes.problems.iter().map(|p| (false, p.class, p.unit.as_str())));
            for (is_item, class, unit) in told.filter(|(_, class, _)| *class != Class::Kept) {
                *if is_item { &mut items } else { &mut problems }.entry(class).or_default() += 1;
                if !unit.is_empty() {
                    *units.entry(unit).or_default() += 1;
                }
            }
        }
        let mut order: Vec<(&str, usize)> = units.into_iter().collect();
        order.sort_by_key(|&(unit, count)| (std::cmp::Reverse(count), unit));
        let title = if changes.is_some_and(Changes::is_any) {
            "notify.changed"
        } else if changes.is_some() {
            "notify.unchanged"
        } else {
            "notify.first"
        };
        let mut lines = Vec::new();
        for (key, counts) in [("notify.items", &items), ("notify.problems", &problems)] {
            let parts: Vec<String> = counts
                .iter()
                .map(|(class, count)| {
                    format!("{} {count}", catalogue.text(&format!("changes.class.{class}")))
                })
                .collect();
            if !parts.is_empty() {
                lines.push(catalogue.fill(key, &[("list", parts.join(&catalogue.text("notify.and")))]));
            }
        }
        let state = [("items", document.assets.len()), ("forbidden", forbidden)];
        lines.push(catalogue.fill("notify.state", &state.map(|(name, count)| (name, count.to_string()))));
        if !order.is_empty() {
            let named: Vec<String> =
                order.iter().take(NAMED).map(|(unit, n)| format!("{unit} {n}")).collect();
            let list = named.join(&catalogue.text("notify.and"));
            let key = if order.len() > NAMED { "notify.more-units" } else { "notify.units" };
            lines.push(catalogue.fill(key, &[("list", list), ("count", order.len().to_string())]));
        }
        let counted = |counts: &BTreeMap<Class, usize>| -> Value {
            counts.iter().map(|(class, count)| (class.to_string(), Value::from(*count))).collect()
        };
        let value = json!({
            "program": "zhijian", "as_of": document.as_of, "status": status,
            "changed": changes.map(Changes::is_any),
            "items": {"total": document.assets.len(), "changed": counted(&items)},
            "problems": {"forbidden": forbidden, "changed": counted(&problems)},
            "units": order.iter().map(|(unit, count)| json!({"unit": unit, "changes": count})).collect::<Vec<_>>(),
        });
        Notification { title: catalogue.fill(title, &[("as_of", document.as_of.clone())]), lines, value }
    }

    /// That a run could not be completed; why stands in the journal.
    pub fn failed(as_of: &str, catalogue: &Catalogue) -> Notification {
        Notification {
            title: catalogue.fill("notify.failed", &[("as_of", as_of.to_owned())]),
            lines: Vec::new(),
            value: json!({"program": "zhijian", "as_of": as_of, "status": 2}),
        }
    }

    /// Title and lines as one text.
    pub fn text(&self) -> String {
        [std::slice::from_ref(&self.title), &self.lines].concat().join("\n")
    }
}
