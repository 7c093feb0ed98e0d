//! File formats: the same table in each of them is the same table.

use super::{Inbox, account, codes, names, one, read, show};
use encoding_rs::GB18030;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use zhijian::model::{Code, Field};
use zhijian::stages::ingest::Ingested;

const CSV: &str = "应用名称,主办单位,用户数,上线时间,是否设置打卡签到,功能标签,网信备案编号\n\
智慧校园,甲市教育局,1200,2024-05-01,是,学习；考试,0100\n\
河长通,甲市水利局,300,2023-12-31,否,巡查,990102001002003004\n";

/// The same table as [`CSV`], saved by an office program.
const XLS: &[u8] = include_bytes!("../../fixtures/ingest/same-table.xls");
const ODS: &[u8] = include_bytes!("../../fixtures/ingest/same-table.ods");

fn workbook(fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book).unwrap();
    book.save_to_buffer().unwrap()
}

/// Rows of texts, from a place on.
fn texts(
    sheet: &mut rust_xlsxwriter::Worksheet,
    top: u32,
    left: u16,
    rows: &[&[&str]],
) -> Result<(), XlsxError> {
    for (r, row) in rows.iter().enumerate() {
        for (c, text) in row.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
            sheet.write_string(top + r as u32, left + c as u16, *text)?;
        }
    }
    Ok(())
}

/// Everything a record says, field by field.
fn contents(got: &Ingested) -> Vec<Vec<(Field, String)>> {
    let record = |i| {
        let shown = Field::ALL.iter().map(|&f| (f, show(got, i, f)));
        shown.filter(|(_, text)| !text.is_empty()).collect()
    };
    (0..got.records.len()).map(record).collect()
}

fn typed_xlsx() -> Vec<u8> {
    workbook(|book| {
        let sheet = book.add_worksheet();
        let header: Vec<&str> = CSV.lines().next().unwrap().split(',').collect();
        texts(sheet, 0, 0, &[&header])?;
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let rows = [
            ("智慧校园", "甲市教育局", 1200.0, (2024, 5, 1), true, "学习；考试", "0100"),
            ("河长通", "甲市水利局", 300.0, (2023, 12, 31), false, "巡查", "990102001002003004"),
        ];
        for (i, (name, unit, users, (y, m, d), checkin, functions, filing)) in rows.into_iter().enumerate() {
            let row = i as u32 + 1;
            texts(sheet, row, 0, &[&[name, unit]])?;
            sheet.write_number(row, 2, users)?;
            sheet.write_datetime_with_format(
                row,
                3,
                rust_xlsxwriter::ExcelDateTime::from_ymd(y, m, d)?,
                &day,
            )?;
            sheet.write_boolean(row, 4, checkin)?;
            texts(sheet, row, 5, &[&[functions, filing]])?;
        }
        Ok(())
    })
}

