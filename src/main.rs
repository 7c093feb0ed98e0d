//! The `zhijian` program: parse, call, map to an exit status.

/// Faster than the system allocator on the many small texts of an inventory.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    zhijian::cli::main()
}
