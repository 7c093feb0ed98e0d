//! Draws a table: what stands above and below it, how its header is built, and the noise around.
//!
//! For: layout only; what the cells hold is drawn in `body`.

use super::body::{Column, columns, value};
use super::seeded::Seeded;
use std::collections::BTreeMap;
use zhijian::model::Field;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Day(jiff::civil::Date),
}

impl Cell {
    pub(super) fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }

    /// As a file without types writes it.
    pub(super) fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Day(day) => day.to_string(),
        }
    }
}

/// How the table is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Format {
    Comma,
    Tab,
    Gbk,
    Utf16,
    Html,
    Xlsx,
}

impl Format {
    /// Whether it says which cells are merged.
    pub(super) fn merges(self) -> bool {
        matches!(self, Format::Html | Format::Xlsx)
    }
}

/// Cells shown as one: top, left, bottom, right, from 0, the last ones included.
pub(super) type Merge = [usize; 4];

/// A table and what must be read from it.
pub(super) struct Drawn {
    pub(super) name: String,
    pub(super) format: Format,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) merges: Vec<Merge>,
    pub(super) records: Vec<BTreeMap<Field, String>>,
}

impl Drawn {
    /// The rows as text, for messages.
    pub(super) fn shown(&self) -> String {
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::shown).collect::<Vec<_>>().join(" | "));
        format!("{:?} {:?}\n  {}", self.format, self.merges, rows.collect::<Vec<_>>().join("\n  "))
    }
}

/// A table under way.
struct Sheet {
    chance: Seeded,
    format: Format,
    columns: Vec<Column>,
    /// Empty columns to the left.
    left: usize,
    rows: Vec<Vec<Cell>>,
    merges: Vec<Merge>,
    records: Vec<BTreeMap<Field, String>>,
    /// What stands above the table for all of its records.
    stated: Vec<(Field, String)>,
    /// The header, for being repeated: first row and number of rows.
    header: [usize; 2],
}

pub(super) fn draw(seed: u64) -> Drawn {
    let mut chance = Seeded(seed.wrapping_mul(0x2545_F491_4F6C_DD1D));
    let formats =
        [Format::Comma, Format::Tab, Format::Gbk, Format::Utf16, Format::Html, Format::Xlsx, Format::Xlsx];
    let format = *chance.pick(&formats);
    let (kind, columns) = columns(&mut chance);
    let left = if chance.percent(12) { chance.within(1, 2) } else { 0 };
    let mut sheet = Sheet {
        chance,
        format,
        columns,
        left,
        rows: Vec::new(),
        merges: Vec::new(),
        records: Vec::new(),
        stated: Vec::new(),
        header: [0, 0],
    };
    sheet.titles(kind);
    sheet.header();
    sheet.body();
    sheet.foot();
    match sheet.chance.below(12) {
        0 => sheet.beside(),
        1 => sheet.below(),
        _ => {}
    }
    let extension = match format {
        Format::Comma | Format::Gbk | Format::Utf16 => "csv",
        Format::Tab => "tsv",
        Format::Html => "xls",
        Format::Xlsx => "xlsx",
    };
    let Sheet { rows, merges, records, .. } = sheet;
    Drawn { name: format!("{seed:06}.{extension}"), format, rows, merges, records }
}

impl Sheet {
    /// Puts another table to the right, from the row of the header on: what stands above holds for both.
    fn beside(&mut self) {
        let known = |columns: &[Column]| columns.iter().filter(|column| column.field.is_some()).count();
        let (_, columns) = columns(&mut self.chance);
        if known(&columns) < 2 || known(&self.columns) < 2 {
            return;
        }
        let mut other = Sheet {
            chance: Seeded(self.chance.below(1 << 30) as u64),
            format: self.format,
            columns,
            left: self.width() + 1,
            rows: vec![Vec::new(); self.header[0]],
            merges: Vec::new(),
            records: Vec::new(),
            stated: self.stated.clone(),
            header: [0, 0],
        };
        other.header();
        other.body();
        let first = self.header[0];
        self.rows.resize(self.rows.len().max(other.rows.len()), Vec::new());
        for (row, cells) in other.rows.into_iter().enumerate().skip(first) {
            self.rows[row].resize(other.left, Cell::Empty);
            self.rows[row].extend(cells.into_iter().skip(other.left));
        }
        self.merges.extend(other.merges);
        self.records.extend(other.records);
    }

