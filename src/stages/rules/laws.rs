//! Laws that hold for every rule, and for the rule set as a whole.

use super::bench::{self, pairs, table};
use super::*;
use crate::knowledge::clause::ClauseBook;
use crate::knowledge::detect::Detector;
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::messages::{Catalogue, Lang};
use crate::model::{
    Audience, Basis, Code, FindingStatus, Kind, LocalWords, Review, RuleSettings, Severity, Waiver,
};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::load);
static CLAUSES: LazyLock<ClauseBook> = LazyLock::new(ClauseBook::load);
static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::load(None, &LocalWords::default()).expect("the shipped lexicon"));

fn audit(example: &Example, settings: &RuleSettings) -> Checked {
    let day = if example.as_of.is_empty() { "2026-11-20" } else { example.as_of };
    let (assets, pairs) = (table(example), pairs(example));
    let settings = &bench::settings(example, settings, &CLAUSES);
    let as_of = day.parse().expect("an ISO day");
    check(&Context {
        assets: &assets,
        pairs: &pairs,
        clauses: &CLAUSES,
        lexicon: &LEXICON,
        detector: &DETECTOR,
        settings,
        recurrences: None,
        as_of,
    })
}

fn findings(example: &Example, rule: &str) -> Vec<crate::model::Finding> {
    let checked = audit(example, &RuleSettings::default());
    checked.findings.into_iter().filter(|f| f.rule == rule).collect()
}

/// Every firing example fires, every quiet one does not; findings are complete.
pub(super) fn examples_behave(stem: &str) {
    let rule = RULES.iter().find(|r| r.stem == stem).expect("registered");
    let meta = rule.meta;
    assert!(!meta.fires.is_empty() && meta.quiet.len() >= 2, "{}: too few examples", meta.id);
    for (index, example) in meta.fires.iter().enumerate() {
        let found = findings(example, meta.id);
        assert!(!found.is_empty(), "{}: firing example {index} is quiet", meta.id);
        for finding in found {
            // Only a blank cell has no words to show.
            let blank = finding.reason.key.ends_with("blank");
            assert!(
                !finding.at.is_empty() && (blank || !finding.words.is_empty()),
                "{}: no evidence",
                meta.id
            );
            let needs_none = meta.clauses.is_empty() && meta.local.is_none();
            assert_eq!(finding.clauses.is_empty(), needs_none, "{}: no clause", meta.id);
            for lang in [Lang::Zh, Lang::En] {
                let catalogue = Catalogue::of(lang);
                assert!(catalogue.has(finding.reason.key), "{lang}: {} is missing", finding.reason.key);
                let reason = catalogue.render(&finding.reason);
                assert!(!reason.contains('{'), "{lang}: {reason}");
            }
        }
    }
    for (index, example) in meta.quiet.iter().enumerate() {
        let found = findings(example, meta.id);
        assert!(found.is_empty(), "{}: quiet example {index} fires: {found:?}", meta.id);
    }
}

