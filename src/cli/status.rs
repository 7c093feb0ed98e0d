//! How a run ends, for the job that started it.

use std::process::ExitCode;

/// How a run ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExitStatus {
    /// 0: done, and nothing that a person must act on.
    Clean,
    /// 1: done, and something of the `--fail-on` list was found.
    Found,
    /// 2: not completed.
    Failed,
}

impl ExitStatus {
    /// The number of the process.
    pub fn code(self) -> u8 {
        match self {
            ExitStatus::Clean => 0,
            ExitStatus::Found => 1,
            ExitStatus::Failed => 2,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        ExitCode::from(status.code())
    }
}
