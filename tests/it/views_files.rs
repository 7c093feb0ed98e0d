//! The files of a report, read back: every number is that of the view, and hostile text is inert.

use super::views::document;
use calamine::{Data, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::scan::document::ScanDocument;
use zhijian::views::report::{
    Cell, Encoding, Listing, Options, ReportView, Table, WRITERS, write::defuse, write_all,
};

fn zh() -> &'static Catalogue {
    Catalogue::of(Lang::Zh)
}

/// Every file by name.
fn written(document: &ScanDocument, lang: Lang, options: Options) -> BTreeMap<String, Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("new/folder");
    let paths = write_all(&out, document, Catalogue::of(lang), options).unwrap();
    assert_eq!(paths.len(), WRITERS.len());
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), WRITERS.len(), "no temporary file is left");
    paths
        .iter()
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(p).unwrap()))
        .collect()
}

/// The CSV files among them.
fn csv_files(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    files.iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|e| e == "csv"))
}

fn csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn equal_scans_give_equal_bytes() {
    let document = document();
    let first = [Lang::Zh, Lang::En].map(|lang| written(&document, lang, Options::default()));
    // A workbook that carried the time of day would differ by now: ZIP stamps count two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    let second = [Lang::Zh, Lang::En].map(|lang| written(&document, lang, Options::default()));
    assert_eq!(first, second);
}

#[test]
fn the_stored_scan_reads_back_equal_and_has_one_asset_a_line() {
    let document = document();
    let files = written(&document, Lang::Zh, Options::default());
    let text = std::str::from_utf8(&files["scan.json"]).unwrap();
    assert_eq!(serde_json::from_str::<ScanDocument>(text).unwrap(), document);
    let assets =
        text.lines().filter(|l| l.trim_start().starts_with("{\"id\": \"") && l.contains("owner_unit"));
    assert_eq!(assets.count(), document.assets.len());
}

#[test]
fn csv_files_have_every_record_with_inert_cells() {
    let document = document();
    let files = written(&document, Lang::Zh, Options::default());
    let assets = csv(&files["assets.csv"]);
    assert_eq!(assets[0][..4], ["id", "kind", "listed_as", "name"]);
    assert_eq!(assets.len(), document.assets.len() + 1);
    for (row, asset) in assets[1..].iter().zip(&document.assets) {
        assert_eq!(row[0], asset.id);
        assert_eq!(row[3], defuse(&asset.name));
        assert_eq!(row[18], asset.source.row.to_string());
    }
    let users = assets[0].iter().position(|h| h == "user_count").unwrap();
    assert_eq!(assets[1][users], "2000");
    assert_eq!(csv(&files["pairs.csv"]).len(), document.pairs.len() + 1);
    let pairs = csv(&files["pairs.csv"]);
    for (row, pair) in pairs[1..].iter().zip(&document.pairs) {
        assert_eq!(row[4].parse::<f64>().unwrap().to_bits(), pair.weight.to_bits());
    }
    let members: usize = document.clusters.iter().map(|c| c.members.len()).sum();
    assert_eq!(csv(&files["clusters.csv"]).len(), members + 1);
    let findings = csv(&files["findings.csv"]);
    for (row, finding) in findings[1..].iter().zip(&document.findings) {
        assert_eq!((row[0].as_str(), row[1].as_str()), (finding.fingerprint.as_str(), finding.rule.as_str()));
        assert_eq!(row[15], defuse(&finding.evidence.words));
    }
    let plan = csv(&files["plan.csv"]);
    for (row, action) in plan[1..].iter().zip(&document.plan.actions) {
        assert_eq!((row[0].as_str(), row[3].as_str()), (action.asset.as_str(), action.action.as_str()));
    }
    assert_eq!(csv(&files["rejected.csv"]).len(), document.rejected.len() + 1);
    for (name, bytes) in csv_files(&files) {
        for row in csv(bytes) {
            for cell in row {
                let number = cell.parse::<f64>().is_ok();
                assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t']), "{name}: {cell}");
            }
        }
    }
}

