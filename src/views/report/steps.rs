//! From all that is listed to what stays, step by step (压减过程).
//!
//! For: the reduction waterfall. Not for: who goes (ledger). Invariant: a step that takes nothing away is left
//! out, and what stands after a step is what stood before it less what it takes; levels are figures of the scan.

use super::view::Build;

/// What each level is called among the figures, with what leads to it.
const LEVELS: [(&str, &[&str]); 3] = [
    ("listed", &[]),
    ("live", &["closed", "repeated"]),
    ("after", &["merge", "migrate", "close", "dissolve"]),
];

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Id of its figure.
    pub figure: String,
    /// What it is.
    pub title: String,
    /// How many stand here, or how many are taken away.
    pub count: u64,
    /// How many stand after it.
    pub left: u64,
    /// Whether it is a level that is reached and not a part taken away.
    pub is_level: bool,
}

/// The steps in order; none when a level is not known.
pub(super) fn steps(build: &Build<'_>) -> Vec<Step> {
    let step = |key: &str, count: u64, left: u64, is_level: bool| Step {
        figure: format!("assets.all.{key}"),
        title: build.names.text(&format!("report.column.{key}")),
        count,
        left,
        is_level,
    };
    let mut steps = Vec::new();
    let mut left = 0_u64;
    for (level, parts) in LEVELS {
        for part in parts {
            if let Some(count) = build.count(&format!("assets.all.{part}")).filter(|&count| count > 0) {
                left = left.saturating_sub(count);
                steps.push(step(part, count, left, false));
            }
        }
        let Some(count) = build.count(&format!("assets.all.{level}")) else { return Vec::new() };
        left = count;
        steps.push(step(level, count, left, true));
    }
    steps
}
