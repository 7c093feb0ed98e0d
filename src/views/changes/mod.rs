//! What changed between two scans, for people and for programs.
//!
//! For: drawing a comparison on a terminal, as Markdown, as JSON, and as tables for the ledger and the dashboard.
//! Not for: comparing (`changes`). Invariant: the forms show the same entries; only what is unchanged is left to JSON.

mod compared;
mod json;
mod markdown;
mod notification;
mod signed;
mod terminal;
mod view;

pub use compared::{Compared, LINES};
pub use json::json;
pub use markdown::markdown;
pub use notification::Notification;
pub use signed::signed;
pub use terminal::{brief, terminal};
pub use view::ChangesView;
