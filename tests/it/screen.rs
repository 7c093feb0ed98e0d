//! `screen` from outside: every format, standard input, and what cannot be read.

use crate::support::{program, ran, run_in};
use std::fs;

const DEMAND: &str = "网格员必须每天打卡签到，未打卡的扣2分";
const DENIAL: &str = "本群不设打卡签到";

/// The cells of the first row with this value in its first cell.
fn row(table: &str, id: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    let found = rows.into_iter().find(|row| row[0].trim_start_matches('\u{feff}') == id);
    found.unwrap().iter().map(str::to_owned).collect()
}

#[test]
fn rows_come_back_in_order_with_what_they_came_with() {
    let folder = tempfile::tempdir().unwrap();
    let table =
        format!("示例省线索汇总\nid,内容,来信\n7,{DEMAND},甲\n3,,\n5,\"{DENIAL}\",乙\n9,查询,丙,多出\n");
    fs::write(folder.path().join("in.csv"), &table).unwrap();
    let run = run_in(folder.path(), &["screen", "in.csv", "--text-column", "内容", "--out", "out.csv"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("表头之上有 1 行") && run.err.contains("4 行，1 行涉及"), "{}", run.err);
    let out = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    assert_eq!(
        row(&out, "id"),
        ["id", "内容", "来信", "labels", "negated", "exempt", "modality", "confidence", "evidence", "类别"]
    );
    let ids: Vec<&str> = out.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids, ["7", "3", "5", "9"]);
    let demand = row(&out, "7");
    assert!(demand[3].split(';').any(|label| label == "checkin"), "{demand:?}");
    assert_eq!((demand[1].as_str(), demand[6].as_str()), (DEMAND, "must;unstated"));
    assert_eq!(row(&out, "5")[3..5], ["", "checkin"]);
    assert_eq!(row(&out, "9")[2], "丙,多出", "what an unquoted comma tore off is kept");
}

#[test]
fn every_form_gives_the_same_labels() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("in.txt", format!("{DEMAND}\n\n{DENIAL}\n").as_bytes());
    write(
        "in.jsonl",
        format!("{{\"text\":\"{DEMAND}\",\"n\":1}}\n{{\"text\":\"\"}}\n{{\"text\":\"{DENIAL}\"}}\n")
            .as_bytes(),
    );
    let table = format!("text\n{DEMAND}\n\"\"\n{DENIAL}\n");
    write("in.csv", &encoding_rs::GB18030.encode(&table).0);
    let screen = |from: &str, to: &str| {
        let run = run_in(folder.path(), &["screen", from, "--text-column", "text", "--out", to]);
        assert_eq!(run.status, 0, "{from}: {}", run.err);
    };
    screen("in.txt", "a.xlsx");
    screen("in.csv", "b.jsonl");
    // A workbook that we wrote is read again, its earlier labels kept aside.
    screen("a.xlsx", "a.csv");
    let labels = |text: &str, column: &str| -> Vec<String> {
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
        reader.records().map(|record| record.unwrap()[at].to_owned()).collect()
    };
    let out = fs::read_to_string(folder.path().join("a.csv")).unwrap();
    let expected = labels(&out, "labels");
    assert_eq!(expected.len(), 3);
    assert!(expected[0].contains("checkin") && expected[1].is_empty() && expected[2].is_empty());
    assert_eq!(labels(&out, "labels_in"), expected);
    let lines = fs::read_to_string(folder.path().join("b.jsonl")).unwrap();
    let objects: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(objects.iter().map(|o| o["labels"].as_str().unwrap()).collect::<Vec<_>>(), expected);
    let json = run_in(folder.path(), &["screen", "in.jsonl"]);
    let first: serde_json::Value = serde_json::from_str(json.out.lines().next().unwrap()).unwrap();
    assert_eq!((first["n"].as_i64(), first["labels"].as_str().unwrap()), (Some(1), expected[0].as_str()));
}

#[test]
fn persons_are_masked_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let number = format!("139{}", "12345678");
    let text = format!("{DEMAND}，请联系{number}");
    fs::write(folder.path().join("in.csv"), format!("id,text,联系电话\n{number},{text},{number}\n")).unwrap();
    let object = format!("{{\"text\":\"{text}\",\"联系电话\":{number},\"n\":1}}\n");
    fs::write(folder.path().join("in.jsonl"), object).unwrap();
    let table = run_in(folder.path(), &["screen", "in.csv"]).out;
    assert_eq!(table.matches(&number).count(), 1, "nothing but the id has it whole: {table}");
    let lines = run_in(folder.path(), &["screen", "in.jsonl"]).out;
    assert!(!lines.contains(&number) && lines.contains("\"n\":1"), "{lines}");
}

#[test]
fn formulas_stay_text() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), "id,text\n-5,\"=HYPERLINK(\"\"x\"\")\"\n").unwrap();
    let table = run_in(folder.path(), &["screen", "in.csv"]).out;
    assert!(table.contains("\n-5,\"'=HYPERLINK("), "{table}");
    let lines = run_in(folder.path(), &["screen", "in.csv", "--out", "out.jsonl"]);
    assert_eq!(lines.status, 0, "{}", lines.err);
    assert!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap().contains("\"=HYPERLINK("));
}

#[test]
fn a_list_that_is_piped_in_has_no_header() {
    let folder = tempfile::tempdir().unwrap();
    let piped =
        ran(program(folder.path()).args(["screen", "-"]).write_stdin(format!("{DEMAND}\n{DENIAL}\n")));
    assert_eq!(piped.status, 0, "{}", piped.err);
    assert_eq!(piped.out.lines().count(), 3, "{}", piped.out);
    let table =
        ran(program(folder.path()).args(["screen", "-"]).write_stdin(format!("id,text\n1,{DEMAND}\n")));
    assert!(table.out.starts_with("id,text,labels,"), "{}", table.out);
}

#[test]
fn what_cannot_be_screened_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("in.csv", "编号,反映内容\n1,x\n");
    write("empty.csv", "");
    write("bad.xlsx", "no workbook");
    write("ab.csv", "a,b\n1,2\n");
    for (arguments, said) in [
        (&["screen", "in.csv", "--text-column", "反应内容"][..], "反映内容"),
        (&["screen", "ab.csv"], "a、b"),
        (&["screen", "empty.csv"], "没有可识别的行"),
        (&["screen", "bad.xlsx"], "不是可读的工作簿"),
        (&["screen", "absent.csv"], "absent.csv"),
        (&["screen", "in.csv", "--out", "in.csv"], "覆盖"),
    ] {
        let run = run_in(folder.path(), arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
    }
    assert_eq!(fs::read_to_string(folder.path().join("in.csv")).unwrap(), "编号,反映内容\n1,x\n");
}
