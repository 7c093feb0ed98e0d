//! The views of a scan: the figures agree everywhere, and the text fits its screen.

use super::generated::scan_schema;
use insta::assert_snapshot;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::scan::document::ScanDocument;
use zhijian::views::report::{Cell, ReportView, Table};
use zhijian::views::terminal::{self, Screen};
use zhijian::views::{explain, inspect, width};

const FIXTURE: &str = include_str!("../fixtures/views/scan.json");

/// The fixture: every kind, relation, severity and action, and names that attack.
pub(crate) fn document() -> ScanDocument {
    let mut document: ScanDocument = serde_json::from_str(FIXTURE).unwrap();
    // Longer than a workbook cell can hold; written out, it would drown the fixture.
    let long = document.assets.iter_mut().find(|a| a.id == "x:account:long").unwrap();
    long.name = "长".repeat(33_000);
    document
}

/// The same scan with nothing in it but its figures.
pub(crate) fn emptied() -> ScanDocument {
    let mut document = document();
    document.assets.clear();
    document.pairs.clear();
    document.clusters.clear();
    document.findings.clear();
    document.plan.actions.clear();
    document
}

fn zh() -> &'static Catalogue {
    Catalogue::of(Lang::Zh)
}

/// The sum of a column of counts.
fn sum(table: &Table<'_>, column: usize) -> u64 {
    table.rows.iter().map(|row| if let Cell::Count(n) = row[column] { n } else { 0 }).sum()
}

fn figure(document: &ScanDocument, id: &str) -> u64 {
    document.figures.iter().find(|f| f.id == id).unwrap_or_else(|| panic!("{id}")).value as u64
}

#[test]
fn the_fixture_has_everything_and_fits_the_schema() {
    let schema = scan_schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value = serde_json::to_value(document()).unwrap();
    let faults: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let mut broken = value;
    broken["assets"][0]["name"] = 3.into();
    assert!(!validator.is_valid(&broken), "the schema must refuse something");
    let text = FIXTURE;
    for word in ["same", "same-platform", "family", "same-task", "overlap", "cross-unit", "covered-above"] {
        assert!(text.contains(&format!("\"relation\": \"{word}\"")), "{word}");
    }
    for word in ["keep", "keep-fix", "merge", "migrate", "close", "dissolve", "refer", "none"] {
        assert!(text.contains(&format!("\"action\": \"{word}\"")), "{word}");
    }
}

#[test]
fn parts_add_up_to_wholes() {
    let document = document();
    let view = ReportView::new(&document, zh());
    for table in
        [&view.headline, &view.by_level, &view.by_unit, &view.by_platform, &view.relations, &view.reading]
    {
        let total = table.total.as_ref().unwrap();
        for (c, column) in table.columns.iter().enumerate() {
            if let Cell::Count(whole) = total[c]
                && !(table.id == "relations" && column.key == "items")
            {
                assert_eq!(sum(table, c), whole, "{} {}", table.id, column.key);
            }
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.id);
        }
    }
    for table in [&view.by_level, &view.by_unit, &view.by_platform] {
        for kind in ["app", "account", "group", "all"] {
            for (key, part) in [("live", "live"), ("after", "after")] {
                let column = table.column(&format!("{kind}-{key}")).unwrap();
                assert_eq!(
                    table.total.as_ref().unwrap()[column],
                    Cell::Count(figure(&document, &format!("assets.{kind}.{part}"))),
                    "{} {kind} {key}",
                    table.id
                );
            }
        }
    }
    let open = ["forbidden", "restricted", "advisory"].map(|s| figure(&document, &format!("findings.{s}")));
    let total = view.rules.total.as_ref().unwrap();
    assert_eq!(total[2], Cell::Count(open.iter().sum()));
    assert_eq!(total[4], Cell::Count(figure(&document, "findings.waived")));
    assert_eq!(view.duplicates.len + view.cross_unit.len + 1, document.pairs.len(), "all but the family");
}

#[test]
fn a_missing_figure_leaves_its_line_out() {
    let mut document = document();
    document.figures.retain(|f| !f.id.starts_with("assets.group.") && f.id != "files.unread");
    let view = ReportView::new(&document, zh());
    let kinds: Vec<_> = view.headline.rows.iter().map(|row| row[0].plain().into_owned()).collect();
    assert_eq!(kinds, ["应用程序", "公众账号"]);
    assert!(!view.summary.iter().any(|s| s.contains("未读文件")));
    drop(view);
    document.figures.clear();
    let view = ReportView::new(&document, zh());
    assert!(view.summary.is_empty() && view.headline.rows.is_empty());
    terminal::audit(&view, Screen::plain(80), &[]);
}

#[test]
fn an_empty_scan_is_drawn_too() {
    let document = emptied();
    let view = ReportView::new(&document, zh());
    assert!(terminal::audit(&view, Screen::plain(80), &[]).contains("无。"));
}

/// Every text view of the fixture in one language and width.
fn screens(lang: Lang, screen: Screen) -> Vec<String> {
    let document = document();
    let catalogue = Catalogue::of(lang);
    let view = ReportView::new(&document, catalogue);
    let files = ["scan.json", "ledger.xlsx", "summary.md"].map(str::to_owned);
    let reading = inspect::Reading {
        inputs: &document.inputs,
        remarks: &document.diagnostics,
        rejected: &document.rejected,
        roster: &document.coverage.roster,
    };
    let mut screens = vec![
        terminal::audit(&view, screen, &files),
        terminal::findings(&view, screen, 100),
        inspect::text(reading, catalogue, screen),
    ];
    for asset in &document.assets {
        screens.push(explain::explain(&document, &asset.id, None, catalogue, screen, |_, _| None).unwrap());
    }
    screens
}