    /// Puts another table below, with a title of its own.
    fn below(&mut self) {
        let (kind, columns) = columns(&mut self.chance);
        // Fewer known headers are not told from a record.
        if columns.len() < 4 || columns.iter().any(|column| column.field.is_none() && !column.is_seq) {
            return;
        }
        self.columns = columns;
        self.stated.clear();
        self.push(Vec::new());
        self.titles(kind);
        self.header_of(1);
        self.body();
        self.foot();
    }

    fn width(&self) -> usize {
        self.left + self.columns.len()
    }

    /// Adds a row, the columns to the left empty.
    fn push(&mut self, cells: Vec<Cell>) {
        let mut row = vec![Cell::Empty; self.left];
        row.extend(cells);
        row.resize(self.width().max(row.len()), Cell::Empty);
        self.rows.push(row);
    }

    /// Adds a line of one text, which may reach over the table.
    fn line(&mut self, text: &str) {
        self.push(vec![Cell::text(text)]);
        let reaches = self.chance.percent(60) && self.columns.len() > 1;
        if self.format.merges() && reaches {
            let row = self.rows.len() - 1;
            self.merges.push([row, self.left, row, self.width() - 1]);
        }
    }

    fn titles(&mut self, kind: &str) {
        if self.chance.percent(25) {
            let number = self.chance.within(1, 9);
            self.line(&format!("附件{number}"));
        }
        if self.chance.percent(70) {
            let place = *self.chance.pick(&["", "示例省", "示例市甲县", "甲县"]);
            let what = *self.chance.pick(&[
                "清理统计表",
                "排查情况汇总表",
                "台账",
                "摸底登记表",
                "（2026年度）清单",
            ]);
            self.line(&format!("{place}{kind}{what}"));
        }
        if self.chance.percent(15) {
            self.push(Vec::new());
        }
        if self.chance.percent(50) {
            self.unit_line();
        }
        if self.chance.percent(10) {
            self.line("填表说明：请如实填写，不得漏报。");
        }
    }

    /// The unit that reports and the day, in cells of their own, behind colons, or in one line.
    fn unit_line(&mut self) {
        let unit = *self.chance.pick(&["示例市教育局", "甲县民政局", "乙镇人民政府"]);
        let label = *self.chance.pick(&["填报单位", "填报单位（盖章）", "单位名称", "报送单位"]);
        let day = *self.chance.pick(&["2026年5月1日", "2026-05-01", "2026.5.1"]);
        let both = self.chance.percent(60);
        self.stated.push((Field::OwnerUnit, unit.to_owned()));
        if both {
            self.stated.push((Field::FillDate, "2026-05-01".to_owned()));
        }
        let width = self.columns.len();
        match (self.chance.below(3), both) {
            (0, true) => self.line(&format!("{label}：{unit}      填报日期：{day}")),
            (1, true) if width > 3 => {
                let mut cells = vec![Cell::Empty; width];
                cells[0] = Cell::Text(format!("{label}："));
                cells[1] = Cell::text(unit);
                cells[width - 2] = Cell::text("填报日期：");
                cells[width - 1] = Cell::text(day);
                self.push(cells);
            }
            (_, true) => {
                let mut cells = vec![Cell::Empty; width.max(2)];
                cells[0] = Cell::Text(format!("{label}：{unit}"));
                let last = cells.len() - 1;
                cells[last] = Cell::Text(format!("填报日期：{day}"));
                self.push(cells);
            }
            (_, false) => self.line(&format!("{label}：{unit}")),
        }
    }

    /// One to three rows; groups stand over their columns, other headers reach down.
    fn header(&mut self) {
        let depth = *self.chance.pick(&[1, 1, 1, 2, 2, 3]);
        self.header_of(depth);
    }