#[test]
fn ids_are_kebab_case_unique_sorted_and_name_their_file() {
    assert!(RULES.is_sorted_by(|a, b| a.meta.id < b.meta.id), "sorted and unique");
    for rule in RULES {
        assert_eq!(rule.meta.id.replace('-', "_"), rule.stem);
        assert!(rule.meta.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        assert_eq!(find(rule.meta.id).map(|r| r.stem), Some(rule.stem));
    }
}

#[test]
fn every_rule_is_explained_in_both_languages() {
    let least = |lang, part| match (lang, part) {
        (_, "title") => 4,
        (Lang::Zh, _) => 12,
        (Lang::En, _) => 40,
    };
    for lang in [Lang::Zh, Lang::En] {
        let catalogue = Catalogue::of(lang);
        for rule in RULES {
            let id = rule.meta.id;
            for part in ["title", "what", "why", "remedy"] {
                let key = format!("rule.{id}.{part}");
                assert!(catalogue.has(&key), "{lang}: {key} is missing");
                assert!(
                    catalogue.text(&key).chars().count() >= least(lang, part),
                    "{lang}: {key} is too short"
                );
            }
            for key in rule.meta.exemptions.iter().map(|e| format!("considered.{e}")) {
                assert!(catalogue.has(&key), "{lang}: {id}: {key} is missing");
            }
        }
        for id in MANUAL.iter().chain(BUILT_IN) {
            assert!(catalogue.has(&format!("rule.{id}.title")), "{lang}: {id}");
            assert!(catalogue.has(&format!("rule.{id}.manual")), "{lang}: {id}: why no rule decides it");
            assert!(find(id).is_none(), "{id} is a rule");
        }
        for review in Review::ALL {
            assert!(catalogue.has(&format!("review.{review}")), "{lang}: {review}");
        }
        for why in ["disabled", "enterprises", "local", "manual", "no-column", "no-setting", "not-in-force"] {
            assert!(catalogue.has(&format!("not-run.{why}")), "{lang}: not-run.{why}");
        }
    }
}

#[test]
fn no_text_explains_a_rule_that_is_gone() {
    let known = |id: &str| declared(id).is_some() || MANUAL.contains(&id) || BUILT_IN.contains(&id);
    for key in Catalogue::of(Lang::Zh).keys() {
        let Some(id) = key.strip_prefix("rule.").and_then(|rest| rest.split('.').next()) else { continue };
        assert!(known(id), "{key} is about no rule");
    }
}

#[test]
fn every_clause_has_a_rule_or_is_manual_and_every_rule_its_clauses() {
    let national = RULES.iter().flat_map(|r| r.meta.clauses.iter().copied());
    let local = CLAUSES.profiles().flat_map(|p| &p.rules).map(|rule| rule.clause);
    let used: BTreeSet<&str> = national.chain(local).collect();
    for id in &used {
        assert!(CLAUSES.get(id).is_some(), "no clause {id}");
    }
    for clause in CLAUSES.iter() {
        assert_ne!(used.contains(clause.id.as_str()), clause.manual, "{}: a rule, or manual", clause.id);
    }
}

/// Object scope is law: each kind a rule applies to is covered, and each clause covers one of them.
#[test]
fn rules_apply_to_no_kind_that_their_clauses_do_not_cover() {
    for rule in RULES {
        let clauses = cited(rule.meta, &CLAUSES);
        assert_eq!(clauses.is_empty(), rule.meta.id == "any-report-total-not-reconciled", "{}", rule.meta.id);
        for kind in rule.meta.kinds {
            let covered = clauses.iter().any(|c| c.covers.contains(kind));
            assert!(covered || clauses.is_empty(), "{}: no clause covers {kind}", rule.meta.id);
        }
        for clause in clauses {
            let touches = clause.covers.iter().any(|kind| rule.meta.kinds.contains(kind));
            assert!(touches, "{} cites {}, which is about something else", rule.meta.id, clause.id);
        }
    }
}

/// The same rows as another kind stay quiet under the rule.
#[test]
fn no_rule_fires_on_a_kind_outside_its_scope() {
    for rule in RULES.iter().filter(|r| !r.meta.kinds.is_empty()) {
        for example in rule.meta.fires {
            for &kind in Kind::ALL.iter().filter(|k| !rule.meta.kinds.contains(k)) {
                let rows: Vec<Row> = example.rows.iter().map(|row| Row { kind, ..*row }).collect();
                let found = findings(&Example { rows: rows.leak(), ..*example }, rule.meta.id);
                assert!(found.is_empty(), "{} fires on a {kind}", rule.meta.id);
            }
        }
    }
}

/// No clause may be cited on a day before it bound anyone; then the rule says that it did not run.
#[test]
fn findings_follow_the_law_of_the_day() {
    for day in ["2018-01-01", "2023-06-30", "2024-08-31", "2025-12-31", "2026-11-20"] {
        let as_of = day.parse().expect("a day");
        for rule in RULES.iter().filter(|r| r.meta.local.is_none()) {
            let in_force = rule.meta.clauses.iter().any(|id| CLAUSES.in_force(id, as_of));
            for example in rule.meta.fires {
                let checked = audit(&Example { as_of: day, ..*example }, &RuleSettings::default());
                let cited = checked.findings.iter().flat_map(|f| &f.clauses);
                assert!(cited.clone().all(|id| CLAUSES.in_force(id, as_of)), "{}: {day}", rule.meta.id);
                let idle = checked.not_run.contains(&(rule.meta.id.to_owned(), "not-run.not-in-force"));
                assert_eq!(idle, !in_force && !rule.meta.clauses.is_empty(), "{} on {day}", rule.meta.id);
            }
        }
    }
    let before = |day| Example { as_of: day, ..app_checkin_example() };
    assert_eq!(findings(&before("2024-06-30"), CHECKIN)[0].clauses, ["opinions-2023/forced-features"]);
    assert_eq!(findings(&before("2026-11-20"), CHECKIN)[0].clauses[0], "measures-2026/five-bans-2");
}

const CHECKIN: &str = "app-checkin-mandatory";

fn app_checkin_example() -> Example {
    find(CHECKIN).expect("registered").meta.fires[0]
}

#[test]
fn apps_for_the_public_fall_under_the_measures_by_reference() {
    let example = app_checkin_example();
    let basis = |audience| {
        let rows = vec![Row { audience, ..example.rows[0] }];
        findings(&Example { rows: rows.leak(), ..example }, CHECKIN)[0].basis
    };
    assert_eq!(basis(Audience::Public), Basis::ByReference);
    assert_eq!(basis(Audience::Staff), Basis::Direct);
    assert_eq!(basis(Audience::Both), Basis::Direct);
}

#[test]
fn settings_switch_rules_and_severities() {
    let mut settings = RuleSettings::default();
    settings.severity.insert(CHECKIN.to_owned(), Severity::Advisory);
    let checked = audit(&app_checkin_example(), &settings);
    assert_eq!(checked.findings[0].severity, Severity::Advisory);
    settings.disabled.insert(CHECKIN.to_owned());
    let checked = audit(&app_checkin_example(), &settings);
    assert!(checked.findings.iter().all(|f| f.rule != CHECKIN));
    assert!(checked.not_run.contains(&(CHECKIN.to_owned(), "not-run.disabled")));
}

#[test]
fn a_missing_column_is_said_and_never_taken_for_an_answer() {
    let checked = audit(&app_checkin_example(), &RuleSettings::default());
    for rule in ["app-unfiled-in-use", "account-not-filed", "group-task-ended-not-dissolved"] {
        assert!(checked.not_run.contains(&(rule.to_owned(), "not-run.no-column")), "{rule}");
    }
    assert!(checked.not_run.contains(&("measures-2026/sanctions".to_owned(), "not-run.manual")));
    assert!(checked.not_run.is_sorted());
}

#[test]
fn waived_findings_stay_and_idle_waivers_are_reported() {
    let waiver = |rule: &str, asset: &str, until: Option<&str>| Waiver {
        rule: rule.to_owned(),
        asset: asset.to_owned(),
        reason: "专题会议同意".to_owned(),
        by: "专班".to_owned(),
        until: until.map(|day| day.parse().expect("a day")),
        line: 7,
    };
    let waivers = vec![
        waiver(CHECKIN, "a*", Some("2026-11-20")),
        waiver(CHECKIN, "a0", Some("2026-11-19")),
        waiver("app-forced-install", "*", None),
    ];
    let checked = audit(&app_checkin_example(), &RuleSettings { waivers, ..RuleSettings::default() });
    let finding = checked.findings.iter().find(|f| f.rule == CHECKIN).expect("it stays");
    assert_eq!(finding.status, FindingStatus::Waived);
    assert_eq!(finding.waiver.as_deref(), Some("专题会议同意"));
    let codes: Vec<Code> = checked.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::ExpiredWaiver, Code::UnusedPolicy]);
    assert_eq!(checked.diagnostics[0].at.row, Some(7));
}