#[test]
fn every_format_reads_the_same_table_the_same() {
    let json = r#"[{"应用名称":"智慧校园","主办单位":"甲市教育局","用户数":1200,"上线时间":"2024-05-01","是否设置打卡签到":true,"功能标签":["学习","考试"],"网信备案编号":"0100"},
        {"应用名称":"河长通","主办单位":"甲市水利局","用户数":300,"上线时间":"2023-12-31","是否设置打卡签到":false,"功能标签":"巡查","网信备案编号":990102001002003004}]"#;
    let lines = json.trim_matches(['[', ']']).replace('\n', "").replace("},        {", "}\n{");
    let (gbk, _, _) = GB18030.encode(CSV);
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(CSV.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let expected = contents(&one("应用.csv", CSV));
    assert_eq!(expected.len(), 2);
    for (name, format, bytes) in [
        ("a.csv", "csv", [b"\xEF\xBB\xBF", CSV.as_bytes()].concat()),
        ("a.csv", "csv", CSV.replace('\n', "\r\n").into_bytes()),
        ("a.csv", "csv", CSV.replace(',', ";").into_bytes()),
        ("a.csv", "csv", CSV.replace(',', "|").into_bytes()),
        ("a.csv", "csv", gbk.to_vec()),
        ("a.csv", "csv", utf16),
        ("a.tsv", "tsv", CSV.replace(',', "\t").into_bytes()),
        ("a.xlsx", "xlsx", typed_xlsx()),
        ("a.xls", "xls", XLS.to_vec()),
        ("a.et", "xls", XLS.to_vec()),
        ("a.ods", "ods", ODS.to_vec()),
        ("wrong-extension.csv", "xlsx", typed_xlsx()),
        ("wrong-extension.xlsx", "xls", XLS.to_vec()),
        ("wrong-extension.xls", "csv", CSV.as_bytes().to_vec()),
        ("a.json", "json", json.as_bytes().to_vec()),
        ("a.json", "json", format!("{{\"应用\": {json}}}").into_bytes()),
        ("a.jsonl", "jsonl", lines.into_bytes()),
    ] {
        let got = Inbox::new(&[(name, &bytes)]).read();
        assert_eq!(got.inputs[0].format, format, "{name}");
        assert_eq!(contents(&got), expected, "{name} {format} {:?}", got.inputs[0].encoding);
    }
}

#[test]
fn a_workbook_is_read_where_its_table_stands() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet().set_name("公众号")?;
        let center = Format::new();
        sheet.merge_range(2, 1, 2, 4, "政务公众账号台账汇总表", &center)?;
        texts(
            sheet,
            3,
            1,
            &[&["账号名称", "主办单位", "开设平台", "粉丝数"], &["甲市发布", "", "微信公众号", ""]],
        )?;
        sheet.merge_range(4, 2, 5, 2, "甲市人民政府办公室", &center)?;
        texts(sheet, 5, 1, &[&["甲市微讯", "", "新浪微博", "1.2万"]])?;
        sheet.write_number(8, 1, 7.0)?;
        Ok(())
    });
    let got = Inbox::new(&[("台账.xlsx", &bytes)]).read();
    let sheet = &got.records.sheets[0];
    assert_eq!((sheet.header_row, sheet.title.as_str()), (Some(4), "政务公众账号台账汇总表"));
    assert_eq!(account(&got, 0), [7, 3, 2, 2, 0, 0]);
    assert_eq!(names(&got), ["甲市发布", "甲市微讯", "7"]);
    assert_eq!(show(&got, 1, Field::OwnerUnit), "甲市人民政府办公室", "merged cells fill every row");
    assert_eq!(got.records.place(1).row, 6);
    assert_eq!(sheet.columns[0].column, 2);
}

#[test]
fn merged_headers_of_two_rows_are_joined() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        let plain = Format::new();
        for (column, text) in [(0, "序号"), (1, "群名称"), (4, "成员人数")] {
            sheet.merge_range(0, column, 1, column, text, &plain)?;
        }
        sheet.merge_range(0, 2, 0, 3, "群主信息", &plain)?;
        texts(sheet, 1, 2, &[&["群主姓名", "群主职务"]])?;
        texts(sheet, 2, 0, &[&["1", "教育群", "张某某", "科员", "12"]])?;
        Ok(())
    });
    let got = Inbox::new(&[("a.xlsx", &bytes)]).read();
    assert_eq!(account(&got, 0), [3, 1, 2, 0, 0, 0]);
    assert_eq!(show(&got, 0, Field::GroupOwnerPost), "科员");
    assert_eq!(show(&got, 0, Field::MemberCount), "12 Exact");
}