#[test]
fn csv_files_come_in_gb18030_too() {
    let document = document();
    let utf8 = written(&document, Lang::Zh, Options::default());
    let gb = written(&document, Lang::Zh, Options { encoding: Encoding::Gb18030, scratch: None });
    for (name, bytes) in csv_files(&gb) {
        let (text, faults) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
        assert!(!faults);
        assert_eq!(text, std::str::from_utf8(&utf8[name]).unwrap().trim_start_matches('\u{feff}'), "{name}");
    }
    assert_eq!(gb["scan.json"], utf8["scan.json"]);
}

/// All rows of a sheet from its very first cell.
fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(name).unwrap();
    let (rows, columns) = range.end().unwrap();
    (0..=rows)
        .map(|r| (0..=columns).map(|c| range.get_value((r, c)).cloned().unwrap_or(Data::Empty)).collect())
        .collect()
}

/// What a workbook may show of a text: it cannot hold more than 32,767 characters.
fn shown(text: &str) -> String {
    if text.encode_utf16().count() <= 32_767 {
        return text.to_owned();
    }
    text.chars().take(32_766).collect::<String>() + "…"
}

fn same(cell: &Cell<'_>, found: &Data) -> bool {
    match (cell, found) {
        (Cell::Empty, Data::Empty) => true,
        (Cell::Empty, Data::String(s)) => s.is_empty(),
        (Cell::Text(text), Data::String(s)) => *s == shown(text),
        (Cell::Count(n), Data::Float(f)) => f.to_bits() == (*n as f64).to_bits(),
        (Cell::Number(n), Data::Float(f)) => n.to_bits() == f.to_bits(),
        (Cell::Rate(_), Data::String(s)) => *s == cell.plain(),
        _ => false,
    }
}

fn same_listing(book: &mut Xlsx<Cursor<Vec<u8>>>, listing: &Listing<'_>) {
    let rows = sheet(book, &listing.title);
    assert_eq!(rows.len(), listing.len + 1, "{}", listing.id);
    for (found, row) in rows[1..].iter().zip(listing.rows()) {
        assert_eq!(row.len(), listing.columns.len());
        for (found, cell) in found.iter().zip(&row) {
            assert!(same(cell, found), "{}: {found:?} for {cell:?}", listing.id);
        }
    }
}

/// Every row of a table stands in the sheet, under its heading and in order. Cells that are merged
/// over several columns leave empty ones behind.
fn same_table(rows: &[Vec<Data>], table: &Table<'_>, below: usize) {
    let at = rows.iter().position(|r| r[0] == Data::String(table.title.clone())).expect(table.id);
    for (i, row) in table.rows.iter().chain(&table.total).enumerate() {
        let found: Vec<&Data> = rows[at + below + i]
            .iter()
            .filter(|d| **d != Data::Empty && **d != Data::String(String::new()))
            .collect();
        let wanted: Vec<&Cell<'_>> = row.iter().filter(|c| **c != Cell::Empty).collect();
        assert_eq!(found.len(), wanted.len(), "{} row {i}: {found:?}", table.id);
        for (found, cell) in found.iter().zip(wanted) {
            assert!(same(cell, found), "{}: {found:?} for {cell:?}", table.id);
        }
    }
}

/// Every formula is a sum, and what the file says it gives is what its cells add up to. Gives how many there are.
fn check_sums(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> usize {
    let rows = sheet(book, name);
    let formulas = book.worksheet_formula(name).unwrap();
    let (top, left) = formulas.start().unwrap_or_default();
    let found = formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty());
    let found: Vec<_> = found.collect();
    for &(row, column, formula) in &found {
        let range = formula.strip_prefix("SUM(").and_then(|rest| rest.strip_suffix(')')).expect(formula);
        let (first, last) = range.split_once(':').unwrap();
        let [first, last] = [first, last].map(|cell| cell.trim_start_matches(|c: char| c.is_alphabetic()));
        let [first, last]: [usize; 2] = [first, last].map(|row| row.parse().unwrap());
        let (row, column) = (row + top as usize, column + left as usize);
        assert_eq!(last, row, "{name}: the sum ends above itself");
        let value = |data: &Data| if let Data::Float(f) = data { *f } else { 0.0 };
        let sum: f64 = rows[first - 1..last].iter().map(|cells| value(&cells[column])).sum();
        assert_eq!(value(&rows[row][column]).to_bits(), sum.to_bits(), "{name}: {formula}");
    }
    found.len()
}

