//! How an action is carried out, in words: what an answer changes, and what sets a deadline.
//!
//! For: the ledger and `explain`. Not for: working either out (`stages/plan/carry`).

use super::names::Names;
use super::report::Index;
use crate::scan::document::{Answer, Deadline};

/// What an answer leads to and what that changes, aim by aim; aims that it leaves alone are not named.
pub(crate) fn answer(names: Names<'_>, index: &Index<'_>, answer: &Answer) -> String {
    let action = names.action(&answer.action);
    let what = match &answer.target {
        Some(target) => names.fill("explain.into", &[("action", &action), ("target", index.name(target))]),
        None => action,
    };
    let changes = [
        ("burden", answer.staff_burden),
        ("items", answer.items),
        ("users", answer.users_moved),
        ("repairs", answer.repairs),
    ];
    let changes = changes.iter().filter(|(_, change)| *change != 0).map(|(aim, change)| {
        names.fill(&format!("replan.cost.{aim}"), &[("difference", &format!("{change:+}"))])
    });
    std::iter::once(what).chain(changes).collect::<Vec<_>>().join(names.comma())
}

/// The same behind the answer that leads to it.
pub(crate) fn answer_line(names: Names<'_>, index: &Index<'_>, given: &Answer) -> String {
    let text = answer(names, index, given);
    names.fill(&format!("report.answer.{}", given.answer), &[("then", &text)])
}

/// A day with what sets it.
pub(crate) fn deadline(names: Names<'_>, deadline: &Deadline) -> String {
    let from = match deadline.from.as_str() {
        "inventory" | "policy" => names.text(&format!("report.deadline.{}", deadline.from)),
        clause => names.clause(clause),
    };
    names.fill("report.deadline.day", &[("day", &deadline.day), ("from", &from)])
}