#[test]
fn nothing_is_wider_than_the_screen_and_plain_text_is_plain() {
    for lang in [Lang::Zh, Lang::En] {
        for columns in [60, 80, 120] {
            for text in screens(lang, Screen::plain(columns)) {
                for line in text.lines() {
                    assert!(width(line) <= columns, "{lang} {columns}: {} in {line}", width(line));
                }
                let control = |c: char| c.is_control() && c != '\n';
                assert!(!text.contains(control), "control character in {text}");
                assert!(!text.contains(['\u{202e}', '\u{2066}']), "re-ordering mark");
                assert!(
                    !text.contains("[report.") && !text.contains("[explain.") && !text.contains("[inspect."),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn colour_only_adds_escape_sequences() {
    let plain = screens(Lang::Zh, Screen::plain(80));
    let coloured = screens(Lang::Zh, Screen { width: 80, colour: true });
    for (plain, coloured) in plain.iter().zip(&coloured) {
        assert!(coloured.contains('\u{1b}'));
        let mut text = String::new();
        for (i, part) in coloured.split('\u{1b}').enumerate() {
            text += if i == 0 { part } else { part.split_once('m').unwrap().1 };
        }
        let trimmed: Vec<&str> = text.lines().map(str::trim_end).collect();
        assert_eq!(trimmed, plain.lines().map(str::trim_end).collect::<Vec<_>>());
    }
}

#[test]
fn the_terminal_summary_reads_well() {
    let document = document();
    for (lang, columns) in [(Lang::Zh, 80), (Lang::Zh, 120), (Lang::En, 80), (Lang::En, 120)] {
        let view = ReportView::new(&document, Catalogue::of(lang));
        let files = ["scan.json", "ledger.xlsx", "summary.md"].map(str::to_owned);
        let text = terminal::audit(&view, Screen::plain(columns), &files);
        assert_snapshot!(format!("audit_{lang}_{columns}"), text);
    }
}

#[test]
fn findings_read_well() {
    let document = document();
    for lang in [Lang::Zh, Lang::En] {
        let view = ReportView::new(&document, Catalogue::of(lang));
        assert_snapshot!(format!("findings_{lang}_80"), terminal::findings(&view, Screen::plain(80), 4));
    }
}

#[test]
fn explanations_read_well() {
    let document = document();
    let screen = Screen::plain(80);
    let first = &document.assets[0].id;
    assert_snapshot!(
        "explain_asset_zh_80",
        explain::explain(&document, first, None, zh(), screen, |_, _| None).unwrap()
    );
    let pair =
        explain::explain(&document, first, Some(&document.assets[1].id), zh(), screen, |_, _| None).unwrap();
    assert_snapshot!("explain_pair_zh_80", pair);
    let en = Catalogue::of(Lang::En);
    let pair =
        explain::explain(&document, first, Some("先锋e家"), en, Screen::plain(100), |_, _| None).unwrap();
    assert_snapshot!("explain_pair_en_100", pair);
}

#[test]
fn explain_finds_ids_names_and_fingerprints_and_suggests_otherwise() {
    let document = document();
    let ask = |query: &str, other: Option<&str>| {
        explain::explain(&document, query, other, zh(), Screen::plain(80), |_, _| None)
    };
    assert!(ask("先锋e家", None).unwrap().contains("甲市组织部门"));
    let fingerprint = &document.findings[0].fingerprint;
    assert!(ask(&fingerprint[..8], None).unwrap().contains(fingerprint.as_str()));
    assert!(ask(&fingerprint[..3], None).is_err(), "too short to mean a finding");
    let two = ask("甲市三农", None).unwrap_err();
    assert!(two.ambiguous && two.suggestions.len() == 2, "{two:?}");
    let none = ask("乡村先峰", None).unwrap_err();
    assert!(!none.ambiguous && none.suggestions[0].contains("乡村先锋"), "{none:?}");
    assert!(ask("先锋e家", Some("丙区一码办")).unwrap().contains("没有达到任何一种重复关系"));
    assert!(ask("先锋e家", Some("先锋e家")).is_ok());
    assert!(ask("", None).is_err());
}

#[test]
fn inspect_reads_well_in_text_and_json() {
    let document = document();
    let reading = inspect::Reading {
        inputs: &document.inputs,
        remarks: &document.diagnostics,
        rejected: &document.rejected,
        roster: &document.coverage.roster,
    };
    assert_snapshot!("inspect_zh_80", inspect::text(reading, zh(), Screen::plain(80)));
    assert_snapshot!("inspect_en_100", inspect::text(reading, Catalogue::of(Lang::En), Screen::plain(100)));
    let json: serde_json::Value = serde_json::from_str(&inspect::json(reading).unwrap()).unwrap();
    assert_eq!(json["inputs"][0]["sheets"][0]["row_account"]["rows_read"], 20);
    assert_eq!(json["rejected"].as_array().unwrap().len(), 3);
}
