//! Tables on a terminal: the one place that knows the table crate.
//!
//! For: straight columns under double-width text. Not for: what stands in them. Invariant: a table
//! is never wider than the screen; flexible columns give way first, and what is cut ends in `…`.

use super::{Screen, Tone};
use crate::views::text::{truncate, truncate_middle, width};
use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Row, Table,
    TableStyle, Width,
};

/// One rule under the headings; no vertical lines, which cost columns.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));
/// Columns between two columns.
const GAP: usize = 2;
/// A flexible column is not made narrower than this.
const NARROW: usize = 8;

/// How a column is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::views) enum Align {
    /// Text; gives way when space is short.
    Flexible,
    /// The same, but cut in the middle: what stands at the end matters (an article number).
    Ends,
    /// Text that is cut last.
    Left,
    /// Numbers.
    Right,
}

/// A column.
pub(in crate::views) struct Col {
    /// Its heading.
    pub(in crate::views) title: String,
    /// How it is set.
    pub(in crate::views) align: Align,
}

/// Draws a table; each row has its tone.
pub(in crate::views) fn grid(columns: &[Col], rows: &[(Tone, Vec<String>)], screen: Screen) -> String {
    let widths = widths(columns, rows, screen.columns());
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Disabled);
    if screen.colour {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    let head = columns.iter().zip(&widths).map(|(column, &w)| {
        styled(Cell::new(truncate(&column.title, w)), Tone::Heading).set_alignment(alignment(column.align))
    });
    table.set_header(Row::from(head.collect::<Vec<_>>()));
    for (tone, row) in rows {
        let cells = row.iter().zip(columns).zip(&widths).enumerate().map(|(c, ((text, column), &w))| {
            // The first column carries the tone of the row; a heading tone carries all of it.
            let tone = if c == 0 || *tone == Tone::Heading { *tone } else { Tone::Plain };
            let text = if column.align == Align::Ends { truncate_middle(text, w) } else { truncate(text, w) };
            styled(Cell::new(text), tone).set_alignment(alignment(column.align))
        });
        table.add_row(Row::from(cells.collect::<Vec<_>>()));
    }
    for (i, &w) in widths.iter().enumerate() {
        let gap = if i + 1 == widths.len() { 0 } else { GAP };
        if let Some(column) = table.column_mut(i) {
            column.set_padding((0, gap as u16));
            // The constraint counts the padding.
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed((w + gap) as u16)));
        }
    }
    // The crate leaves gaps in borders without vertical lines: the rules above and below are ours.
    let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    let rule = "─".repeat(total);
    let mut out = format!("{rule}\n");
    for line in table.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out + &rule + "\n"
}

/// Columns that give way first.
const FLEXIBLE: &[Align] = &[Align::Flexible, Align::Ends];

/// What each column gets.
fn widths(columns: &[Col], rows: &[(Tone, Vec<String>)], screen: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let cells = rows.iter().filter_map(|(_, row)| row.get(i));
            // Longer than the screen is cut anyway: no need to measure a whole novel.
            let widest = cells.map(|text| width(&truncate(text, screen))).max().unwrap_or(0);
            widest.max(width(&column.title)).max(1)
        })
        .collect();
    let room = screen.saturating_sub(GAP * columns.len().saturating_sub(1));
    // Rounds of taking one from the widest that may give way: few columns, so simple is fast enough.
    for (shrinkable, floor) in [(FLEXIBLE, NARROW), (&[Align::Left, Align::Right], 2)] {
        while widths.iter().sum::<usize>() > room {
            let widest = (0..columns.len())
                .filter(|&i| shrinkable.contains(&columns[i].align) && widths[i] > floor)
                .max_by_key(|&i| widths[i]);
            match widest {
                Some(i) => widths[i] -= 1,
                None => break,
            }
        }
    }
    widths
}

fn alignment(align: Align) -> CellAlignment {
    if align == Align::Right { CellAlignment::Right } else { CellAlignment::Left }
}

fn styled(cell: Cell, tone: Tone) -> Cell {
    match tone {
        Tone::Plain => cell,
        Tone::Heading => cell.add_attribute(Attribute::Bold),
        Tone::Bad => cell.fg(Color::Red).add_attribute(Attribute::Bold),
        Tone::Warn => cell.fg(Color::Yellow),
        Tone::Info => cell.fg(Color::Cyan),
        Tone::Good => cell.fg(Color::Green),
        Tone::Dim => cell.add_attribute(Attribute::Dim),
    }
}
