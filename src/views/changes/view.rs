//! The comparison as sentences and tables.

use crate::changes::{Balance, Changes, Item, Problem};
use crate::knowledge::messages::Catalogue;
use crate::model::{Class, Progress};
use crate::views::names::Names;
use crate::views::report::{Cell, Column, Rate, Row, Table};
use std::collections::BTreeMap;

/// Classes in the order in which people want to see them: what must be looked at first.
pub(super) const ORDER: [Class; 9] = [
    Class::Revived,
    Class::Rebranded,
    Class::Relapsed,
    Class::New,
    Class::Gone,
    Class::Fixed,
    Class::Changed,
    Class::NotReported,
    Class::Kept,
];

/// Everything that a comparison shows.
pub struct ChangesView<'a> {
    /// The comparison itself.
    pub changes: &'a Changes,
    /// Words for ids.
    pub names: Names<'a>,
    /// Title.
    pub title: String,
    /// What a leader must know, one sentence each.
    pub summary: Vec<String>,
    /// Opening, movements, closing, by kind.
    pub stock: Table<'a>,
    /// Conditions that differ.
    pub conditions: Table<'a>,
    /// Every item that is not as it was.
    pub items: Table<'a>,
    /// Every problem that is not as it was.
    pub problems: Table<'a>,
    /// Progress of the earlier plan, action by action.
    pub plan: Table<'a>,
    /// One line: which scans.
    pub provenance: String,
}

impl<'a> ChangesView<'a> {
    /// Works it out.
    pub fn new(changes: &'a Changes, catalogue: &'a Catalogue) -> ChangesView<'a> {
        let names = Names { catalogue };
        let days = [("before", changes.from.as_of.as_str()), ("after", changes.to.as_of.as_str())];
        let digest = changes.from.digest.get(..16).unwrap_or("–");
        ChangesView {
            changes,
            names,
            title: names.fill("changes.title", &days),
            summary: summary(changes, names),
            stock: stock(changes, names),
            conditions: conditions(changes, names),
            items: items(changes, names),
            problems: problems(changes, names),
            plan: plan(changes, names),
            provenance: names.fill("changes.provenance", &[days[0], days[1], ("digest", digest)]),
        }
    }

    /// The tables in their order, those that say nothing left out.
    pub fn tables(&self) -> impl Iterator<Item = &Table<'a>> {
        let all = [&self.stock, &self.items, &self.problems, &self.plan, &self.conditions];
        all.into_iter().filter(|table| !table.rows.is_empty())
    }
}

/// Counts of a class, as “新增 3”, in the order of the classes.
fn parts<T: Copy + PartialEq>(
    order: &[T],
    of: impl Iterator<Item = T>,
    word: impl Fn(T) -> String,
    names: Names<'_>,
) -> String {
    let all: Vec<T> = of.collect();
    let counted = order.iter().map(|class| (*class, all.iter().filter(|c| *c == class).count()));
    let said = counted.filter(|(_, count)| *count > 0);
    said.map(|(class, count)| {
        names.fill("changes.part", &[("what", &word(class)), ("count", &count.to_string())])
    })
    .collect::<Vec<_>>()
    .join(names.enumerated())
}

fn summary(changes: &Changes, names: Names<'_>) -> Vec<String> {
    let class = |class: Class| names.text(&format!("changes.class.{class}"));
    let mut lines = Vec::new();
    let mut say = |key: &str, parts: String| {
        if !parts.is_empty() {
            lines.push(names.fill(key, &[("parts", &parts)]));
        }
    };
    say("changes.items-line", parts(&ORDER, changes.items.iter().map(|i| i.class), class, names));
    say("changes.missing-line", missing(changes, names));
    say("changes.problems-line", parts(&ORDER, changes.problems.iter().map(|p| p.class), class, names));
    let progress = |progress: Progress| names.text(&format!("changes.progress.{progress}"));
    let states = changes.items.iter().filter_map(|item| Some(item.plan.as_ref()?.1));
    say("changes.plan-line", parts(Progress::ALL, states, progress, names));
    let conditions = changes.conditions.iter().map(|c| {
        let args = [
            ("what", what(c.what, names)),
            ("before", none(&c.before, names)),
            ("after", none(&c.after, names)),
        ];
        names.catalogue.fill("changes.condition", &args)
    });
    say("changes.conditions-line", conditions.collect::<Vec<_>>().join(names.comma()));
    if let Some(all) = changes.balance.last() {
        lines.push(names.catalogue.fill("changes.stock-line", &stock_args(all)));
        if all.is_eaten() {
            let share = Rate {
                value: all.added as f64 / all.removed as f64,
                numerator: all.added,
                denominator: all.removed,
            };
            let args = [
                ("removed", all.removed.to_string()),
                ("added", all.added.to_string()),
                ("percent", format!("{} ({}/{})", share.percent(), share.numerator, share.denominator)),
            ];
            lines.push(names.catalogue.fill("changes.eaten", &args));
        }
    }
    lines
}

