//! The reduction tables, each by itself: their totals are the figures of the scan, and every format says the same.

use super::draft::Draft;
use super::support::{run, run_in};
use super::views::document;
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::scan::document::{EarlierScan, Expected, Finding, Recurrence, ScanDocument};
use zhijian::views::report::{
    Cell, Options, REDUCTION_TABLES, ReportView, TABLE_FORMATS, Table, reduction, write_table,
};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/scan.json")
}

fn read(path: &Path) -> ScanDocument {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// A scan with a roster of three units.
fn with_roster() -> ScanDocument {
    let mut document = read(&samples());
    for (unit, status, records) in
        [("甲市教育局", "reported", 4), ("甲市档案馆", "not-reported", 0), ("甲市气象局", "zero", 0)]
    {
        let files = if records > 0 { vec!["a.csv".to_owned()] } else { Vec::new() };
        let expected = Expected { unit: unit.into(), status: status.into(), files, records };
        document.coverage.roster.push(expected);
    }
    document
}

fn at<'t>(table: &Table<'_>, row: &'t [Cell<'_>], key: &str) -> &'t Cell<'t> {
    &row[table.column(key).unwrap_or_else(|| panic!("{} has no {key}", table.id))]
}

fn count(cell: &Cell<'_>) -> u64 {
    if let Cell::Count(n) = cell { *n } else { panic!("{cell:?} is no count") }
}

#[test]
fn rows_add_up_to_totals_and_totals_are_figures() {
    for document in [document(), with_roster()] {
        let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
        let figure = |id: &str| document.figures.iter().find(|f| f.id == id).unwrap().value as u64;
        for (name, kind) in
            [("by-kind", "all"), ("by-region", "all"), ("by-unit", "all"), ("groups", "group")]
        {
            let table = reduction(&view, name).unwrap().table;
            let total = table.total.as_ref().unwrap();
            for key in
                ["live", "keep", "keep-fix", "refer", "merge", "migrate", "close", "dissolve", "after", "net"]
            {
                let sum: u64 = table.rows.iter().map(|row| count(at(&table, row, key))).sum();
                assert_eq!(sum, count(at(&table, total, key)), "{name} {key}");
                assert_eq!(sum, figure(&format!("assets.{kind}.{key}")), "{name} {key}");
            }
        }
        let overall = reduction(&view, "overall").unwrap().table;
        assert_eq!((overall.rows.len(), overall.total.is_none()), (1, true));
        for key in ["listed", "closed", "repeated", "live", "after", "net"] {
            let figure = document.figures.iter().find(|f| f.id == format!("assets.all.{key}"));
            let wanted = figure.map_or(Cell::Empty, |f| Cell::Count(f.value as u64));
            assert_eq!(*at(&overall, &overall.rows[0], key), wanted, "{key}");
        }
        let whole = document.figures.iter().find(|f| f.id == "assets.all.reduction-rate").unwrap();
        let Cell::Rate(rate) = at(&overall, &overall.rows[0], "reduction") else { panic!("no rate") };
        assert_eq!((Some(rate.numerator), Some(rate.denominator)), (whole.numerator, whole.denominator));
    }
}

#[test]
fn every_rate_has_its_fraction_and_a_formula_that_gives_it() {
    let document = with_roster();
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let mut rates = 0;
    for name in REDUCTION_TABLES {
        let reduction = reduction(&view, name).unwrap();
        assert!(!reduction.notes.is_empty(), "{name}: how its rates are worked out");
        for row in reduction.table.rows.iter().chain(&reduction.table.total) {
            for cell in row {
                let Cell::Rate(rate) = cell else { continue };
                rates += 1;
                assert!((rate.value - rate.numerator as f64 / rate.denominator as f64).abs() < 1e-12);
                let formula = at(&reduction.table, row, "formula").plain().into_owned();
                let (parts, whole) = formula.rsplit_once(" / ").unwrap();
                assert_eq!(whole, rate.denominator.to_string(), "{formula}");
                let parts = parts.trim_matches(['(', ')']);
                let numerator = match (parts.split_once(" - "), parts.split_once(" + ")) {
                    (Some((a, b)), _) => a.parse::<u64>().unwrap() - b.parse::<u64>().unwrap(),
                    (_, Some((a, b))) => a.parse::<u64>().unwrap() + b.parse::<u64>().unwrap(),
                    _ => panic!("{formula}"),
                };
                assert_eq!(numerator, rate.numerator, "{formula}");
            }
        }
    }
    assert!(rates > 20, "{rates}");
}