/// The text of a part of a workbook.
fn xml(bytes: &[u8], part: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name(part).unwrap()).unwrap()
}

#[test]
fn the_scan_is_written_in_the_lines_that_are_read_fastest() {
    let document = document();
    let bytes = written(&document, Lang::Zh, Options::default()).remove("scan.json").unwrap();
    let text = String::from_utf8(bytes).unwrap();
    for list in ["\n \"assets\": [\n", "\n \"pairs\": [\n", "\n \"findings\": [\n", "\n  \"actions\": [\n"] {
        assert!(text.contains(list), "{list}");
    }
    assert!(ScanDocument::read_lines(&mut text.as_bytes()).unwrap().as_ref() == Some(&document));
    // One entry that is none, and the lines are left to whoever says what is wrong.
    let broken = text.replacen("\n \"pairs\": [\n", "\n \"pairs\": [\n  {},\n", 1);
    assert!(ScanDocument::read_lines(&mut broken.as_bytes()).unwrap().is_none());
}

#[test]
fn formulas_are_in_the_language_of_the_report() {
    let document: ScanDocument = serde_json::from_str(include_str!("../../reports/scan.json")).unwrap();
    let view = ReportView::new(&document, zh());
    let id = view.figures.column("figure-id").unwrap();
    let formula = view.figures.column("formula").unwrap();
    for row in &view.figures.rows {
        let text = row[formula].plain();
        assert!(!text.contains(|c: char| c.is_ascii_lowercase()), "{}: {text}", row[id].plain());
    }
    let said = |wanted: &str| {
        let row = view.figures.rows.iter().find(|row| row[id].plain() == wanted).unwrap();
        row[formula].plain().into_owned()
    };
    assert_eq!(said("assets.app.merge"), "处置意见为“整合”的条目数");
    assert_eq!(said("assets.app.reduction-rate"), "(清理前现存 − 清理后) ÷ 清理前现存");
}