#[test]
fn hidden_sheets_are_read_and_said_and_identifiers_stay_text() {
    let bytes = workbook(|book| {
        texts(book.add_worksheet(), 0, 0, &[&["群名称", "主办单位"], &["一群", "甲局"]])?;
        let sheet = book.add_worksheet().set_name("旧表")?;
        sheet.set_hidden(true);
        texts(sheet, 0, 0, &[&["账号名称", "账号ID", "行政区划代码"], &["甲市发布", "", ""]])?;
        sheet.write_number(1, 1, 100.0)?;
        sheet.write_number(1, 2, 123_456_789_012_345_678.0)?;
        Ok(())
    });
    let got = Inbox::new(&[("a.xlsx", &bytes)]).read();
    assert_eq!(names(&got), ["一群", "甲市发布"]);
    assert_eq!(show(&got, 1, Field::AccountId), "100");
    assert_eq!(codes(&got), [Code::LostDigits, Code::HiddenSheet]);
}

#[test]
fn dates_in_numbers_and_error_cells_are_understood_or_kept() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        texts(sheet, 0, 0, &[&["应用名称", "上线时间", "用户数"], &["甲"], &["乙", "二〇二四年五月"]])?;
        sheet.write_number(1, 1, 45_413.0)?;
        sheet.write_formula(1, 2, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"))?;
        Ok(())
    });
    let got = Inbox::new(&[("a.xlsx", &bytes)]).read();
    assert_eq!(show(&got, 0, Field::LaunchDate), "2024-05-01");
    assert_eq!(show(&got, 1, Field::LaunchDate), "2024-05-01?");
    assert_eq!(show(&got, 0, Field::UserCount), "<#DIV/0!>");
}

#[test]
fn nested_json_flattens_and_broken_lines_cost_themselves() {
    let got = one(
        "a.json",
        r#"[{"name":"智慧校园","owner_unit":{"text":"甲市教育局"},"meta":{"platform":"微信","x":{"y":1}}}]"#,
    );
    assert_eq!(show(&got, 0, Field::OwnerUnit), "甲市教育局");
    assert_eq!(show(&got, 0, Field::Platform), "微信");
    let got = one("a.jsonl", "{\"name\":\"甲\"}\n{\"name\": oops\n\n{\"name\":\"乙\"}\n");
    assert_eq!(names(&got), ["甲", "乙"]);
    assert_eq!(account(&got, 0), [4, 2, 0, 1, 0, 1]);
    assert_eq!((codes(&got)[0], got.rejected[0].at.row), (Code::BrokenRow, 2));
    let got = one("a.json", r#"[{"名称":"甲"}, 3, {"名称":"乙"}]"#);
    assert_eq!((names(&got).len(), got.rejected.len()), (2, 1));
}

#[test]
fn stray_quotes_cost_no_other_row() {
    let got = one("a.csv", "名称,主办单位\n\"智慧校园,甲局\n河长通,乙局\n\"云\"校园,丙局\n");
    assert_eq!(names(&got), ["\"智慧校园", "河长通", "云校园"]);
}

#[test]
fn what_cannot_be_read_says_why_and_costs_only_itself() {
    let ole = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat();
    let xlsx = typed_xlsx();
    let inbox = Inbox::new(&[
        ("good.csv", CSV.as_bytes()),
        ("page.xls", b"<html><table><tr><td>x</td></tr></table></html>"),
        ("paper.xlsx", b"%PDF-1.7"),
        ("broken.xls", &ole),
        ("cut.xlsx", &xlsx[..xlsx.len() / 2]),
        ("not.json", b"{\"a\": [1, 2"),
        ("shape.json", b"{\"a\": 1}"),
        ("scan.json", b"{\"schema_version\": 1, \"assets\": []}"),
        ("zip.xlsx", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    ]);
    let got = inbox.read();
    assert_eq!(got.records.len(), 2);
    assert_eq!(got.unread.len(), 7);
    assert_eq!(codes(&got).iter().filter(|c| **c == Code::UnreadableFile).count(), 7);
    assert!(codes(&got).contains(&Code::OwnOutput), "a stored scan is left out, not a failure");
}

#[test]
fn a_file_named_on_the_command_line_is_read_whatever_its_extension() {
    let inbox = Inbox::new(&[("list.dat", CSV.as_bytes())]);
    assert_eq!(inbox.read().records.len(), 0);
    assert_eq!(read(&[inbox.file("list.dat")]).records.len(), 2);
}
