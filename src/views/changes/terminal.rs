//! The comparison on a terminal: sentences first, then the tables as far as they fit.

use super::ChangesView;
use crate::model::Class;
use crate::views::report::{Row, Table};
use crate::views::terminal::{Align, Col, Screen, Tone, grid};
use crate::views::text::wrap;
use std::fmt::Write as _;

/// Rows shown of a table; `--format md` and `json` have the rest.
const SHOWN: usize = 60;
/// Columns that a terminal has no room for: they stand in the other forms.
const LEFT_OUT: [&str; 3] = ["detail", "words", "cause"];

/// The title and the sentences.
pub fn brief(view: &ChangesView<'_>, screen: Screen) -> String {
    let mut out = format!("{}\n", screen.paint().tone(Tone::Heading, &view.title));
    for sentence in &view.summary {
        for line in wrap(sentence, screen.columns()) {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

/// Sentences, then the tables.
pub fn terminal(view: &ChangesView<'_>, screen: Screen) -> String {
    let mut out = brief(view, screen);
    for part in view.tables() {
        table(view, part, screen, &mut out);
    }
    for line in wrap(&view.provenance, screen.columns()) {
        let _ = writeln!(out, "\n{line}");
    }
    out
}

fn table(view: &ChangesView<'_>, table: &Table<'_>, screen: Screen, out: &mut String) {
    let shown: Vec<usize> =
        (0..table.columns.len()).filter(|&at| !LEFT_OUT.contains(&table.columns[at].key)).collect();
    let columns: Vec<Col> = shown
        .iter()
        .map(|&at| {
            let column = &table.columns[at];
            let is_number = column.key == "net" || table.rows.iter().any(|row| row[at].is_number());
            let align = match column.key {
                "name" | "unit" | "reason" | "rule" => Align::Flexible,
                _ if is_number => Align::Right,
                _ => Align::Left,
            };
            Col { title: column.title.clone(), align }
        })
        .collect();
    let line = |row: &Row<'_>| shown.iter().map(|&at| row[at].plain().into_owned()).collect::<Vec<_>>();
    let grave = [Class::Revived, Class::Rebranded, Class::Relapsed];
    let grave = grave.map(|class| view.names.text(&format!("changes.class.{class}")));
    let tone = |row: &Row<'_>| {
        if grave.iter().any(|word| *word == row[0].plain()) { Tone::Bad } else { Tone::Plain }
    };
    let mut rows: Vec<(Tone, Vec<String>)> =
        table.rows.iter().take(SHOWN).map(|row| (tone(row), line(row))).collect();
    rows.extend(table.total.iter().map(|row| (Tone::Heading, line(row))));
    let _ = write!(
        out,
        "\n{}\n{}",
        screen.paint().tone(Tone::Heading, &table.title),
        grid(&columns, &rows, screen)
    );
    if table.rows.len() > SHOWN {
        let rest = (table.rows.len() - SHOWN).to_string();
        let _ = writeln!(out, "{}", view.names.fill("changes.more", &[("count", &rest)]));
    }
}