/// Lists that are named where items were not reported; more than that nobody reads in a sentence.
const NAMED: usize = 5;

/// Why items were not reported, each reason with the number of items: a leader asks which list is missing.
fn missing(changes: &Changes, names: Names<'_>) -> String {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for item in changes.items.iter().filter(|item| item.class == Class::NotReported) {
        *reasons.entry(names.catalogue.render(&item.reason)).or_default() += 1;
    }
    let mut reasons: Vec<(String, usize)> = reasons.into_iter().collect();
    reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let more = reasons.len().saturating_sub(NAMED);
    let said = reasons.iter().take(NAMED);
    let said = said
        .map(|(what, count)| names.fill("changes.part", &[("what", what), ("count", &count.to_string())]));
    let rest = (more > 0).then(|| names.fill("changes.missing-more", &[("count", &more.to_string())]));
    said.chain(rest).collect::<Vec<_>>().join(names.enumerated())
}

fn stock_args(all: &Balance) -> [(&'static str, String); 8] {
    [
        ("opening", all.opening.to_string()),
        ("closing", all.closing.to_string()),
        ("net", signed(all.net())),
        ("first", all.first_reported.to_string()),
        ("added", all.added.to_string()),
        ("removed", all.removed.to_string()),
        ("missing", all.not_reported.to_string()),
        ("recounted", signed(all.recounted_in.cast_signed() - all.recounted_out.cast_signed())),
    ]
}

/// With its sign, and a true minus.
fn signed(number: i64) -> String {
    match number {
        0 => "0".to_owned(),
        n if n > 0 => format!("+{n}"),
        n => format!("−{}", n.unsigned_abs()),
    }
}

fn what(id: &str, names: Names<'_>) -> String {
    names.text(&format!("changes.what.{id}"))
}

fn none(text: &str, names: Names<'_>) -> String {
    if text.is_empty() { names.text("changes.none-before") } else { text.to_owned() }
}

fn table<'a>(id: &'static str, columns: &[(&'static str, u16)], names: Names<'a>) -> Table<'a> {
    let column = |&(key, width): &(&'static str, u16)| Column {
        key,
        title: names.text(&format!("changes.column.{key}")),
        width,
    };
    Table {
        id,
        title: names.text(&format!("changes.table.{id}")),
        columns: columns.iter().map(column).collect(),
        rows: Vec::new(),
        total: None,
    }
}

fn stock<'a>(changes: &Changes, names: Names<'a>) -> Table<'a> {
    let columns = [
        ("kind", 14),
        ("opening", 9),
        ("first-reported", 9),
        ("added", 8),
        ("recounted-in", 9),
        ("removed", 8),
        ("not-reported", 9),
        ("recounted-out", 9),
        ("closing", 9),
        ("net", 8),
    ];
    let mut table = table("stock", &columns, names);
    for balance in &changes.balance {
        let is_all = balance.kind == "all";
        let name = if is_all { names.text("report.total") } else { names.kind(&balance.kind) };
        let counts = [
            balance.opening,
            balance.first_reported,
            balance.added,
            balance.recounted_in,
            balance.removed,
            balance.not_reported,
            balance.recounted_out,
            balance.closing,
        ];
        if !is_all && counts.iter().all(|&count| count == 0) {
            continue;
        }
        let mut row: Row<'a> = vec![Cell::text(name)];
        row.extend(counts.map(Cell::Count));
        row.push(Cell::text(signed(balance.net())));
        if is_all { table.total = Some(row) } else { table.rows.push(row) }
    }
    table
}

fn conditions<'a>(changes: &'a Changes, names: Names<'a>) -> Table<'a> {
    let mut table = table("conditions", &[("what", 14), ("before", 20), ("after", 20), ("cause", 16)], names);
    table.rows = changes
        .conditions
        .iter()
        .map(|c| {
            vec![
                Cell::text(what(c.what, names)),
                Cell::text(none(&c.before, names)),
                Cell::text(none(&c.after, names)),
                Cell::text(names.text(&format!("changes.cause.{}", c.cause))),
            ]
        })
        .collect();
    table
}

