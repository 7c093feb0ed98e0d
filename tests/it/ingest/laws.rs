//! Laws that hold for any table.

use super::{Inbox, names};
use proptest::prelude::*;
use zhijian::model::Layout;

/// Cells that may trip a layout reader, among ordinary ones.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[甲乙丙丁智慧校园群教育局0-9]{1,6}",
        2 => Just(String::new()),
        1 => prop::sample::select(vec![
            "合计", "小计", "序号", "群名称", "主办单位", "备注", "填表人：张某某", "以下空白", "无", "1", "一、市直",
            "附件2", "工作群组统计表", "填报单位：甲市教育局", "是", "2024-5-1", "\"", "用户数（万）", "名称",
        ]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever the rows: each is counted once, and as many are rejected as the list says.
    #[test]
    fn the_row_account_balances(rows in prop::collection::vec(prop::collection::vec(cell(), 1..6), 0..45)) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let got = Inbox::new(&[("a.csv", &bytes)]).read();
        // Each of several tables beside each other counts every row; those above them count theirs once.
        let read_in = |window| {
            let sheets = got.records.sheets.iter().filter(|s| s.window == window);
            sheets.map(|s| s.account.rows_read).sum::<u64>()
        };
        for sheet in got.records.sheets.iter().filter(|s| s.window.is_some()) {
            prop_assert_eq!(read_in(None) + read_in(sheet.window), rows.len() as u64);
        }
        let records: u64 = got.records.sheets.iter().map(|s| s.account.records).sum();
        let rejected: u64 = got.records.sheets.iter().map(|s| s.account.rejected).sum();
        // A table on its side has its columns for rows: one of labels, then the records.
        let turned = got.records.sheets.iter().find(|s| s.layout == Layout::Turned);
        if let Some(sheet) = turned {
            let widest = rows.iter().map(Vec::len).max().unwrap_or(0) as u64;
            prop_assert!(sheet.account.headings == 1 && sheet.account.rows_read - sheet.account.blank <= widest);
        } else if got.records.sheets.iter().all(|s| s.window.is_none()) {
            prop_assert_eq!(read_in(None), rows.len() as u64);
        }
        prop_assert_eq!(records, got.records.len() as u64);
        prop_assert_eq!(rejected, got.rejected.len() as u64);
    }

    /// Ordinary names survive any number of title rows above and notes below.
    #[test]
    fn names_survive_titles_and_notes(
        list in prop::collection::vec("[天地玄黄宇宙洪荒]{3,8}群", 1..20),
        titles in 0_usize..5,
        notes in 0_usize..4,
    ) {
        let mut text = "附件,,\n".repeat(titles);
        text.push_str("序号,群名称,成员人数\n");
        let rows = list.iter().enumerate().map(|(i, name)| format!("{},{name},{}\n", i + 1, i * 7));
        text.extend(rows);
        text.push_str(&"备注：略,,\n".repeat(notes));
        let got = Inbox::new(&[("a.csv", text.as_bytes())]).read();
        prop_assert_eq!(names(&got), list);
    }

    /// Any bytes are read or refused, never a panic.
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300), zip in any::<bool>()) {
        let bytes = if zip { [b"PK\x03\x04".to_vec(), bytes].concat() } else { bytes };
        let got = Inbox::new(&[("a.csv", &bytes)]).read();
        prop_assert!(got.inputs.len() + got.unread.len() == 1);
    }
}
