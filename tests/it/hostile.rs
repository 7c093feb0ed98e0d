//! Careless and hostile inputs, from outside: what is read, what is refused, what is never shown.

use crate::support::{Ran, run_in};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const HEADER: &str = "名称,主办单位,行政区划,功能描述,备注\n";

fn row(number: usize) -> String {
    format!("智慧校园{number},甲市教育局,甲市,教师每日打卡签到,第{number}项\n")
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn audit(folder: &Path, path: &str, out: &str) -> Ran {
    run_in(folder, &["audit", path, "--out", out, "--as-of", "2026-11-22"])
}

fn scan(folder: &Path, out: &str) -> Value {
    serde_json::from_slice(&fs::read(folder.join(out).join("scan.json")).unwrap()).unwrap()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().unwrap()
}

/// The smallest OLE2 file with one stream of this name: what an encrypted workbook looks like.
fn compound(stream: &str) -> Vec<u8> {
    const FREE: u32 = u32::MAX;
    const END: u32 = u32::MAX - 1;
    const FAT: u32 = u32::MAX - 2;
    let words = |words: &[u32]| words.iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<u8>>();
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.extend([0; 16]);
    for half in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        bytes.extend(half.to_le_bytes());
    }
    bytes.extend([0; 6]);
    bytes.extend(words(&[0, 1, 1, 0, 4096, END, 0, END, 0, 0]));
    bytes.extend(words(&[FREE; 108]));
    bytes.extend(words(&[FAT, END]));
    bytes.extend(words(&[FREE; 126]));
    for (name, kind, child) in [("Root Entry", 5, 1), (stream, 2, FREE)] {
        let mut units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = units.len() as u16 + 2;
        units.resize(64, 0);
        bytes.extend(units);
        bytes.extend(length.to_le_bytes());
        bytes.extend([kind, 1]);
        bytes.extend(words(&[FREE, FREE, child]));
        bytes.extend([0; 36]);
        bytes.extend(words(&[END, 0, 0]));
    }
    bytes.extend([0; 256]);
    bytes
}

