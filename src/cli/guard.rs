//! A fault of the program itself ends the run like any other failure: a sentence and status 2.

use super::print;
use super::status::ExitStatus;
use crate::knowledge::messages::Catalogue;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `work`; a panic is told to the user and becomes [`ExitStatus::Failed`].
pub(super) fn guarded(catalogue: &'static Catalogue, work: impl FnOnce() -> ExitStatus) -> ExitStatus {
    std::panic::set_hook(Box::new(|info| {
        let at = info.location().map(ToString::to_string).unwrap_or_default();
        let what = info.payload_as_str().unwrap_or_default();
        print::err(&catalogue.fill("cli.error.internal", &[("at", at.as_str()), ("what", what)]));
        // Empty unless RUST_BACKTRACE asks for it.
        let trace = std::backtrace::Backtrace::capture();
        if trace.status() == std::backtrace::BacktraceStatus::Captured {
            print::err(&trace.to_string());
        }
    }));
    caught(work)
}

fn caught(work: impl FnOnce() -> ExitStatus) -> ExitStatus {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(ExitStatus::Failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_status_two() {
        assert_eq!(caught(|| panic!("on purpose")), ExitStatus::Failed);
        assert_eq!(caught(|| ExitStatus::Found), ExitStatus::Found);
    }
}
