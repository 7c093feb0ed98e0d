//! Laws over the whole declaration: the table, the reader, the template and `show` agree.

use super::declared::{SCHEMA, Shape};
use super::*;
use crate::knowledge::messages::{Catalogue, Lang};
use proptest::prelude::*;

const KNOWN: Known<'static> =
    Known { rules: &["app-checkin", "app-points-ranking"], profiles: &["place-2025"] };

/// The template with every setting switched on.
fn switched_on(template: &str) -> String {
    let lines = template.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What a policy says, without where it says it.
fn said(policy: &Policy) -> String {
    let shown = show(policy, Catalogue::of(Lang::En));
    let lines: Vec<&str> = shown.lines().map(|l| l.split("  # ").next().unwrap_or(l).trim_end()).collect();
    lines.join("\n")
}

fn faults(text: &str) -> Faults {
    parse(text, &KNOWN).expect_err(text)
}

/// A valid file with one section, each key at its example.
fn alone(section: &Section) -> String {
    let mut text = format!("schema = {SCHEMA}\n");
    if section.shape != Shape::Root {
        text.push_str(&section.header(KNOWN.rules[0]));
        text.push('\n');
        for key in section.keys {
            text.push_str(key.name);
            text.push_str(" = ");
            text.push_str(&key.example.replace("{rule}", KNOWN.rules[0]));
            text.push('\n');
        }
    }
    text
}

fn misspelt(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    let without = |at: usize| chars.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect();
    let mut swapped = chars.clone();
    swapped.swap(0, 1);
    let mut doubled = chars.clone();
    doubled.insert(1, chars[1]);
    let all: Vec<String> =
        vec![without(chars.len() - 1), swapped.into_iter().collect(), doubled.into_iter().collect()];
    all.into_iter().filter(|slip| slip != word && !slip.is_empty()).collect()
}

#[test]
fn every_section_alone_is_valid() {
    for section in SECTIONS {
        parse(&alone(section), &KNOWN).unwrap_or_else(|f| panic!("{}: {:?}", section.name, f.list));
    }
}

#[test]
fn every_misspelt_key_is_refused_with_the_right_word() {
    for section in SECTIONS {
        for key in section.keys {
            for slip in misspelt(key.name) {
                let text = alone(section).replacen(&format!("{} = ", key.name), &format!("{slip} = "), 1);
                let found = faults(&text);
                let fault = found.list.iter().find(|f| f.code != FaultCode::MissingKey).expect("a fault");
                assert_eq!(fault.suggestion.as_deref(), Some(key.name), "{}.{slip}", section.name);
                assert_eq!(&text[fault.span.clone()], slip);
            }
        }
    }
}

#[test]
fn every_misspelt_section_is_refused_with_the_right_word() {
    for section in SECTIONS.iter().filter(|s| s.shape != Shape::Root) {
        for slip in misspelt(section.name) {
            let header = section.header(KNOWN.rules[0]);
            let text = alone(section).replacen(&header, &header.replacen(section.name, &slip, 1), 1);
            let found = faults(&text);
            assert_eq!(found.list[0].suggestion.as_deref(), Some(section.name), "{slip}");
        }
    }
}

#[test]
fn the_template_means_the_defaults_and_switched_on_it_is_valid() {
    for lang in [Lang::Zh, Lang::En] {
        let template = template(Catalogue::of(lang), &KNOWN);
        let policy = parse(&template, &KNOWN).expect("valid as printed");
        assert_eq!(said(&policy), said(&Policy::default()));
        let policy = parse(&switched_on(&template), &KNOWN).expect("valid with everything on");
        assert_eq!(policy.rules.waivers.len(), 1);
        assert_eq!((policy.columns.len(), policy.pins.len(), policy.judgements.len()), (1, 1, 1));
    }
}

#[test]
fn what_is_shown_is_a_policy_that_says_the_same() {
    let full = parse(&switched_on(&template(Catalogue::of(Lang::Zh), &KNOWN)), &KNOWN).expect("valid");
    for policy in [full, Policy::default()] {
        for lang in [Lang::Zh, Lang::En] {
            let again = parse(&show(&policy, Catalogue::of(lang)), &KNOWN).expect("valid");
            assert_eq!(said(&again), said(&policy));
        }
    }
}

#[test]
fn flags_lie_over_the_file_and_the_file_over_the_defaults() {
    let policy = parse("schema = 1\n[audit]\nfail_on = [\"unread\"]\n", &KNOWN).expect("valid");
    assert_eq!(policy.fail_on, [FailOn::Unread]);
    let flags = Flags { fail_on: Some(vec![FailOn::Advisory]), ..Flags::default() };
    let policy = policy.with_flags(&flags);
    assert_eq!(policy.fail_on, [FailOn::Advisory]);
    let shown = show(&policy, Catalogue::of(Lang::En));
    assert!(shown.contains("fail_on = [\"advisory\"]  # command line --fail-on"), "{shown}");
    assert!(shown.contains("threshold = 0.5  # built-in default"), "{shown}");
    assert!(shown.contains("schema = 1  # line 1"), "{shown}");
}

#[test]
fn every_fault_has_its_words_and_every_setting_its_note() {
    let mut wanted: Vec<String> = FaultCode::ALL.iter().flat_map(|c| c.keys()).map(str::to_owned).collect();
    for section in SECTIONS {
        wanted.extend(section.keys.iter().map(|key| format!("policy.{}.{}", section.name, key.name)));
        if section.shape != Shape::Root {
            wanted.push(format!("policy.{}.about", section.name));
        }
    }
    let catalogue = Catalogue::of(Lang::Zh);
    for key in &wanted {
        assert!(catalogue.has(key), "{key} is missing");
    }
    let groups: Vec<&str> = SECTIONS.iter().map(|s| s.name).chain(["fault"]).collect();
    for key in catalogue.keys().filter(|key| key.starts_with("policy.")) {
        let group = key.split('.').nth(1).unwrap_or("");
        assert!(!groups.contains(&group) || wanted.iter().any(|w| w == key), "{key} is used nowhere");
    }
}

#[test]
fn all_faults_come_at_once_in_the_order_of_the_file() {
    let text = "\
[audit]
fail_on = [\"unraed\", \"禁止\"]
[pins]
[settings]
account_stale_days = 0
[matching]
threshold = \"高\"
[[judgements]]
left = \"甲\"
right = \"甲\"
verdict = \"same\"
[[waivers]]
rule = \"app-chekin\"
asset = \" \"
reason = \"理由\"
by = \"机构\"
until = \"2027-02-30\"
";
    let found = faults(text);
    let got: Vec<_> = found.list.iter().map(|f| (f.code, found.place(f))).collect();
    let expected = [
        (FaultCode::MissingKey, (1, 1)),
        (FaultCode::UnknownName, (2, 12)),
        (FaultCode::UnknownName, (2, 22)),
        (FaultCode::WrongShape, (3, 2)),
        (FaultCode::OutOfRange, (5, 22)),
        (FaultCode::WrongType, (7, 13)),
        (FaultCode::MissingKey, (8, 3)),
        (FaultCode::SameAsset, (8, 3)),
        (FaultCode::UnknownName, (13, 8)),
        (FaultCode::OutOfRange, (14, 9)),
        (FaultCode::WrongType, (17, 9)),
    ];
    assert_eq!(got, expected);
}

#[test]
fn a_name_in_the_users_own_language_is_understood_and_translated() {
    let found = faults("schema = 1\n[audit]\nfail_on = [\"禁止\"]\n");
    assert_eq!(found.list[0].suggestion.as_deref(), Some("forbidden"));
    let found = faults("schema = 1\n[[pins]]\nasset = \"甲\"\nreason = \"甲\"\naction = \"保留整改\"\n");
    assert_eq!(found.list[0].suggestion.as_deref(), Some("keep-fix"));
}

#[test]
fn entries_must_not_repeat_or_contradict_each_other() {
    let pair = |left: &str, right: &str, verdict: &str| {
        format!(
            "[[judgements]]\nleft = \"{left}\"\nright = \"{right}\"\nverdict = \"{verdict}\"\nreason = \"x\"\n"
        )
    };
    let text = format!("schema = 1\n{}{}", pair("甲", "乙", "same"), pair("乙", "甲", "different"));
    let found = faults(&text);
    assert_eq!(found.list.len(), 1);
    assert_eq!(found.list[0].code, FaultCode::RepeatedEntry);
    assert_eq!(found.place(&found.list[0]), (7, 3));
    assert!(found.list[0].args.contains(&("line", "2".to_owned())));
}

#[test]
fn a_broken_line_is_one_fault_and_hides_no_other_line() {
    let found = faults("schema = 1\n[report]\norganisation = “甲市”\n[plan]\nenforce_cap = true\n");
    let got: Vec<_> = found.list.iter().map(|f| (f.code, found.place(f))).collect();
    assert_eq!(got, [(FaultCode::FullWidth, (3, 16)), (FaultCode::UnknownKey, (5, 1))]);
    let found = faults("schema = 1\nschema = 1\n");
    let shown = found.render(Catalogue::of(Lang::Zh), false);
    assert!(shown.contains("同一个键写了两次") && shown.contains(":2:1"), "{shown}");
}

#[test]
fn the_mark_stands_under_chinese_text() {
    let mut found = faults("schema = 1\n[audit]\nfail_on = [\"unread\", \"禁止\"]\n");
    found.path = "政策.toml".into();
    let shown = found.render(Catalogue::of(Lang::Zh), false);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[1].ends_with("政策.toml:3:22"), "{shown}");
    let text = lines.iter().find(|l| l.contains("禁止\"]")).expect("the line is shown");
    let mark = lines.iter().find(|l| l.contains('^')).expect("the mark is shown");
    let (before, _) = text.split_once("\"禁止").expect("the word is shown");
    assert_eq!(mark.find('^'), Some(unicode_width::UnicodeWidthStr::width(before)), "{shown}");
    assert_eq!(mark.matches('^').count(), 6, "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever a file holds, it is read or refused with places inside it, and shown.
    #[test]
    fn no_text_is_too_broken_to_be_answered(
        cut in 0usize..4000,
        insert in r#"[\[\]{}="'“，#\n\r\t .甲a1_\\-]{0,6}"#,
        length in 0usize..40,
    ) {
        let template = switched_on(&template(Catalogue::of(Lang::Zh), &KNOWN));
        let chars: Vec<char> = template.chars().collect();
        let start = cut.min(chars.len());
        let end = (start + length).min(chars.len());
        let text: String = chars[..start].iter().collect::<String>() + &insert + &chars[end..].iter().collect::<String>();
        if let Err(found) = parse(&text, &KNOWN) {
            prop_assert!(!found.list.is_empty());
            for fault in &found.list {
                prop_assert!(fault.span.start <= text.len());
            }
            prop_assert!(!found.render(Catalogue::of(Lang::Zh), false).is_empty());
        }
    }

    /// Any text survives being shown and read again.
    #[test]
    fn any_words_survive_being_shown(reason in "\\PC{1,20}|[\\x01-\\x7f]{1,8}") {
        prop_assume!(!reason.trim().is_empty());
        let quoted = value::Setting::Text(reason.clone()).toml();
        let text = format!("schema = 1\n[[pins]]\nasset = {quoted}\naction = \"keep\"\nreason = {quoted}\n");
        let policy = parse(&text, &KNOWN).expect(&text);
        prop_assert_eq!(&policy.pins[0].reason, &reason);
    }
}
