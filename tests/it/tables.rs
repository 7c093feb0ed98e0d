//! The tables of words, as the people who correct them find them.

#![allow(clippy::unwrap_used)]

use std::path::Path;

#[test]
fn every_table_names_its_source_and_is_described() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data/lexicon");
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let mut tables = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name == "README.md" {
            continue;
        }
        assert!(readme.contains(&format!("`{name}`")), "{name} is not in README.md");
        if path.extension().is_some_and(|extension| extension == "tsv") {
            let text = std::fs::read_to_string(&path).unwrap();
            let head: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
            assert!(
                head.iter().any(|line| line.contains("Source: ")),
                "{name} does not say where it is from"
            );
        }
        tables += 1;
    }
    assert!(tables >= 13, "{tables} tables");
}
