//! Generated files are what the code would write now. `UPDATE_DOCS=1` rewrites them.

use std::path::Path;

/// Compares a committed file with what the code generates.
fn fresh(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, expected).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(found == expected, "{path} is out of date: run UPDATE_DOCS=1 cargo test --test it generated");
}

/// The JSON Schema of `scan.json`, as the types define it.
pub(crate) fn scan_schema() -> serde_json::Value {
    schemars::schema_for!(zhijian::scan::document::ScanDocument).to_value()
}

#[test]
fn the_scan_schema_is_fresh() {
    let text = serde_json::to_string_pretty(&scan_schema()).unwrap() + "\n";
    fresh("docs/scan.schema.json", &text);
}
