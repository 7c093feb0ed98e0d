//! Laws of the matcher, and each relation with its hard negative.

use super::compare::COMPARATORS;
use super::features::Features;
use super::*;
use crate::knowledge::lexicon::Lexicon;
use crate::model::sample::{Sample, find, table};
use crate::model::{Audience, Field, Kind};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::load(None, &crate::model::LocalWords::default()).unwrap());
static PARAMETERS: LazyLock<Parameters> = LazyLock::new(Parameters::shipped);

const JOB: &str = "河道巡查记录、问题上报、河道资料查询、巡查轨迹回放";

fn app(name: &str, unit: &str) -> Sample {
    let texts = vec![(Field::FunctionDesc, JOB.to_owned())];
    Sample {
        unit: unit.into(),
        audience: Audience::Staff,
        functions: vec![3, 4],
        texts,
        ..Sample::new(Kind::App, name)
    }
}

fn account(name: &str, unit: &str, platform: u16) -> Sample {
    Sample { unit: unit.into(), platform, ..Sample::new(Kind::Account, name) }
}

fn group(name: &str, stem: &str, number: &str) -> Sample {
    let (stem, number) = (stem.into(), number.into());
    Sample { unit: "甲市网格中心".into(), stem, number, ..Sample::new(Kind::Group, name) }
}

/// The relation of the two samples, in a table with nothing else.
fn relation(left: Sample, right: Sample) -> Relation {
    let table = table(&[left, right]);
    let matched = run(&table, &LEXICON, &PARAMETERS, &[]);
    matched.links.first().map_or(Relation::Unrelated, |l| l.relation)
}

#[test]
fn one_thing_reported_by_two_units_is_same() {
    assert_eq!(relation(app("河长通", "甲市水务局"), app("河长通", "甲市大数据局")), Relation::Same);
}

#[test]
fn two_accounts_of_a_unit_on_one_platform_are_same_platform() {
    let (a, b) = (account("甲市教育", "甲市教育局", 1), account("甲市招考", "甲市教育局", 1));
    assert_eq!(relation(a, b), Relation::SamePlatform);
}

#[test]
fn one_name_on_two_platforms_is_a_family_and_no_duplicate() {
    let (a, b) = (account("甲市教育", "甲市教育局", 1), account("甲市教育", "甲市教育局", 2));
    assert_eq!(relation(a, b), Relation::Family);
    assert!(!Relation::Family.is_duplicate());
}

#[test]
fn groups_of_one_task_are_same_task_and_numbered_siblings_are_not() {
    let (a, b) = (group("防汛工作群", "防汛", ""), group("防汛值班联络群", "防汛", ""));
    assert_eq!(relation(a, b), Relation::SameTask);
    let (a, b) = (group("第1网格群", "网格", "1"), group("第2网格群", "网格", "2"));
    assert_eq!(relation(a, b), Relation::Unrelated);
}

#[test]
fn counterparts_are_two_things_unless_their_numbers_are_one() {
    let (a, b) = (group("河东社区网格群", "河东社区网格", ""), group("河西社区网格群", "河西社区网格", ""));
    assert_eq!(relation(a, b), Relation::Unrelated);
    let (a, b) = (group("河东社区网格群", "河东社区网格", ""), group("河东社区网络群", "河东社区网络", ""));
    assert_ne!(relation(a, b), Relation::Unrelated);
}

#[test]
fn owners_that_are_counterparts_have_a_thing_each() {
    assert_eq!(relation(app("家校通", "甲市第一小学"), app("家校通", "甲市第二小学")), Relation::Unrelated);
    assert_eq!(relation(app("家校通", "甲市水务局"), app("家校通", "甲市大数据局")), Relation::Same);
}

#[test]
fn a_group_and_a_numbered_part_of_it_are_unrelated() {
    assert_eq!(
        relation(group("防汛群", "防汛", ""), group("防汛第2片区群", "防汛", "2")),
        Relation::Unrelated
    );
    assert_eq!(relation(group("防汛群", "防汛", ""), group("防汛工作群", "防汛", "")), Relation::SameTask);
}

#[test]
fn a_number_in_one_name_hides_no_second_account_on_one_platform() {
    let numbered = Sample { number: "2".into(), ..account("甲市第二届运动会", "甲市教育局", 1) };
    assert_eq!(relation(account("甲市教育", "甲市教育局", 1), numbered), Relation::SamePlatform);
}

#[test]
fn one_identifier_is_one_thing_though_only_one_name_has_a_number() {
    let listed = |name: &str, number: &str| {
        let texts = vec![(Field::AccountId, "gh_0123456789ab".to_owned())];
        Sample { number: number.into(), texts, ..account(name, "甲市教育局", 1) }
    };
    assert_eq!(relation(listed("甲市教育", ""), listed("甲市教育2号", "2")), Relation::Same);
}