#[test]
fn of_two_waivers_the_one_that_holds_longest_is_the_reason() {
    let waiver = |reason: &str, until: Option<&str>, line: u32| Waiver {
        rule: CHECKIN.to_owned(),
        asset: "a0".to_owned(),
        reason: reason.to_owned(),
        by: "专班".to_owned(),
        until: until.map(|day| day.parse().expect("a day")),
        line,
    };
    let reason = |waivers: Vec<Waiver>| {
        let checked = audit(&app_checkin_example(), &RuleSettings { waivers, ..RuleSettings::default() });
        let finding = checked.findings.iter().find(|f| f.rule == CHECKIN).expect("it stays");
        (finding.waiver.clone().unwrap_or_default(), checked.diagnostics.len())
    };
    let (policy, page) = (|until| waiver("政策文件", until, 7), |until| waiver("审阅页", until, 0));
    let (soon, late, past) = (Some("2026-11-25"), Some("2026-12-31"), Some("2026-11-01"));
    assert_eq!(reason(vec![policy(soon), page(late)]), ("审阅页".to_owned(), 0));
    assert_eq!(reason(vec![policy(late), page(soon)]), ("政策文件".to_owned(), 0));
    assert_eq!(reason(vec![policy(late), page(None)]), ("审阅页".to_owned(), 0), "without end is the latest");
    assert_eq!(reason(vec![policy(late), page(late)]), ("政策文件".to_owned(), 0));
    assert_eq!(
        reason(vec![policy(past), page(soon)]),
        ("审阅页".to_owned(), 1),
        "the one past its day is told"
    );
}

