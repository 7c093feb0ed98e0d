//! The audit summary on one screen.
//!
//! For: what was read, what was found, what the plan would leave, where to look next. Not for:
//! every item (`findings`, `explain`, the files). Invariant: figures are those of the view.

use super::{Align, Col, Screen, Tone, grid};
use crate::views::report::{Cell, ReportView, Row, Table};
use crate::views::text::{truncate, wrap, wrap_items};
use std::fmt::Write as _;

/// Rules shown.
const RULES: usize = 8;
/// Duplicates shown of each relation.
const PAIRS: usize = 3;
/// Contradictions with public pages shown.
const CONTRADICTIONS: usize = 8;
/// Problems of the inputs shown.
const PROBLEMS: usize = 5;

/// The whole summary; `files` are the names of the files that were written.
pub fn audit(view: &ReportView<'_>, screen: Screen, files: &[String]) -> String {
    let mut out = String::new();
    let title =
        view.names.fill("report.terminal.title", &[("title", &view.title), ("as_of", &view.document.as_of)]);
    heading(&mut out, screen, &title);
    let unread = !view.document.coverage.unread.is_empty();
    for (i, sentence) in view.summary.iter().enumerate() {
        let tone = if i == 1 && unread { Tone::Bad } else { Tone::Plain };
        for line in wrap(sentence, screen.columns()) {
            let _ = writeln!(out, "{}", screen.paint().tone(tone, &line));
        }
    }
    section(&mut out, screen, &view.headline.title);
    out += &headline(view, screen);
    for note in &view.notes {
        paragraph(&mut out, screen, Tone::Dim, note);
    }
    section(&mut out, screen, &view.rules.title);
    out += &rules(view, screen);
    duplicates(&mut out, view, screen);
    pages(&mut out, view, screen);
    problems(&mut out, view, screen);
    next(&mut out, view, screen, files);
    out
}

fn heading(out: &mut String, screen: Screen, text: &str) {
    let _ = writeln!(out, "{}\n", screen.paint().tone(Tone::Heading, &truncate(text, screen.columns())));
}

fn section(out: &mut String, screen: Screen, text: &str) {
    let _ = writeln!(out, "\n{}", screen.paint().tone(Tone::Heading, &truncate(text, screen.columns())));
}

fn paragraph(out: &mut String, screen: Screen, tone: Tone, text: &str) {
    for line in wrap(text, screen.columns()) {
        let _ = writeln!(out, "{}", screen.paint().tone(tone, &line));
    }
}

/// What public pages say against the inventory, one line each; nothing where no page was looked at.
fn pages(out: &mut String, view: &ReportView<'_>, screen: Screen) {
    let pages = &view.document.pages;
    let all = pages.iter().flat_map(|page| page.contradictions.iter().map(move |one| (page, one)));
    let count = all.clone().count();
    if count == 0 {
        return;
    }
    section(out, screen, &view.names.text("collect.against"));
    for (page, one) in all.take(CONTRADICTIONS) {
        let moment = crate::views::report::pages::moment(&page.taken);
        let seen = moment.get(..10).unwrap_or("");
        let args = [
            ("name", view.index.name(&page.asset)),
            ("what", &one.sentence),
            ("url", &page.url),
            ("day", seen),
        ];
        paragraph(out, screen, Tone::Plain, &view.names.fill("collect.against-line", &args));
    }
    if count > CONTRADICTIONS {
        let more = (count - CONTRADICTIONS).to_string();
        paragraph(out, screen, Tone::Dim, &view.names.fill("collect.against-more", &[("count", &more)]));
    }
}

