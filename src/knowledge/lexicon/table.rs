//! Reading the vendored tables: tab-separated, `#` comments, one heading line.
//!
//! For: data that ships with the program. Not for: files of users, which may be broken; a fault in
//! a vendored table is a bug, and the data lints of each table find it.

/// The cells of every data line, with exactly `N` columns.
///
/// # Panics
/// On a line with another number of columns; tests read every table.
pub(super) fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).skip(1).map(|line| {
        let mut cells = [""; N];
        let mut found = 0;
        for (i, cell) in line.split('\t').enumerate() {
            assert!(i < N, "too many columns: {line}");
            cells[i] = cell;
            found = i + 1;
        }
        assert!(found == N, "{found} columns instead of {N}: {line}");
        cells
    })
}

/// The items of a cell, separated by `|`; empty ones left out.
pub(super) fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|item| !item.is_empty())
}

/// Fails unless the first column is strictly ascending (sorted, no id twice).
#[cfg(test)]
pub(super) fn assert_sorted<const N: usize>(table: &str) {
    let ids: Vec<&str> = rows::<N>(table).map(|r| r[0]).collect();
    for pair in ids.windows(2) {
        assert!(pair[0] < pair[1], "not in order: {} before {}", pair[0], pair[1]);
    }
}
