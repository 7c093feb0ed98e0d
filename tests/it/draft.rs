//! The draft, `report.docx`, read back: its figures, its page, its tables, and names that attack.

use super::views::{document, emptied};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::scan::document::ScanDocument;
use zhijian::views::report::{Cell, Options, ReportView, Table, WRITERS, Writer};

/// Elements in order, with what the tests ask about them.
pub(crate) struct Draft {
    /// Parts by name.
    parts: BTreeMap<String, String>,
    /// Texts of the paragraphs outside of tables, with their styles.
    paragraphs: Vec<(String, String)>,
    /// Rows of every table.
    tables: Vec<Vec<Vec<String>>>,
    /// Rows that repeat, by table.
    headers: Vec<usize>,
    /// Attributes of section properties, in order: element and attribute → value.
    sections: Vec<BTreeMap<String, String>>,
}

impl Draft {
    pub(crate) fn read(bytes: &[u8]) -> Draft {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for index in 0..zip.len() {
            let mut part = zip.by_index(index).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            let name = part.name().unwrap().into_owned();
            well_formed(&name, &text);
            assert_eq!(parts.insert(name, text), None, "a part occurs once");
        }
        let mut draft = Draft {
            parts,
            paragraphs: Vec::new(),
            tables: Vec::new(),
            headers: Vec::new(),
            sections: Vec::new(),
        };
        let body = draft.parts["word/document.xml"].clone();
        draft.walk(&body);
        draft
    }