/// Before → each action → after, without the columns that say nothing here.
fn headline(view: &ReportView<'_>, screen: Screen) -> String {
    let keys = [
        "kind",
        "live",
        "keep",
        "keep-fix",
        "merge",
        "migrate",
        "close",
        "dissolve",
        "refer",
        "after",
        "reduction",
    ];
    let table = &view.headline;
    let chosen: Vec<usize> = keys.iter().filter_map(|key| table.column(key)).collect();
    let columns: Vec<Col> = chosen
        .iter()
        .map(|&c| Col {
            title: view.names.text(&format!("report.short.{}", table.columns[c].key)),
            align: if c == 0 { Align::Left } else { Align::Right },
        })
        .collect();
    let mut rows: Vec<(Tone, Vec<String>)> =
        table.rows.iter().map(|row| (Tone::Plain, pick(row, &chosen))).collect();
    rows.extend(table.total.iter().map(|row| (Tone::Heading, pick(row, &chosen))));
    grid(&columns, &rows, screen)
}

/// The chosen cells; a rate without its fraction, which the note under the table gives.
fn pick(row: &Row<'_>, chosen: &[usize]) -> Vec<String> {
    chosen
        .iter()
        .map(|&c| match &row[c] {
            Cell::Rate(rate) => rate.percent(),
            Cell::Count(0) => "·".to_owned(),
            cell => cell.plain().into_owned(),
        })
        .collect()
}

fn rules(view: &ReportView<'_>, screen: Screen) -> String {
    let table: &Table<'_> = &view.rules;
    if table.rows.is_empty() {
        return view.names.text("report.nothing") + "\n";
    }
    let keys = [
        ("severity", Align::Left),
        ("rule", Align::Flexible),
        ("findings", Align::Right),
        ("items", Align::Right),
        ("clause", Align::Ends),
    ];
    let chosen: Vec<(usize, Align)> = keys.iter().filter_map(|(k, a)| Some((table.column(k)?, *a))).collect();
    let columns: Vec<Col> =
        chosen.iter().map(|&(c, align)| Col { title: table.columns[c].title.clone(), align }).collect();
    // The remark that a number is to be verified would take half of the column: a star, and one note.
    let remark = view.names.text("clause.unverified");
    let mut starred = false;
    let mut texts = |row: &Row<'_>| {
        let mut texts: Vec<String> = chosen.iter().map(|&(c, _)| row[c].plain().into_owned()).collect();
        if let Some(clause) = texts.last_mut()
            && let Some(cited) = clause.strip_suffix(remark.as_str())
        {
            *clause = format!("{cited}*");
            starred = true;
        }
        (tone(view, &texts[0]), texts)
    };
    let rows: Vec<(Tone, Vec<String>)> = table.rows.iter().take(RULES).map(&mut texts).collect();
    let mut out = grid(&columns, &rows, screen);
    if starred {
        paragraph(&mut out, screen, Tone::Dim, &view.names.text("report.terminal.unverified"));
    }
    more(&mut out, view, table.rows.len(), RULES);
    out
}

/// The tone of a severity by its display name.
fn tone(view: &ReportView<'_>, name: &str) -> Tone {
    ["forbidden", "restricted", "advisory"]
        .into_iter()
        .find(|id| view.names.severity(id) == name)
        .map_or(Tone::Plain, Tone::of_severity)
}

fn more(out: &mut String, view: &ReportView<'_>, len: usize, shown: usize) {
    if len > shown {
        let rest = (len - shown).to_string();
        let _ = writeln!(out, "{}", view.names.fill("report.more", &[("count", &rest)]));
    }
}

/// By relation: how many, and the strongest examples by name.
fn duplicates(out: &mut String, view: &ReportView<'_>, screen: Screen) {
    section(out, screen, &view.relations.title);
    if view.relations.rows.is_empty() {
        paragraph(out, screen, Tone::Plain, &view.names.text("report.nothing"));
        return;
    }
    let names = view.names;
    let relation = names.text("report.column.relation");
    let mut rows: Vec<(Tone, Vec<String>)> = Vec::new();
    for id in crate::model::Relation::ALL.iter().filter(|r| r.is_duplicate()).map(|r| r.as_str()) {
        let mut pairs: Vec<_> = view.document.pairs.iter().filter(|p| p.relation == id).collect();
        let count = pairs.len();
        pairs.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.left.cmp(&b.left)));
        for (i, pair) in pairs.iter().take(PAIRS).enumerate() {
            let (first, n) =
                if i == 0 { (names.relation(id), count.to_string()) } else { (String::new(), String::new()) };
            rows.push((Tone::Info, vec![first, n, item(view, &pair.left), item(view, &pair.right)]));
        }
    }
    let text = |key: &str| names.text(&format!("report.column.{key}"));
    let columns = [
        Col { title: relation, align: Align::Left },
        Col { title: text("pairs"), align: Align::Right },
        Col { title: text("one"), align: Align::Flexible },
        Col { title: text("other"), align: Align::Flexible },
    ];
    *out += &grid(&columns, &rows, screen);
}

