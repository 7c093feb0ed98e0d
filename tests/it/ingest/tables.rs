//! Tables as people make them.

use super::{Inbox, account, codes, names, one, read_with, show};
use zhijian::model::{Code, ColumnOverride, Field, Kind, MappedBy};

#[test]
fn titles_units_and_dates_above_a_table_belong_to_every_row() {
    let got = one(
        "群.csv",
        "附件2,,,\n工作群组清理统计表,,,\n填报单位：甲市教育局,,填报日期：2026年5月1日,\n序号,群名称,主办单位,成员人数\n1,教育系统工作群,,120\n2,乙县中小学群,乙县教育局,80\n合计,,,200\n填表人：张三,,审核人：李四,\n",
    );
    assert_eq!(account(&got, 0), [8, 2, 4, 0, 2, 0]);
    let sheet = &got.records.sheets[0];
    assert_eq!((sheet.kind, sheet.header_row), (Some(Kind::Group), Some(4)));
    assert_eq!(sheet.title, "附件2 工作群组清理统计表");
    assert_eq!(show(&got, 0, Field::OwnerUnit), "甲市教育局");
    assert_eq!(show(&got, 1, Field::OwnerUnit), "乙县教育局");
    assert_eq!(show(&got, 1, Field::FillDate), "2026-05-01");
    assert_eq!(sheet.totals.len(), 1);
    assert!(codes(&got).is_empty(), "{:?}", got.diagnostics);
}

#[test]
fn sums_that_do_not_add_up_are_said() {
    let got = one("a.csv", "群名称,成员人数\n一群,10\n二群,20\n小计,30\n三群,5\n小计,6\n合计：4个,36\n");
    let totals: Vec<_> = got.records.sheets[0].totals.iter().map(|t| (t.row, t.stated, t.actual)).collect();
    assert_eq!(totals, [(4, 30, 30), (6, 6, 5), (7, 4, 3), (7, 36, 35)]);
    assert_eq!(codes(&got), [Code::TotalMismatch; 3]);
}

#[test]
fn sums_over_rounded_figures_are_wrong_only_below_what_is_certain() {
    for (stated, expected) in [("31", vec![]), ("20", vec![]), ("19", vec![Code::TotalTooSmall])] {
        let got = one("a.csv", &format!("群名称,成员人数\n一群,约10\n二群,20\n合计,{stated}\n"));
        let total = &got.records.sheets[0].totals[0];
        assert_eq!((total.actual, total.exact, total.is_wrong()), (20, false, stated == "19"));
        assert_eq!(codes(&got), expected, "{stated}");
    }
    let got = one("a.csv", "群名称,成员人数\n一群,不详\n二群,20以上\n三群,\n合计,19\n");
    assert_eq!(codes(&got), [Code::InvalidCell, Code::TotalTooSmall]);
}

#[test]
fn rows_that_are_no_records_are_counted_as_what_they_are() {
    let got = one(
        "a.csv",
        "序号,群名称,主办单位\n示例,某某工作群,某单位\n一、市直部门,,\n1,一群,甲市教育局\n\n2,,\n序号,群名称,主办单位\n3,二群,甲市民政局\n4,,甲市水利局\n以下空白,,\n备注：含已解散的群,,\n",
    );
    assert_eq!(account(&got, 0), [11, 2, 3, 2, 3, 1]);
    assert_eq!(got.rejected[0].text, "4 |  | 甲市水利局");
    assert_eq!((got.rejected[0].at.row, got.rejected[0].code), (9, Code::NoName));
}

#[test]
fn a_zero_report_is_a_note_and_no_fault() {
    for body in ["无,,", "1,无,", "零报告,,", "本单位无工作群组,,", "1,无,/"] {
        let got = one("群.csv", &format!("序号,群名称,主办单位\n{body}\n"));
        assert_eq!(account(&got, 0), [2, 0, 1, 0, 1, 0], "{body}");
        assert_eq!(codes(&got), [Code::ZeroReport], "{body}");
    }
    let got = one("群.csv", "填报单位：甲县水利局,,\n序号,群名称,主办单位\n1,无,\n2,无,乙镇\n");
    let units: Vec<_> =
        got.records.sheets[0].zero_reports.iter().map(|(row, unit)| (*row, unit.as_str())).collect();
    assert_eq!(units, [(3, "甲县水利局"), (4, "乙镇")]);
}

