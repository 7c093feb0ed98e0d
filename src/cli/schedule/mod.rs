//! When the audit runs by itself: an expression, its next times, and how each system is told.
//!
//! For: texts that an administrator can read, check and install. Not for: running anything by itself: there is no
//! service of ours, the system's own timer starts the program.

mod cron;
mod crontab;
mod systemd;
mod windows;

pub use cron::Cron;
pub(super) use crontab::line;
pub(super) use systemd::{service, timer};
pub(super) use windows::task;

/// Name of the units, of the task, and the mark of the cron line.
pub(super) const NAME: &str = "zhijian-audit";