#[test]
fn links_lead_to_rows_about_the_same_item() {
    let document = document();
    let view = ReportView::new(&document, zh());
    let bytes = written(&document, Lang::Zh, Options::default()).remove("ledger.xlsx").unwrap();
    let listings = [&view.ledger, &view.problems, &view.duplicates, &view.cross_unit];
    let mut ways = std::collections::BTreeSet::new();
    for (number, from) in (3..).zip(listings) {
        let text = xml(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        for found in text.split("<hyperlink ref=\"").skip(1) {
            // `H5" location="'问题清单'!A7"…`
            let mut parts = found.split('"');
            let (cell, location) = (parts.next().unwrap(), parts.nth(1).unwrap());
            let (title, target) = location.split_once('!').unwrap();
            let row = |cell: &str| {
                cell.trim_start_matches(|c: char| c.is_alphabetic()).parse::<usize>().unwrap() - 2
            };
            let title = title.replace("&apos;", "'");
            let mut sheets = listings.iter().filter(|listing| title.trim_matches('\'') == listing.title);
            let to = sheets.next().expect("a sheet of the book");
            let here = (from.items)(row(cell));
            let there: Vec<u32> = (to.items)(row(target)).into_iter().flatten().collect();
            assert!(here.iter().flatten().any(|item| there.contains(item)), "{} → {}", from.id, to.id);
            // Of a pair, the left name leads to the left item and the right name to the right one.
            if to.id == "ledger" && from.id == "duplicates" {
                let side = usize::from(!cell.starts_with('C'));
                assert_eq!(here[side], Some(there[0]));
            }
            ways.insert((from.id, to.id));
        }
    }
    let wanted = [
        ("cross-unit", "ledger"),
        ("duplicates", "ledger"),
        ("ledger", "duplicates"),
        ("ledger", "problems"),
        ("problems", "ledger"),
    ];
    assert!(wanted.iter().all(|way| ways.contains(way)), "{ways:?}");
}

#[test]
fn the_workbook_says_what_the_view_says() {
    let document = document();
    for lang in [Lang::Zh, Lang::En] {
        let view = ReportView::new(&document, Catalogue::of(lang));
        let bytes = written(&document, lang, Options::default()).remove("ledger.xlsx").unwrap();
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        if lang == Lang::Zh {
            let names = [
                "说明",
                "总体情况",
                "处置台账",
                "问题清单",
                "重复清单",
                "跨部门同质",
                "分单位统计",
                "分层级统计",
                "分平台统计",
                "压减统计",
                "基层负担",
                "台账数据问题",
                "未能机检事项",
            ];
            assert_eq!(book.sheet_names(), names);
        }
        for listing in [
            &view.ledger,
            &view.problems,
            &view.duplicates,
            &view.cross_unit,
            &view.parts,
            &view.loads,
            &view.data_problems,
            &view.not_checked,
        ] {
            same_listing(&mut book, listing);
        }
        let overall = sheet(&mut book, &view.names.text("report.sheet.overall"));
        for table in [&view.headline, &view.rules, &view.relations, &view.reading] {
            same_table(&overall, table, 2);
        }
        for table in [&view.by_level, &view.by_unit, &view.by_platform] {
            // Below the title stands the day.
            same_table(&sheet(&mut book, &table.title), table, 3);
        }
        let about = sheet(&mut book, &view.names.text("report.sheet.about"));
        same_table(&about, &view.inputs, 2);
        same_table(&about, &view.figures, 2);
        for sentence in view.summary.iter().chain([&view.provenance]) {
            assert!(about.iter().any(|r| r[0] == Data::String(sentence.clone())), "{sentence}");
        }
        let mut sums = 0;
        for name in book.sheet_names() {
            sums += check_sums(&mut book, &name);
        }
        assert!(sums > 20, "{sums} totals are formulas");
    }
}

#[test]
fn the_summary_has_every_figure_of_its_tables_and_no_markup_of_names() {
    let document = document();
    let view = ReportView::new(&document, zh());
    let bytes = written(&document, Lang::Zh, Options::default()).remove("summary.md").unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<Vec<String>> = text
        .lines()
        .filter(|l| l.starts_with("| "))
        .map(|l| l.trim_matches('|').split(" | ").map(|c| c.trim().to_owned()).collect())
        .collect();
    for table in [&view.headline, &view.by_level, &view.by_platform, &view.reading, &view.relations] {
        for row in table.rows.iter().chain(&table.total) {
            let numbers = |c: &Cell<'_>| c.is_number().then(|| c.plain().into_owned());
            let wanted: Vec<Option<String>> = row.iter().map(numbers).collect();
            let fits = |line: &&Vec<String>| {
                line.len() == wanted.len()
                    && line.iter().zip(&wanted).all(|(l, w)| w.as_ref().is_none_or(|w| l == w))
            };
            assert!(lines.iter().any(|l| fits(&l)), "{}: {row:?}", table.id);
        }
    }
    assert!(text.contains("未读文件 1 个"));
    assert!(!text.contains("<script") && !text.contains("<b>"));
    assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{7}']));
    assert!(text.lines().all(|l| l.chars().count() < 3000), "a long name is cut");
    // Every line of a table has as many bars as its heading: no name broke out of its cell.
    let mut bars = 0;
    for line in text.lines() {
        let n = line.replace("\\|", "").matches('|').count();
        assert!(n == 0 || bars == 0 || n == bars, "{line}");
        bars = n;
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_with_its_path() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let error = write_all(&file.join("sub"), &document(), zh(), Options::default()).unwrap_err();
    assert!(error.to_string().contains("sub"), "{error}");
}
