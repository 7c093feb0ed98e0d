//! Learns the weights of the detector from the sentences under `training/texts` and `tests/fixtures/texts`, and measures them on writers left out.
//!
//! `cargo run --release --example train_detector` prints the figures, with `-- --curve` also those by number of writers, with `-- --on FILE` those
//! on sentences of another file that nothing is learnt from; with `-- --write` it also writes
//! `src/data/detect/learned/weights.bin`. Same sentences, same bytes on every machine: the order is fixed and only
//! sums, products, quotients and square roots are taken.

#![allow(clippy::print_stdout, reason = "the figures are what it is run for")]

mod hidden;
mod measure;
mod sentences;
mod solver;
mod weights;

use std::path::Path;
use zhijian::knowledge::detect::Detector;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = sentences::read(&root.join("training/texts"), false)?;
    all.extend(sentences::read(&root.join("tests/fixtures/texts"), true)?);
    let held_out = measure::writers_left_out(&all);
    measure::print(&all, &held_out);
    measure::sweep(&all, &held_out);
    if let Some(path) = std::env::args().skip_while(|arg| arg != "--on").nth(1) {
        let others = sentences::read_file(&Detector::load(), Path::new(&path), false)?;
        measure::on(&all, &others);
    }
    if std::env::args().any(|arg| arg == "--curve") {
        measure::curve(&all);
    }
    if std::env::args().any(|arg| arg == "--write") {
        let everything: Vec<usize> = (0..all.len()).collect();
        let model = weights::learn(&all, &everything);
        let path = root.join("src/data/detect/learned/weights.bin");
        let bytes = model.bytes(&measure::steps(&all, &held_out));
        std::fs::write(&path, &bytes)?;
        println!("{}: {} bytes", path.display(), bytes.len());
    }
    Ok(())
}