#[test]
fn the_digest_names_rules_and_clauses() {
    assert_eq!(digest(&CLAUSES, false), digest(&ClauseBook::load(), false));
    assert_ne!(digest(&CLAUSES, false), digest(&CLAUSES, true));
    assert_eq!(digest(&CLAUSES, false).len(), 64);
}

/// Object scope is law, rule by kind: what the instruments bind, whatever a rule would like.
#[test]
fn instruments_bind_the_kinds_that_they_speak_of() {
    use Kind::{Account, App, Group};
    let scope: &[(&str, &[Kind])] = &[
        ("circular-2018-123", &[App, Account]),
        ("indicators-2019-19", &[App, Account]),
        // Public accounts and work groups are expressly left out.
        ("measures-2026", &[App]),
        ("opinions-2023", &[App, Account, Group]),
        ("provisions-2024", &[App]),
        ("security-2024", &[App, Account]),
    ];
    for clause in CLAUSES.iter().filter(|c| c.profile.is_none()) {
        let (instrument, _) = clause.id.split_once('/').expect("instrument and name");
        let (_, kinds) = scope.iter().find(|(name, _)| *name == instrument).expect("an instrument");
        assert!(clause.covers.iter().all(|kind| kinds.contains(kind)), "{} covers too much", clause.id);
    }
    for rule in RULES {
        let family = rule.stem.split('_').next().unwrap_or("");
        let of_groups = rule.meta.kinds == [Group];
        assert_eq!(of_groups, family == "group", "{}: family and kinds", rule.meta.id);
        // National law on groups is in the 2023 Opinions alone.
        let other = rule.meta.clauses.iter().find(|id| !id.starts_with("opinions-2023/"));
        assert!(!of_groups || other.is_none(), "{}: {other:?}", rule.meta.id);
    }
}

/// What a finding on a kind cites is law for that kind, whatever else the rule cites.
#[test]
fn findings_cite_only_clauses_that_cover_their_item() {
    for rule in RULES {
        for example in rule.meta.fires {
            for finding in findings(example, rule.meta.id) {
                let Some(ix) = finding.asset else { continue };
                let kind = example.rows[ix.index()].kind;
                for id in &finding.clauses {
                    assert!(CLAUSES.get(id).is_some_and(|c| c.covers.contains(&kind)), "{id} on a {kind}");
                }
            }
        }
    }
}

