//! Masking of personal data: names, telephone and identity numbers, mail addresses.
//!
//! For: every text that leaves the program. Not for: finding people; a name in running prose without
//! a label in front of it is not recognised. Invariant: masking is idempotent and never lengthens a
//! run of digits that it leaves readable.

mod called;
mod numbers;

use super::surnames;
use crate::model::Field;
use std::borrow::Cow;

/// Labels after which a personal name follows ("填表人：张某某").
const LABELS: [&str; 12] = [
    "负责人",
    "联系人",
    "填表人",
    "填报人",
    "审核人",
    "经办人",
    "制表人",
    "校对人",
    "复核人",
    "群主",
    "管理员",
    "姓名",
];
/// Last characters of units and offices, which are longer than a name and not personal.
const UNIT_ENDINGS: &str = "局科室办部中心院校站司队会处委厅所社村镇乡县市区";
/// Characters of the longest usual Chinese personal name (复姓 and two more).
const LONGEST_NAME: usize = 4;
/// Blanks and brackets that may stand between a name and the number behind it.
const LONGEST_GAP: usize = 3;
/// Words for a number, which stand between a name and it; longer before shorter.
const NUMBER_LABELS: [&str; 9] =
    ["联系电话", "联系方式", "电话号码", "手机号码", "手机号", "电话", "手机", "身份证", "tel"];
/// Words in headers under which telephone and identity numbers stand.
const NUMBERS: [&str; 6] = ["电话", "手机", "联系方式", "身份证", "证件号", "号码"];

/// The value of a field as it may be shown: personal fields by what they hold, all others as free
/// text.
pub fn field(field: Field, text: &str) -> Cow<'_, str> {
    match field {
        Field::ContactPhone => digits(&members(text)).into(),
        Field::ContactEmail | Field::Members => members(text).into(),
        _ if is_called(field) => called::called(text),
        _ if field.is_personal() => people(text).into(),
        _ => free(text),
    }
}

/// Whether a field says what an item or its owner is called. Ids, stems and keys are made of these, so they are masked
/// when they are read.
pub fn is_called(field: Field) -> bool {
    Field::NAMES.contains(&field) || field == Field::OwnerUnit
}

/// The field as which the values under a header are to be masked when no field was found for it: columns
/// of people that a table has more than one of, and headers that nobody has seen.
pub fn under(header: &str) -> Option<Field> {
    if NUMBERS.iter().any(|word| header.contains(word)) {
        Some(Field::ContactPhone)
    } else {
        LABELS.iter().any(|label| header.contains(label)).then_some(Field::Members)
    }
}

/// Free text: telephone and identity numbers, mail addresses and names behind a label.
pub fn free(text: &str) -> Cow<'_, str> {
    let has_label =
        text.contains([':', '：', ' ', '\u{3000}']) && LABELS.iter().any(|label| text.contains(label));
    // The three bytes of a digit of full width.
    let wide = || text.as_bytes().windows(3).filter(|w| matches!(w, [0xEF, 0xBC, 0x90..=0x99])).count();
    let has_number = text.bytes().filter(u8::is_ascii_digit).count() + wide() >= 10;
    if !has_label && !has_number && !text.contains('@') {
        return text.into();
    }
    let text = mails(text);
    let text = numbers(&text);
    labelled(&text).into()
}

/// A list of personal names: 张三、李四（主任） → 张某、李某（主某）.
pub fn people(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut name = String::new();
    for c in text.chars() {
        if c.is_alphabetic() || c == '·' || c == '*' {
            name.push(c);
        } else {
            out.push_str(&person(&name));
            name.clear();
            out.push(c);
        }
    }
    out.push_str(&person(&name));
    numbers(&out)
}

