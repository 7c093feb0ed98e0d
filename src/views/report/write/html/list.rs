//! The list of items: its form, its empty table, and its data for the script.
//!
//! For: finding an item among tens of thousands. Not for: reading without a script (the ledger is for that).
//! Invariant: the data are JSON in an element that never runs, written row by row; words that repeat are written once.

use super::super::{Cause, Out, ReportView};
use super::markup::{cut, escape, json, ui};
use crate::model::{ActionKind, Kind, Level, Severity};
use hashbrown::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;

/// Columns whose words are not worth a dictionary: they rarely repeat.
const OWN_WORDS: [&str; 2] = ["name", "id"];
/// Columns to filter by, in the order of the form.
const FILTERS: [&str; 4] = ["kind", "level", "action", "severity"];
/// Texts that the script shows.
const WORDS: [&str; 4] = ["any", "blank", "choice", "found"];

/// Writes the form and the table that the script fills.
pub(super) fn draw(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let title = |key: &str| escape(&view.names.text(&format!("report.column.{key}")));
    writeln!(out, "<noscript><p class=\"alert\">{}</p></noscript>", ui(view, "no-script"))?;
    writeln!(out, "<div class=\"needs-script\">\n<p>{}</p>", ui(view, "list-note"))?;
    writeln!(out, "<form id=\"filters\" role=\"search\" aria-label=\"{}\">", ui(view, "filters"))?;
    let search = ui(view, "search");
    writeln!(out, "<label>{search}<input type=\"search\" id=\"f-text\" autocomplete=\"off\"></label>")?;
    for key in FILTERS {
        writeln!(out, "<label>{}<select id=\"f-{key}\" data-column=\"{key}\"></select></label>", title(key))?;
    }
    let region = title("region");
    write!(
        out,
        "<label>{region}<input type=\"search\" id=\"f-region\" list=\"regions-known\" autocomplete=\"off\">"
    )?;
    writeln!(out, "</label><datalist id=\"regions-known\"></datalist>")?;
    writeln!(out, "<button type=\"reset\">{}</button>\n</form>", ui(view, "reset"))?;
    writeln!(out, "<p id=\"found\" role=\"status\" aria-live=\"polite\" tabindex=\"-1\"></p>")?;
    let label = escape(&view.assets.title);
    writeln!(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">")?;
    writeln!(
        out,
        "<table id=\"t-assets\" class=\"long\" role=\"table\">\n<caption>{label}</caption>\n<thead><tr>"
    )?;
    for column in &view.assets.columns {
        write!(out, "<th scope=\"col\">{}</th>", escape(&column.title))?;
    }
    writeln!(out, "</tr></thead>\n<tbody></tbody>\n</table></div>")?;
    writeln!(out, "<nav class=\"pager\" aria-label=\"{}\">", ui(view, "pages"))?;
    writeln!(out, "<button type=\"button\" id=\"previous\">{}</button>", ui(view, "previous"))?;
    writeln!(out, "<button type=\"button\" id=\"next\">{}</button></nav>", ui(view, "next"))?;
    writeln!(out, "<p class=\"print-only\">{}</p>\n</div>", ui(view, "print-note"))?;
    Ok(())
}

/// Writes the data: words of the page, column names, rows, then the dictionaries the rows point into.
pub(super) fn data(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let listing = &view.assets;
    write!(out, "<script type=\"application/json\" id=\"data\">{{\"words\":{{")?;
    for (at, key) in WORDS.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}\"{key}\":{}", json(&view.names.text(&format!("html.{key}"))))?;
    }
    let keys: Vec<String> = listing.columns.iter().map(|column| json(column.key)).collect();
    write!(out, "}},\"columns\":[{}],\"rows\":[", keys.join(","))?;
    let mut books: Vec<Option<Book>> = listing
        .columns
        .iter()
        .map(|column| (!OWN_WORDS.contains(&column.key)).then(|| Book::of(view, column.key)))
        .collect();
    let mut line = String::new();
    for (at, row) in listing.rows().enumerate() {
        line.clear();
        line.push_str(if at == 0 { "\n[" } else { ",\n[" });
        for (c, (cell, book)) in row.iter().zip(&mut books).enumerate() {
            if c > 0 {
                line.push(',');
            }
            let text = cell.plain();
            let text = cut(&text);
            match book {
                // Writing into a string cannot fail.
                Some(book) => _ = write!(line, "{}", book.number(&text)),
                None => line.push_str(&json(&text)),
            }
        }
        line.push(']');
        out.write_all(line.as_bytes())?;
    }
    write!(out, "],\"books\":[")?;
    for (at, book) in books.iter().enumerate() {
        let words = book.as_ref().map(|book| book.words.iter().map(|word| json(word)).collect::<Vec<_>>());
        let words = words.map_or_else(|| "null".to_owned(), |words| format!("[{}]", words.join(",")));
        write!(out, "{}\n{words}", if at == 0 { "" } else { "," })?;
    }
    writeln!(out, "]}}</script>")?;
    Ok(())
}

/// The words of a column, each once.
#[derive(Default)]
struct Book {
    words: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Book {
    /// A book that begins with the words of a vocabulary in its own order, so that choices stand in that order.
    fn of(view: &ReportView<'_>, key: &str) -> Book {
        let names = view.names;
        let words: Vec<String> = match key {
            "kind" => Kind::ALL.iter().map(|id| names.kind(id.as_str())).collect(),
            "level" => Level::ALL.iter().map(|id| names.level(id.as_str())).collect(),
            "action" => ActionKind::ALL.iter().map(|id| names.action(id.as_str())).collect(),
            "severity" => Severity::ALL.iter().map(|id| names.severity(id.as_str())).collect(),
            _ => Vec::new(),
        };
        let mut book = Book::default();
        for word in words {
            book.number(&word);
        }
        book
    }

    fn number(&mut self, word: &str) -> usize {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = self.words.len();
        self.words.push(word.to_owned());
        self.numbers.insert(word.to_owned(), number);
        number
    }
}
