//! The largest things there can be: the last row and column of a sheet, sizes that lie, cells longer than any
//! buffer, and files read in blocks or on several threads.
//!
//! For: what a file may hold at most, and that nothing depends on how it was read. Not for: files that did
//! harm (`found`) and careless ones (`fixtures`).

use super::{Inbox, account, codes, names, options, show};
use rust_xlsxwriter::Workbook;
use std::fmt::Write as _;
use zhijian::knowledge::lexicon::fields::FieldBook;
use zhijian::model::{Code, Field};
use zhijian::stages::ingest::{Ingested, ingest, ingest_bytes};

const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u16 = 16_383;
/// Larger than what is loaded as a whole (4 MiB).
const STREAMED: usize = (4 << 20) + 1;

fn workbook(cells: &[(u32, u16, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for &(row, column, text) in cells {
        sheet.write_string(row, column, text).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Everything that was read, to be compared.
fn told(got: &Ingested) -> Vec<String> {
    let records = (0..got.records.len()).map(|at| {
        let of = |field| show(got, at, field);
        format!("{} {} {}", of(Field::AppName), of(Field::OwnerUnit), of(Field::FunctionDesc))
    });
    let remarks = got.diagnostics.iter().map(|remark| format!("{remark:?}"));
    let accounts = got.records.sheets.iter().map(|sheet| format!("{:?}", sheet.account));
    records.chain(remarks).chain(accounts).collect()
}

#[test]
fn the_last_row_of_a_sheet_is_read() {
    let book = workbook(&[
        (0, 0, "应用程序名称"),
        (0, 1, "主办单位"),
        (1, 0, "智慧示例"),
        (1, 1, "甲局"),
        (LAST_ROW, 0, "平安示例"),
        (LAST_ROW, 1, "乙局"),
    ]);
    let got = Inbox::new(&[("a.xlsx", &book)]).read();
    assert_eq!(names(&got), ["智慧示例", "平安示例"]);
    assert_eq!(got.records.place(1).row, LAST_ROW + 1);
    let rows = u64::from(LAST_ROW) + 1;
    assert_eq!(account(&got, 0), [rows, 2, 1, rows - 3, 0, 0]);
}

#[test]
fn the_last_column_of_a_sheet_is_read() {
    let book = workbook(&[
        (0, 0, "应用程序名称"),
        (0, LAST_COLUMN, "主办单位"),
        (1, 0, "智慧示例"),
        (1, LAST_COLUMN, "甲局"),
        (2, 0, "平安示例"),
        (2, LAST_COLUMN, "乙局"),
    ]);
    let got = Inbox::new(&[("a.xlsx", &book)]).read();
    assert_eq!(names(&got), ["智慧示例", "平安示例"]);
    assert_eq!(show(&got, 1, Field::OwnerUnit), "乙局");
}

#[test]
fn every_column_of_a_full_row_is_kept() {
    let columns = usize::from(LAST_COLUMN) + 1;
    let mut text = String::from("应用程序名称");
    // Too short to be guessed at, which would take most of the time.
    let header = |at: usize| char::from_u32(0x4E00 + at as u32).unwrap();
    (1..columns).for_each(|at| write!(text, ",{}列", header(at)).unwrap());
    text.push_str("\n智慧示例");
    (1..columns).for_each(|at| write!(text, ",值{at}").unwrap());
    text.push('\n');
    let got = super::one("a.csv", &text);
    assert_eq!(names(&got), ["智慧示例"]);
    assert_eq!(got.records.extras().len(), columns - 1);
}

#[test]
fn a_full_cell_keeps_every_character() {
    // The most that a cell of a workbook may have.
    let long = "长".repeat(32_767);
    let book = workbook(&[
        (0, 0, "应用程序名称"),
        (0, 1, "主办单位"),
        (0, 2, "功能描述"),
        (1, 0, "智慧示例"),
        (1, 1, "甲局"),
        (1, 2, &long),
    ]);
    let got = Inbox::new(&[("a.xlsx", &book)]).read();
    assert_eq!(show(&got, 0, Field::FunctionDesc), long);
}

/// The same archive with another unpacked size stated for the parts that match.
fn lying(mut archive: Vec<u8>, part: &[u8], stated: u32) -> Vec<u8> {
    const ENTRY: &[u8] = b"PK\x01\x02";
    let entries: Vec<usize> =
        (0..archive.len() - 46).filter(|&at| archive[at..].starts_with(ENTRY)).collect();
    let mut patched = 0;
    for at in entries {
        if archive[at + 46..].starts_with(part) {
            archive[at + 24..at + 28].copy_from_slice(&stated.to_le_bytes());
            patched += 1;
        }
    }
    assert!(patched > 0);
    archive
}

#[test]
fn sizes_that_lie_cost_that_file_only() {
    let book = workbook(&[(0, 0, "应用程序名称"), (0, 1, "主办单位"), (1, 0, "智慧示例"), (1, 1, "甲局")]);
    let honest = "名称,主办单位\n平安示例,乙局\n";
    for (part, stated) in [
        (&b"xl/worksheets/sheet1.xml"[..], u32::MAX - 1),
        (b"xl/worksheets/sheet1.xml", 10),
        (b"xl/sharedStrings.xml", u32::MAX - 1),
        (b"xl/sharedStrings.xml", 10),
        (b"xl/styles.xml", u32::MAX - 1),
    ] {
        let liar = lying(book.clone(), part, stated);
        let got = Inbox::new(&[("a.xlsx", &liar), ("b.csv", honest.as_bytes())]).read();
        let all = names(&got);
        assert_eq!(all.last().map(String::as_str), Some("平安示例"));
        // Read as it is, or refused; never half of it without a word.
        let is_read = all.len() == 2 && show(&got, 0, Field::OwnerUnit) == "甲局";
        let said = codes(&got).iter().any(|code| matches!(code, Code::UnreadableFile | Code::BrokenSheet));
        assert!(is_read || said, "{stated} for {}: {:?}", String::from_utf8_lossy(part), got.diagnostics);
    }
}

/// More rows than are loaded as a whole, some quoted over several lines, one cell longer than a block.
fn large() -> String {
    let mut text = String::from("附件1 应用程序统计表,,\n填报单位：甲市,,\n名称,主办单位,功能描述\n");
    for at in 0.. {
        if text.len() > STREAMED {
            break;
        }
        match at % 1000 {
            0 => writeln!(text, "应用{at},甲局,\"请假,报修\n查分\"").unwrap(),
            7 => writeln!(text, ",,").unwrap(),
            13 => writeln!(text, ",甲局,没有名称").unwrap(),
            _ => writeln!(text, "应用{at},乙局,一网通办").unwrap(),
        }
        if at == 20_000 {
            writeln!(text, "长文应用,丙局,\"{}\"", "一行\n".repeat(200_000)).unwrap();
        }
    }
    text.push_str("填表人：某某,,\n");
    text
}

#[test]
fn it_does_not_matter_whether_a_file_is_streamed_or_in_memory_or_how_many_threads_read_it() {
    let text = large();
    let fields = FieldBook::load();
    let options = options(&fields);
    let inbox = Inbox::new(&[("a.csv", text.as_bytes())]);
    let paths = [inbox.file("a.csv")];
    let streamed = ingest(&paths, &options).unwrap();
    // A cell longer than any block is one cell.
    let long = names(&streamed).iter().position(|name| name == "长文应用").unwrap();
    assert_eq!(show(&streamed, long, Field::FunctionDesc).matches("一行").count(), 200_000);
    let expected = told(&streamed);

    let memory = ingest_bytes(vec![("a.csv".to_owned(), text.clone().into_bytes())], &options);
    assert!(told(&memory) == expected, "in memory");
    assert_eq!(memory.inputs[0].blake3, streamed.inputs[0].blake3);

    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let got = pool.install(|| ingest(&paths, &options).unwrap());
        assert!(told(&got) == expected, "{threads} threads");
    }
    // Another encoding cannot be read in blocks.
    let (gbk, _, _) = encoding_rs::GB18030.encode(&text);
    let got = ingest_bytes(vec![("a.csv".to_owned(), gbk.into_owned())], &options);
    assert!(told(&got) == expected, "GB18030");
}
