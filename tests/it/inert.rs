//! Names that attack, in every field of an inventory: every output of every command is whole, says them as they are where
//! its format can, and does nothing.

use super::draft::Draft;
use super::support::{Ran, run_in};
use calamine::{Data, Reader as _, Xlsx};
use scraper::{Html, Node};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// What people and worse write into cells.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "=HYPERLINK(\"http://attack.example\",\"点我\")",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "＝1＋1",
        "'=1+1",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</td></tr></table><b>粗</b><!--",
        "]]>&amp;&#x26;<![CDATA[",
        "甲\u{202e}gpj.exe\u{202c}\u{2066}",
        "| 列 | `代码` [链接](javascript:alert(1)) **粗** |",
        "第一行\n=第二行\r\n第三行\t列",
        "\u{1b}[31m红\u{1b}[0m\u{7}",
        "_x000D_\u{feff}\u{200b}",
        "👨‍👩‍👧😀🏳️‍🌈",
        "{{name}} {count} %s ${x}",
        "../../甲/..\\乙:con",
        "&CR第&P页",
    ]
    .map(str::to_owned)
    .into();
    texts.extend(long());
    texts
}

/// As long as a cell can be, and longer.
fn long() -> [String; 2] {
    ["长".repeat(32_767), format!("={}", "甲1+".repeat(11_000))]
}

/// Headings of every table that a unit may send, so that each field gets the text.
const FIELDS: [&str; 16] = [
    "名称",
    "主办单位",
    "行政区划",
    "层级",
    "平台",
    "应用形态",
    "功能描述",
    "服务对象",
    "备案号",
    "运行状态",
    "访问地址",
    "整改措施",
    "完成时限",
    "处置意见",
    "备注",
    "另一列",
];

/// An inventory with each text in every field, and each in one field of a row that is otherwise usual.
fn inventory() -> Json {
    let usual = ["甲市校园通", "甲市教育局", "甲市", "市级", "微信公众号", "APP", "教师每日打卡签到"];
    let mut rows = Vec::new();
    for text in hostile() {
        // Comparing such texts with each other takes long; name, owner and description see them.
        let is_long = long().contains(&text);
        let row = FIELDS.iter().map(|field| ((*field).to_owned(), json!(text)));
        if !is_long {
            rows.push(Json::Object(row.collect()));
        }
        for field in (0..usual.len()).filter(|field| !is_long || [0, 1, 6].contains(field)) {
            let value = |at: usize| if at == field { text.clone() } else { usual[at].to_owned() };
            let row = (0..usual.len()).map(|at| (FIELDS[at].to_owned(), json!(value(at))));
            rows.push(Json::Object(row.collect()));
        }
    }
    Json::Array(rows)
}

/// Characters that move a cursor, hide text or turn it around.
fn is_unsafe(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn ran(folder: &Path, arguments: &[&str]) -> Ran {
    let ran = run_in(folder, arguments);
    assert!(ran.status < 2, "{arguments:?}: {}", ran.err);
    for text in [&ran.out, &ran.err] {
        let found = text.chars().find(|&c| is_unsafe(c));
        assert_eq!(found, None, "{arguments:?} prints it");
    }
    assert!(!ran.err.contains("内部故障"), "{}", ran.err);
    ran
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Checks a file as its format asks for, and gives its texts.
fn checked(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    match path.extension().and_then(|e| e.to_str()).unwrap() {
        "xlsx" => workbook(path, bytes),
        "docx" => {
            let text = Draft::read(&bytes).text();
            assert!(!text.chars().any(is_unsafe), "{}", path.display());
            text
        }
        "html" => page(&String::from_utf8(bytes).unwrap()),
        "csv" => table(path, &bytes),
        "md" => markdown(path, String::from_utf8(bytes).unwrap()),
        _ => {
            let text = String::from_utf8(bytes).unwrap();
            assert!(serde_json::from_str::<Json>(&text).is_ok(), "{}", path.display());
            text
        }
    }
}

/// Whether a link leads to a row of a sheet that is called as we call ours, and says nothing else but what its cell says.
fn is_within(link: &str) -> bool {
    let keys: Vec<&str> = link.split('"').step_by(2).map(str::trim).filter(|key| !key.is_empty()).collect();
    let location = link.split('"').nth(3).and_then(|place| place.strip_prefix('\''));
    let place = location.and_then(|place| place.split_once("'!A"));
    // What is shown is the cell's own text where `display` is left out.
    (keys == ["ref=", "location=", "display="] || keys == ["ref=", "location="])
        && place.is_some_and(|(sheet, row)| {
            ["处置台账", "问题清单", "重复清单", "跨部门同质"].contains(&sheet) && row.parse::<u32>().is_ok()
        })
}

/// No formula but sums of ours, no link but to our own rows, no part that the reader chokes on.
fn workbook(path: &Path, bytes: Vec<u8>) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    for index in 0..zip.len() {
        let part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        assert!(!name.contains("externalLink") && !name.contains("vba"), "{name}");
        let text = std::io::read_to_string(part).unwrap();
        let rows: Vec<u32> = (text.split("<row r=\"").skip(1))
            .map(|row| row.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert!(rows.is_sorted_by(|a, b| a < b), "{} {name}: a row is written twice", path.display());
        assert!(
            !text.contains("TargetMode=") && !text.contains("/hyperlink\""),
            "{name}: leads out of the file"
        );
        for link in text.split("<hyperlink ").skip(1) {
            let link = link.split_once("/>").unwrap().0;
            assert!(is_within(link), "{} {name}: {link}", path.display());
        }
    }
    drop(zip);
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut texts = Vec::new();
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        let strange = formulas.cells().find(|(_, _, f)| !f.is_empty() && !f.starts_with("SUM("));
        assert_eq!(strange, None, "{} {sheet}", path.display());
        let range = book.worksheet_range(&sheet).unwrap();
        texts.extend(range.rows().flatten().map(Data::to_string));
    }
    texts.join("\n")
}

/// Only elements and attributes that a report has without any names in it.
fn page(text: &str) -> String {
    let html = Html::parse_document(text);
    let mut out = Vec::new();
    let mut scripts = 0;
    for node in html.tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                scripts += usize::from(element.name() == "script");
                let fine = !matches!(element.name(), "img" | "iframe" | "object" | "embed" | "base" | "b");
                assert!(fine, "<{}>", element.name());
                for (name, value) in element.attrs() {
                    assert!(!name.starts_with("on"), "{name}={value}");
                    assert!(!value.trim_start().starts_with("javascript:"), "{name}={value}");
                    assert!(
                        !matches!(name, "src" | "href")
                            || value.starts_with('#')
                            || value.starts_with("data:"),
                        "{name}={value}"
                    );
                }
            }
            Node::Text(text) => out.push(text.to_string()),
            Node::Comment(comment) => assert!(!comment.contains("alert"), "{comment:?}"),
            _ => {}
        }
    }
    assert!((1..=2).contains(&scripts), "{scripts} scripts");
    out.join("\n")
}

