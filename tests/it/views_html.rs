//! The dashboard read back: every figure is the scan's, text is inert, nothing leads outside.

use super::views::{document, emptied};
use scraper::{Html, Selector};
use serde_json::Value;
use std::collections::BTreeMap;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::scan::document::{Evidence, ScanDocument};
use zhijian::views::report::{Options, ReportView, WRITERS, Writer};
use zhijian::views::visible;

/// Text of each kind that names are attacked with.
const HOSTILE: [&str; 6] = [
    "</script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>&amp;<!--",
    "\u{202e}gpj.exe\u{2066}",
    "第一行\n第二行\u{2028}第三行\u{0}",
    "👨‍👩‍👧 emoji ﷽",
    "]]></title></style><style>*{display:none}",
];

fn page(document: &ScanDocument, lang: Lang) -> String {
    assert!(WRITERS.iter().any(|writer| writer.file == "report.html"));
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("report.html");
    let view = ReportView::new(document, Catalogue::of(lang));
    Writer::named("html").unwrap().write(&path, &view, Options::default()).unwrap();
    std::fs::read_to_string(path).unwrap()
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn words(element: &scraper::ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// The data of the list, as the script reads them.
fn data(page: &Html) -> Value {
    let element = all(page, "script#data");
    serde_json::from_str(&element[0].text().collect::<String>()).unwrap()
}

/// The samples' stored scan.
fn samples() -> ScanDocument {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/scan.json");
    ScanDocument::parse(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn every_figure_of_the_page_is_the_scans() {
    for document in [document(), samples()] {
        let figures: BTreeMap<_, _> = document.figures.iter().map(|f| (f.id.as_str(), f)).collect();
        for lang in [Lang::Zh, Lang::En] {
            let page = Html::parse_document(&page(&document, lang));
            let mut seen = std::collections::BTreeSet::new();
            for element in all(&page, "[data-figure]") {
                let id = element.attr("data-figure").unwrap();
                let figure = figures[id];
                let value: f64 = element.attr("value").unwrap().parse().unwrap();
                assert_eq!(value.to_bits(), figure.value.to_bits(), "{id}");
                match (figure.numerator, figure.denominator) {
                    (Some(numerator), Some(denominator)) => {
                        assert_eq!(words(&element), format!("{:.1}%", figure.value * 100.0), "{id}");
                        let parent = scraper::ElementRef::wrap(element.parent().unwrap()).unwrap();
                        assert!(words(&parent).ends_with(&format!("{numerator}/{denominator}")), "{id}");
                    }
                    _ => assert_eq!(words(&element), figure.value.to_string(), "{id}"),
                }
                seen.insert(id);
            }
            assert_eq!(seen.len(), figures.len(), "every figure is on the page");
            let cards = all(&page, ".card [data-figure]").len();
            assert!(cards >= 12, "{cards} cards");
        }
    }
}

#[test]
fn tables_say_what_the_view_says() {
    let document = document();
    for lang in [Lang::Zh, Lang::En] {
        let view = ReportView::new(&document, Catalogue::of(lang));
        let page = Html::parse_document(&page(&document, lang));
        for table in [
            &view.by_level,
            &view.by_unit,
            &view.by_platform,
            &view.burden,
            &view.rules,
            &view.relations,
            &view.reading,
        ] {
            let found = all(&page, &format!("#t-{} tr", table.id));
            let wanted: Vec<_> = table.rows.iter().chain(&table.total).collect();
            assert_eq!(found.len(), wanted.len() + 1, "{}", table.id);
            for (tr, row) in found[1..].iter().zip(wanted) {
                let cells: Vec<String> =
                    tr.child_elements().map(|cell| cell.text().collect::<String>()).collect();
                let wanted: Vec<String> =
                    row.iter().map(|cell| visible(&cell.plain()).into_owned()).collect();
                for (found, wanted) in cells.iter().zip(&wanted) {
                    assert!(
                        found == wanted || found.ends_with('…') && wanted.chars().count() > 300,
                        "{}: {found} for {wanted}",
                        table.id
                    );
                }
                assert_eq!(cells.len(), wanted.len());
            }
        }
        assert_eq!(words(&all(&page, "footer")[0]), visible(&view.provenance));
        assert_eq!(all(&page, ".summary li").len(), view.summary.len());
    }
}

#[test]
fn parts_of_the_dashboards_own_add_up() {
    for document in [document(), samples()] {
        let figure = |id: &str| document.figures.iter().find(|f| f.id == id).unwrap().value as u64;
        let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
        let steps = &view.steps;
        for pair in steps.windows(2) {
            let left = if pair[1].is_level { pair[1].count } else { pair[0].left - pair[1].count };
            assert_eq!((pair[1].left, pair[1].is_level && pair[0].left != left), (left, false), "{pair:?}");
        }
        assert_eq!(steps.last().unwrap().left, figure("assets.all.after"));
        let mut places = vec![&view.regions];
        assert_eq!(view.regions.live, figure("assets.all.live"));
        assert_eq!(view.regions.after, figure("assets.all.after"));
        while let Some(place) = places.pop() {
            if !place.parts.is_empty() {
                assert_eq!(place.live, place.parts.iter().map(|p| p.live).sum::<u64>(), "{}", place.name);
                assert_eq!(place.after, place.parts.iter().map(|p| p.after).sum::<u64>(), "{}", place.name);
            }
            places.extend(&place.parts);
        }
        let total = view.burden.total.as_ref().unwrap();
        for (column, whole) in total.iter().enumerate().skip(1) {
            let of = |cell: &zhijian::views::report::Cell<'_>| cell.plain().parse::<u64>().unwrap();
            assert_eq!(of(whole), view.burden.rows.iter().map(|row| of(&row[column])).sum::<u64>());
        }
        assert_eq!(total.last().unwrap().plain(), figure("assets.all.live").to_string());
    }
}

#[test]
fn charts_have_their_tables_and_tables_their_headings() {
    for lang in [Lang::Zh, Lang::En] {
        let text = page(&samples(), lang);
        let page = Html::parse_document(&text);
        assert!(page.errors.is_empty(), "{:?}", page.errors);
        let mut ids = std::collections::BTreeSet::new();
        for element in all(&page, "[id]") {
            assert!(ids.insert(element.attr("id").unwrap()), "twice: {:?}", element.attr("id"));
        }
        let charts = all(&page, "[data-chart]");
        assert!(charts.len() >= 8, "{} charts", charts.len());
        for chart in charts {
            let table = chart.attr("aria-details").unwrap();
            assert_eq!(all(&page, &format!("table#{table}")).len(), 1, "{table}");
            let picture = chart.select(&Selector::parse("[role=img]").unwrap()).next().unwrap();
            assert!(!picture.attr("aria-label").unwrap().is_empty());
        }
        for table in all(&page, "table") {
            assert_eq!(table.select(&Selector::parse("caption").unwrap()).count(), 1);
            assert!(table.select(&Selector::parse("th").unwrap()).all(|th| th.attr("scope").is_some()));
        }
        for link in all(&page, "a") {
            assert!(ids.contains(link.attr("href").unwrap().trim_start_matches('#')));
        }
        let lang = if lang == Lang::Zh { "zh-CN" } else { "en" };
        assert_eq!(all(&page, "html")[0].attr("lang"), Some(lang));
        for part in ["header", "nav", "main", "footer", "h1", "a.skip", "[aria-live]", "noscript"] {
            assert!(!all(&page, part).is_empty(), "{part}");
        }
        assert!(!text.contains("http:") && !text.contains("https:"), "an address");
        let rows = data(&page)["rows"].as_array().unwrap().len();
        assert_eq!(rows, samples().assets.len());
    }
}

#[test]
fn hostile_text_is_inert_and_nothing_leads_outside() {
    let mut document = samples();
    let long = "长".repeat(33_000);
    let mut names = HOSTILE.iter().copied().chain([long.as_str(), "https://example.invalid/x"]).cycle();
    let mut next = || names.next().unwrap().to_owned();
    for asset in &mut document.assets {
        asset.name = next();
        asset.owner_unit.text = next();
        asset.owner_unit.canonical = next();
        asset.platform = next();
        asset.level = next();
        asset.functions = vec![next()];
        asset.region.path = vec![next(), next()];
    }
    for finding in &mut document.findings {
        finding.rule = next();
        finding.evidence.words = next();
        finding.evidence.reason = next();
    }
    for pair in &mut document.pairs {
        let sentences: Vec<String> = pair.evidence.iter().map(|_| next()).collect();
        let said = pair.evidence.iter().zip(&sentences);
        pair.evidence = said.map(|(evidence, sentence)| Evidence { sentence, ..evidence }).collect();
    }
    document.rejected.iter_mut().for_each(|row| row.text = next());
    document.diagnostics.iter_mut().for_each(|remark| remark.text = next());
    document.inputs.iter_mut().for_each(|input| input.path = next());
    document.coverage.unread = HOSTILE.map(str::to_owned).to_vec();
    for lang in [Lang::Zh, Lang::En] {
        let text = page(&document, lang);
        let unsafe_mark = |c: char| {
            c.is_control() && c != '\n' || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(text.chars().find(|&c| unsafe_mark(c)), None, "a mark that re-orders or hides text");
        assert_eq!((text.matches("<script").count(), text.matches("</script").count()), (2, 2));
        assert_eq!((text.matches("<style").count(), text.matches("</style").count()), (1, 1));
        let page = Html::parse_document(&text);
        assert!(all(&page, "img, iframe, object, embed, link, base, [src], [style], use, image").is_empty());
        let body: String = text.replace("https://example.invalid/x", "");
        assert!(!body.contains("http:") && !body.contains("https:"), "an address of the page's own");
        for element in all(&page, "*") {
            for (name, value) in element.value().attrs() {
                assert!(!name.starts_with("on"), "{name}");
                assert!(
                    !matches!(name, "href" | "action" | "xlink:href") || value.starts_with('#'),
                    "{value}"
                );
            }
        }
        let data = data(&page);
        let name = data["columns"].as_array().unwrap().iter().position(|key| key == "name").unwrap();
        for (row, asset) in data["rows"].as_array().unwrap().iter().zip(&document.assets) {
            let (found, wanted) = (row[name].as_str().unwrap(), visible(&asset.name));
            assert!(found == wanted || found == format!("{}…", "长".repeat(300)), "{found}");
        }
        // The provenance names what it rests on in full.
        let (before, rest) = text.split_once("<footer>").unwrap();
        let cut = [before, rest.split_once("</footer>").unwrap().1];
        let runs = cut.iter().find_map(|part| part.find(&"长".repeat(301)).map(|at| &part[..at]));
        let before: Option<String> = runs.map(|part| part.chars().rev().take(60).collect());
        assert_eq!(before, None, "long names are cut; what stands before, backwards");
    }
}

#[test]
fn the_page_forbids_itself_the_network_and_foreign_script() {
    let text = page(&document(), Lang::Zh);
    let page = Html::parse_document(&text);
    let policy =
        all(&page, "meta[http-equiv=Content-Security-Policy]")[0].attr("content").unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    // Nothing that turns text into markup or opens a connection.
    let script = text.rsplit_once("<script>").unwrap().1;
    for word in [
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "fetch(",
        "XMLHttp",
        "import(",
    ] {
        assert!(!script.contains(word), "{word}");
    }
}

#[test]
fn an_empty_scan_has_a_page_too() {
    let mut document = emptied();
    document.figures.clear();
    let page = Html::parse_document(&page(&document, Lang::En));
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    assert_eq!(data(&page)["rows"], Value::Array(Vec::new()));
}
