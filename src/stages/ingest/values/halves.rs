//! One cell with the values of two fields.
//!
//! For: columns such as "名称/平台" and "联系人及电话". Not for: several values of one field. Invariant: a cell
//! is divided only where exactly one place to do so is left; otherwise all of it goes to the first field.

use crate::model::Field;

/// What stands between the two, the surest first.
const BETWEEN: [&[char]; 5] =
    [&['\n'], &['/', '／', '|', '｜'], &['；', ';', '，', ',', '、'], &['(', '（'], &[' ', '\u{3000}', '\t']];

/// The two parts of a cell, in the order of the fields; the second is empty where there is one value only.
pub(in super::super) fn halves(text: &str, fields: [Field; 2]) -> [&str; 2] {
    let text = text.trim();
    for between in BETWEEN {
        let mut parts = text.split(between).map(str::trim).filter(|part| !part.is_empty());
        if let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next()) {
            return [first, second.trim_end_matches([')', '）'])];
        }
    }
    // "张某某0999-1234567": the number begins where the name ends.
    let digits = text.find(|c: char| c.is_ascii_digit()).filter(|&at| at > 0);
    match digits.filter(|_| fields[1] == Field::ContactPhone) {
        Some(at) => [text[..at].trim_end_matches(['：', ':', ' ']), &text[at..]],
        None => [text, ""],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_divided_at_the_one_place_where_they_can_be() {
        let platform = [Field::Name, Field::Platform];
        let phone = [Field::ContactPerson, Field::ContactPhone];
        for (text, fields, parts) in [
            ("指尖甲市/微信公众号", platform, ["指尖甲市", "微信公众号"]),
            ("指尖甲市\n微信公众号", platform, ["指尖甲市", "微信公众号"]),
            ("指尖甲市（微信公众号）", platform, ["指尖甲市", "微信公众号"]),
            ("指尖甲市", platform, ["指尖甲市", ""]),
            ("甲/乙/丙", platform, ["甲/乙/丙", ""]),
            ("张某某 0999-1234567", phone, ["张某某", "0999-1234567"]),
            ("张某某0999-1234567", phone, ["张某某", "0999-1234567"]),
        ] {
            assert_eq!(halves(text, fields), parts, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "[甲/（） 0-9\n、]{0,12}|.{0,12}") {
            let parts = halves(&text, [Field::ContactPerson, Field::ContactPhone]);
            proptest::prop_assert!(parts.iter().all(|part| text.contains(part)));
        }
    }
}
