//! The report in parts: what each unit gets adds up to the whole, is its own only, and has the columns that come back.

use super::draft::Draft;
use super::support::{run, run_in};
use super::views::document;
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::model::ActionKind;
use zhijian::scan::document::ScanDocument;
use zhijian::views::report::{Options, ReportView, split, write_units};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/scan.json")
}

fn read(path: &Path) -> ScanDocument {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Rows of a sheet, the header first.
fn rows(path: &Path, sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

fn column(rows: &[Vec<String>], header: &str) -> usize {
    rows[0].iter().position(|h| h == header).unwrap_or_else(|| panic!("no {header}: {:?}", rows[0]))
}

#[test]
fn the_parts_add_up_to_the_whole() {
    for document in [document(), read(&samples())] {
        let view = ReportView::new(&document, Catalogue::of(Lang::Zh));
        let parts = split(&view);
        let figure = |id: &str| document.figures.iter().find(|f| f.id == id).unwrap().value as u64;
        let sum = |of: &dyn Fn(usize) -> u64| (0..parts.len()).map(of).sum::<u64>();
        assert_eq!(sum(&|i| parts[i].counts.items), document.assets.len() as u64);
        assert_eq!(sum(&|i| parts[i].ledger.len as u64), document.assets.len() as u64);
        assert_eq!(sum(&|i| parts[i].problems.len as u64), document.findings.len() as u64);
        for (at, kind) in ["app", "account", "group"].into_iter().enumerate() {
            assert_eq!(sum(&|i| parts[i].counts.live[at]), figure(&format!("assets.{kind}.live")), "{kind}");
            assert_eq!(
                sum(&|i| parts[i].counts.after[at]),
                figure(&format!("assets.{kind}.after")),
                "{kind}"
            );
        }
        for (at, severity) in ["forbidden", "restricted", "advisory"].into_iter().enumerate() {
            assert_eq!(sum(&|i| parts[i].counts.findings[at]), figure(&format!("findings.{severity}")));
        }
        assert_eq!(sum(&|i| parts[i].counts.waived), figure("findings.waived"));
        for action in ActionKind::ALL.iter().filter(|a| **a != ActionKind::None) {
            assert_eq!(
                sum(&|i| parts[i].counts.of(*action)),
                figure(&format!("assets.all.{action}")),
                "{action}"
            );
        }
        let files: BTreeSet<String> = parts.iter().map(|part| part.stem.to_lowercase()).collect();
        assert_eq!(files.len(), parts.len(), "two units share a file");
    }
}

#[test]
fn each_unit_gets_its_own_items_with_the_columns_that_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let scan = samples();
    let ran = run_in(
        folder.path(),
        &["report", "--scan", scan.to_str().unwrap(), "--split-by", "owner_unit", "--out", "units"],
    );
    assert_eq!(ran.status, 0, "{}", ran.err);
    let written: BTreeSet<PathBuf> =
        std::fs::read_dir(folder.path().join("units")).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(written.len(), ran.out.lines().count());
    let document = read(&scan);
    let mut owners = BTreeMap::new();
    for asset in &document.assets {
        owners.insert(asset.id.clone(), asset.owner_unit.canonical.clone());
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut text = BTreeMap::new();
    for path in written.iter().filter(|p| p.extension().is_some_and(|e| e == "xlsx")) {
        let rows = rows(path, "处置台账");
        let (id, decision, remark) = (column(&rows, "编号"), column(&rows, "决定"), column(&rows, "备注"));
        let proposal = column(&rows, "建议代码");
        assert_eq!(
            (decision + 1, remark + 1, proposal + 1),
            (remark, proposal, id),
            "the columns of the ledger, in its order"
        );
        let units: BTreeSet<&String> = rows[1..].iter().map(|row| &owners[&row[id]]).collect();
        // Findings about whole files are nobody's: they go into a part without items.
        let is_nobodys = path.to_string_lossy().contains("（未填单位）");
        assert_eq!(units.len(), usize::from(!is_nobodys), "{}: {units:?}", path.display());
        for row in &rows[1..] {
            assert!(row[decision].is_empty() && seen.insert(row[id].clone()), "{row:?}");
        }
        let notice = path.to_string_lossy().replace("-处置台账.xlsx", "-整改通知.docx");
        if is_nobodys {
            assert!(!Path::new(&notice).exists(), "nobody gets no notice");
            continue;
        }
        text.insert((*units.first().unwrap()).clone(), Draft::read(&std::fs::read(notice).unwrap()).text());
    }
    assert_eq!(seen.len(), document.assets.len(), "every item goes to somebody");
    assert_eq!(
        written.len(),
        text.len() * 2 + 2,
        "a workbook and a notice each, what is nobody's, and the list"
    );
    for (unit, text) in &text {
        // Addressed by a name that one of its items has.
        let own = document.assets.iter().filter(|asset| asset.owner_unit.canonical == *unit);
        let mut names = own.flat_map(|asset| [&asset.owner_unit.canonical, &asset.owner_unit.text]);
        assert!(names.any(|name| text.contains(&format!("{name}："))), "{unit}: {text}");
        assert!(text.contains("代拟稿"), "{unit}: {text}");
        assert!(!text.contains("共0") && !text.contains("0项") || text.contains("10项"), "{unit}: {text}");
        assert!(text.contains("备注") && text.contains("〔　〕月〔　〕日"), "{unit}");
    }
    let list = std::fs::read_to_string(folder.path().join("units/units.csv")).unwrap();
    let total = list.lines().last().unwrap().to_owned();
    let figure = |id: &str| document.figures.iter().find(|f| f.id == id).unwrap().value as u64;
    let (live, after) = (figure("assets.all.live"), figure("assets.all.after"));
    assert!(total.starts_with(&format!("total,{},{live},{after},", document.assets.len())), "{total}");
    // What went out is no inventory when it lies among them.
    let again = run_in(folder.path(), &["inspect", "units"]);
    assert_eq!(again.status, 2, "{}", again.out);
    let more = format!("另有 {} 项", written.len() - 20);
    assert!(
        again.out.matches("[ingest/own-output]").count() == 20 && again.out.contains(&more),
        "{}",
        again.out
    );
}

#[test]
fn equal_scans_give_equal_parts_and_hostile_units_stay_in_their_folder() {
    let mut document = document();
    let names =
        ["../../甲", "con", "CON", "甲/乙", "甲\\乙", "=cmd|' /C calc'!A0", "\u{202e}exe", "😀\n局", ""];
    for (at, asset) in document.assets.iter_mut().enumerate() {
        names[at % names.len()].clone_into(&mut asset.owner_unit.text);
        names[at % names.len()].clone_into(&mut asset.owner_unit.canonical);
    }
    let dir = tempfile::tempdir().unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let write = |name: &str| {
            let out = dir.path().join(name);
            let paths =
                write_units(&out, &ReportView::new(&document, Catalogue::of(lang)), Options::default())
                    .unwrap();
            let mut files = BTreeMap::new();
            for path in &paths {
                assert_eq!(path.parent().unwrap(), out, "{}", path.display());
                let bytes = std::fs::read(path).unwrap();
                if path.extension().is_some_and(|e| e == "docx") {
                    assert!(!Draft::read(&bytes).text().contains('\u{202e}'));
                }
                files.insert(path.file_name().unwrap().to_owned(), bytes);
            }
            assert_eq!(files.len(), paths.len(), "names are told apart");
            files
        };
        assert_eq!(write(&format!("{lang}-1")), write(&format!("{lang}-2")));
    }
    let count = names.len();
    assert_eq!(
        std::fs::read_dir(dir.path().join("zh-1")).unwrap().count(),
        count * 2,
        "one is nobody's and gets no notice"
    );
}

/// Runs of digits.
fn numbers(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_number_of_a_notice_and_of_a_workbook_is_one_of_the_part() {
    let document = read(&samples());
    for lang in [Lang::Zh, Lang::En] {
        let view = ReportView::new(&document, Catalogue::of(lang));
        let dir = tempfile::tempdir().unwrap();
        write_units(dir.path(), &view, Options::default()).unwrap();
        for part in split(&view).iter().filter(|part| part.is_unit) {
            let counts = &part.counts;
            let mut known: BTreeSet<String> =
                [counts.items, counts.before(), counts.open(), counts.waived, counts.proposals()]
                    .into_iter()
                    .chain(counts.live)
                    .chain(counts.findings)
                    .chain(counts.actions)
                    .chain([part.duplicates.len as u64])
                    .map(|n| n.to_string())
                    .collect();
            known.extend(document.as_of.split('-').map(|n| n.trim_start_matches('0').to_owned()));
            // Numbers of headings and attachments; the unit's own name may have some.
            known.extend((1..=4).map(|n| n.to_string()));
            known.extend(numbers(&part.unit));
            let file = |key| dir.path().join(view.names.fill(key, &[("unit", &part.stem)]));
            let notice = Draft::read(&std::fs::read(file("notice.notice-file")).unwrap());
            for line in notice.body() {
                let unknown: Vec<_> = numbers(line).difference(&known).cloned().collect();
                assert!(unknown.is_empty(), "{}: {unknown:?} in {line}", part.unit);
            }
            let told = rows(&file("notice.workbook-file"), &view.names.text("notice.sheet"));
            let stated: Vec<u64> = numbers(&told[1][0]).iter().map(|n| n.parse().unwrap()).collect();
            let said = [
                counts.items,
                counts.before(),
                counts.open(),
                counts.proposals(),
                part.duplicates.len as u64,
            ];
            assert!(said.iter().all(|n| stated.contains(n)), "{}: {:?}", part.unit, told[1]);
        }
    }
}

#[test]
fn nothing_else_can_be_split_by() {
    let ran = run(&["report", "--split-by", "region"]);
    assert!(ran.status == 2 && ran.err.contains("owner_unit"), "{}", ran.err);
}
