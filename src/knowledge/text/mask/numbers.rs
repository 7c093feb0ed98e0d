//! Telephone and identity numbers in running text.
//!
//! For: mobile numbers (11 digits from 1), fixed lines (0xxx and 7 or 8 digits) and identity numbers (17
//! digits and a check character, with a birth date inside), whole or in groups, in half or full width, with
//! a country code or without. Not for: numbers that name things, such as credit codes, region codes and
//! dates. Invariant: a number that is hidden here is not found again, so hiding twice changes nothing.

/// Groups of digits in which a mobile number is written.
const MOBILE: [&[usize]; 7] = [&[11], &[3, 4, 4], &[3, 3, 5], &[4, 4, 3], &[4, 3, 4], &[3, 8], &[7, 4]];
/// Groups in which an identity number is written; its last character may be X.
const IDENTITY: [&[usize]; 3] = [&[18], &[6, 8, 4], &[14, 4]];
/// The most digits of an extension behind a fixed line.
const EXTENSION: usize = 6;

/// A group of digits: where it stands among the characters of the text.
#[derive(Clone, Copy)]
struct Group {
    start: usize,
    len: usize,
}

/// What is left readable of a number: digits at its head and at its tail.
struct Hidden {
    groups: usize,
    head: usize,
    tail: usize,
    /// Digits to leave alone before the number: a country code.
    skip: usize,
}

/// The text with its numbers of people hidden, and where each began, in characters.
pub(super) fn hide(text: &str) -> (String, Vec<usize>) {
    let mut chars: Vec<char> = text.chars().collect();
    let mut begins = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if value(chars[at]).is_none() {
            at += 1;
            continue;
        }
        let (groups, end) = run(&chars, at);
        // What follows a star is the readable end of a number hidden before.
        let mut next = usize::from(at > 0 && chars[at - 1] == '*');
        while next < groups.len() {
            let Some(found) = number(&chars, &groups[next..]) else {
                next += 1;
                continue;
            };
            let code = next.checked_sub(1).map(|i| groups[i]).filter(|g| is_country(&chars, *g));
            begins.push(code.unwrap_or(groups[next]).start);
            blot(&mut chars, &groups[next..next + found.groups], &found);
            next += found.groups;
        }
        at = end;
    }
    (chars.into_iter().collect(), begins)
}

/// 86, as 86, +86 or 0086.
fn is_country(chars: &[char], group: Group) -> bool {
    let digits: String = chars[group.start..group.start + group.len].iter().collect();
    matches!(digits.as_str(), "86" | "0086")
}

/// The digits of both widths.
fn value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// Between the groups of one number stands one of these, or a bracket and a blank.
fn parts(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}'
            | '\u{3000}'
            | '-'
            | '－'
            | '‐'
            | '–'
            | '—'
            | '.'
            | '·'
            | '•'
            | ')'
            | '）'
            | '('
            | '（'
    )
}

