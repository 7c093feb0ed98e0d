//! Laws of the clause book: ids, dates, sources, coverage.

use super::*;

/// Shorter than this, a paraphrase cannot say who must do what.
const MIN_ZH: usize = 15;
const MIN_EN: usize = 40;

#[test]
fn every_clause_says_what_it_demands_and_of_what() {
    for clause in ClauseBook::load().iter() {
        let id = &clause.id;
        assert!(clause.paraphrase.zh.chars().count() >= MIN_ZH, "{id}: Chinese paraphrase too short");
        assert!(clause.paraphrase.en.chars().count() >= MIN_EN, "{id}: English paraphrase too short");
        assert!(!clause.covers.is_empty(), "{id}: covers nothing");
        assert!(!clause.number.zh.is_empty() || !clause.heading.zh.is_empty(), "{id}: nothing to cite");
        assert_eq!(clause.number.zh.is_empty(), clause.number.en.is_empty(), "{id}: number in one language");
        assert_eq!(
            clause.heading.zh.is_empty(),
            clause.heading.en.is_empty(),
            "{id}: heading in one language"
        );
        assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/".contains(c)), "{id}");
    }
}

#[test]
fn dates_are_in_order() {
    for clause in ClauseBook::load().iter() {
        let days = [Some(clause.issued), clause.effective, clause.repealed];
        assert!(days.iter().flatten().is_sorted(), "{}: {days:?}", clause.id);
    }
}

/// Day-counts and article numbers that were never seen must not look as if they had been.
#[test]
fn what_was_not_seen_is_marked_and_names_no_day_count() {
    for clause in ClauseBook::load().iter() {
        let (zh, en) = (clause.citation(Lang::Zh), clause.citation(Lang::En));
        let seen = clause.sourced == Sourced::TextSeen;
        assert_eq!(zh.ends_with("（条号待核）"), !seen, "{zh}");
        assert_eq!(en.ends_with("(article number to be verified)"), !seen, "{en}");
        if !seen {
            let words = &clause.paraphrase.zh;
            for unit in ["个工作日", "个月内", "日内"] {
                let counted = words.match_indices(unit).any(|(at, _)| {
                    words[..at]
                        .chars()
                        .next_back()
                        .is_some_and(|c| c.is_numeric() || "一二三四五六七八九十".contains(c))
                });
                assert!(!counted, "{}: a day-count that was not seen", clause.id);
            }
        }
    }
}

#[test]
fn force_follows_the_day() {
    let book = ClauseBook::load();
    let day = |text: &str| text.parse().expect("a date");
    assert!(!book.in_force("measures-2026/five-bans-2", day("2026-01-24")));
    assert!(book.in_force("measures-2026/five-bans-2", day("2026-01-25")));
    assert!(!book.in_force("security-2024/scope", day("2024-06-30")), "issued, not yet in force");
    assert!(book.in_force("security-2024/scope", day("2024-07-01")));
    assert!(!book.in_force("no/such-clause", day("2026-01-25")));

    let mut clause = book.get("security-2024/scope").expect("it is there").clone();
    clause.repealed = Some(day("2025-01-01"));
    assert!(clause.is_in_force(day("2024-12-31")) && !clause.is_in_force(day("2025-01-01")));
}

#[test]
fn a_broken_file_is_named_with_its_fault() {
    assert!(parse::clauses("x", "[instrument]").is_err_and(|e| e.starts_with("x.toml")));
}