    fn walk(&mut self, body: &str) {
        let mut xml = Reader::from_str(body);
        xml.config_mut().expand_empty_elements = true;
        let (mut text, mut style, mut in_table, mut in_section, mut in_text) =
            (String::new(), String::new(), false, false, false);
        loop {
            match xml.read_event().unwrap() {
                Event::Start(start) => {
                    let name = start.name().as_ref().to_owned();
                    let attributes: Vec<(String, String)> = start
                        .attributes()
                        .map(|a| a.unwrap())
                        .map(|a| {
                            let key = a.key.as_ref().to_owned();
                            (key, unescape(&a.value).unwrap().into_owned())
                        })
                        .collect();
                    match &*name {
                        "w:tbl" => {
                            in_table = true;
                            self.tables.push(Vec::new());
                            self.headers.push(0);
                        }
                        "w:tr" => self.tables.last_mut().unwrap().push(Vec::new()),
                        "w:tblHeader" => *self.headers.last_mut().unwrap() += 1,
                        "w:p" => (text, style) = (String::new(), String::new()),
                        "w:pStyle" => style.clone_from(&attributes[0].1),
                        "w:sectPr" => {
                            in_section = true;
                            self.sections.push(BTreeMap::new());
                        }
                        "w:t" => in_text = true,
                        _ if in_section => {
                            let section = self.sections.last_mut().unwrap();
                            section
                                .extend(attributes.into_iter().map(|(key, v)| (format!("{name} {key}"), v)));
                        }
                        _ => {}
                    }
                }
                Event::End(end) => match end.name().as_ref() {
                    "w:tbl" => in_table = false,
                    "w:sectPr" => in_section = false,
                    "w:t" => in_text = false,
                    "w:p" if in_table => {
                        self.tables.last_mut().unwrap().last_mut().unwrap().push(text.clone());
                    }
                    "w:p" => self.paragraphs.push((style.clone(), text.clone())),
                    _ => {}
                },
                Event::Text(part) if in_text => text += part.as_ref(),
                Event::GeneralRef(name) if in_text => {
                    let name = format!("&{};", name.as_ref());
                    text += &unescape(&name).unwrap();
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }

    /// All text, a line for each paragraph and cell.
    pub(crate) fn text(&self) -> String {
        let outside = self.paragraphs.iter().map(|(_, text)| text.as_str());
        let inside = self.tables.iter().flatten().flatten().map(String::as_str);
        outside.chain(inside).collect::<Vec<_>>().join("\n")
    }

    /// The sentences before the attachments.
    pub(crate) fn body(&self) -> Vec<&str> {
        let body = self.paragraphs.iter().filter(|(style, _)| style == "Body" || style == "Heading");
        body.map(|(_, text)| text.as_str()).filter(|text| !text.is_empty()).collect()
    }
}

/// Every element closed, every entity known, no character that XML 1.0 does not have.
fn well_formed(name: &str, text: &str) {
    let fits = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    assert!(text.chars().all(fits), "{name}");
    let mut xml = Reader::from_str(text);
    xml.config_mut().check_end_names = true;
    let mut depth = 0;
    loop {
        match xml.read_event().unwrap() {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{name}");
}

fn bytes(document: &ScanDocument, lang: Lang) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("report.docx");
    let view = ReportView::new(document, Catalogue::of(lang));
    Writer::named("docx").unwrap().write(&path, &view, Options::default()).unwrap();
    std::fs::read(path).unwrap()
}

fn samples() -> ScanDocument {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/scan.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Runs of digits.
fn numbers(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

#[test]
fn it_is_one_of_the_files_of_a_report() {
    assert!(WRITERS.iter().any(|w| (w.name, w.file) == ("docx", "report.docx")));
}

#[test]
fn every_number_of_the_text_is_a_figure_of_the_view() {
    for document in [document(), samples()] {
        for lang in [Lang::Zh, Lang::En] {
            let view = ReportView::new(&document, Catalogue::of(lang));
            let mut known: BTreeSet<String> = BTreeSet::new();
            let mut take = |cell: &Cell<'_>| known.extend(numbers(&cell.plain()));
            let tables = [&view.figures, &view.by_level, &view.by_platform, &view.rules, &view.relations];
            tables.iter().flat_map(|t| t.rows.iter().chain(&t.total)).flatten().for_each(&mut take);
            known.extend([view.not_checked.len, view.data_problems.len].map(|n| n.to_string()));
            known.extend(document.as_of.split('-').map(|n| n.trim_start_matches('0').to_owned()));
            // The six attachments and the numbers of headings.
            known.extend((1..=7).map(|n| n.to_string()));
            let draft = Draft::read(&bytes(&document, lang));
            for line in draft.body() {
                let unknown: Vec<_> = numbers(line).difference(&known).cloned().collect();
                assert!(unknown.is_empty(), "{unknown:?} in {line}");
            }
        }
    }
}

#[test]
fn the_text_states_the_figures_and_no_zero() {
    let document = samples();
    let figure = |id: &str| document.figures.iter().find(|f| f.id == id).unwrap();
    let count = |id: &str| figure(id).value as u64;
    let draft = Draft::read(&bytes(&document, Lang::Zh));
    let text = draft.body().join("\n");
    let expected = [
        format!("共读取{}个文件、{}行", count("files.read"), count("rows.read")),
        format!(
            "列入统计的事项共{}项，其中应用程序{}款",
            count("assets.all.listed"),
            count("assets.app.listed")
        ),
        format!("现存{}项，其中应用程序{}款", count("assets.all.live"), count("assets.app.live")),
        format!("疑似禁止类{}条、疑似限制类{}条", count("findings.forbidden"), count("findings.restricted")),
        format!("由{}项减至{}项", count("assets.all.live"), count("assets.all.after")),
        format!("不同部门之间有{}对事项", count("pairs.cross-unit")),
        format!("解散{}个", count("assets.group.dissolve")),
    ];
    for sentence in expected {
        assert!(text.contains(&sentence), "{sentence} in {text}");
    }
    for kind in ["app", "account", "group", "all"] {
        let rate = figure(&format!("assets.{kind}.reduction-rate"));
        let (numerator, denominator) = (rate.numerator.unwrap(), rate.denominator.unwrap());
        let said = format!("{:.1}%（{numerator}/{denominator}）", rate.value * 100.0);
        assert!(text.contains(&said), "{said} in {text}");
    }
    assert_eq!(text.matches('%').count(), text.matches("%（").count(), "a rate has its fraction");
    let before = |at: usize| text[..at].chars().next_back();
    let zero = |(at, _): (usize, &str)| {
        let after = text[at + 1..].chars().next();
        !before(at).is_some_and(|c| c.is_ascii_digit() || c == '.') && after != Some('.')
    };
    assert!(!text.match_indices('0').any(zero), "a part that is zero: {text}");
    assert!(!text.contains("违规") && !text.contains("违法") && text.contains("疑似"), "{text}");
    assert!(!text.contains(['{', '}', '[']), "{text}");
}

#[test]
fn it_says_that_it_is_a_draft_and_ends_with_where_it_comes_from() {
    let document = document();
    for (lang, mark, unread) in
        [(Lang::Zh, "（代拟稿）", "未读文件1个"), (Lang::En, "(draft)", "Files not read: 1;")]
    {
        let view = ReportView::new(&document, Catalogue::of(lang));
        let draft = Draft::read(&bytes(&document, lang));
        assert_eq!(draft.paragraphs[2], ("Mark".to_owned(), mark.to_owned()));
        assert!(draft.body()[0].contains(unread), "{}", draft.body()[0]);
        let (_, last) = draft.paragraphs.last().unwrap();
        assert_eq!(*last, view.provenance);
    }
    let [first, second, third] = ["draft.title-1", "draft.title-2", "draft.mark"]
        .map(|key| Catalogue::of(Lang::Zh).text(key).into_owned());
    assert_eq!(first + &second + &third, *Catalogue::of(Lang::Zh).text("report.title"));
    let none = Draft::read(&bytes(&samples(), Lang::Zh));
    assert!(!none.body()[0].contains("未读"), "{}", none.body()[0]);
}

#[test]
fn the_page_is_that_of_the_standard() {
    let draft = Draft::read(&bytes(&samples(), Lang::Zh));
    let first = &draft.sections[0];
    // In twentieths of a point: 210 × 297 mm; 37, 35, 28, 26 mm; 22 lines; 28 characters.
    let page = [
        ("w:pgSz w:w", 11_906),
        ("w:pgSz w:h", 16_838),
        ("w:pgMar w:top", 2098),
        ("w:pgMar w:bottom", 1984),
        ("w:pgMar w:left", 1587),
        ("w:pgMar w:right", 1474),
        ("w:docGrid w:linePitch", 579),
    ];
    for (key, wanted) in page {
        assert_eq!(first[key].parse::<i32>().unwrap(), wanted, "{key}");
    }
    assert_eq!(first["w:docGrid w:type"], "lines");
    assert_eq!((16_838 - 2098 - 1984) / 579, 22);
    // 28 characters of body text, each moved a little closer, fill a line, and no 29th goes in.
    let body = draft.parts["word/styles.xml"].split("w:styleId=\"Body\"").nth(1).unwrap();
    let closer = body.split("<w:spacing w:val=\"").nth(1).unwrap().split('"').next().unwrap();
    let (pitch, line) = (320 + closer.parse::<i32>().unwrap(), 11_906 - 1587 - 1474);
    assert_eq!((line / pitch, line - 28 * pitch < pitch / 10), (28, true), "{closer}");
    let landscape: Vec<bool> = draft.sections.iter().map(|s| s.contains_key("w:pgSz w:orient")).collect();
    assert_eq!(landscape, [false, true, false, false, true, true, false]);
    let styles = &draft.parts["word/styles.xml"];
    for font in ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "Times New Roman"]
    {
        assert!(styles.contains(&format!("\"{font}\"")), "{font}");
        assert!(draft.parts["word/fontTable.xml"].contains(&format!("w:name=\"{font}\"")), "{font}");
    }
    for value in [
        "w:firstLineChars=\"200\"",
        "w:line=\"579\" w:lineRule=\"exact\"",
        "w:sz w:val=\"44\"",
        "w:sz w:val=\"32\"",
    ] {
        assert!(styles.contains(value), "{value}");
    }
    assert!(draft.parts["word/settings.xml"].contains("<w:evenAndOddHeaders/>"));
    for (part, style) in [("odd", "FootOdd"), ("even", "FootEven")] {
        let foot = &draft.parts[&format!("word/footer-{part}.xml")];
        assert!(foot.contains(style) && foot.contains(" PAGE ") && foot.contains("— "), "{foot}");
    }
}

/// The table has exactly the cells of the view.
fn same_table(found: &[Vec<String>], table: &Table<'_>) {
    let titles: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
    assert_eq!(found[0], titles);
    let rows: Vec<_> = table.rows.iter().chain(&table.total).collect();
    assert_eq!(found.len(), rows.len() + 1, "{}", table.id);
    for (found, row) in found[1..].iter().zip(rows) {
        for (found, cell) in found.iter().zip(row) {
            let shown = cell.plain().chars().take(160).collect::<String>();
            assert!(found.starts_with(&shown), "{found} is not {shown}");
        }
    }
}

#[test]
fn the_attachments_are_tables_of_the_view_and_their_headers_repeat() {
    let document = samples();
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    let draft = Draft::read(&bytes(&document, Lang::Zh));
    assert_eq!(draft.tables.len(), 6);
    assert!(draft.headers.iter().all(|&n| n == 1), "one row repeats: {:?}", draft.headers);
    for (at, table) in [&view.headline, &view.rules, &view.by_unit].into_iter().enumerate() {
        same_table(&draft.tables[at], table);
    }
    let ledger = &draft.tables[3];
    let listed = document.plan.actions.iter().filter(|a| !matches!(&*a.action, "keep" | "none")).count();
    assert_eq!(ledger.len(), listed + 1, "everything that something is proposed for");
    for row in &ledger[1..] {
        let asset = &document.assets[row[0].parse::<usize>().unwrap() - 1];
        assert_eq!(row[1], asset.name);
    }
    let labels = draft.paragraphs.iter().filter(|(style, _)| style == "Label").map(|(_, text)| text.clone());
    assert_eq!(labels.collect::<Vec<_>>(), (1..=6).map(|n| format!("附件{n}")).collect::<Vec<_>>());
}

#[test]
fn what_several_items_go_on_with_is_said_and_listed() {
    let mut document = samples();
    let other = document.assets[0].clone();
    let action = document.plan.actions.iter_mut().find(|action| action.target.is_some()).unwrap();
    action.also.push(other.id.clone());
    let (asset, target) = (action.asset.clone(), action.target.clone().unwrap());
    let name = |id: &str| document.assets.iter().find(|asset| asset.id == id).map(|asset| asset.name.clone());
    let row = [name(&asset), name(&target), Some(other.name.clone())].map(Option::unwrap);
    let draft = Draft::read(&bytes(&document, Lang::Zh));
    assert!(draft.body().contains(&"其中1项的原有功能由几个事项分别承接，见附件5。"));
    assert_eq!(draft.tables.len(), 7);
    for name in &row {
        assert!(draft.tables[4][1].contains(name), "{name} in {:?}", draft.tables[4][1]);
    }
    let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
    assert_eq!(view.joint.len, 1);
    for file in ["ledger.xlsx", "report.html"] {
        let dir = tempfile::tempdir().unwrap();
        let writer = WRITERS.iter().find(|writer| writer.file == file).unwrap();
        let path = dir.path().join(file);
        writer.write(&path, &view, Options::default()).unwrap();
        let text = if file == "report.html" {
            std::fs::read_to_string(&path).unwrap()
        } else {
            use calamine::Reader as _;
            let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
            let range = book.worksheet_range(&view.joint.title).unwrap();
            range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        assert!(text.contains(&view.joint.title) || file == "ledger.xlsx");
        assert!(row.iter().all(|name| text.contains(name.as_str())), "{file}");
    }
}

#[test]
fn the_signature_stands_on_a_page_with_words_of_the_text() {
    let document = samples();
    let bytes = bytes(&document, Lang::Zh);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let body = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
    // All from the last words of the text to the line before the date is bound to what follows.
    let (before, _) = body.split_once("（成文日期）").unwrap();
    let paragraphs: Vec<&str> = before.split("<w:p>").collect();
    let bound = paragraphs[..paragraphs.len() - 1].iter().rev().take_while(|p| p.contains("<w:keepNext/>"));
    let bound: Vec<&&str> = bound.collect();
    assert!(bound.iter().any(|p| p.contains("条款核对")), "{} paragraphs", bound.len());
    assert!(bound.len() < 15, "not the whole text");
}

#[test]
fn a_long_ledger_is_cut_and_says_so() {
    let mut document = document();
    let asset = document.assets.iter().find(|a| a.kind == "app").unwrap().clone();
    document.assets.clear();
    let action = document.plan.actions[0].clone();
    document.plan.actions.clear();
    for number in 0..620 {
        let mut asset = asset.clone();
        asset.id = format!("x:{number}");
        document.plan.actions.push(zhijian::scan::document::Action {
            asset: asset.id.clone(),
            action: "refer".to_owned(),
            ..action.clone()
        });
        document.assets.push(asset);
    }
    for figure in &mut document.figures {
        let proposed = ["keep-fix", "merge", "migrate", "close", "dissolve"];
        if proposed.iter().any(|a| figure.id == format!("assets.all.{a}")) {
            figure.value = 0.0;
        } else if figure.id == "assets.all.refer" {
            figure.value = 620.0;
        }
    }
    let draft = Draft::read(&bytes(&document, Lang::Zh));
    let ledger = draft.tables.iter().find(|t| t.len() == 501).unwrap();
    assert_eq!(ledger[500][0], "500");
    assert!(draft.paragraphs.iter().any(|(_, text)| text == "另有120行，见随附工作簿。"));
}

#[test]
fn names_that_attack_are_inert() {
    let mut document = document();
    let attack = "<script>&amp;]]></w:t></w:p>\u{0}\u{7}\u{b}\u{202e}\u{ffff}\r\n{count}\u{1F600}";
    for asset in &mut document.assets {
        asset.name = format!("{attack}{}", "长".repeat(33_000));
        asset.owner_unit.text = attack.to_owned();
        asset.owner_unit.canonical = attack.to_owned();
        asset.platform = attack.to_owned();
    }
    for input in &mut document.inputs {
        input.path = attack.to_owned();
    }
    document.tool = attack.to_owned();
    let draft = Draft::read(&bytes(&document, Lang::Zh));
    let text = draft.text();
    assert!(text.contains("<script>&amp;]]></w:t></w:p>"), "text as it is");
    assert!(!text.contains(['\u{0}', '\u{7}', '\u{b}', '\u{202e}', '\u{ffff}']));
    assert!(text.lines().all(|line| line.chars().count() < 2000), "a long name is cut");
    let body = &draft.parts["word/document.xml"];
    assert!(!body.contains("<script") && body.contains("&lt;script&gt;"));
    let columns = draft.tables.iter().flatten().map(Vec::len).collect::<BTreeSet<_>>();
    assert!(columns.iter().all(|n| (4..=14).contains(n)), "no name broke out of its cell: {columns:?}");
}

#[test]
fn a_scan_without_anything_is_drawn_too() {
    let mut document = emptied();
    document.figures.clear();
    document.as_of = "some day".to_owned();
    for lang in [Lang::Zh, Lang::En] {
        let draft = Draft::read(&bytes(&document, lang));
        assert!(!draft.text().contains("[draft."), "{}", draft.text());
    }
}

#[test]
fn equal_scans_give_equal_bytes_without_a_clock() {
    let document = document();
    let first = bytes(&document, Lang::Zh);
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(first, bytes(&document, Lang::Zh));
    let mut zip = zip::ZipArchive::new(Cursor::new(&first)).unwrap();
    for index in 0..zip.len() {
        assert_eq!(zip.by_index(index).unwrap().last_modified().unwrap().year(), 1980);
    }
}
