//! What `audit` prints.
//!
//! For: a stranger who must understand the result in a minute. Not for: printing (`cli` does) and
//! not for files. Invariant: no line is wider than the screen, and without colour the text holds no
//! escape sequence at all, whatever the names in it.

mod audit;
mod findings;
mod grid;
mod paint;
mod plan;

pub use audit::audit;
pub use findings::findings;
pub(super) use findings::{Label, labelled, one};
pub(super) use grid::{Align, Col, grid};
pub(super) use paint::{Paint, Tone};
pub use plan::plan;

/// Where the text will stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Screen {
    /// Columns; at least 60 are laid out, and figures are cut below 80.
    pub width: usize,
    /// Whether escape sequences for colour may be used: a terminal, and no `NO_COLOR`.
    pub colour: bool,
}

impl Screen {
    /// The narrowest screen that tables are laid out for.
    const NARROWEST: usize = 60;
    /// Beyond this, lines are hard to follow.
    const WIDEST: usize = 160;

    /// Plain text of this width, for pipes and files.
    pub fn plain(width: usize) -> Screen {
        Screen { width, colour: false }
    }

    /// Columns that are laid out.
    pub(super) fn columns(self) -> usize {
        self.width.clamp(Self::NARROWEST, Self::WIDEST)
    }

    pub(super) fn paint(self) -> Paint {
        Paint { colour: self.colour }
    }
}
