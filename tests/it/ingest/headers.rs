//! What headers are taken for, as read from whole tables.
//!
//! For: the rates that are promised for headers alone, with blanks and notes around, and with a slip of the
//! fingers. Not for: how a guess is made (`lexicon::fields`). The headers are those of
//! `tests/fixtures/ingest/headers/`: seen in published tables, each with the field it means and the object of
//! the tables that have it.

use encoding_rs::GB18030;
use std::collections::BTreeMap;
use zhijian::knowledge::lexicon::fields::FieldBook;
use zhijian::knowledge::text::sound_alike;
use zhijian::model::{Code, ColumnMap};
use zhijian::stages::ingest::{Ingested, ingest_bytes};

/// A header, the object of its table, and the field it means.
#[derive(Clone)]
struct Known {
    header: String,
    object: String,
    field: String,
}

fn fixture<const N: usize>(name: &str) -> Vec<[String; N]> {
    let path = format!("{}/tests/fixtures/ingest/headers/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
    rows.map(|row| row.try_into().unwrap()).collect()
}

fn variants() -> Vec<Known> {
    fixture("variants.csv")
        .into_iter()
        .map(|[field, object, header]| Known { header, object, field })
        .collect()
}

/// The title that tells what a table lists.
fn title(object: &str) -> &'static str {
    match object {
        "app" => "政务移动互联网应用程序清单",
        "account" => "政务公众账号清单",
        "group" => "工作群组清单",
        "clue" => "线索清单",
        "several" => "政务应用程序、公众账号和工作群组清单",
        _ => "清单",
    }
}

/// The columns of tables of one row, each with these headers behind a serial number and a name column.
fn mapped(tables: &[(&str, Vec<&str>)]) -> (Vec<Vec<ColumnMap>>, Ingested) {
    let files = tables.iter().enumerate().map(|(i, (object, headers))| {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record([title(object)]).unwrap();
        writer.write_record([&["序号", "名称"], headers.as_slice()].concat()).unwrap();
        // Files of equal content are read once.
        let name = format!("示例{i}");
        writer.write_record([&["1", name.as_str()], vec!["甲"; headers.len()].as_slice()].concat()).unwrap();
        (format!("{i:06}.csv"), writer.into_inner().unwrap())
    });
    let fields = FieldBook::load();
    let options = super::options(&fields);
    let got = ingest_bytes(files.collect(), &options);
    assert_eq!(got.inputs.len(), tables.len(), "{:?}", got.unread);
    let columns = got.records.sheets.iter().map(|sheet| sheet.columns.clone()).collect();
    (columns, got)
}

/// The field that the last column of a table was taken for; empty for none.
fn last(columns: &[ColumnMap]) -> &str {
    columns.last().and_then(|column| column.field).map_or("", |field| field.as_str())
}

/// How many of these headers mean their field, and those that mean another or none.
fn right(typed: &[Known]) -> (usize, Vec<String>) {
    let tables: Vec<_> = typed.iter().map(|k| (k.object.as_str(), vec![k.header.as_str()])).collect();
    let (columns, _) = mapped(&tables);
    let wrong = typed.iter().zip(&columns).filter(|(known, columns)| last(columns) != known.field);
    let wrong = wrong.map(|(known, columns)| format!("{}→{}≠{}", known.header, last(columns), known.field));
    let wrong: Vec<String> = wrong.collect();
    (typed.len() - wrong.len(), wrong)
}

fn assert_rate(what: &str, typed: &[Known], least: f64) {
    let (count, wrong) = right(typed);
    let rate = count as f64 / typed.len() as f64;
    assert!(rate >= least, "{what}: {count} of {}: {}", typed.len(), wrong.join("  "));
}

/// Nothing but the name and the header of a column tells that it is so.
#[test]
fn known_headers_mean_their_field() {
    assert_rate("alone", &variants(), 1.0);
}

#[test]
fn blanks_and_notes_change_nothing() {
    let mut typed = Vec::new();
    for known in variants() {
        let spaced =
            |blank: &str| known.header.chars().map(|c| c.to_string()).collect::<Vec<_>>().join(blank);
        let header = &known.header;
        let mut forms = vec![
            format!(" {header}\u{3000}"),
            format!("{header}（必填）"),
            format!("*{header}"),
            format!("{header}："),
        ];
        // Words in Latin letters have blanks of their own.
        if !header.is_ascii() {
            forms.extend([spaced(" "), spaced("\u{3000}"), spaced("\n")]);
        }
        typed.extend(forms.into_iter().map(|header| Known { header, ..known.clone() }));
    }
    assert_rate("blanks and notes", &typed, 0.98);
}

/// A number from a text, so that every run makes the same slips.
fn pick(text: &str, below: usize) -> usize {
    let digest = blake3::hash(text.as_bytes());
    usize::from(u16::from_le_bytes([digest.as_bytes()[0], digest.as_bytes()[1]])) % below
}