/// Entries that are not as they were, in the order in which people want to see them.
fn in_order<T>(list: &[T], class: impl Fn(&T) -> Class) -> impl Iterator<Item = &T> {
    let wanted = ORDER.iter().filter(|class| **class != Class::Kept);
    let entries: Vec<&T> =
        wanted.flat_map(|wanted| list.iter().filter(|entry| class(entry) == *wanted)).collect();
    entries.into_iter()
}

fn items<'a>(changes: &'a Changes, names: Names<'a>) -> Table<'a> {
    let columns = [
        ("class", 10),
        ("name", 20),
        ("kind", 12),
        ("unit", 20),
        ("reason", 34),
        ("detail", 40),
        ("cause", 12),
    ];
    let mut table = table("items", &columns, names);
    table.rows = in_order(&changes.items, |item| item.class).map(|item| item_row(item, names)).collect();
    table
}

fn item_row<'a>(item: &'a Item, names: Names<'a>) -> Row<'a> {
    vec![
        Cell::text(names.text(&format!("changes.class.{}", item.class))),
        Cell::text(item.name.as_str()),
        Cell::text(names.kind(&item.kind)),
        Cell::text(item.unit.as_str()),
        Cell::text(names.catalogue.render(&item.reason)),
        Cell::text(detail(item, names)),
        Cell::text(names.text(&format!("changes.cause.{}", item.cause))),
    ]
}

/// Cells that differ, then how it was recognised where that was not by its id.
pub(super) fn detail(item: &Item, names: Names<'_>) -> String {
    let cell = |c: &crate::changes::CellChange| {
        let value = |text: &str| none(&value(&c.field, text, names), names);
        let args =
            [("field", names.field(&c.field)), ("before", value(&c.before)), ("after", value(&c.after))];
        names.catalogue.fill("changes.cell", &args)
    };
    let by_id = item.linked == Some(crate::model::LinkedBy::Id);
    let evidence = item
        .evidence
        .iter()
        .filter(|_| !by_id)
        .map(|message| names.catalogue.render(message).trim_end_matches(['。', '.']).to_owned());
    item.cells.iter().map(cell).chain(evidence).collect::<Vec<_>>().join(names.comma())
}

/// A value in words where it is one of a vocabulary.
fn value(field: &str, text: &str, names: Names<'_>) -> String {
    match field {
        "platform" => names.platform(text),
        "kind" => names.kind(text),
        "level" => names.level(text),
        "status" => names.status(text),
        "audience" => names.audience(text),
        "functions" => names.functions(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()),
        _ => crate::knowledge::text::mask::free(text).into_owned(),
    }
}

fn problems<'a>(changes: &'a Changes, names: Names<'a>) -> Table<'a> {
    let columns = [
        ("class", 10),
        ("severity", 8),
        ("rule", 24),
        ("name", 20),
        ("unit", 20),
        ("reason", 34),
        ("words", 24),
        ("cause", 12),
    ];
    let mut table = table("problems", &columns, names);
    table.rows =
        in_order(&changes.problems, |problem| problem.class).map(|p| problem_row(p, names)).collect();
    table
}

fn problem_row<'a>(problem: &'a Problem, names: Names<'a>) -> Row<'a> {
    vec![
        Cell::text(names.text(&format!("changes.class.{}", problem.class))),
        Cell::text(names.severity(&problem.severity)),
        Cell::text(names.rule(&problem.rule)),
        Cell::text(problem.name.as_str()),
        Cell::text(problem.unit.as_str()),
        Cell::text(names.catalogue.render(&problem.reason)),
        Cell::text(problem.words.as_str()),
        Cell::text(names.text(&format!("changes.cause.{}", problem.cause))),
    ]
}

fn plan<'a>(changes: &'a Changes, names: Names<'a>) -> Table<'a> {
    let columns = [("progress", 12), ("action", 12), ("name", 20), ("unit", 20), ("reason", 34)];
    let mut table = table("plan", &columns, names);
    let order =
        [Progress::Contradicted, Progress::Overdue, Progress::UnderWay, Progress::Done, Progress::Open];
    for wanted in order {
        for item in &changes.items {
            let Some((action, progress)) = &item.plan else { continue };
            if *progress == wanted {
                table.rows.push(vec![
                    Cell::text(names.text(&format!("changes.progress.{progress}"))),
                    Cell::text(names.action(action)),
                    Cell::text(item.name.as_str()),
                    Cell::text(item.unit.as_str()),
                    Cell::text(names.catalogue.render(&item.reason)),
                ]);
            }
        }
    }
    table
}