/// Who is in a group: names are masked, words about people stay ("张三丰、各县区招考办" → "张某某、各县区招考办").
/// Only what looks like a name is one: a known surname, two to four characters, and no ending of a unit or
/// of a group of people.
pub fn members(text: &str) -> String {
    let is_part = |c: char| c.is_alphabetic() || c == '·';
    let shown = free(text);
    let mut out = String::with_capacity(shown.len());
    let mut rest = &*shown;
    while let Some(start) = rest.find(is_part) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let token = &rest[..end];
        if surnames::is_name(token) {
            out.push_str(&person(token));
        } else {
            out.push_str(token);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// One personal name: the first character stays, the rest becomes 某 (or `*` for Latin letters).
/// Texts longer than a name that end like a unit are not personal and stay.
pub fn person(name: &str) -> String {
    let count = name.chars().count();
    let mut chars = name.chars();
    let (Some(first), Some(last)) = (chars.next(), name.chars().last()) else { return String::new() };
    if first.is_ascii() {
        return format!("{first}**");
    }
    if count > LONGEST_NAME && UNIT_ENDINGS.contains(last) {
        return name.to_owned();
    }
    let hidden = if count == 2 { 1 } else { 2 };
    std::iter::once(first).chain(std::iter::repeat_n('某', hidden)).collect()
}

/// A telephone number of any form: the first three and last two digits stay when there are at least
/// eight, otherwise only the first.
pub fn digits(text: &str) -> String {
    let is_digit = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
    let total = text.chars().filter(is_digit).count();
    let (head, tail) = if total >= 8 { (3, 2) } else { (1, 0) };
    let mut seen = 0;
    let hide = |c: char| {
        if !is_digit(&c) {
            return c;
        }
        seen += 1;
        if seen > head && seen <= total - tail.min(total) { '*' } else { c }
    };
    text.chars().map(hide).collect()
}

/// Hides telephone and identity numbers, and a name that stands right before one ("张三 138…").
fn numbers(text: &str) -> String {
    let (hidden, begins) = numbers::hide(text);
    if begins.is_empty() {
        return hidden;
    }
    let mut chars: Vec<char> = hidden.chars().collect();
    for begin in begins {
        let end = before_label(&chars[..begin]);
        let word = chars[..end].iter().rev().take_while(|c| is_han(**c)).count();
        let tried = [word, 3, 2].into_iter().filter(|n| *n <= word);
        let name =
            tried.map(|n| end - n).find(|&at| surnames::is_name(&chars[at..end].iter().collect::<String>()));
        if let Some(at) = name {
            // As many characters as before, so that the places behind stay right.
            chars[at + 1..end].fill('某');
        }
    }
    chars.into_iter().collect()
}

/// Where a name may end whose number follows: in front of blanks, brackets and a word for the number
/// ("张三（手机：138…").
fn before_label(chars: &[char]) -> usize {
    let between = |c: &&char| !c.is_alphanumeric() && !matches!(c, '。' | '；' | ';' | '\n');
    let gap = |end: usize| end - chars[..end].iter().rev().take(LONGEST_GAP).take_while(between).count();
    let end = gap(chars.len());
    let word = NUMBER_LABELS.iter().map(|w| w.chars().count()).zip(NUMBER_LABELS).find(|&(len, word)| {
        end >= len && word.chars().eq(chars[end - len..end].iter().map(char::to_ascii_lowercase))
    });
    word.map_or(end, |(len, _)| gap(end - len))
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || c as u32 >= 0x20000
}

/// `someone@example.org` → `s***@example.org`.
fn mails(text: &str) -> String {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '*');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = rest.split_at(at);
        let start = before.trim_end_matches(local).len();
        out.push_str(&before[..start]);
        match before[start..].chars().next() {
            Some(first) if after[1..].starts_with(|c: char| c.is_ascii_alphanumeric()) => {
                out.push(first);
                out.push_str("***");
            }
            _ => out.push_str(&before[start..]),
        }
        out.push('@');
        rest = &after[1..];
    }
    out.push_str(rest);
    out
}