#[test]
fn a_list_of_functions_tells_however_many_share_it() {
    // Every county's owner runs one pair under two names: the words are common, and still say what both do.
    let pair = |county: usize, name: &str, list: &str| {
        let texts = vec![(Field::Functions, list.to_owned())];
        Sample { unit: format!("{county}县中心"), texts, ..Sample::new(Kind::Group, name) }
    };
    let samples: Vec<Sample> = (0..150)
        .flat_map(|county| match county {
            0..15 => [
                pair(county, "家医", "签约随访、血压上传、咨询"),
                pair(county, "健康管家", "血压上传；咨询；签约随访"),
            ],
            _ => [
                pair(county, "督查", &format!("事项{county}")),
                pair(county, "宣讲", &format!("任务{county}")),
            ],
        })
        .collect();
    let table = table(&samples);
    let matched = run(&table, &LEXICON, &PARAMETERS, &[]);
    let is_linked = |a: u32, b: u32| {
        matched.links.iter().any(|l| [l.left.0, l.right.0] == [a, b] || [l.right.0, l.left.0] == [a, b])
    };
    for first in (0..300).step_by(2) {
        assert_eq!(is_linked(first, first + 1), first < 30, "{first}");
    }
}

#[test]
fn one_job_twice_under_one_unit_is_overlap() {
    assert_eq!(relation(app("河长通", "甲市水务局"), app("智慧巡河", "甲市水务局")), Relation::Overlap);
}

#[test]
fn one_job_under_two_units_is_cross_unit() {
    assert_eq!(relation(app("河长通", "甲市水务局"), app("智慧巡河", "甲市生态环境局")), Relation::CrossUnit);
}

#[test]
fn one_job_in_a_place_above_is_covered_above() {
    let county = Sample { region: 4, ..app("子县巡河", "子县水务局") };
    assert_eq!(relation(app("河长通", "甲市水务局"), county), Relation::CoveredAbove);
}

#[test]
fn one_brand_in_two_cities_and_twins_for_staff_and_citizens_are_unrelated() {
    let elsewhere = Sample { region: 3, ..app("河长通", "乙市水务局") };
    assert_eq!(relation(app("河长通", "甲市水务局"), elsewhere), Relation::Unrelated);
    let citizens = Sample { audience: Audience::Public, ..app("河长通", "甲市水务局") };
    assert_eq!(relation(app("河长通", "甲市水务局"), citizens), Relation::Unrelated);
}

#[test]
fn another_job_under_one_unit_is_unrelated() {
    let texts = vec![(Field::FunctionDesc, "水费账单查询、在线缴费、停水通知、用水报装".to_owned())];
    let other = Sample { functions: vec![9], texts, ..app("掌上水务", "甲市水务局") };
    assert_eq!(relation(app("河长通", "甲市水务局"), other), Relation::Unrelated);
}

#[test]
fn a_closed_item_is_matched_with_nothing() {
    let closed = Sample { status: crate::model::Status::Closed, ..app("河长通", "甲市水务局") };
    assert_eq!(relation(app("河长通", "甲市水务局"), closed), Relation::Unrelated);
}

#[test]
fn a_degenerate_block_stays_near_linear_and_says_so() {
    // Each with a word of its own: copies are linked to one of them, and fill no block.
    let one = |at: usize| {
        let texts = vec![(Field::FunctionDesc, format!("{JOB}{at}"))];
        Sample { texts, ..app("河长通", "甲市水务局") }
    };
    let table = table(&(0..600).map(one).collect::<Vec<_>>());
    let matched = run(&table, &LEXICON, &PARAMETERS, &[]);
    for report in &matched.blocking {
        // Two functions make two blocks of the key by function.
        assert!(report.pairs <= 2 * 600 * 12, "{}: {} pairs", report.key, report.pairs);
    }
    assert!(matched.diagnostics.iter().any(|d| d.code == crate::model::Code::CappedBlock));
}

#[test]
fn copies_by_the_hundred_are_one_cluster_with_a_pair_for_each() {
    let mut samples: Vec<Sample> = (0..600).map(|_| app("河长通", "甲市水务局")).collect();
    samples.push(app("河长通", "甲市教育局"));
    let table = table(&samples);
    let matched = run(&table, &LEXICON, &PARAMETERS, &[]);
    let sizes: Vec<usize> = matched.clusters.iter().map(|cluster| cluster.members.len()).collect();
    assert_eq!(sizes, [601], "one thing, listed by two units as well");
    assert_eq!(matched.links.len(), 600);
    assert!(matched.diagnostics.is_empty(), "nothing was left out");
}

#[test]
fn systems_that_differ_in_their_digits_are_apart() {
    let system = |name: &str| Sample {
        stem: name.into(),
        unit: "甲市水务局".into(),
        audience: Audience::Staff,
        ..Sample::new(Kind::App, name)
    };
    assert_eq!(relation(system("系统00001"), system("系统00002")), Relation::Unrelated);
    assert_eq!(relation(system("系统00001"), system("系统00001")), Relation::Same);
}

#[test]
fn evidence_and_prior_add_up_to_the_weight() {
    for (left, right) in [
        (app("河长通", "甲市水务局"), app("智慧巡河", "甲市水务局")),
        (app("河长通", "甲市水务局"), app("智慧巡河", "甲市生态环境局")),
    ] {
        let table = table(&[left, right]);
        let matched = run(&table, &LEXICON, &PARAMETERS, &[]);
        let pair = &matched.pairs()[0];
        let sum = pair.evidence.iter().fold(pair.prior, |sum, e| sum + e.weight);
        assert!((sum - pair.weight).abs() < 1e-9, "{sum} is not {}", pair.weight);
    }
}

