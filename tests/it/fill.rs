//! Superiors' forms of three layouts, filled: the right rows in the right columns, and everything else as it was.

use super::support::run_in;
use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::{DataValidation, Format, FormatBorder, Formula, Table, TableColumn, Workbook};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::scan::document::ScanDocument;
use zhijian::views::report::{Cell, ReportView, Unfillable, fill, reduction};

fn samples() -> ScanDocument {
    serde_json::from_slice(&std::fs::read(scan()).unwrap()).unwrap()
}

fn scan() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/scan.json")
}

/// Parts of a workbook by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let name = part.name().unwrap().into_owned();
        parts.insert(name, content);
    }
    parts
}

/// Names of the parts that differ.
fn changed(before: &[u8], after: &[u8]) -> Vec<String> {
    let (before, after) = (parts(before), parts(after));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    before.iter().filter(|(name, content)| after[*name] != **content).map(|(name, _)| name.clone()).collect()
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// Rows of a sheet from its very first cell.
fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let range = open(bytes).worksheet_range(sheet).unwrap();
    let (last, columns) = range.end().unwrap();
    let text = |r, c| range.get_value((r, c)).map(Data::to_string).unwrap_or_default();
    (0..=last).map(|r| (0..=columns).map(|c| text(r, c)).collect()).collect()
}

fn formula(bytes: &[u8], sheet: &str, cell: (u32, u32)) -> String {
    open(bytes).worksheet_formula(sheet).unwrap().get_value(cell).cloned().unwrap_or_default()
}

fn items(document: &ScanDocument, kind: Option<&str>) -> Vec<usize> {
    let live = |at: &usize| {
        let asset = &document.assets[*at];
        let action = document.plan.actions.iter().find(|a| a.asset == asset.id).unwrap();
        action.action != "none" && kind.is_none_or(|kind| asset.kind == kind) && asset.kind != "other"
    };
    (0..document.assets.len()).filter(live).collect()
}