/// Names behind a label and a colon ("填表人：张某某"), or a blank if it looks like a name ("联系人 张某某").
fn labelled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(gap) = rest.find([':', '：', ' ', '\u{3000}']) {
        let mark = rest[gap..].chars().next().unwrap_or(' ');
        let (label, after) = rest.split_at(gap + mark.len_utf8());
        out.push_str(label);
        rest = after;
        let label = label.trim_end_matches(mark).trim_end();
        let label =
            label.trim_end_matches(['）', ')']).trim_end_matches("签字").trim_end_matches(['（', '(']);
        if LABELS.iter().any(|known| label.ends_with(known)) {
            let blank = rest.len() - rest.trim_start().len();
            let name = rest[blank..].chars().take_while(|c| c.is_alphabetic() || *c == '·').count();
            let end = rest[blank..].char_indices().nth(name).map_or(rest.len(), |(i, _)| blank + i);
            let word = &rest[blank..end];
            out.push_str(&rest[..blank]);
            if matches!(mark, ':' | '：') || surnames::is_name(word) {
                out.push_str(&person(word));
            } else {
                out.push_str(word);
            }
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eleven digits put together at run time, so that no source line holds a telephone number.
    fn mobile() -> String {
        format!("1{}", "38".repeat(5))
    }

    #[test]
    fn names_keep_their_first_character() {
        assert_eq!(people("张三"), "张某");
        assert_eq!(people("张三丰、李四（主任）"), "张某某、李某（主某）");
        assert_eq!(people("甲市教育局宣传科"), "甲市教育局宣传科");
        assert_eq!(people("Zhang San"), "Z** S**");
        assert_eq!(people(""), "");
    }

    #[test]
    fn numbers_of_people_are_hidden_and_codes_are_not() {
        let number = mobile();
        assert_eq!(free(&format!("电话{number}。")), format!("电话{}****{}。", &number[..3], &number[7..]));
        let identity = format!("99000019900307{}", "123X");
        assert_eq!(free(&identity), "990*************3X");
        assert_eq!(free("0999-1234567"), "099*-*****67");
        for code in ["11520000MB1234567X", "20240501", "990102001", "粤ICP备2024000000号", "gh_1234567890ab"]
        {
            assert_eq!(free(code), code);
        }
    }

    #[test]
    fn a_name_before_a_number_is_hidden() {
        let number = mobile();
        let shown = format!("{}****{}", &number[..3], &number[7..]);
        for (text, name) in [
            ("张三丰", "张某某"),
            ("请联系李四", "请联系李某"),
            ("咨询电话", "咨询电话"),
            ("甲市教育局", "甲市教育局"),
        ] {
            for between in ["", " ", "（", "，", " 手机：", "（联系电话 ", " +86 "] {
                assert_eq!(free(&format!("{text}{between}{number}")), format!("{name}{between}{shown}"));
            }
        }
        assert_eq!(free("联系人 张三丰、负责人 审核"), "联系人 张某某、负责人 审核");
    }

    #[test]
    fn labelled_names_and_mail_addresses_are_hidden() {
        assert_eq!(free("填表人：张三丰  审核人(签字): 李四"), "填表人：张某某  审核人(签字): 李某");
        assert_eq!(free("a.b@example.org"), "a***@example.org");
        assert_eq!(free("@四川文旅"), "@四川文旅");
    }

    #[test]
    fn fields_are_masked_by_what_they_hold() {
        assert_eq!(field(Field::GroupOwner, "王五"), "王某");
        assert_eq!(field(Field::ContactPhone, "8123456"), "8******");
        assert_eq!(field(Field::Name, "智慧校园"), "智慧校园");
    }

    #[test]
    fn members_are_names_or_words_about_people() {
        for (text, shown) in [
            ("张三、欧阳某某（组长）、李四丰", "张某、欧某某（组长）、李某某"),
            ("各县区招考办", "各县区招考办"),
            ("市中小学校长、马场村网格员", "市中小学校长、马场村网格员"),
            ("中心全体干部职工(含聘用人员)", "中心全体干部职工(含聘用人员)"),
            ("注册志愿者", "注册志愿者"),
            ("高校教师、党员、支部书记", "高校教师、党员、支部书记"),
            ("各创建责任单位联络员", "各创建责任单位联络员"),
            ("市民，居民", "市民，居民"),
            ("", ""),
        ] {
            assert_eq!(field(Field::Members, text), shown, "{text}");
        }
        assert_eq!(field(Field::GroupOwner, "高校教师"), "高某某", "owners and contacts are always masked");
        assert_eq!(field(Field::Members, &format!("王五 {}", mobile())), "王某 138****3838");
    }

    proptest::proptest! {
        #[test]
        fn masking_twice_changes_nothing(text in "[张李局某Xa1290@.：:、 -]{0,24}") {
            let once = free(&text).into_owned();
            proptest::prop_assert_eq!(free(&once).into_owned(), once.clone());
            let people_once = people(&text);
            proptest::prop_assert_eq!(people(&people_once), people_once);
            let members_once = members(&text);
            proptest::prop_assert_eq!(members(&members_once), members_once);
        }
    }
}