/// Name and owner of an asset.
fn item(view: &ReportView<'_>, id: &str) -> String {
    match view.index.asset(id) {
        Some(asset) => {
            view.names.fill("report.item", &[("name", &asset.name), ("unit", &view.names.owner(asset))])
        }
        None => id.to_owned(),
    }
}

/// The gravest problems of the inputs, and what was not checked.
fn problems(out: &mut String, view: &ReportView<'_>, screen: Screen) {
    let remarks: Vec<_> = view.document.diagnostics.iter().filter(|r| r.alert != "note").collect();
    if remarks.is_empty() && view.not_checked.len == 0 {
        return;
    }
    section(out, screen, &view.data_problems.title);
    let mut order = remarks.clone();
    order.sort_by_key(|r| r.alert != "error");
    for remark in order.iter().take(PROBLEMS) {
        let tone = if remark.alert == "error" { Tone::Bad } else { Tone::Warn };
        let head = view.names.alert(&remark.alert);
        let args = [("alert", head.as_str()), ("at", &remark.at), ("text", &remark.text)];
        let line = truncate(&view.names.fill("report.terminal.remark", &args), screen.columns());
        let rest = line.strip_prefix(head.as_str()).unwrap_or(&line).to_owned();
        let _ = writeln!(out, "{}{rest}", screen.paint().tone(tone, &head));
    }
    more(out, view, remarks.len(), PROBLEMS);
    if view.not_checked.len > 0 {
        let text =
            view.names.fill("report.terminal.not-checked", &[("count", &view.not_checked.len.to_string())]);
        paragraph(out, screen, Tone::Dim, &text);
    }
}

/// What to do now.
fn next(out: &mut String, view: &ReportView<'_>, screen: Screen, files: &[String]) {
    section(out, screen, &view.names.text("report.terminal.next"));
    if !files.is_empty() {
        let folder = common_folder(files);
        let names: Vec<String> = files.iter().map(|file| file[folder.len()..].to_owned()).collect();
        let shown = if folder.is_empty() { "./" } else { folder };
        let head = view.names.fill("report.terminal.files", &[("folder", shown)]);
        for line in wrap_items(&head, &names, screen.columns()) {
            let _ = writeln!(out, "{line}");
        }
    }
    // The gravest finding is the example, so that the command can be copied as it stands.
    let example =
        view.document.findings.iter().find(|f| f.status != "waived").and_then(|f| f.asset.as_deref());
    let example = example.or_else(|| view.document.pairs.first().map(|p| p.left.as_str()));
    if let Some(id) = example {
        let command = format!("zhijian explain '{}'", crate::views::visible(id));
        let head = view.names.fill("report.terminal.explain", &[("command", "")]);
        for line in wrap_items(&head, &[command], screen.columns()) {
            let _ = writeln!(out, "{line}");
        }
    }
    paragraph(out, screen, Tone::Dim, &view.provenance_short);
}

/// The folder that all files are in, with its last separator; empty when they have none in common.
fn common_folder(files: &[String]) -> &str {
    let folder = |file: &'_ str| file.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let Some(first) = files.first() else { return "" };
    let head = &first[..folder(first)];
    if files.iter().all(|file| file.starts_with(head) && folder(file) == head.len()) { head } else { "" }
}
