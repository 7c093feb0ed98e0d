//! A sign of life on standard error for anything that takes over a second.
//!
//! Invariant: nothing is drawn when standard error is no terminal, when asked to be quiet, or
//! before the first second is over; nothing here reaches a result.

use super::session::Session;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Runs shorter than this draw nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is being done, as one line that rewrites itself. Shared by all threads.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    silent: bool,
    drawn: AtomicBool,
}

impl Progress {
    /// A line that is not drawn yet.
    pub fn new(session: &Session) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        // The built-in spinner is fine; only the order of its parts is ours.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
            bar.set_style(style);
        }
        let silent = session.quiet || session.verbose > 0;
        Progress { bar, started: Instant::now(), silent, drawn: AtomicBool::new(false) }
    }

    /// What is being done now.
    pub fn say(&self, text: String) {
        self.wake();
        self.bar.set_message(text);
        self.bar.tick();
    }

    /// How far the reading of a file has come.
    pub fn rows(&self, path: &str, rows: u64) {
        self.say(format!("{path}  {}", HumanCount(rows)));
    }

    /// Takes the line away. Also happens when the value is dropped.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }

    fn wake(&self) {
        let due = !self.silent && self.started.elapsed() >= PATIENCE;
        if due && !self.drawn.swap(true, Ordering::Relaxed) {
            // Hidden again by itself when standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done();
    }
}
