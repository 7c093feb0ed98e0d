//! The plan on a terminal: how many of each action, then every item that something happens to.

use super::{Align, Col, Screen, Tone, grid};
use crate::model::ActionKind;
use crate::views::report::ReportView;
use crate::views::text::wrap;
use std::fmt::Write as _;

/// Counts by action, then each item that is not simply kept, with its reason and, for a referral, its
/// question.
pub fn plan(view: &ReportView<'_>, screen: Screen) -> String {
    let names = &view.names;
    let actions = &view.document.plan.actions;
    let mut out = String::new();
    let columns = [("plan.action", Align::Left), ("plan.items", Align::Right)];
    let columns = columns.map(|(key, align)| Col { title: names.text(key), align });
    let counted = ActionKind::ALL.iter().map(|kind| {
        let count = actions.iter().filter(|a| a.action == kind.as_str()).count();
        (Tone::Plain, vec![names.action(kind.as_str()), count.to_string()])
    });
    out += &grid(&columns, &counted.collect::<Vec<_>>(), screen);
    for kind in ActionKind::ALL.iter().filter(|k| !matches!(k, ActionKind::Keep | ActionKind::None)) {
        let items: Vec<_> = actions.iter().filter(|a| a.action == kind.as_str()).collect();
        if items.is_empty() {
            continue;
        }
        let title = format!("{} {}", names.action(kind.as_str()), items.len());
        let _ = writeln!(out, "\n{}", screen.paint().tone(Tone::Heading, &title));
        for action in items {
            let owner = view.index.asset(&action.asset).map(|a| names.owner(a)).unwrap_or_default();
            let _ = writeln!(out, "· {}  {owner}", view.index.name(&action.asset));
            let lines = [Some(&action.reason), action.question.as_ref()];
            for text in lines.into_iter().flatten() {
                for line in wrap(text, screen.columns().saturating_sub(4)) {
                    let _ = writeln!(out, "    {line}");
                }
            }
        }
    }
    out
}
