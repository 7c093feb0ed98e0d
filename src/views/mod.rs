//! Views of a scan: what people and other programs get to see.
//!
//! For: drawing a stored scan (`scan::document`) as files, terminal text and explanations. Not for:
//! deciding anything. Invariant: a view is a pure function of the document and the language, so a
//! stored scan renders to any format again and always the same.

pub(crate) mod carried;
pub mod changes;
pub mod collect;
pub mod explain;
mod figure_names;
pub mod history;
pub mod inspect;
pub mod matches;
mod names;
pub mod replanned;
pub mod report;
#[cfg(feature = "net")]
pub mod review;
pub mod rules;
pub mod screened;
pub mod template;
pub mod terminal;
mod text;

pub use names::Names;
pub use text::{visible, width};