#[test]
fn what_cannot_be_known_is_said_and_not_claimed() {
    let document = document();
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let rebound = reduction(&view, "rebound").unwrap();
    assert!(rebound.table.rows.is_empty() && rebound.notes[0].contains("没有与以往的扫描比较"));
    let silent = reduction(&view, "not-reported").unwrap();
    assert!(silent.table.rows.is_empty() && silent.notes[0].contains("--roster"));
    let listed = with_roster();
    let view = ReportView::new(&listed, Catalogue::of(Lang::Zh));
    let table = reduction(&view, "not-reported").unwrap().table;
    assert_eq!(at(&table, &table.rows[0], "unit").plain(), "甲市档案馆", "who sent nothing comes first");
    assert_eq!(at(&table, table.total.as_ref().unwrap(), "reported").plain(), "66.7% (2/3)");
    assert!(reduction(&view, "nothing").is_none());
}

#[test]
fn compulsory_features_count_items_once() {
    let document = read(&samples());
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let table = reduction(&view, "forced-features").unwrap().table;
    let total = table.total.as_ref().unwrap();
    for row in table.rows.iter().chain([total]) {
        let parts = ["keep-fix", "stopped", "refer", "undecided"].map(|key| count(at(&table, row, key)));
        assert_eq!(parts.iter().sum::<u64>(), count(at(&table, row, "items")), "{row:?}");
    }
    let sum: u64 = table.rows.iter().map(|row| count(at(&table, row, "findings"))).sum();
    assert_eq!(sum, count(at(&table, total, "findings")));
    let rows: u64 = table.rows.iter().map(|row| count(at(&table, row, "items"))).sum();
    assert!(count(at(&table, total, "items")) <= rows && rows > 0);
}

/// What a cell looks like where numbers are text.
fn plain(cell: &Cell<'_>) -> String {
    cell.plain().into_owned()
}

#[test]
fn every_format_has_every_cell() {
    for (lang, document) in [(Lang::Zh, with_roster()), (Lang::En, document())] {
        let view = ReportView::new(&document, Catalogue::of(lang));
        let dir = tempfile::tempdir().unwrap();
        for name in REDUCTION_TABLES {
            let paths = write_table(dir.path(), &view, name, &TABLE_FORMATS, Options::default()).unwrap();
            assert_eq!(paths.len(), TABLE_FORMATS.len());
            let reduction = reduction(&view, name).unwrap();
            let table = &reduction.table;
            let rows: Vec<&Vec<Cell<'_>>> = table.rows.iter().chain(&table.total).collect();
            let file = |format: &str| dir.path().join(format!("{name}.{format}"));

            let mut book: Xlsx<_> = open_workbook(file("xlsx")).unwrap();
            let range = book.worksheets().remove(0).1;
            let found: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
            for (row, found) in rows.iter().zip(&found[3..]) {
                for (cell, found) in row.iter().zip(found) {
                    match cell {
                        Cell::Count(n) => assert_eq!(*found, Data::Float(*n as f64), "{name}"),
                        cell => {
                            let shown: String = plain(cell).chars().take(32_767).collect();
                            let text = found.to_string();
                            assert!(text == shown || text.chars().count() == 32_767, "{name}: {text}");
                        }
                    }
                }
            }
            let formulas = book.worksheet_formula(&book.sheet_names()[0].clone()).unwrap();
            let formulas: Vec<String> =
                formulas.cells().map(|(_, _, f)| f.clone()).filter(|f| !f.is_empty()).collect();
            assert!(formulas.iter().all(|f| f.starts_with("SUM(")), "{formulas:?}");
            let has_sums =
                matches!(name, "by-kind" | "by-region" | "by-unit" | "groups") && !table.rows.is_empty();
            assert!(!has_sums || formulas.len() >= 10, "{name}: {formulas:?}");

            let docx = Draft::read(&std::fs::read(file("docx")).unwrap());
            let md = std::fs::read_to_string(file("md")).unwrap();
            for text in [docx.text(), md] {
                for cell in rows.iter().copied().flatten().filter(|cell| cell.is_number()) {
                    assert!(text.contains(&plain(cell)), "{name}: {cell:?}");
                }
                assert!(!text.contains(['\u{202e}', '\u{7}']) && !text.contains("<script"), "{name}");
            }
            let bytes = std::fs::read(file("csv")).unwrap();
            let mut csv = csv::Reader::from_reader(&bytes[3..]);
            let records: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
            assert_eq!(records.len(), rows.len(), "{name}");
            for (record, row) in records.iter().zip(&rows) {
                let numbers = row.iter().filter_map(|cell| match cell {
                    Cell::Rate(rate) => Some(format!("{:.4}", rate.value)),
                    cell => cell.is_number().then(|| plain(cell)),
                });
                for number in numbers {
                    assert!(record.iter().any(|field| *field == number), "{name}: {number} in {record:?}");
                }
            }
        }
    }
}