#[test]
fn headers_of_two_rows_are_one_header() {
    let got = one(
        "a.csv",
        "序号,应用名称,经办人信息,,用户数（万）\n,,姓名,办公电话,\n1,智慧校园,张三,0999-1234567,1.2\n",
    );
    assert_eq!(account(&got, 0), [3, 1, 2, 0, 0, 0]);
    assert_eq!(got.records.sheets[0].columns[3].header, "经办人信息-办公电话");
    assert_eq!(show(&got, 0, Field::ContactPhone), "0999-1234567");
    assert_eq!(show(&got, 0, Field::UserCount), "12000 About");
}

#[test]
fn a_second_table_in_a_sheet_is_a_sheet_of_its_own() {
    let got = one(
        "a.csv",
        "应用名称,主办单位\n智慧校园,甲市教育局\n\n序号,群名称,群主,成员人数\n1,教育群,张三,10\n",
    );
    assert_eq!(got.records.sheets.len(), 2);
    assert_eq!((account(&got, 0), account(&got, 1)), ([3, 1, 1, 1, 0, 0], [2, 1, 1, 0, 0, 0]));
    assert_eq!(got.records.sheets[1].header_row, Some(4));
    assert_eq!(show(&got, 1, Field::MemberCount), "10 Exact");
}

#[test]
fn two_columns_for_one_field_keep_the_better_one() {
    let got = one("a.csv", "填报单位,名称,主办单位\n甲市大数据局,智慧校园,甲市教育局\n");
    assert_eq!(show(&got, 0, Field::OwnerUnit), "甲市教育局");
    assert_eq!(codes(&got), [Code::SecondColumn]);
    let extra = got.records.extras()[0];
    assert_eq!((extra.column, got.records.pool.get(extra.text)), (1, "甲市大数据局"));
}

#[test]
fn headers_are_understood_by_the_kind_of_table() {
    let field = |title: &str, header: &str| {
        let got = one("a.csv", &format!("{title},,\n名称,{header},备注\n某项,某值,x\n"));
        let column = got.records.sheets[0].columns[1].clone();
        (column.field, column.by)
    };
    assert_eq!(field("工作群组统计表", "用途"), (Some(Field::GroupPurpose), MappedBy::TableKind));
    assert_eq!(field("政务应用程序摸底表", "用途"), (Some(Field::FunctionDesc), MappedBy::TableKind));
    assert_eq!(field("政务新媒体台账", "类型"), (Some(Field::Platform), MappedBy::TableKind));
    // Where nothing tells, it is text all the same, and is read as such.
    assert_eq!(field("统计表", "用途"), (Some(Field::Description), MappedBy::TableKind));
    assert_eq!(field("统计表", "人数"), (None, MappedBy::Nothing));
}

#[test]
fn the_cells_decide_what_a_header_leaves_open() {
    let mapped = |rows: &str| {
        let got = one("a.csv", &format!("名称,类型,主办单位,主要功能\n{rows}"));
        let fields: Vec<_> = got.records.sheets[0].columns.iter().map(|c| c.field.unwrap()).collect();
        (fields[1], fields[3], codes(&got))
    };
    let by_cells = [Code::ColumnByCells, Code::ColumnAsText];
    // Of several kinds, the text is what every row may have; of one, what its kind has.
    let mixed = "甲县党建,APP,甲县教育局,学习\n甲县教育,微信公众号,甲县教育局,发布\n甲县工作群,微信群,甲县教育局,交流\n";
    assert_eq!(mapped(mixed), (Field::Platform, Field::Description, by_cells.to_vec()));
    let apps = "甲县党建,APP,甲县教育局,学习\n甲县教育,小程序,甲县教育局,办事\n";
    assert_eq!(mapped(apps), (Field::AppForm, Field::FunctionDesc, vec![Code::ColumnByCells]));
    let kinds = "甲县党建,政务应用程序,甲县教育局,学习\n甲县教育,公众账号,甲县教育局,发布\n";
    assert_eq!(mapped(kinds), (Field::Kind, Field::Description, by_cells.to_vec()));
    let groups = "甲县防汛,微信群,甲县水利局,值守\n甲县教研,钉钉群,甲县教育局,教研\n";
    assert_eq!(mapped(groups).1, Field::GroupPurpose);
}

