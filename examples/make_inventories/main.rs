//! Writes the sample inventories: `cargo run --example make_inventories [DIR]` (default `inventories`).
//!
//! For: renewing `inventories/` after a change to `data/`. Not for: the hand-written files beside
//! them (`README.md`, `policy.toml`, `regions.csv`). Invariant: the same data give the same bytes.

use std::path::PathBuf;

mod files;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("inventories"), PathBuf::from);
    files::write_all(&dir)
}