/// A header of two rows with merged cells, more room than there are items, a second sheet, a drop-down.
fn merged() -> Vec<u8> {
    let mut book = Workbook::new();
    let cell = Format::new().set_border(FormatBorder::Thin).set_font_name("仿宋").set_text_wrap();
    let sheet = book.add_worksheet();
    sheet.set_name("附件1").unwrap();
    sheet.merge_range(0, 0, 0, 8, "政务应用程序清理整合情况统计表", &cell).unwrap();
    sheet.write_string(1, 0, "填报单位（盖章）：").unwrap();
    for (column, title) in [(0, "序号"), (7, "备注"), (8, "分管领导签字")] {
        sheet.merge_range(2, column, 3, column, title, &cell).unwrap();
    }
    sheet.merge_range(2, 1, 2, 3, "基本情况", &cell).unwrap();
    sheet.merge_range(2, 4, 2, 6, "处置情况", &cell).unwrap();
    for (column, title) in [
        (1, "应用名称"),
        (2, "主办单位"),
        (3, "用户数"),
        (4, "处置方式"),
        (5, "整合去向"),
        (6, "存在的主要问题"),
    ] {
        sheet.write_string_with_format(3, column, title, &cell).unwrap();
    }
    for row in 4..254 {
        for column in 0..9 {
            sheet.write_blank(row, column, &cell).unwrap();
        }
    }
    let choices = DataValidation::new().allow_list_strings(&["甲", "乙"]).unwrap();
    sheet.add_data_validation(4, 8, 253, 8, &choices).unwrap();
    let notes = book.add_worksheet();
    notes.set_name("填表说明").unwrap();
    notes.write_string(0, 0, "一、本表由各单位填报。名称、主办单位要写全称。").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_merged_header_of_two_rows_is_read_and_nothing_else_changes() {
    let document = samples();
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let form = merged();
    let filled = fill(&form, &view).unwrap();
    assert_eq!(changed(&form, &filled.bytes), ["xl/worksheets/sheet1.xml"]);
    assert_eq!(filled.unmapped, ["备注", "分管领导签字"], "nobody remarked anything");
    assert_eq!(filled.mapped.len(), 7, "{:?}", filled.mapped);
    let wanted = items(&document, Some("app"));
    assert_eq!(filled.rows, wanted.len(), "the title speaks of applications only");
    let (before, after) = (rows(&form, "附件1"), rows(&filled.bytes, "附件1"));
    assert_eq!(before[..4], after[..4]);
    for (number, (row, at)) in after[4..].iter().zip(&wanted).enumerate() {
        let asset = &document.assets[*at];
        let action = document.plan.actions.iter().find(|a| a.asset == asset.id).unwrap();
        assert_eq!(row[0], (number + 1).to_string());
        assert_eq!((&row[1], &row[2]), (&asset.name, &asset.owner_unit.text));
        assert_eq!(row[4], view.names.action(&action.action));
        let users = asset.fields.get("user_count").and_then(|f| f.value.as_u64());
        assert!(users.is_none() || row[3] == users.unwrap().to_string() || !row[3].is_empty(), "{row:?}");
        assert_eq!(row[8], "", "an unknown column stays open");
    }
    assert!(after[4 + wanted.len()..].iter().flatten().all(String::is_empty));
    let xml = String::from_utf8(parts(&filled.bytes).remove("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(xml.contains("<dataValidation ") && xml.contains("sqref=\"I5:I254\""), "drop-downs stay");
    let style = |r: u32| xml.split(&format!("<c r=\"B{r}\" ")).nth(1).unwrap()[..5].to_owned();
    assert_eq!(style(5), style(200), "filled cells look as empty ones did");
}

/// Titles above, column numbers below the header, two rows of room, notes and a merged signature below, a print area.
fn titled() -> Vec<u8> {
    let mut book = Workbook::new();
    let cell = Format::new().set_border(FormatBorder::Thin);
    let sheet = book.add_worksheet();
    sheet.set_name("工作群组").unwrap();
    sheet.write_string(0, 0, "附件2").unwrap();
    sheet.merge_range(1, 0, 1, 5, "工作群组清理统计表", &cell).unwrap();
    sheet.write_string(2, 0, "填报单位：").unwrap();
    for (column, title) in (0..).zip(["序号", "群组名称", "所在平台", "责任部门", "拟处置意见", "群主职务"])
    {
        sheet.write_string_with_format(3, column, title, &cell).unwrap();
        sheet.write_number_with_format(4, column, f64::from(column) + 1.0, &cell).unwrap();
        sheet.write_blank(5, column, &cell).unwrap();
        sheet.write_blank(6, column, &cell).unwrap();
    }
    sheet.set_row_height(6, 31).unwrap();
    sheet.write_string(7, 0, "注：本表一式两份。").unwrap();
    sheet.merge_range(8, 0, 8, 5, "填表人：          审核人：", &cell).unwrap();
    sheet.set_print_area(0, 0, 8, 5).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn rows_are_put_in_before_notes_and_signature() {
    let document = samples();
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let form = titled();
    let filled = fill(&form, &view).unwrap();
    assert_eq!(changed(&form, &filled.bytes), ["xl/workbook.xml", "xl/worksheets/sheet1.xml"]);
    let wanted = items(&document, Some("group"));
    let after = rows(&filled.bytes, "工作群组");
    let before = rows(&form, "工作群组");
    assert_eq!(before[..5], after[..5]);
    assert_eq!(after[5 + wanted.len()..], before[7..], "what stood below stands below");
    for (row, at) in after[5..].iter().zip(&wanted) {
        let asset = &document.assets[*at];
        assert_eq!((&row[1], &row[3]), (&asset.name, &asset.owner_unit.text));
    }
    let more = wanted.len() - 2;
    let all = parts(&filled.bytes);
    let xml = std::str::from_utf8(&all["xl/worksheets/sheet1.xml"]).unwrap();
    assert!(
        xml.contains(&format!("<mergeCell ref=\"A{0}:F{0}\"/>", 9 + more)),
        "the signature is merged still"
    );
    assert_eq!(xml.matches("customHeight=\"1\"").count(), more + 1, "new rows are as high as the last");
    let book = std::str::from_utf8(&all["xl/workbook.xml"]).unwrap();
    assert!(book.contains(&format!("$A$1:$F${}", 9 + more)), "{book}");
}

/// Units, a row of sums with formulas, rates as formulas in per cent, and a second sheet that refers to the sums.
fn summed() -> Vec<u8> {
    let mut book = Workbook::new();
    let cell = Format::new().set_border(FormatBorder::Thin);
    let percent = cell.clone().set_num_format("0.00%");
    let sheet = book.add_worksheet();
    sheet.set_name("汇总 表").unwrap();
    sheet.merge_range(0, 0, 0, 6, "各单位压减情况", &cell).unwrap();
    let titles = ["序号", "单位名称", "清理前数量", "清理后数量", "压减数", "压减比例", "领导批示"];
    for (column, title) in (0..).zip(titles) {
        sheet.write_string_with_format(1, column, title, &cell).unwrap();
    }
    for row in 2..5_u32 {
        for column in 0..7 {
            sheet.write_blank(row, column, &cell).unwrap();
        }
        let rate = format!("=E{0}/C{0}", row + 1);
        sheet.write_formula_with_format(row, 5, Formula::new(rate), &percent).unwrap();
    }
    sheet.write_string_with_format(5, 1, "合计", &cell).unwrap();
    for (column, letter) in [(2, 'C'), (3, 'D')] {
        let sum = format!("=SUM({letter}3:{letter}5)");
        sheet.write_formula_with_format(5, column, Formula::new(sum), &cell).unwrap();
    }
    sheet.write_formula_with_format(5, 5, Formula::new("=(C6-D6)/C6"), &percent).unwrap();
    let other = book.add_worksheet();
    other.set_name("封面").unwrap();
    other.write_formula(0, 0, Formula::new("='汇总 表'!C6")).unwrap();
    other.write_formula(1, 0, Formula::new("=A1+C6")).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn sums_follow_the_rows_and_stay_right() {
    let document = samples();
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let form = summed();
    let filled = fill(&form, &view).unwrap();
    let touched = changed(&form, &filled.bytes);
    assert_eq!(touched, ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"], "the cover names the sums");
    let table = reduction(&view, "by-unit").unwrap().table;
    assert_eq!((filled.rows, filled.rows_of.as_str()), (table.rows.len(), "各单位压减情况表"));
    assert_eq!(filled.unmapped, ["序号", "领导批示"]);
    let after = rows(&filled.bytes, "汇总 表");
    let column = |key: &str| table.column(key).unwrap();
    for (found, row) in after[2..].iter().zip(&table.rows) {
        let wanted = ["unit", "live", "after", "net"].map(|key| row[column(key)].plain().into_owned());
        assert_eq!(found[1..5], wanted);
    }
    let total = 2 + table.rows.len() as u32;
    let row = total + 1;
    assert_eq!(formula(&filled.bytes, "汇总 表", (total, 2)), format!("SUM(C3:C{total})"));
    assert_eq!(formula(&filled.bytes, "汇总 表", (total, 5)), format!("(C{row}-D{row})/C{row}"));
    assert_eq!(formula(&filled.bytes, "汇总 表", (total - 1, 5)), format!("E{total}/C{total}"), "rates too");
    assert_eq!(formula(&filled.bytes, "封面", (0, 0)), format!("'汇总 表'!C{row}"));
    assert_eq!(formula(&filled.bytes, "封面", (1, 0)), "A1+C6", "its own cells have not moved");
    let live = &table.total.as_ref().unwrap()[column("live")];
    assert_eq!(after[total as usize][2], live.plain(), "the stored result is the figure");
    assert!(matches!(live, Cell::Count(n) if *n > 100));
}

/// Kinds and a sum down the side, as many yearly forms have them.
fn stated() -> Vec<u8> {
    let mut book = Workbook::new();
    let cell = Format::new().set_border(FormatBorder::Thin);
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 4, "清理整合情况统计表", &cell).unwrap();
    for (column, title) in (0..).zip(["类别", "清理前", "清理后", "压减数", "压减率"]) {
        sheet.write_string_with_format(1, column, title, &cell).unwrap();
    }
    for (row, name) in (2..).zip(["政务APP", "工作群组", "合计", "注：按季度报送。"]) {
        sheet.write_string_with_format(row, 0, name, &cell).unwrap();
    }
    sheet.write_formula_with_format(4, 1, Formula::new("=SUM(B3:B4)"), &cell).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn rows_that_a_form_states_are_filled_and_what_has_no_row_is_told() {
    let document = samples();
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let form = stated();
    let filled = fill(&form, &view).unwrap();
    assert_eq!(changed(&form, &filled.bytes), ["xl/worksheets/sheet1.xml"]);
    assert_eq!((filled.rows, filled.unplaced.as_slice()), (3, &["公众账号".to_owned()][..]));
    let figure = |id: &str| document.figures.iter().find(|f| f.id == id).unwrap().value.to_string();
    let after = rows(&filled.bytes, "Sheet1");
    assert_eq!(after.len(), 6, "no row is put in");
    for (row, name, kind) in [(2, "政务APP", "app"), (3, "工作群组", "group")] {
        let wanted = ["live", "after", "net"].map(|part| figure(&format!("assets.{kind}.{part}")));
        assert_eq!((after[row][0].as_str(), &after[row][1..4]), (name, &wanted[..]));
        assert!(after[row][4].contains('%') && after[row][4].contains('/'), "{:?}", after[row]);
    }
    assert_eq!(formula(&filled.bytes, "Sheet1", (4, 1)), "SUM(B3:B4)", "the form's own sum stays");
    let parts: u64 = [2, 3].map(|row: usize| after[row][2].parse::<u64>().unwrap()).iter().sum();
    assert_eq!(after[4][2], parts.to_string(), "the sum is over the rows that the form has");
    let rate = |row: usize| {
        let (numerator, denominator) =
            after[row][4].split_once('(').unwrap().1.trim_end_matches(')').split_once('/').unwrap();
        (numerator.parse::<u64>().unwrap(), denominator.parse::<u64>().unwrap())
    };
    assert_eq!(rate(4), (rate(2).0 + rate(3).0, rate(2).1 + rate(3).1));
    assert_eq!(after[5][0], "注：按季度报送。");
}

#[test]
fn a_table_of_the_suite_grows_with_its_rows() {
    let document = samples();
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let mut book = Workbook::new();
    let titles = ["名称", "主办单位", "处置意见"];
    let columns = titles.map(|title| TableColumn::new().set_header(title));
    let table = Table::new().set_columns(&columns);
    let sheet = book.add_worksheet();
    sheet.add_table(0, 0, 2, 2, &table).unwrap();
    sheet.write_string(4, 0, "填表人：").unwrap();
    let form = book.save_to_buffer().unwrap();
    let filled = fill(&form, &view).unwrap();
    assert_eq!(changed(&form, &filled.bytes), ["xl/tables/table1.xml", "xl/worksheets/sheet1.xml"]);
    let part = String::from_utf8(parts(&filled.bytes).remove("xl/tables/table1.xml").unwrap()).unwrap();
    let last = filled.rows + 1;
    assert_eq!(part.matches(&format!("ref=\"A1:C{last}\"")).count(), 2, "the table and its filter: {part}");
    let after = rows(&filled.bytes, "Sheet1");
    assert_eq!((after[last - 1][1].is_empty(), after[last][0].as_str()), (false, "填表人："));
}

#[test]
fn what_is_no_form_is_refused_with_what_to_do() {
    let document = samples();
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    assert!(matches!(fill(b"PK\x03\x04", &view), Err(Unfillable::NoWorkbook(_))));
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "关于报送情况的说明").unwrap();
    assert!(matches!(fill(&book.save_to_buffer().unwrap(), &view), Err(Unfillable::NoTable)));
    let folder = tempfile::tempdir().unwrap();
    let form = merged();
    std::fs::write(folder.path().join("表样.xlsx"), &form).unwrap();
    let scan = scan();
    let report = |form: &str, out: &str| {
        run_in(folder.path(), &["report", "--scan", scan.to_str().unwrap(), "--fill", form, "--out", out])
    };
    let ran = report("表样.xlsx", "out");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("未填的列：备注、分管领导签字") && ran.out.contains("附件1"), "{}", ran.out);
    let same = report("表样.xlsx", ".");
    assert!(
        same.status == 2 && same.err.contains("表样.xlsx"),
        "the form itself is not replaced: {}",
        same.err
    );
    assert!(std::fs::read(folder.path().join("表样.xlsx")).unwrap() == form);
    assert_eq!(report("没有.xlsx", "out").status, 2);
}

/// A form with these names down the side under a heading, and the numbers before and after.
fn listed(heading: &str, names: &[&str]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip([heading, "清理前", "清理后", "净减"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    for (row, name) in (1..).zip(names) {
        sheet.write_string(row, 0, *name).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_form_with_a_line_per_platform_is_filled_with_what_is_on_it() {
    let document = samples();
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let form = listed("平台", &["微信公众号", "微博", "没有的平台"]);
    let filled = fill(&form, &view).unwrap();
    assert_eq!((filled.rows, filled.unknown.as_slice()), (2, &["没有的平台".to_owned()][..]));
    let after = rows(&filled.bytes, "Sheet1");
    let on = |platform: &str| {
        items(&document, None).into_iter().filter(|&at| document.assets[at].platform == platform).count()
    };
    assert!(on("weibo") > 0);
    assert_eq!([&after[1][1], &after[2][1]], [&on("wechat").to_string(), &on("weibo").to_string()]);
    assert_eq!(after.get(3).map_or("", |row| row[1].as_str()), "");
}

#[test]
fn a_column_that_nothing_was_put_into_is_not_told_as_filled() {
    let mut document = samples();
    for action in &mut document.plan.actions {
        action.deadline = None;
    }
    for asset in &mut document.assets {
        asset.fields.remove("rectify_deadline");
    }
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(["名称", "主办单位", "完成时限"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    let filled = fill(&book.save_to_buffer().unwrap(), &view).unwrap();
    assert_eq!(
        (filled.mapped.join("、"), filled.unmapped.join("、")),
        ("名称、主办单位".into(), "完成时限".into())
    );
}