#[test]
fn a_ditto_mark_repeats_the_cell_above_in_any_column() {
    let got = one(
        "a.csv",
        "应用名称,主办单位,主要功能,上线时间\n甲,乙县教育局,查询,2024-05-01\n乙,同上,〃,同上\n丙,\"\"\"\",同前,″\n丁,乙县水利局,巡河,\n戊,同上。,同上,同上\n",
    );
    let row = |i| [Field::OwnerUnit, Field::FunctionDesc, Field::LaunchDate].map(|f| show(&got, i, f));
    assert_eq!(row(1), ["乙县教育局", "查询", "2024-05-01"]);
    assert_eq!(row(2), row(1));
    assert_eq!(row(4), ["乙县水利局", "巡河", ""], "what stands above is nothing");
    assert_eq!(codes(&got), [Code::DittoMarks; 3]);
    // A first cell has nothing above it, and is no unit.
    let got = one("a.csv", "应用名称,主办单位\n甲,同上\n乙,乙县教育局\n");
    assert_eq!(show(&got, 0, Field::OwnerUnit), "");
}

#[test]
fn the_line_under_a_header_of_plain_text_is_no_report_of_zero() {
    let got = one("a.txt", "|应用名称|主办单位|用户数|\n|---|:---:|---:|\n|甲县通|甲县教育局|5|\n");
    assert_eq!(names(&got), ["甲县通"]);
    assert!(got.records.sheets[0].zero_reports.is_empty());
}

#[test]
fn the_policy_decides_columns() {
    let inbox =
        Inbox::new(&[("a.csv", "甲列,乙列,备注\n智慧校园,甲市教育局,无\n某某群,甲市民政局,y\n".as_bytes())]);
    let said = |header: &str, field| ColumnOverride {
        file: Some("a.csv".into()),
        sheet: None,
        header: header.into(),
        field,
        line: 1,
    };
    let overrides =
        [said("甲列", Some(Field::Name)), said("乙列", Some(Field::OwnerUnit)), said("备注", None)];
    let got = read_with(&[inbox.path().to_owned()], &overrides, &[]);
    assert_eq!(names(&got), ["智慧校园", "某某群"]);
    assert_eq!(show(&got, 0, Field::OwnerUnit), "甲市教育局");
    assert_eq!(show(&got, 1, Field::Remark), "");
    assert_eq!(got.records.sheets[0].columns[0].by, MappedBy::Policy);
}

#[test]
fn cells_become_typed_values_or_keep_their_text() {
    let got = one(
        "a.csv",
        "应用名称,上线时间,用户数,是否设置打卡签到,功能标签,网信备案编号,整改时限,行政区划代码\n甲,2024.5,2000余,\"是，每日签到\",学习、考试；签到,无,立行立改,0100\n乙,7月16日,不足百人,无,,—,2026/7/1,990102001002003004\n丙,20240501,全体,×,/,备2024-1,6月31日,\n",
    );
    let row = |i| {
        [Field::LaunchDate, Field::UserCount, Field::HasCheckin, Field::Functions, Field::FilingNoCac]
            .map(|f| show(&got, i, f))
    };
    assert_eq!(row(0), ["2024-05-01?", "2000 About", "true", "学习；考试；签到", ""]);
    assert_eq!(row(1), ["2025-07-16?", "100 Below", "false", "", ""]);
    assert_eq!(row(2), ["2024-05-01", "<全体>", "false", "", "备2024-1"]);
    assert_eq!(show(&got, 0, Field::RectifyDeadline), "<立行立改>");
    assert_eq!(show(&got, 2, Field::RectifyDeadline), "<6月31日>");
    assert_eq!(show(&got, 0, Field::RegionCode), "0100");
    assert_eq!(show(&got, 1, Field::RegionCode), "990102001002003004");
    assert_eq!(got.records.raw(0, Field::HasCheckin), Some("是，每日签到"));
    assert_eq!(got.records.raw(0, Field::UserCount), Some("2000余"));
    assert_eq!(codes(&got), [Code::InvalidCell; 3]);
}

