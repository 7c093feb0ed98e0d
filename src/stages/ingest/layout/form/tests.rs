//! Forms as offices fill them in.
//!
//! For: labels, values, and what tells a form from a table. Not for: cells of a file (`tests/it/ingest`).

use super::*;
use std::sync::LazyLock;

static BOOK: LazyLock<FieldBook> = LazyLock::new(FieldBook::load);

/// Rows whose cells stand between bars.
fn grid(text: &'static str) -> Vec<Vec<Cell<'static>>> {
    let cell = |text: &'static str| match text.trim() {
        "" => Cell::Empty,
        text => Cell::Text(text),
    };
    text.trim().lines().map(|line| line.trim().split('|').map(cell).collect()).collect()
}

fn rows<'r>(grid: &'r [Vec<Cell<'static>>]) -> Vec<&'r [Cell<'static>]> {
    grid.iter().map(Vec::as_slice).collect()
}

fn form(text: &'static str) -> bool {
    let grid = grid(text);
    is_form(&BOOK, &rows(&grid))
}

/// Each form as "label=value" in the order of reading.
fn filled(text: &'static str) -> Vec<String> {
    let grid = grid(text);
    let forms = read(&BOOK, &rows(&grid));
    let line = |filled: &read::Filled<'_>| {
        let pair = |value: &read::Value<'_>| {
            format!("{}={}", forms.labels[value.label], value.content.cell().display())
        };
        filled.values.iter().map(pair).collect::<Vec<_>>().join(" | ")
    };
    forms.filled.iter().map(line).collect()
}

const PAIRS: &str = "
    应用程序名称 | 智慧示例
    主办单位     | 甲市教育局
    功能描述     | 请假、报修
    上线时间     | 2023年5月";

const BOXES: &str = "
    1 | 应用程序名称 | 智慧示例 | 主办单位 | 甲市教育局
    2 | 功能描述 | 请假、报修 | 上线时间 | 2023年5月
    3 | 用户数 | 1200 | 备注 | ";

#[test]
fn pairs_and_boxes_are_forms() {
    assert!(form(PAIRS));
    assert!(form(BOXES));
}

#[test]
fn a_header_over_rows_is_none() {
    assert!(!form(
        "
        应用程序名称 | 主办单位 | 功能描述 | 上线时间
        智慧示例 | 甲市教育局 | 请假 | 2023年5月
        平安示例 | 甲市公安局 | 报警 | 2022年1月
        健康示例 | 甲市卫生健康委员会 | 挂号 | 2021年1月"
    ));
    // Two columns look like labels and values, and are a table of names and owners.
    assert!(!form(
        "
        应用程序名称 | 主办单位
        智慧示例 | 甲市教育局
        平安示例 | 甲市公安局
        健康示例 | 甲市卫生健康委员会"
    ));
}

#[test]
fn lines_about_the_sheet_do_not_make_a_form() {
    assert!(!form("填报单位 | 甲市教育局\n填报日期 | 2026年1月\n审核人 | 某某\n联系电话 | "));
}

#[test]
fn values_go_with_the_label_to_their_left() {
    let pairs = "应用程序名称=智慧示例 | 主办单位=甲市教育局 | 功能描述=请假、报修 | 上线时间=2023年5月";
    assert_eq!(filled(PAIRS), [pairs]);
    assert_eq!(filled(BOXES), [format!("{pairs} | 用户数=1200")]);
}

#[test]
fn values_stand_behind_a_colon_or_below_as_well() {
    let read = filled(
        "
        应用程序名称：智慧示例
        主办单位：甲市教育局 | | 上线时间：2023年5月
        功能描述 | |
        请假、报修 | |",
    );
    assert_eq!(
        read,
        ["应用程序名称=智慧示例 | 主办单位=甲市教育局 | 上线时间=2023年5月 | 功能描述=请假、报修"]
    );
}

#[test]
fn an_empty_box_over_a_remark_stays_empty() {
    let read = filled("应用程序名称 | 智慧示例 |\n主办单位 | 甲市教育局 |\n功能描述 | |\n注：一式两份 | |");
    assert_eq!(read, ["应用程序名称=智慧示例 | 主办单位=甲市教育局"]);
    let read = filled("应用程序名称 | 智慧示例 |\n主办单位 | 甲市教育局 |\n功能描述 | |\n | | 2026年1月");
    assert_eq!(read, ["应用程序名称=智慧示例 | 主办单位=甲市教育局"]);
}

#[test]
fn the_first_label_again_begins_the_next_form() {
    let read = filled(
        "
        应用程序名称 | 智慧示例
        主办单位 | 甲市教育局
        上线时间 | 2023年5月
        应用程序名称 | 平安示例
        主办单位 | 甲市公安局
        上线时间 | 2022年1月",
    );
    let second = "应用程序名称=平安示例 | 主办单位=甲市公安局 | 上线时间=2022年1月";
    assert_eq!(read, ["应用程序名称=智慧示例 | 主办单位=甲市教育局 | 上线时间=2023年5月", second]);
}

#[test]
fn a_table_on_its_side_has_a_form_per_column() {
    let text = "
        应用程序名称 | 智慧示例 | 平安示例
        主办单位 | 甲市教育局 | 甲市公安局
        上线时间 | 2023年5月 | ";
    let read = filled(text);
    let first = "应用程序名称=智慧示例 | 主办单位=甲市教育局 | 上线时间=2023年5月";
    assert_eq!(read, [first, "应用程序名称=平安示例 | 主办单位=甲市公安局"]);
}

#[test]
fn a_label_that_nobody_knows_keeps_its_value() {
    let read = filled(
        "应用程序名称 | 智慧示例 | 吉祥物 | 小马\n主办单位 | 甲市教育局 | |\n上线时间 | 2023年5月 | |",
    );
    assert_eq!(read, ["应用程序名称=智慧示例 | 吉祥物=小马 | 主办单位=甲市教育局 | 上线时间=2023年5月"]);
}