/// Counties may build, townships and villages may not; nobody builds what was built above.
#[test]
fn levels_below_the_county_may_not_build() {
    use crate::model::Level;
    for (level, found) in [
        (Level::Central, false),
        (Level::Province, false),
        (Level::Prefecture, false),
        (Level::County, false),
        (Level::Township, true),
        (Level::Village, true),
        (Level::Unknown, false),
    ] {
        let rows = vec![Row { level, cells: &[(crate::model::Field::Name, "某通")], ..Row::APP }];
        let example = Example { rows: rows.leak(), ..Example::EMPTY };
        assert_eq!(findings(&example, "app-township-self-built").len(), usize::from(found), "{level}");
    }
}

#[test]
fn local_rules_are_off_until_a_profile_turns_them_on() {
    for rule in RULES.iter().filter(|r| r.meta.local.is_some()) {
        assert!(rule.meta.clauses.is_empty(), "{}: a local rule rests on profiles", rule.meta.id);
        for example in rule.meta.fires {
            assert!(!example.profiles.is_empty(), "{}: no profile", rule.meta.id);
            let bare = Example { profiles: &[], ..*example };
            assert!(findings(&bare, rule.meta.id).is_empty(), "{} fires without a profile", rule.meta.id);
            let checked = audit(&bare, &RuleSettings::default());
            assert!(checked.not_run.contains(&(rule.meta.id.to_owned(), "not-run.local")));
        }
    }
    assert!(CLAUSES.profiles().count() >= 12);
    for profile in CLAUSES.profiles() {
        assert_eq!(fault_of(profile), None);
        assert!(!profile.clauses.is_empty() && !profile.date.zh.is_empty(), "{}", profile.name);
        let mut settings = RuleSettings::default();
        profile.apply(&mut settings);
        assert_ne!(settings, RuleSettings::default(), "{} changes nothing", profile.name);
        let named = RuleSettings { profiles: settings.profiles.clone(), ..RuleSettings::default() };
        let manual = profile.clauses.iter().all(|c| c.manual);
        assert!(settings != named || manual, "{} only has a name", profile.name);
    }
}

#[test]
fn a_profile_before_its_day_turns_nothing_on() {
    let example = find("account-stale-local-profile").expect("registered").meta.fires[0];
    let early = Example { as_of: "2025-05-30", ..example };
    let checked = audit(&early, &RuleSettings::default());
    assert!(checked.not_run.contains(&("account-stale-local-profile".to_owned(), "not-run.not-in-force")));
}

/// 原则上: exceptions are possible, so the finding is restricted and a person decides.
#[test]
fn what_is_forbidden_in_principle_is_restricted_and_for_a_person() {
    let on = |day| findings(&Example { as_of: day, ..app_checkin_example() }, CHECKIN).remove(0);
    let (opinions, measures) = (on("2024-06-30"), on("2026-11-20"));
    assert_eq!((opinions.severity, opinions.review), (Severity::Restricted, Review::Principle));
    assert_eq!((measures.severity, measures.review), (Severity::Forbidden, Review::None));
    let claimed = find("app-separate-declaration-missing").expect("registered").meta.fires[0];
    assert_eq!(findings(&claimed, "app-separate-declaration-missing")[0].review, Review::SpecialUse);
}

#[test]
fn state_owned_enterprises_are_out_of_scope_unless_a_profile_includes_them() {
    use crate::model::Field;
    const CELLS: &[(Field, &str)] =
        &[(Field::Name, "水务通"), (Field::HasCheckin, "是"), (Field::UnitNature, "国有企业")];
    const ROWS: &[Row] = &[Row { cells: CELLS, unit: "甲县水务集团", ..Row::APP }];
    let example = Example { rows: ROWS, ..Example::EMPTY };
    let out = audit(&example, &RuleSettings::default());
    assert!(out.findings.is_empty());
    assert!(out.not_run.contains(&("state-owned-enterprises".to_owned(), "not-run.enterprises")));
    let included = Example { profiles: &["yunnan-2024"], ..example };
    assert_eq!(findings(&included, CHECKIN).len(), 1);
}