/// No cell that a spreadsheet would run.
fn table(path: &Path, bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let mut texts = Vec::new();
    for record in reader.records() {
        for cell in &record.unwrap() {
            let is_number = cell.parse::<f64>().is_ok();
            let runs = cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']);
            assert!(is_number || !runs, "{}: {:.60}", path.display(), cell);
            texts.push(cell.to_owned());
        }
    }
    texts.join("\n")
}

/// No markup, and no name that breaks out of its cell.
fn markdown(path: &Path, text: String) -> String {
    assert!(
        !text.contains('<') && !text.contains("](") && !text.chars().any(is_unsafe),
        "{}",
        path.display()
    );
    let mut bars = 0;
    for line in text.lines() {
        let count = line.replace("\\|", "").matches('|').count();
        assert!(count == 0 || bars == 0 || count == bars, "{line:.80}");
        bars = count;
    }
    text
}

#[test]
fn hostile_names_leave_every_output_whole_and_inert() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("in")).unwrap();
    fs::write(folder.join("in/台账.json"), serde_json::to_vec(&inventory()).unwrap()).unwrap();
    ran(folder, &["audit", "in", "--out", "out", "--as-of", "2026-11-22"]);
    ran(folder, &["inspect", "in"]);
    ran(folder, &["plan", "--scan", "out/scan.json"]);
    let from = ["report", "--scan", "out/scan.json"];
    let report = |more: &[&str]| ran(folder, &[&from[..], more].concat());
    report(&["--out", "tables", "--table", "all", "--format", "xlsx,docx,md,csv"]);
    report(&["--out", "units", "--split-by", "owner_unit"]);
    report(&["--out", "codes", "--anonymise"]);
    fs::write(folder.join("form.xlsx"), form()).unwrap();
    report(&["--out", "filled", "--fill", "form.xlsx"]);
    for out in ["out", "tables", "units", "codes", "filled"] {
        let all = files(&folder.join(out));
        let unique: BTreeSet<String> = all.iter().map(|path| name(path).to_lowercase()).collect();
        assert_eq!(unique.len(), all.len());
        for path in all {
            let text = checked(&path);
            let wants = matches!(&*name(&path), "ledger.xlsx" | "report.html" | "assets.csv" | "form.xlsx")
                && out != "codes";
            for word in ["onerror=alert(1)", "gpj.exe", "👨‍👩‍👧", "cmd|", "第二行"] {
                assert!(!wants || text.contains(word), "{}: {word} is lost", path.display());
            }
        }
    }
    names_are_intact(folder);
}

/// A superior's form with what people call items.
fn form() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(["序号", "名称", "主办单位", "处置意见"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// The ledger and the form say every name as the scan has it, up to what a cell can hold.
fn names_are_intact(folder: &Path) {
    let scan: Json = serde_json::from_slice(&fs::read(folder.join("out/scan.json")).unwrap()).unwrap();
    let names: Vec<&str> =
        scan["assets"].as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap()).collect();
    assert!(names.len() > 60, "{}", names.len());
    let mut book = Xlsx::new(Cursor::new(fs::read(folder.join("out/ledger.xlsx")).unwrap())).unwrap();
    let range = book.worksheet_range("处置台账").unwrap();
    for (row, name) in range.rows().skip(1).zip(&names) {
        let shown = row[1].to_string();
        let cut: String = name.chars().take(32_766).collect();
        assert!(shown == *name || shown == cut + "…", "{shown:.40} for {name:.40}");
    }
    let mut form = Xlsx::new(Cursor::new(fs::read(folder.join("filled/form.xlsx")).unwrap())).unwrap();
    let range = form.worksheet_range_at(0).unwrap().unwrap();
    let shown: BTreeSet<String> = range.rows().skip(1).map(|row| row[1].to_string()).collect();
    assert!(
        shown.iter().any(|name| name.starts_with("=HYPERLINK")),
        "text that looks like a formula is text"
    );
}
