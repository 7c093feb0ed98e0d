//! `-v`: what each stage did and how long it took, on standard error.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// The environment variable that overrides `-v` for one part of the program.
const VARIABLE: &str = "ZHIJIAN_LOG";

/// Starts the log; 0 is silent, 1 tells the stages, 2 and more their details.
pub(super) fn start(verbose: u8, colour: bool) {
    let level = match verbose {
        0 => "off",
        1 => "zhijian=info",
        _ => "zhijian=debug",
    };
    let filter = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new(level));
    // A second start in one process (tests) keeps the first log.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colour)
        .with_span_events(FmtSpan::CLOSE)
        .with_target(false)
        .without_time()
        .try_init();
}