#[test]
fn tables_and_formats_are_chosen_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let scan = samples();
    let report = |arguments: &[&str]| {
        let all = [&["report", "--scan", scan.to_str().unwrap(), "--out", "out"], arguments].concat();
        run_in(folder.path(), &all)
    };
    let ran = report(&["--table", "overall,by-unit", "--format", "md,csv"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let files = |ran: &super::support::Ran| ran.out.lines().map(|l| l.replace('\\', "/")).collect::<Vec<_>>();
    assert_eq!(files(&ran), ["out/overall.md", "out/overall.csv", "out/by-unit.md", "out/by-unit.csv"]);
    assert_eq!(report(&["--table", "all"]).out.lines().count(), REDUCTION_TABLES.len());
    assert_eq!(files(&report(&["--format", "docx,md"])), ["out/report.docx", "out/summary.md"]);
    assert_eq!(report(&["--format", "csv"]).out.lines().count(), 6);
    let refused = report(&["--table", "overall", "--format", "html"]);
    assert!(refused.status == 2 && refused.err.contains("xlsx、docx、md、csv"), "{}", refused.err);
    assert_eq!(run(&["report", "--table", "nothing"]).status, 2);
    // Nothing of it is an inventory where it lies among them.
    let mut told = BTreeMap::new();
    for name in ["overall.csv", "by-unit.xlsx", "overall.xlsx", "report.docx"] {
        let ran = run_in(folder.path(), &["inspect", &format!("out/{name}")]);
        told.insert(name, ran.out.contains("[ingest/own-output]"));
    }
    assert!(told.values().all(|told| *told), "{told:?}");
}

#[test]
fn an_item_that_came_back_is_one_row_whatever_came_back_about_it() {
    let mut document = read(&samples());
    document.parameters.earlier = Some(EarlierScan { as_of: "2026-10-01".into(), blake3: String::new() });
    let ids: Vec<String> = document.assets.iter().take(2).map(|asset| asset.id.clone()).collect();
    let model = document.findings[0].clone();
    for (class, asset, reason) in [
        ("relapsed", &ids[0], "打卡又出现"),
        ("relapsed", &ids[0], "排名又出现"),
        ("revived", &ids[1], "又在使用"),
    ] {
        let recurrence = Recurrence {
            class: class.into(),
            closed: "2026-10-01".into(),
            was: asset.clone(),
            name: String::new(),
            scan: "2026-10-01".into(),
            by: String::new(),
            rule: String::new(),
        };
        let mut finding = Finding {
            asset: Some(asset.clone()),
            recurrence: Some(recurrence),
            status: "open".into(),
            ..model.clone()
        };
        finding.evidence.reason = reason.into();
        document.findings.push(finding);
    }
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let rebound = reduction(&view, "rebound").unwrap();
    let cells =
        |row: usize, key: &str| at(&rebound.table, &rebound.table.rows[row], key).plain().into_owned();
    assert_eq!(rebound.table.rows.len(), 2);
    assert_eq!(
        (cells(0, "earlier"), cells(0, "now")),
        ("2026-10-01 问题已消除".into(), "打卡又出现；排名又出现".into())
    );
    assert_eq!(cells(1, "earlier"), "2026-10-01 已关停");
    assert!(
        rebound.notes[0].contains("反弹回潮 2 项") && rebound.notes[0].contains("1 项（2 个问题）"),
        "{:?}",
        rebound.notes
    );
}
