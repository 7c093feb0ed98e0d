//! Laws of the header tables: no orphan, no synonym twice.

use super::load::{AMBIGUOUS, FIELDS, WORDS, lines};
use super::*;

fn field_of(book: &FieldBook, header: &str) -> Option<Field> {
    match book.look(header) {
        Look::Field(hit) => Some(hit.field),
        _ => None,
    }
}

#[test]
fn every_field_has_a_line_in_order() {
    let listed: Vec<String> = lines(FIELDS).map(|line| line[0].clone()).collect();
    let all: Vec<&str> = Field::ALL.iter().map(|f| f.as_str()).collect();
    assert_eq!(listed, all);
    for line in lines(FIELDS) {
        assert!(!line[2].is_empty(), "{} has no header", line[0]);
        assert!(line[1] == "any" || line[1].split('|').all(|k| Kind::parse(k).is_some()), "{}", line[1]);
    }
}

#[test]
fn no_header_belongs_to_two_fields() {
    let mut owner: BTreeMap<String, String> = BTreeMap::new();
    for line in lines(FIELDS) {
        for header in line[2].split('|').chain([line[0].as_str()]) {
            if let Some(other) = owner.insert(fold(header), line[0].clone()) {
                assert_eq!(other, line[0], "“{header}” is a header of both");
            }
        }
    }
    for line in lines(AMBIGUOUS) {
        assert!(!owner.contains_key(&fold(&line[0])), "“{}” is ambiguous and not", line[0]);
    }
}

#[test]
fn small_tables_are_sorted_and_unique() {
    for table in [AMBIGUOUS, WORDS] {
        let rows: Vec<&str> = table.lines().skip(1).collect();
        assert!(rows.is_sorted(), "not sorted");
        assert!(rows.windows(2).all(|w| w[0] != w[1]), "a line twice");
    }
}

#[test]
fn no_value_is_taken_for_a_header() {
    let book = FieldBook::load();
    for line in lines(FIELDS) {
        for value in line[3].split('|').filter(|v| !v.is_empty()) {
            assert_eq!(book.look(value), Look::Unknown, "“{value}” is a value of {}", line[0]);
            assert!(fold(value).is_empty() || book.is_value(value), "{value}");
        }
    }
}

#[test]
fn each_header_maps_alone_and_with_noise() {
    let book = FieldBook::load();
    for line in lines(FIELDS) {
        let field = Field::parse(&line[0]);
        for header in line[2].split('|') {
            let (first, rest) = header.split_at(header.chars().next().map_or(0, char::len_utf8));
            for noisy in [
                header.to_owned(),
                format!(" {first} {rest}\n"),
                format!("{first}\n{rest}"),
                format!("{header}（必填）"),
                format!("{header}*："),
                format!("3.{header}"),
                header.to_uppercase(),
            ] {
                assert_eq!(field_of(&book, &noisy), field, "“{noisy}”");
            }
        }
    }
}

#[test]
fn typing_errors_are_guessed_and_other_words_are_not() {
    let book = FieldBook::load();
    for (header, field) in [
        ("主办单未", Field::OwnerUnit),
        ("主办位单", Field::OwnerUnit),
        ("公众账号名成", Field::AccountName),
        ("微信公众号粉丝数", Field::Followers),
        ("主办单位联系电话", Field::ContactPhone),
        ("备注信息", Field::Remark),
        ("名称/平台", Field::Name),
        ("region_codes", Field::RegionCode),
    ] {
        let Look::Field(hit) = book.look(header) else { panic!("“{header}” is not understood") };
        assert_eq!(hit.field, field, "“{header}”");
        assert_eq!(hit.by, MappedBy::Fuzzy, "“{header}”");
        assert!(hit.confidence < 0.9);
    }
    for header in ["下载时间", "协办单位", "原账号名称", "账号数量", "身份证号", "sponsor_basis", "script"]
    {
        assert_eq!(field_of(&book, header), None, "“{header}”");
    }
}

#[test]
fn two_level_headers_read_by_their_last_part() {
    let book = FieldBook::load();
    for (header, field) in [
        ("经办人信息-姓名", Field::ContactPerson),
        ("经办人信息-办公电话", Field::ContactPhone),
        ("owner_unit.name", Field::OwnerUnit),
        ("meta.platform", Field::Platform),
    ] {
        assert_eq!(field_of(&book, header), Some(field), "“{header}”");
    }
}

#[test]
fn ambiguous_headers_follow_the_table() {
    let book = FieldBook::load();
    let resolve = |header: &str, kind: Option<Kind>, beside: &[Field]| match book.look(header) {
        Look::Ambiguous(choices) => {
            book.resolve(choices, &kind.into_iter().collect(), &|f| beside.contains(&f))
        }
        other => panic!("“{header}” is not ambiguous: {other:?}"),
    };
    assert_eq!(resolve("用途", Some(Kind::Group), &[]), Some(Field::GroupPurpose));
    assert_eq!(resolve("用途", Some(Kind::App), &[]), Some(Field::FunctionDesc));
    assert_eq!(resolve("类型", Some(Kind::Account), &[]), Some(Field::Platform));
    assert_eq!(resolve("责任人", Some(Kind::App), &[Field::RectifyMeasure]), Some(Field::RectifyOwner));
    assert_eq!(resolve("责任人", Some(Kind::App), &[]), Some(Field::ContactPerson));
    assert_eq!(resolve("用途", None, &[]), None);
}

#[test]
fn titles_tell_the_object_unless_they_name_several() {
    let words = FieldBook::load();
    let kinds = |title| words.words().title_kinds(title).into_iter().collect::<Vec<_>>();
    assert_eq!(kinds("附件2 工作群组清理统计表"), [Kind::Group]);
    assert_eq!(kinds("政务公众账号台账汇总表"), [Kind::Account]);
    assert_eq!(kinds("政务移动互联网应用程序摸底表"), [Kind::App]);
    assert_eq!(kinds("官方ＱＱ群、微信群清理统计表"), [Kind::Group]);
    assert_eq!(kinds("政务应用程序和工作群组汇总表"), [Kind::App, Kind::Group]);
    assert_eq!(kinds("统计表"), []);
}