#[test]
fn files_that_are_no_inventory_are_refused_with_a_reason() {
    let noise: Vec<u8> = (0..9000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    let deep = "[".repeat(100_000);
    let cases: [(&str, &[u8], &str); 9] = [
        ("noise.csv", &noise, "不是文本"),
        ("noise.xlsx", &noise, "不是文本"),
        ("locked.xlsx", &compound("EncryptedPackage"), "打开密码"),
        ("broken.xls", &compound("Nothing"), "不是能读取的表格格式"),
        ("cut.xlsx", b"PK\x03\x04xl/workbook.xml", "压缩结构损坏"),
        ("word.xlsx", "张三".as_bytes(), "没有表格的文本"),
        ("cut.json", "[{\"名称\":\"甲".as_bytes(), "没有写完"),
        ("deep.json", deep.as_bytes(), "嵌套过深"),
        ("zeros.csv", &[0; 5000], "不是文本"),
    ];
    for (name, bytes, reason) in cases {
        let folder = folder(&[(name, bytes)]);
        let ran = audit(folder.path(), name, "out");
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{name}: {}", ran.err);
        assert!(ran.err.contains(reason) && ran.err.contains(&format!("--> {name}")), "{name}: {}", ran.err);
        assert!(!ran.err.contains("内部故障"), "{name}: {}", ran.err);
        let matched = run_in(folder.path(), &["match", name, "--out", "m.csv"]);
        assert!(matched.status == 2 && matched.err.contains(reason), "{name}: {}", matched.err);
    }
}

#[test]
fn an_empty_file_is_told_of_once() {
    for (name, bytes) in
        [("a.csv", &b""[..]), ("a.csv", b"\xEF\xBB\xBF"), ("a.csv", b"\n"), ("a.json", b"[]")]
    {
        let folder = folder(&[(name, bytes)]);
        let ran = audit(folder.path(), name, "out");
        assert_eq!((ran.status, ran.err.matches("-->").count()), (0, 1), "{}", ran.err);
        assert!(ran.err.contains("ingest/empty-file"), "{}", ran.err);
    }
}

#[test]
fn json_of_mixed_types_keeps_its_objects() {
    let text = "[1, \"x\", null, {\"名称\": \"智慧校园\", \"主办单位\": \"甲市教育局\"}, [2]]";
    let folder = folder(&[("a.json", text.as_bytes())]);
    assert_eq!(audit(folder.path(), "a.json", "out").status, 1, "four rows were rejected");
    let scan = scan(folder.path(), "out");
    assert_eq!((list(&scan, "assets").len(), list(&scan, "rejected").len()), (1, 4));
}

#[test]
fn characters_that_fit_no_encoding_are_told_of() {
    let bytes = [HEADER.as_bytes(), row(1).as_bytes(), b"\xE6\x99\xBA\xE6\x85\xA7\xFF,x,,,\n"].concat();
    let folder = folder(&[("a.csv", &bytes)]);
    let ran = audit(folder.path(), "a.csv", "out");
    assert!(ran.err.contains("[ingest/lost-characters]") && ran.err.contains("a.csv › 3"), "{}", ran.err);
}

#[test]
fn results_among_the_inventories_are_left_out_of_the_next_run() {
    let inventory = format!("{HEADER}{}{}", row(1), row(1));
    let folder = folder(&[("in/a.csv", inventory.as_bytes())]);
    let first = audit(folder.path(), "in", "in");
    assert_eq!(first.status, 1, "{}", first.err);
    let before = scan(folder.path(), "in");
    let matched = run_in(folder.path(), &["match", "in/a.csv", "--out", "in/m.csv", "--pairs", "in/p.csv"]);
    assert_eq!(matched.status, 0, "{}", matched.err);
    for more in [&[][..], &["--lang", "en"], &["--encoding", "gb18030"], &[]] {
        let ran = run_in(
            folder.path(),
            &[&["audit", "in", "--out", "in", "--as-of", "2026-11-22", "-v"], more].concat(),
        );
        assert_eq!(ran.status, 1, "{}", ran.err);
        assert_eq!(ran.err.matches("[ingest/own-output]").count(), 11, "{}", ran.err);
        let after = scan(folder.path(), "in");
        for part in ["inputs", "assets", "clusters"] {
            assert_eq!(before[part].as_array().map(Vec::len), after[part].as_array().map(Vec::len), "{part}");
        }
        assert_eq!(after["coverage"]["unread"], Value::Array(Vec::new()));
    }
    for name in ["in/ledger.xlsx", "in/report.docx", "in/report.html"] {
        let named = run_in(folder.path(), &["inspect", name]);
        assert!(named.status == 2 && named.out.contains("[ingest/own-output]"), "{}", named.err);
    }
}

#[test]
fn results_never_replace_an_inventory() {
    let inventory = format!("{HEADER}{}", row(1));
    let folder = folder(&[("in/findings.csv", inventory.as_bytes())]);
    for arguments in [
        &["audit", "in", "--out", "in"][..],
        &["match", "in/findings.csv", "--out", "in/findings.csv"],
        &["match", "in/findings.csv", "--out", "m.csv", "--pairs", "in/../in/findings.csv"],
        &["match", "in/findings.csv", "--out", "m.csv", "--pairs", "m.csv"],
    ] {
        let ran = run_in(folder.path(), arguments);
        assert_eq!(ran.status, 2, "{arguments:?}: {}", ran.err);
        assert_eq!(fs::read_dir(folder.path().join("in")).unwrap().count(), 1, "{arguments:?}");
        assert_eq!(fs::read_to_string(folder.path().join("in/findings.csv")).unwrap(), inventory);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn devices_are_refused_and_links_that_lead_back_are_not_followed() {
    let inventory = format!("{HEADER}{}", row(1));
    let folder = folder(&[("in/a 😀\n.csv", inventory.as_bytes())]);
    std::os::unix::fs::symlink(".", folder.path().join("in/loop")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("in/dead.csv")).unwrap();
    let ran = audit(folder.path(), "/dev/zero", "out");
    assert!(ran.status == 2 && ran.err.contains("不是文件"), "{}", ran.err);
    assert_eq!(audit(folder.path(), "in", "out").status, 1, "a finding, nothing unread");
    assert_eq!(list(&scan(folder.path(), "out"), "inputs").len(), 1);
}

#[test]
fn order_of_rows_and_name_of_the_folder_change_no_id_and_no_fingerprint() {
    let mut rows: Vec<String> = (0..40).map(|i| row(i % 17)).collect();
    let table = |rows: &[String]| format!("{HEADER}{}", rows.concat());
    let first = table(&rows);
    rows.reverse();
    rows.rotate_left(13);
    let folder = folder(&[
        ("a/t.csv", first.as_bytes()),
        ("another name/t.csv", first.as_bytes()),
        ("b/t.csv", table(&rows).as_bytes()),
    ]);
    for (path, out) in [("a", "1"), ("another name", "2"), ("b", "3")] {
        assert_eq!(audit(folder.path(), path, out).status, 1);
    }
    for entry in fs::read_dir(folder.path().join("1")).unwrap() {
        let name = entry.unwrap().file_name();
        let read = |out: &str| fs::read(folder.path().join(out).join(&name)).unwrap();
        assert!(read("1") == read("2"), "{name:?} depends on the folder's name");
    }
    let (one, three) = (scan(folder.path(), "1"), scan(folder.path(), "3"));
    let set = |scan: &Value, part: &str, key: &str| {
        list(scan, part).iter().map(|item| item[key].to_string()).collect::<BTreeSet<_>>()
    };
    for (part, key) in
        [("assets", "id"), ("findings", "fingerprint"), ("clusters", "members"), ("clusters", "id")]
    {
        assert!(!set(&one, part, key).is_empty(), "{part}");
        assert_eq!(set(&one, part, key), set(&three, part, key), "{part}.{key}");
    }
}

#[test]
fn personal_data_leave_in_no_output() {
    // Put together at run time, so that no source line holds a telephone number.
    let mobile = format!("1{}{}", "39".repeat(3), "8642");
    let (a, b, c) = (&mobile[..3], &mobile[3..7], &mobile[7..]);
    let wide: String = mobile.chars().filter_map(|d| char::from_u32(d as u32 + 0xFEE0)).collect();
    let forms = [
        mobile.clone(),
        format!("{a} {b} {c}"),
        format!("{a}-{b}-{c}"),
        format!("{a}－{b}－{c}"),
        format!("+86{mobile}"),
        format!("tel{mobile}"),
        wide,
        format!("99000019900307{}", "123x"),
        "010-0000-0000".to_owned(),
        "（0999）8123456".to_owned(),
        "zhaoqiansun@example.org".to_owned(),
    ];
    let name = ["赵", "钱孙"].concat();
    let mut text = format!("台账说明 {name} {mobile}\n");
    text.push_str(
        "应用名称,主办单位,行政区划,联系人,联系电话,负责人,填表人,值班手机,姓名,邮箱,功能描述,备注,其他\n",
    );
    for (i, form) in forms.iter().enumerate() {
        // A name in running prose is known by the number behind it only.
        let prose = if form.contains('@') { String::new() } else { format!("{name} {form}") };
        for title in [format!("智慧校园{i}"), String::new()] {
            let line = format!(
                "{title},甲市教育局,甲市,{name},{form},{name}{form},{name},{form},{name},{form},\
                 每日打卡签到，{form},联系人：{name}；{prose},自填{form}\n"
            );
            text.push_str(&line);
        }
    }
    let folder = folder(&[("a.csv", text.as_bytes())]);
    let audited = run_in(folder.path(), &["audit", "a.csv", "--out", "out", "-v", "--as-of", "2026-11-22"]);
    let inspected = run_in(folder.path(), &["inspect", "a.csv", "--format", "json"]);
    let mut outputs = vec![
        ("stdout".to_owned(), audited.out),
        ("stderr".to_owned(), audited.err),
        ("inspect".to_owned(), inspected.out),
    ];
    for entry in fs::read_dir(folder.path().join("out")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        outputs.push((
            name.clone(),
            match &*name {
                "ledger.xlsx" => cells(&path),
                "report.docx" => super::draft::Draft::read(&fs::read(path).unwrap()).text(),
                _ => fs::read_to_string(path).unwrap(),
            },
        ));
    }
    assert!(outputs.iter().any(|(_, text)| text.contains(&format!("{a}****{c}"))), "the rows are there");
    for (output, text) in outputs {
        for secret in forms.iter().chain([&name]) {
            let line = text.lines().find(|line| line.contains(secret.as_str()));
            assert_eq!(line, None, "{secret} in {output}");
        }
    }
}

/// Names and owners are shown everywhere and made into ids and stems, so people in them are hidden when they are read.
#[test]
fn people_in_names_and_owners_leave_in_no_output() {
    let mobile = format!("1{}{}", "39".repeat(3), "8642");
    let identity = format!("99000019900307{}", "123x");
    let (titled, labelled) = (["张", "建国"].concat(), ["王", "小明"].concat());
    let apps = format!(
        "填报单位：甲市民政局（联系人{labelled}）\n应用名称,主办单位,功能描述\n甲市咨询{mobile},甲市民政局,咨询\n\
         甲市登记{identity},,登记\n甲市联系,甲市民政局（联系人{labelled}{mobile}）,联系\n无,甲市教育局（联系人{labelled}）,\n"
    );
    let groups = format!(
        "群名称,所属单位,群主\n{titled}书记工作群{mobile},乙县委办公室,{titled}\n乙县{titled}副县长联系群,乙县人民政府（负责人{labelled}）,\n"
    );
    let folder = folder(&[("a.csv", apps.as_bytes()), ("b.csv", groups.as_bytes())]);
    let run = |arguments: &[&str]| run_in(folder.path(), arguments);
    let audited = run(&["audit", "a.csv", "b.csv", "--out", "out", "-v", "--as-of", "2026-11-22"]);
    let split = run(&["report", "--scan", "out/scan.json", "--split-by", "owner_unit", "--out", "parts"]);
    let inspected = run(&["inspect", "a.csv", "b.csv", "--format", "json"]);
    let mut outputs = vec![audited.out, audited.err, split.out, split.err, inspected.out];
    for entry in ["out", "parts"].iter().flat_map(|name| fs::read_dir(folder.path().join(name)).unwrap()) {
        let path = entry.unwrap().path();
        outputs.push(path.file_name().unwrap().to_string_lossy().into_owned());
        outputs.push(match path.extension().and_then(|e| e.to_str()) {
            Some("xlsx") => cells(&path),
            Some("docx") => super::draft::Draft::read(&fs::read(path).unwrap()).text(),
            _ => fs::read_to_string(path).unwrap(),
        });
    }
    assert!(outputs.iter().any(|text| text.contains("张某某书记工作群")), "the rows are there");
    for secret in [&mobile, &identity, &titled, &labelled] {
        let shown = outputs.iter().flat_map(|text| text.lines()).find(|line| line.contains(secret.as_str()));
        assert_eq!(shown, None, "{secret}");
    }
}

/// Every text of a workbook.
fn cells(path: &Path) -> String {
    use calamine::{Reader as _, Xlsx, open_workbook};
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheets = book.worksheets();
    let texts = sheets.iter().flat_map(|(_, range)| range.rows().flatten().map(ToString::to_string));
    texts.collect::<Vec<_>>().join("\n")
}