/// The 3,755 characters of level one of GB 2312: those that people type.
fn common() -> Vec<char> {
    let codes = (0xB0..=0xD7_u8).flat_map(|row| (0xA1..=0xFE_u8).map(move |cell| [row, cell]));
    let texts = codes.map(|code| GB18030.decode_without_bom_handling(&code).0.into_owned());
    texts.filter_map(|text| text.chars().next()).filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect()
}

/// A header with one slip of this sort; `None` where it has none.
fn slipped(sort: &str, header: &str, common: &[char]) -> Option<String> {
    let mut chars: Vec<char> = header.chars().collect();
    let at = pick(&format!("{sort}{header}"), chars.len());
    match sort {
        "same sound" => {
            let alike: Vec<char> =
                common.iter().copied().filter(|&c| c != chars[at] && sound_alike(c, chars[at])).collect();
            chars[at] = *alike.get(pick(header, alike.len().max(1)))?;
        }
        "doubled" => chars.insert(at, chars[at]),
        "missing" => drop(chars.remove(at)),
        "swapped" => {
            let at = at.min(chars.len() - 2);
            chars.swap(at, at + 1);
        }
        "stray" => chars.insert(at, common[pick(header, common.len())]),
        _ => chars[at] = common[pick(header, common.len())],
    }
    let typed: String = chars.into_iter().collect();
    (typed != header).then_some(typed)
}

/// Slips in headers of four characters and more, seven in Latin letters. In shorter ones, and where one slip
/// leads from two fields to the same text, nobody could tell what was meant.
fn slips(sort: &str) -> Vec<Known> {
    let common = common();
    let all = variants();
    let mut made = Vec::new();
    let is_long =
        |known: &&Known| known.header.chars().count() >= if known.header.is_ascii() { 7 } else { 4 };
    for known in all.iter().filter(is_long) {
        let Some(header) = slipped(sort, &known.header, &common) else { continue };
        let is_torn = all.iter().any(|other| {
            other.field != known.field && strsim::damerau_levenshtein(&other.header, &header) <= 1
        });
        if !is_torn {
            made.push(Known { header, ..known.clone() });
        }
    }
    made
}

#[test]
fn headers_with_a_slip_mean_their_field() {
    for sort in ["same sound", "doubled", "missing", "swapped", "stray"] {
        assert_rate(sort, &slips(sort), 0.98);
    }
}

/// Any other character, as no finger slips: often enough the word is another one, and then it is better not
/// to have understood it.
#[test]
fn a_header_with_another_character_is_not_taken_for_another_field() {
    let typed = slips("other");
    let (count, wrong) = right(&typed);
    let misread: Vec<_> = wrong.iter().filter(|wrong| !wrong.contains("→≠")).collect();
    assert!(count * 10 >= typed.len() * 7, "{count} of {}", typed.len());
    assert!(misread.len() * 100 <= typed.len(), "{misread:?}");
}

#[test]
fn ambiguous_headers_follow_their_table() {
    let rows: Vec<[String; 4]> = fixture("ambiguous.csv");
    let tables: Vec<_> = rows
        .iter()
        .map(|[header, table, beside, _]| {
            let headers = [beside.as_str(), header.as_str()];
            (table.as_str(), headers.into_iter().filter(|header| !header.is_empty()).collect::<Vec<_>>())
        })
        .collect();
    let (columns, got) = mapped(&tables);
    let said: BTreeMap<&str, Vec<Code>> =
        got.diagnostics.iter().fold(BTreeMap::new(), |mut all: BTreeMap<&str, Vec<Code>>, remark| {
            all.entry(&remark.at.path).or_default().push(remark.code);
            all
        });
    for (i, ([header, table, beside, field], columns)) in rows.iter().zip(&columns).enumerate() {
        let what = format!("“{header}” in a table of “{table}” beside “{beside}”");
        assert_eq!(last(columns), field, "{what}");
        let is_said = said
            .get(format!("{i:06}.csv").as_str())
            .is_some_and(|codes| codes.contains(&Code::AmbiguousColumn));
        assert_eq!(is_said, field.is_empty(), "{what}");
    }
}

/// A row of values is no header row, whatever stands in it.
#[test]
fn no_value_is_taken_for_a_header() {
    let book = FieldBook::load();
    let values: Vec<[String; 2]> = fixture("values.csv");
    let taken: Vec<_> = values.iter().filter(|[_, value]| book.is_header(value)).collect();
    assert!(taken.is_empty(), "{taken:?}");
    for [field, value] in &values {
        let text = format!("序号,名称,{field}\n1,甲,{value}\n2,{value}群,{value}\n{value},乙,{value}\n");
        let got = super::one("a.csv", &text);
        assert_eq!(super::account(&got, 0)[..3], [4, 3, 1], "{field}: {value}");
    }
}
