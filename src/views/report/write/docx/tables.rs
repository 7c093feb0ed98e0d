//! Tables of the attachments.
//!
//! For: drawing rows of the view. Not for: which rows (`contents`). Invariant: the header repeats on every page,
//! no row is torn across two, columns fill the page, and a long text is cut.

use super::page::Page;
use super::paragraph::{heading, run, styled};
use super::xml::{Xml, leaf, node, value};
use crate::views::report::{Cell, Column, Row};
use std::io;

/// Characters shown of a long text.
const LONG: usize = 160;
/// Least and most width of a column that is reckoned with.
const WIDTHS: (u16, u16) = (7, 40);

/// Which columns, and how wide each.
pub(super) struct Grid<'a> {
    columns: Vec<(usize, &'a Column, u32)>,
    chinese: bool,
}

impl<'a> Grid<'a> {
    /// The columns of these keys, or all of them, over the width of a page.
    pub(super) fn new(columns: &'a [Column], keys: &[&str], page: Page, chinese: bool) -> Grid<'a> {
        let chosen = columns.iter().enumerate().filter(|(_, c)| keys.is_empty() || keys.contains(&c.key));
        let chosen: Vec<_> =
            chosen.map(|(at, c)| (at, c, u32::from(c.width.clamp(WIDTHS.0, WIDTHS.1)))).collect();
        let sum = chosen.iter().map(|(_, _, weight)| weight).sum::<u32>().max(1);
        let columns = chosen.into_iter().map(|(at, c, weight)| (at, c, page.width() * weight / sum));
        Grid { columns: columns.collect(), chinese }
    }

    /// A table of these rows.
    pub(super) fn table<'r>(
        &self,
        xml: &mut Xml,
        rows: impl IntoIterator<Item = &'r Row<'r>>,
    ) -> io::Result<()> {
        node(xml, "w:tbl", &[], |xml| {
            let width = self.columns.iter().map(|(_, _, width)| width).sum::<u32>().to_string();
            properties(xml, &width)?;
            node(xml, "w:tblGrid", &[], |xml| {
                self.columns
                    .iter()
                    .try_for_each(|(_, _, width)| leaf(xml, "w:gridCol", &[("w:w", &width.to_string())]))
            })?;
            self.row(xml, true, |_, column| (column.title.as_str().into(), "TableHead"))?;
            for row in rows {
                self.row(xml, false, |at, _| {
                    let cell = row.get(at).unwrap_or(&Cell::Empty);
                    (cell.plain(), if cell.is_number() { "TableNumber" } else { "TableText" })
                })?;
            }
            Ok(())
        })
    }

    fn row<'c>(
        &self,
        xml: &mut Xml,
        repeats: bool,
        cell: impl Fn(usize, &'c Column) -> (std::borrow::Cow<'c, str>, &'static str),
    ) -> io::Result<()>
    where
        'a: 'c,
    {
        node(xml, "w:tr", &[], |xml| {
            node(xml, "w:trPr", &[], |xml| {
                leaf(xml, "w:cantSplit", &[])?;
                if repeats { leaf(xml, "w:tblHeader", &[]) } else { Ok(()) }
            })?;
            self.columns.iter().try_for_each(|&(at, column, width)| {
                let (words, style) = cell(at, column);
                node(xml, "w:tc", &[], |xml| {
                    node(xml, "w:tcPr", &[], |xml| {
                        leaf(xml, "w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])?;
                        value(xml, "w:vAlign", "center")
                    })?;
                    styled(xml, style, |xml| {
                        if repeats {
                            heading(xml, self.chinese, &words)
                        } else {
                            run(xml, None, self.chinese, &cut(&words))
                        }
                    })
                })
            })
        })
    }
}

fn properties(xml: &mut Xml, width: &str) -> io::Result<()> {
    node(xml, "w:tblPr", &[], |xml| {
        leaf(xml, "w:tblW", &[("w:w", width), ("w:type", "dxa")])?;
        node(xml, "w:tblBorders", &[], |xml| {
            ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"].iter().try_for_each(|side| {
                let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "auto")];
                leaf(xml, side, &line)
            })
        })?;
        leaf(xml, "w:tblLayout", &[("w:type", "fixed")])?;
        node(xml, "w:tblCellMar", &[], |xml| {
            ["w:left", "w:right"]
                .iter()
                .try_for_each(|side| leaf(xml, side, &[("w:w", "57"), ("w:type", "dxa")]))
        })
    })
}

/// The beginning of a text that is too long for a cell.
fn cut(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
