//! The `zhijian` program: parse, call, map to an exit status.

fn main() -> std::process::ExitCode {
    zhijian::cli::main()
}