    fn header_of(&mut self, depth: usize) {
        let width = self.columns.len();
        let first = self.rows.len();
        let texts: Vec<String> = self.columns.iter().map(|column| column.header.clone()).collect();
        let mut rows = vec![vec![Cell::Empty; width]; depth];
        // The name and what stands before it are in no group, so that each row has a header of its own.
        let name = self.columns.iter().position(|c| c.is_name).unwrap_or(0);
        let mut at = 0;
        while at < width {
            let size = if depth > 1 && at > name && width - at >= 2 && self.chance.percent(55) {
                self.chance.within(2, (width - at).min(4))
            } else {
                1
            };
            if size == 1 {
                rows[0][at] = Cell::text(&texts[at]);
                if depth > 1 && self.format.merges() {
                    self.merges.push([first, self.left + at, first + depth - 1, self.left + at]);
                }
            } else {
                let groups = ["基本情况", "运行管理情况", "使用情况", "有关信息", "清理整合情况"];
                let group = *self.chance.pick(&groups);
                rows[0][at] = Cell::text(group);
                let row = depth - 1;
                for column in at..at + size {
                    rows[row][column] = Cell::text(&texts[column]);
                }
                if depth == 3 {
                    // The middle row divides the group once more, or not.
                    rows[1][at] = Cell::text("其中");
                }
                if self.format.merges() {
                    for row in first..first + depth - 1 {
                        self.merges.push([row, self.left + at, row, self.left + at + size - 1]);
                    }
                }
            }
            at += size;
        }
        // Without a group there is nothing below the first row.
        let rows: Vec<_> = rows.into_iter().filter(|row| row.iter().any(|c| *c != Cell::Empty)).collect();
        let depth = rows.len();
        for merge in self.merges.iter_mut().filter(|merge| merge[0] == first) {
            merge[2] = merge[2].min(first + depth - 1);
        }
        self.merges.retain(|&[top, left, bottom, right]| top != bottom || left != right);
        for row in rows {
            self.push(row);
        }
        self.header = [first, depth];
        if width > 2 && self.chance.percent(8) {
            self.push((1..=width).map(|number| Cell::Number(number as f64)).collect());
        }
    }

    fn body(&mut self) {
        let most = if self.chance.percent(5) { 150 } else { 24 };
        let count = self.chance.within(1, most);
        let (has_sections, has_blanks) = (self.chance.percent(15), self.chance.percent(20));
        let repeats = self.chance.percent(10) && self.header[1] == 1;
        let merged_units = self.format.merges() && self.chance.percent(40);
        let mut unit: Option<(usize, usize, String)> = None;
        for number in 1..=count {
            if has_sections && self.chance.percent(20) {
                unit = None;
                let section = *self.chance.pick(&["一、市直部门", "二、县区", "（三）乡镇"]);
                self.line(section);
            }
            if has_blanks && self.chance.percent(10) {
                unit = None;
                self.push(Vec::new());
            }
            if repeats && number > 1 && self.chance.percent(15) {
                unit = None;
                let header = self.rows[self.header[0]].clone();
                self.rows.push(header);
            }
            self.record(number, merged_units, &mut unit);
        }
    }

    /// One record; a unit may stand over several of them, where the format says so.
    fn record(&mut self, number: usize, merged_units: bool, unit: &mut Option<(usize, usize, String)>) {
        let row = self.rows.len();
        let mut cells = Vec::new();
        let mut record: BTreeMap<Field, String> = self.stated.iter().cloned().collect();
        for at in 0..self.columns.len() {
            let column = &self.columns[at];
            if column.is_seq {
                cells.push(Cell::Number(number as f64));
                continue;
            }
            let Some(field) = column.field else {
                let aside = *self.chance.pick(&["", "甲乙", "略写", "12"]);
                cells.push(Cell::text(aside));
                continue;
            };
            let (mut cell, mut expected) = value(&mut self.chance, column, number, self.format);
            if field == Field::OwnerUnit && merged_units {
                if let Some((from, rest, text)) = unit.as_mut().filter(|(_, rest, _)| *rest > 0) {
                    *rest -= 1;
                    (cell, expected) = (Cell::Empty, text.clone());
                    let place = [*from, self.left + at];
                    self.merges.retain(|merge| merge[..2] != place);
                    self.merges.push([place[0], place[1], row, place[1]]);
                } else if !expected.is_empty() {
                    *unit = Some((row, self.chance.below(4), expected.clone()));
                }
            }
            cells.push(cell);
            // Where a cell says nothing, what stands above the table speaks.
            if !expected.is_empty() || !record.contains_key(&field) {
                record.insert(field, expected);
            }
        }
        self.push(cells);
        self.records.push(record);
    }

    fn foot(&mut self) {
        if self.chance.percent(30) {
            let count = self.records.len();
            let text = match self.chance.below(3) {
                0 => "合计".to_owned(),
                1 => format!("合计：{count}个"),
                _ => "总 计".to_owned(),
            };
            self.line(&text);
        }
        if self.chance.percent(10) {
            self.line("以下空白");
        }
        if self.chance.percent(25) {
            self.push(Vec::new());
        }
        if self.chance.percent(30) {
            let note =
                *self.chance.pick(&["备注：本表一式两份。", "注：1.数据截至5月底。", "说明：含下属单位。"]);
            self.line(note);
        }
        if self.chance.percent(30) {
            let width = self.columns.len();
            let mut cells = vec![Cell::Empty; width.max(2)];
            cells[0] = Cell::text("填表人：张某某");
            let last = cells.len() - 1;
            cells[last] = Cell::text("审核人：李某某");
            self.push(cells);
        }
    }
}
