//! Files that fuzzing found to do harm, and those made after their pattern.
//!
//! For: `tests/fixtures/ingest/found/`, each of which once ended the program or filled the memory. Not for:
//! what careless people send (`fixtures`). They are read by the program itself: what ends a process cannot be
//! caught in it.

use crate::support::binary;
use std::path::Path;
use std::process::Command;

/// What each file gives: the exit status of `inspect`, and what must be said.
const FOUND: [(&str, i32, &str); 10] = [
    ("layout-forms-in-a-row.csv", 0, "读取 2 行 = 记录 0 + 表头 0 + 空行 0 + 说明 0 + 退回 2"),
    ("layout-long-beside.csv", 0, "[ingest/side-by-side]"),
    ("layout-second-table-beside.csv", 0, "[ingest/side-by-side]"),
    ("xls-chain-without-end.xls", 2, "[ingest/unreadable-file]"),
    ("xls-claims-every-row.xls", 0, "读取 8 行 = 记录 7 + 表头 1"),
    ("xls-numbers-beyond.xls", 2, "[ingest/unreadable-file]"),
    ("xls-stray-cells.xls", 2, "[ingest/unreadable-file]"),
    ("xlsb-last-column.xlsb", 0, "[ingest/broken-sheet]"),
    ("xlsb-merge-backwards.xlsb", 0, "记录 7 + 表头 1"),
    ("xlsx-claims-texts.xlsx", 2, "[ingest/unreadable-file]"),
];

#[test]
fn what_fuzzing_found_costs_that_file_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ingest/found");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), FOUND.len(), "a file is not listed");
    for (name, status, said) in FOUND {
        let mut command = if cfg!(unix) {
            // No more memory than the machine of an office has.
            let mut shell = Command::new("sh");
            shell.args(["-c", "ulimit -v 4000000; exec \"$@\"", "sh"]).arg(binary());
            shell
        } else {
            Command::new(binary())
        };
        let output = command.arg("inspect").arg(folder.join(name)).output().unwrap();
        let said_all = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&said_all);
        assert!(
            output.status.code() == Some(status) && text.contains(said),
            "{name}: {} {text}",
            output.status
        );
        assert!(!text.contains("内部故障"), "{name}: {text}");
    }
}
