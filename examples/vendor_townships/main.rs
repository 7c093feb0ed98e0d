//! Writes `src/data/lexicon/townships.tsv.gz`: `cargo run --example vendor_townships STREETS_CSV`.
//!
//! For: renewing the townships from `dist/streets.csv` of the npm package named in `src/data/lexicon/README.md`.
//! Not for: provinces to counties, which are a table that people edit. Invariant: the same list gives the same
//! bytes.

use flate2::{Compression, GzBuilder};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("which streets.csv?")?;
    let mut counties: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in csv::Reader::from_path(path)?.deserialize() {
        // code, name, areaCode, provinceCode, cityCode
        let (code, name, county): (String, String, String) = {
            let (code, name, county, ..): (String, String, String, String, String) = row?;
            (code, name, county)
        };
        let own =
            code.strip_prefix(&county).filter(|own| own.len() == 3).ok_or("a code outside its county")?;
        counties.entry(county).or_default().push(format!("{own}{}", name.trim()));
    }
    let mut table = String::new();
    for (county, mut towns) in counties {
        towns.sort();
        writeln!(table, "{county}\t{}", towns.join("|"))?;
    }
    let out = concat!(env!("CARGO_MANIFEST_DIR"), "/src/data/lexicon/townships.tsv.gz");
    // No time and no file name in the head.
    let mut zip = GzBuilder::new().mtime(0).write(std::fs::File::create(out)?, Compression::best());
    zip.write_all(table.as_bytes())?;
    zip.finish()?;
    Ok(())
}