fn any_sample() -> impl Strategy<Value = Sample> {
    let kinds = prop_oneof![Just(Kind::App), Just(Kind::Account), Just(Kind::Group)];
    let audiences = prop_oneof![Just(Audience::Staff), Just(Audience::Public), Just(Audience::Unknown)];
    let names =
        prop_oneof![Just("河长通"), Just("智慧巡河"), Just("河长通道"), Just("掌上水务"), Just("网格")];
    let units = prop_oneof![Just(""), Just("甲市水务局"), Just("甲市水文中心"), Just("甲市教育局")];
    let jobs = prop_oneof![Just(""), Just(JOB), Just("成绩查询、在线课堂、资源共享、家校沟通")];
    let functions = proptest::collection::vec(0..6u16, 0..3);
    (kinds, audiences, names, units, jobs, functions, 0..5u32, 0..3u16, 0..3u8).prop_map(
        |(kind, audience, name, unit, job, functions, region, platform, number)| Sample {
            audience,
            unit: unit.into(),
            line: if unit.contains('水') { "water".into() } else { String::new() },
            functions,
            region,
            platform,
            number: if number == 0 { String::new() } else { number.to_string() },
            texts: if job.is_empty() { vec![] } else { vec![(Field::FunctionDesc, job.to_owned())] },
            ..Sample::new(kind, name)
        },
    )
}

/// Clusters as sets of stated contents, which do not depend on positions or on which twin got which id.
fn contents(samples: &[Sample], clusters: &[Cluster], order: &[usize]) -> BTreeSet<Vec<usize>> {
    let original = |ix: &AssetIx| order[ix.index()];
    assert_eq!(samples.len(), order.len());
    clusters
        .iter()
        .map(|c| {
            let mut members: Vec<usize> = c.members.iter().map(original).collect();
            members.sort_unstable();
            members
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn comparisons_are_symmetric_and_reflexive(samples in proptest::collection::vec(any_sample(), 2..5)) {
        let table = table(&samples);
        let features = Features::new(&table, &LEXICON);
        for a in 0..samples.len() as u32 {
            for comparator in &COMPARATORS {
                let own = comparator.level(&features, AssetIx(a), AssetIx(a));
                prop_assert!(own == comparator.levels[0] || own == "missing", "{} of itself: {own}", comparator.name);
                for b in 0..samples.len() as u32 {
                    let forth = (comparator.compare)(&features, AssetIx(a), AssetIx(b));
                    prop_assert_eq!(forth, (comparator.compare)(&features, AssetIx(b), AssetIx(a)));
                    prop_assert!(usize::from(forth) < comparator.levels.len());
                }
            }
        }
    }

    #[test]
    fn clusters_do_not_depend_on_the_order_of_the_assets(
        samples in proptest::collection::vec(any_sample(), 2..24),
        seed in any::<u64>(),
    ) {
        // Names are made unique so that an id stands for one sample, whatever the order.
        let samples: Vec<Sample> = samples
            .into_iter()
            .enumerate()
            .map(|(i, s)| Sample { name: format!("{}#{i}", s.name), ..s })
            .collect();
        let mut order: Vec<usize> = (0..samples.len()).collect();
        order.sort_by_key(|&i| (i as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let shuffled: Vec<Sample> = order.iter().map(|&i| samples[i].clone()).collect();
        let straight: Vec<usize> = (0..samples.len()).collect();
        let (first, second) = (table(&samples), table(&shuffled));
        let a = run(&first, &LEXICON, &PARAMETERS, &[]);
        let b = run(&second, &LEXICON, &PARAMETERS, &[]);
        prop_assert_eq!(contents(&samples, &a.clusters, &straight), contents(&shuffled, &b.clusters, &order));
    }

    #[test]
    fn a_persons_different_is_never_merged_and_same_always_is(
        samples in proptest::collection::vec(any_sample(), 3..12),
    ) {
        let samples: Vec<Sample> =
            samples.into_iter().enumerate().map(|(i, s)| Sample { name: format!("{}#{i}", s.name), ..s }).collect();
        let table = table(&samples);
        let word = |left: usize, right: usize, same| Judgement {
            left: table.ids[left].clone(),
            right: table.ids[right].clone(),
            same,
            reason: "核实".into(),
        };
        let matched = run(&table, &LEXICON, &PARAMETERS, &[word(0, 1, false), word(0, 2, true)]);
        let (a, b, c) = (find(&table, &table.ids[0]), find(&table, &table.ids[1]), find(&table, &table.ids[2]));
        let together = |x, y| matched.clusters.iter().any(|cl| cl.members.contains(&x) && cl.members.contains(&y));
        prop_assert!(!together(a, b), "different, yet in one cluster");
        prop_assert!(together(a, c), "same, yet apart");
    }
}
