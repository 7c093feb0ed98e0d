//! Quotes, paired and stray.
//!
//! For: telling a quoted cell of several lines from a quote that somebody forgot. Not for: cutting ordinary
//! records, which the library does. Invariant: whatever is decided, no line is lost.

/// Whether a record over several lines is a quote that was never closed: an odd number of quotes, or quotes
/// that end in the middle of a cell while its first line alone has as many cells as the record before and the
/// whole has not, or every line alone is a whole row.
pub(super) fn runs_on(source: &str, cells: usize, width: usize, delimiter: char) -> bool {
    if source.bytes().filter(|&b| b == b'"').count() % 2 == 1 {
        return true;
    }
    let width_of = |line| cells_of(line, delimiter).count();
    let first_is_row = || cells != width && width_of(source.lines().next().unwrap_or("")) == width;
    let all_are_rows =
        || source.lines().filter(|line| !line.trim().is_empty()).all(|line| width_of(line) >= width);
    width > 0 && ends_inside(source.as_bytes(), delimiter) && (first_is_row() || width > 1 && all_are_rows())
}

/// Whether a quoted cell goes on behind its closing quote, which no program writes.
fn ends_inside(record: &[u8], delimiter: char) -> bool {
    let delimiter = u8::try_from(delimiter).unwrap_or(b',');
    let (mut quoted, mut begins) = (false, true);
    let mut at = 0;
    while let Some(&b) = record.get(at) {
        let next = record.get(at + 1).copied();
        if !quoted {
            (quoted, begins) = (begins && b == b'"', b == delimiter);
        } else if b == b'"' && next == Some(b'"') {
            at += 1;
        } else if b == b'"' {
            if next.is_some_and(|n| n != delimiter && !matches!(n, b'\r' | b'\n')) {
                return true;
            }
            quoted = false;
        }
        at += 1;
    }
    false
}

/// The cells of one line, quotes taken literally except around a whole cell.
pub(super) fn cells_of(line: &str, delimiter: char) -> impl Iterator<Item = &str> {
    let line = line.trim_end_matches(['\r', '\n']);
    line.split(delimiter).map(|cell| {
        let inner = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
        inner.unwrap_or(cell)
    })
}

/// How many cells a line has when delimiters between quotes are text.
pub(super) fn width(line: &str, delimiter: char) -> usize {
    let mut quoted = false;
    let mut cells = 1;
    for c in line.chars() {
        if c == '"' {
            quoted = !quoted;
        } else if c == delimiter && !quoted {
            cells += 1;
        }
    }
    cells
}