#[test]
fn none_is_an_answer_where_the_question_allows_it() {
    let got = one("a.csv", "应用名称,登录要求,主管单位,备注\n甲,无,无,暂无\n");
    assert_eq!(show(&got, 0, Field::LoginRequired), "无");
    assert_eq!(show(&got, 0, Field::SupervisingUnit), "");
    assert_eq!(show(&got, 0, Field::Remark), "");
}

#[test]
fn people_are_masked_in_everything_that_is_said_about_a_row() {
    let phone = format!("1{}", "38".repeat(5));
    let got = one("a.csv", &format!("群名称,群主,联系电话,成员人数\n,张三丰,{phone},填表人：李四\n"));
    let text = &got.rejected[0].text;
    assert!(!text.contains("张三丰") && !text.contains(&phone) && !text.contains("李四"), "{text}");
    assert!(text.contains("张某某"), "{text}");
}

#[test]
fn prose_and_tables_without_a_header_are_told_apart() {
    let got = one("说明.csv", "填表说明\n一、请逐项填写。\n二、电话请填座机。\n");
    assert_eq!((codes(&got), account(&got, 0)), (vec![Code::TextSheet], [3, 0, 0, 0, 3, 0]));
    let got = one("表.csv", "甲,乙,丙\n1,2,3\n");
    assert_eq!((codes(&got), account(&got, 0)), (vec![Code::NoHeader], [2, 0, 0, 0, 0, 2]));
}

#[test]
fn a_header_alone_and_an_empty_file_are_said() {
    assert_eq!(codes(&one("a.csv", "群名称,主办单位\n")), [Code::NoRecords]);
    let got = one("a.csv", "");
    assert!(codes(&got).contains(&Code::EmptyFile));
}

#[test]
fn ragged_rows_are_read_and_said() {
    let got = one("a.csv", "名称,主办单位,备注\n甲,甲局\n乙,乙局,x,多出\n丙,丙局,y,\n");
    assert_eq!(names(&got), ["甲", "乙", "丙"]);
    let rows: Vec<_> =
        got.diagnostics.iter().filter(|d| d.code == Code::RaggedRow).map(|d| d.at.row).collect();
    assert_eq!(rows, [Some(2), Some(3)]);
    assert_eq!(got.records.pool.get(got.records.extras()[0].text), "多出");
}

#[test]
fn a_thousand_faults_make_a_hundred_remarks_and_a_count() {
    let rows = "甲,昨天\n".repeat(1000);
    let got = one("a.csv", &format!("名称,上线时间\n{rows}"));
    let invalid = codes(&got).iter().filter(|c| **c == Code::InvalidCell).count();
    assert_eq!((invalid, got.records.len()), (100, 1000));
    let more = got.diagnostics.iter().find(|d| d.code == Code::MoreRemarks).unwrap();
    assert!(more.args.contains(&("count", "900".to_owned())));
}

#[test]
fn control_characters_and_marks_vanish_from_names() {
    let got = one("a.csv", "名称,主办单位\n智慧\u{0}校\u{200e}园,\"甲市\n教育局\"\n");
    assert_eq!(names(&got), ["智慧校园"]);
    assert_eq!(show(&got, 0, Field::OwnerUnit), "甲市 教育局");
}