/// The groups of digits from here that may belong together, and where they end.
fn run(chars: &[char], from: usize) -> (Vec<Group>, usize) {
    let mut groups = Vec::new();
    let mut at = from;
    loop {
        let len = chars[at..].iter().take_while(|c| value(**c).is_some()).count();
        let mut end = at + len;
        // An identity number may end in X, which counts as a digit where it stands last.
        let x = chars.get(end).is_some_and(|c| matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ'));
        let more = chars.get(end + 1).is_some_and(char::is_ascii_alphanumeric);
        let len = if x && !more { len + 1 } else { len };
        groups.push(Group { start: at, len });
        end = at + len;
        let gap = chars[end..].iter().take_while(|c| parts(**c)).count();
        if (1..=2).contains(&gap) && chars.get(end + gap).is_some_and(|c| value(*c).is_some()) {
            at = end + gap;
        } else {
            return (groups, end);
        }
    }
}

/// The number that begins with the first of these groups.
fn number(chars: &[char], groups: &[Group]) -> Option<Hidden> {
    let first = groups[0];
    let digit = |i: usize| chars.get(first.start + i).copied().and_then(value);
    let written = |forms: &[&[usize]], groups: &[Group]| {
        let fits = |form: &&&[usize]| {
            groups.len() >= form.len() && form.iter().zip(groups).all(|(n, group)| *n == group.len)
        };
        forms.iter().find(fits).map(|form| form.len())
    };
    let is_mobile = |at: usize, strict: bool| {
        let digit = |i: usize| chars.get(at + i).copied().and_then(value);
        digit(0) == Some(1) && (!strict || digit(1).is_some_and(|d| d >= 3))
    };
    let ends_in_x = |group: Group| value(chars[group.start + group.len - 1]).is_none();
    // Letters run into the digits of a code; a mobile number behind them is one all the same.
    let before = first.start.checked_sub(1).map(|i| chars[i]);
    let after_letter = before.is_some_and(|c| c.is_ascii_alphabetic());

    if let Some(count) = written(&IDENTITY, groups).filter(|_| !after_letter) {
        let digits: Vec<u32> = groups[..count]
            .iter()
            .flat_map(|g| (g.start..g.start + g.len).filter_map(|i| value(chars[i])))
            .collect();
        if digits.len() >= 17 && birth_date(&digits[6..14]) {
            return Some(Hidden { groups: count, head: 3, tail: 2, skip: 0 });
        }
    }
    if let Some(count) = written(&MOBILE, groups) {
        let strict = count > 1 || after_letter;
        if is_mobile(first.start, strict) && !groups[..count].iter().any(|g| ends_in_x(*g)) {
            return Some(Hidden { groups: count, head: 3, tail: 4, skip: 0 });
        }
    }
    // With the country code run into it (86, 0086) or several numbers run together.
    for code in [2, 4] {
        let is_code =
            if code == 2 { digit(0) == Some(8) && digit(1) == Some(6) } else { digit(2) == Some(8) };
        if first.len == code + 11 && is_code && is_mobile(first.start + code, true) {
            return Some(Hidden { groups: 1, head: 3, tail: 4, skip: code });
        }
    }
    if first.len > 11 && first.len.is_multiple_of(11) {
        let mut each = (0..first.len).step_by(11);
        if each.all(|i| is_mobile(first.start + i, true)) {
            return Some(Hidden { groups: 1, head: 3, tail: 2, skip: 0 });
        }
    }
    fixed(groups, digit(0) == Some(0) && !after_letter)
}

/// A fixed line: area code and number, apart or as one, with or without an extension.
fn fixed(groups: &[Group], area: bool) -> Option<Hidden> {
    if !area {
        return None;
    }
    let count = match groups {
        [one, ..] if (10..=12).contains(&one.len) => 1,
        [code, number, ..] if (3..=4).contains(&code.len) && (7..=8).contains(&number.len) => 2,
        [code, one, two, ..] if (3..=4).contains(&code.len) && (7..=8).contains(&(one.len + two.len)) => 3,
        _ => return None,
    };
    let extension = groups.get(count).is_some_and(|group| group.len <= EXTENSION);
    Some(Hidden { groups: count + usize::from(extension), head: 3, tail: 2, skip: 0 })
}

/// Puts stars in the place of all digits but those at the ends.
fn blot(chars: &mut [char], groups: &[Group], hidden: &Hidden) {
    let places: Vec<usize> = groups.iter().flat_map(|g| g.start..g.start + g.len).skip(hidden.skip).collect();
    let end = places.len().saturating_sub(hidden.tail);
    for &place in places.get(hidden.head..end).unwrap_or(&[]) {
        chars[place] = '*';
    }
}

fn birth_date(digits: &[u32]) -> bool {
    let number = |part: &[u32]| part.iter().fold(0, |sum, d| sum * 10 + d);
    (1900..=2100).contains(&number(&digits[..4]))
        && (1..=12).contains(&number(&digits[4..6]))
        && (1..=31).contains(&number(&digits[6..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eleven digits put together at run time, so that no source line holds a telephone number.
    fn mobile() -> String {
        format!("1{}", "38".repeat(5))
    }

    fn hidden(text: &str) -> String {
        hide(text).0
    }

    #[test]
    fn every_way_of_writing_a_number_is_found() {
        let m = mobile();
        let (a, b, c) = (&m[..3], &m[3..7], &m[7..]);
        let wide: String = m.chars().filter_map(|d| char::from_u32(d as u32 + 0xFEE0)).collect();
        for text in [
            m.clone(),
            format!("{a} {b} {c}"),
            format!("{a}-{b}-{c}"),
            format!("{a}－{b}－{c}"),
            format!("{a}.{b}.{c}"),
            format!("+86{m}"),
            format!("86{m}"),
            format!("+86 {a} {b} {c}"),
            format!("（{m}）"),
            format!("wx{m}"),
            format!("{m}{m}"),
            format!("{m}、{m}/{m}"),
            wide,
            "010-0000-0000".to_owned(),
            "(010)00000000".to_owned(),
            "（0999） 8123456".to_owned(),
            "09998123456".to_owned(),
            "0999-8123456-802".to_owned(),
            format!("99000019900307{}", "123x"),
            "990000 19900307 1234".to_owned(),
        ] {
            let shown = hidden(&text);
            let left = shown.split('*').map(|t| t.chars().filter(|c| value(*c).is_some()).count()).max();
            assert!(shown.contains('*') && left <= Some(8), "{text} → {shown}");
            assert_eq!(hidden(&shown), shown, "twice");
        }
        assert_eq!(hidden(&m), format!("{a}****{c}"));
    }

    #[test]
    fn numbers_of_things_stay() {
        for text in [
            "11520000MB1234567X",
            "2024-05-01",
            "2024.05.01-2024.12.31",
            "990102001",
            "110101001000",
            "粤ICP备2024000000号-1",
            "粤公网安备 44010602001234号",
            "12.345.678",
            "1 2 3 4 5 6 7 8 9 10 11",
            "1920 1080",
            "用户 1234567890 人",
            "400-000-0000",
        ] {
            assert_eq!(hidden(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn hiding_twice_changes_nothing(text in "[0139８xX*. )\u{ff0d}a甲-]{0,40}") {
            let once = hidden(&text);
            proptest::prop_assert_eq!(hidden(&once), once.clone());
        }
    }
}
