//! Draws columns and what their cells hold.
//!
//! For: headers from those that were seen in published tables, and values in the ways in which people write
//! them. Not for: where they stand (`draw`).

use super::draw::{Cell, Format};
use super::seeded::Seeded;
use std::sync::LazyLock;
use zhijian::model::{Field, FieldType};

/// A column of a drawn table.
pub(super) struct Column {
    pub(super) header: String,
    /// Its field; none for a column that nobody knows.
    pub(super) field: Option<Field>,
    pub(super) is_name: bool,
    pub(super) is_seq: bool,
}

/// Headers seen: object of the table, field, header.
static SEEN: LazyLock<Vec<(String, Field, String)>> = LazyLock::new(|| {
    let path = format!("{}/tests/fixtures/ingest/headers/variants.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows = reader.records().map(|row| row.unwrap());
    let seen = rows.map(|row| (row[1].to_owned(), Field::parse(&row[0]).unwrap(), row[2].to_owned()));
    seen.filter(|(_, field, header)| is_plain(*field) && !header.contains(['万', '-', '/'])).collect()
});

/// Fields whose values depend on nothing but their cell; no telephone numbers, not even invented ones.
fn is_plain(field: Field) -> bool {
    !matches!(field, Field::Seq | Field::ContactPhone | Field::ContactEmail | Field::FillDate)
}

/// The name of the objects and the columns of a table of them.
pub(super) fn columns(chance: &mut Seeded) -> (&'static str, Vec<Column>) {
    let (kind, object, name) = *chance.pick(&[
        ("工作群组", "group", Field::GroupName),
        ("政务公众账号", "account", Field::AccountName),
        ("政务应用程序", "app", Field::AppName),
    ]);
    let header_of = |chance: &mut Seeded, field: Field| {
        let own = SEEN.iter().filter(|(of, other, _)| *other == field && (of == object || of == "any"));
        let headers: Vec<_> = own.map(|(_, _, header)| header.as_str()).filter(|h| !h.is_ascii()).collect();
        (!headers.is_empty()).then(|| (*chance.pick(&headers)).to_owned())
    };
    let mut columns = Vec::new();
    if chance.percent(60) {
        columns.push(Column { header: "序号".to_owned(), field: None, is_name: false, is_seq: true });
    }
    let field = if chance.percent(25) { Field::Name } else { name };
    let header = header_of(chance, field).unwrap();
    columns.push(Column { header, field: Some(field), is_name: true, is_seq: false });
    let mut rest: Vec<Field> = Field::ALL.to_vec();
    rest.retain(|field| !Field::NAMES.contains(field));
    for _ in 0..chance.within(2, 12) {
        if chance.percent(5) {
            let header = *chance.pick(&["领导批示", "存档位置", "补充栏"]);
            columns.push(Column { header: header.to_owned(), field: None, is_name: false, is_seq: false });
            continue;
        }
        let field = if chance.percent(15) && rest.contains(&Field::OwnerUnit) {
            Field::OwnerUnit
        } else {
            *chance.pick(&rest)
        };
        let Some(header) = header_of(chance, field) else { continue };
        rest.retain(|&other| other != field);
        columns.push(Column {
            header: decorated(chance, &header),
            field: Some(field),
            is_name: false,
            is_seq: false,
        });
    }
    (kind, columns)
}

/// A header as it stands in a narrow column.
fn decorated(chance: &mut Seeded, header: &str) -> String {
    let chars: Vec<char> = header.chars().collect();
    match chance.below(12) {
        0 => format!("{header}（必填）"),
        1 if chars.len() == 2 => format!("{}  {}", chars[0], chars[1]),
        2 if chars.len() > 3 => {
            format!("{}\n{}", chars[..2].iter().collect::<String>(), chars[2..].iter().collect::<String>())
        }
        3 => format!(" {header} "),
        _ => header.to_owned(),
    }
}

/// The cell of a record, and what must be read from it, as `show` shows it.
pub(super) fn value(chance: &mut Seeded, column: &Column, number: usize, format: Format) -> (Cell, String) {
    let Some(field) = column.field else { return (Cell::Empty, String::new()) };
    if column.is_name {
        return name(chance, number);
    }
    if chance.percent(12) {
        let nothing = *chance.pick(&["", "", "—", "/", "－", " "]);
        return (Cell::text(nothing), String::new());
    }
    match field.field_type() {
        FieldType::Date => date(chance, format),
        FieldType::Count => count(chance, format),
        FieldType::Flag => {
            let (word, flag) =
                *chance.pick(&[("是", true), ("否", false), ("有", true), ("√", true), ("×", false)]);
            (Cell::text(word), flag.to_string())
        }
        FieldType::Id => {
            let text = *chance.pick(&["0100", "110105199901010011", "a-7_b", "示备20260001号", "gh_0a1b2c"]);
            (Cell::text(text), text.to_owned())
        }
        FieldType::Text => text(chance),
        // Shown with one separator, whatever was written.
        FieldType::List => {
            let (cell, shown) = text(chance);
            (cell, shown.replace('、', "；"))
        }
    }
}

fn name(chance: &mut Seeded, number: usize) -> (Cell, String) {
    let brand = *chance.pick(&["智慧", "掌上", "云上", "e 家", "“指尖”", "甲、乙"]);
    let job = *chance.pick(&["校园", "河长制", "网格", "党建", "12345热线", "A,B区"]);
    let text = format!("{brand}{job}{number}");
    let padded = *chance.pick(&["", "", "", " ", "\u{3000}"]);
    (Cell::Text(format!("{padded}{text}{padded}")), text)
}

fn text(chance: &mut Seeded) -> (Cell, String) {
    let first = *chance.pick(&["示例市", "甲县", "第3", "B", "综合", "信息"]);
    let second = *chance.pick(&["教育科", "中心校", "服务站", "村民组", "部（所）", "巡查、上报"]);
    let text = format!("{first}{second}");
    let padded = if chance.percent(8) { format!("  {text} ") } else { text.clone() };
    (Cell::Text(padded), text)
}

fn date(chance: &mut Seeded, format: Format) -> (Cell, String) {
    let day = jiff::civil::date(2015, 1, 1) + jiff::Span::new().days(i64::from(chance.small(12 * 365)));
    let (y, m, d) = (day.year(), day.month(), day.day());
    let cell = match chance.below(7) {
        0 => Cell::Text(format!("{y}年{m}月{d}日")),
        1 => Cell::Text(format!("{y}.{m}.{d}")),
        2 => Cell::Text(format!("{y}/{m}/{d}")),
        3 => Cell::Text(format!("{y}{m:02}{d:02}")),
        4 => Cell::Text(format!("{y}-{m}-{d}")),
        5 if format == Format::Xlsx => Cell::Day(day),
        _ => Cell::Text(format!("{y}-{m:02}-{d:02} 09:30")),
    };
    (cell, day.to_string())
}

fn count(chance: &mut Seeded, format: Format) -> (Cell, String) {
    let n = chance.within(1, 90_000);
    let hundreds = (n / 100 + 1) * 100;
    let thousands = if n >= 1000 { format!("{},{:03}", n / 1000, n % 1000) } else { n.to_string() };
    let (text, expected) = match chance.below(8) {
        0 => (format!("约{hundreds}"), format!("{hundreds} About")),
        1 => (format!("{hundreds}余"), format!("{hundreds} About")),
        2 => (format!("{hundreds}以上"), format!("{hundreds} AtLeast")),
        3 => (format!("{}万", hundreds / 100), format!("{} About", hundreds / 100 * 10_000)),
        4 => (thousands, format!("{n} Exact")),
        5 => (format!("{n}人"), format!("{n} Exact")),
        6 if format == Format::Xlsx => return (Cell::Number(n as f64), format!("{n} Exact")),
        _ => (n.to_string(), format!("{n} Exact")),
    };
    (Cell::Text(text), expected)
}
