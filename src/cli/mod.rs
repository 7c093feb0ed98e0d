//! Flags → command, one small file per sub-command, exit status; the only module that prints.

/// Runs the program with the arguments of the process.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
