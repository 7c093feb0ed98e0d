//! What the plan does with each relation, and what the verifier refuses.

use super::check::{Violation, verify};
use super::*;
use crate::model::sample::{Sample, find, table};
use crate::model::{
    Action, ActionKind, AssetIx, Audience, Confidence, Deadline, DeadlineFrom, Field, FindingStatus, Kind,
    Message, Relation, Review, Severity, Status, Target,
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::load(None, &crate::model::LocalWords::default()).unwrap());

pub(super) fn app(name: &str, functions: &[u16]) -> Sample {
    Sample { functions: functions.to_vec(), audience: Audience::Staff, ..Sample::new(Kind::App, name) }
}

pub(super) fn pair(left: u32, right: u32, relation: Relation) -> Pair {
    let (left, right) = (AssetIx(left), AssetIx(right));
    Pair {
        left,
        right,
        relation,
        weight: 5.0,
        prior: 0.0,
        probability: 0.97,
        binds: relation.binds(),
        evidence: vec![],
    }
}

fn cluster(members: &[u32], relation: Relation) -> Cluster {
    let members: Vec<AssetIx> = members.iter().map(|&m| AssetIx(m)).collect();
    Cluster { id: "c:x".into(), survivor: members[0], members, relations: vec![relation], weakest: 0 }
}

pub(super) fn count(n: u64) -> crate::model::Value {
    let exactness = crate::model::Exactness::Exact;
    crate::model::Value::Count { count: crate::model::Count48::new(n).unwrap(), exactness }
}

pub(super) fn pinned(asset: &str, action: ActionKind, target: Option<&str>) -> Pin {
    let target = target.map(str::to_owned);
    Pin { asset: asset.into(), action, target, reason: "会议决定".into(), line: 1 }
}

/// A finding that binds.
fn binding(asset: u32) -> Finding {
    Finding {
        rule: "app-checkin-mandatory",
        asset: Some(AssetIx(asset)),
        severity: Severity::Forbidden,
        confidence: Confidence::High,
        clauses: vec![],
        basis: crate::model::Basis::Direct,
        at: vec![],
        words: String::new(),
        reason: Message::default(),
        exemption: crate::model::Exemption::None,
        review: Review::None,
        recurrence: None,
        related: vec![],
        feature: String::new(),
        fingerprint: String::new(),
        status: FindingStatus::Open,
        waiver: None,
    }
}

pub(super) struct Case {
    pub(super) assets: AssetTable,
    pub(super) pairs: Vec<Pair>,
    clusters: Vec<Cluster>,
    findings: Vec<Finding>,
    pub(super) pins: Vec<Pin>,
    apart: BTreeSet<(AssetIx, AssetIx)>,
    pub(super) wishes: Wishes,
    covered: Vec<Covered>,
    deadlines: Deadlines,
}

/// What a failing random case shows: the items with their regions and states, and the links.
impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for asset in self.assets.iter() {
            let meaning = asset.meaning();
            writeln!(
                f,
                "{} {:?} {} {:?}",
                asset.id(),
                meaning.place.region,
                meaning.status,
                asset.functions()
            )?;
        }
        self.pairs.iter().try_for_each(|p| writeln!(f, "{}-{} {}", p.left.0, p.right.0, p.relation))
    }
}

impl Case {
    pub(super) fn new(samples: &[Sample], pairs: Vec<Pair>, clusters: Vec<Cluster>) -> Case {
        Case {
            assets: table(samples),
            pairs,
            clusters,
            findings: vec![],
            pins: vec![],
            apart: BTreeSet::new(),
            wishes: Wishes::default(),
            covered: vec![],
            deadlines: Deadlines::default(),
        }
    }

    pub(super) fn inputs(&self) -> Inputs<'_> {
        Inputs {
            assets: &self.assets,
            pairs: &self.pairs,
            clusters: &self.clusters,
            findings: &self.findings,
            pins: &self.pins,
            apart: &self.apart,
            covered: &self.covered,
            lexicon: &LEXICON,
            enforce_caps: false,
            deadlines: self.deadlines,
            wishes: &self.wishes,
        }
    }

    pub(super) fn plan(&self) -> Plan {
        let plan = make(&self.inputs());
        assert_eq!(verify(&self.inputs(), &plan), Ok(()));
        plan
    }

    fn kind(&self, name: &str) -> ActionKind {
        self.plan().actions[find(&self.assets, name).index()].kind
    }
}

/// Functions whose domain is not the protected one, so that the cases below are about what they say.
pub(super) fn ordinary() -> Vec<u16> {
    let ordinary =
        LEXICON.functions.iter().filter(|(_, f)| f.domain != "emergency" && f.is_task).map(|(id, _)| id.0);
    ordinary.take(4).collect()
}

#[test]
fn of_two_that_do_one_job_the_one_with_more_functions_stays() {
    let f = ordinary();
    let samples = [app("小", &f[..1]), app("大", &f[..2])];
    let case =
        Case::new(&samples, vec![pair(0, 1, Relation::Overlap)], vec![cluster(&[0, 1], Relation::Overlap)]);
    assert_eq!((case.kind("小"), case.kind("大")), (ActionKind::Merge, ActionKind::Keep));
}

#[test]
fn a_function_that_only_the_lesser_one_has_is_referred_and_not_lost() {
    let f = ordinary();
    let samples = [app("甲", &[f[0], f[1]]), app("乙", &[f[0], f[2]])];
    let case =
        Case::new(&samples, vec![pair(0, 1, Relation::Overlap)], vec![cluster(&[0, 1], Relation::Overlap)]);
    let kinds = [case.kind("甲"), case.kind("乙")];
    assert!(kinds.contains(&ActionKind::Refer) && kinds.contains(&ActionKind::Keep), "{kinds:?}");
}

#[test]
fn several_that_stay_may_serve_together_what_one_did() {
    let f = ordinary();
    let samples = [app("甲", &[f[0], f[2]]), app("乙", &[f[0], f[1]]), app("丙", &[f[1], f[3]])];
    let pairs = vec![pair(0, 1, Relation::Overlap), pair(1, 2, Relation::Overlap)];
    let mut case = Case::new(&samples, pairs, vec![cluster(&[0, 1, 2], Relation::Overlap)]);
    let plan = case.plan();
    let kinds: Vec<ActionKind> = plan.actions.iter().map(|action| action.kind).collect();
    assert_eq!(kinds, [ActionKind::Keep, ActionKind::Merge, ActionKind::Keep]);
    let mut all: Vec<Target> = plan.actions[1].target.iter().chain(&plan.actions[1].also).cloned().collect();
    all.sort_by_key(|target| if let Target::Asset(by) = target { by.0 } else { u32::MAX });
    assert_eq!(all, [Target::Asset(AssetIx(0)), Target::Asset(AssetIx(2))]);
    assert_eq!(plan.actions[1].reason.key, "reason.joint");
    // One of the two is not enough, nor is one that no relation joins to it.
    let mut spoilt = plan.clone();
    spoilt.actions[1].also.clear();
    assert!(matches!(verify(&case.inputs(), &spoilt).unwrap_err()[..], [Violation::Lost(..)]));
    case.pairs.pop();
    assert!(verify(&case.inputs(), &plan).is_err());
    let left = case.plan().actions.iter().filter(|action| action.kind.leaves()).count();
    assert_eq!(left, 3);
}

#[test]
fn what_a_person_lets_go_is_served_as_long_as_anything_can() {
    let f = ordinary();
    // 乙 would go into 丙, but is the only one that can go on doing what 甲 did.
    let samples = [app("甲", &f[..1]), app("乙", &f[..2]), app("丙", &f[..2])];
    let pairs = vec![pair(0, 1, Relation::Overlap), pair(1, 2, Relation::Overlap)];
    let mut case = Case::new(&samples, pairs, vec![cluster(&[0, 1, 2], Relation::Overlap)]);
    case.assets = table(&[samples[0].clone(), samples[1].clone(), {
        Sample { fields: vec![(Field::UserCount, count(900))], ..samples[2].clone() }
    }]);
    case.pins.push(pinned("甲", ActionKind::Close, None));
    let plan = case.plan();
    assert!(plan.actions[1].kind.leaves(), "{:?}", plan.actions[1]);
    let mut spoilt = plan;
    spoilt.actions[1] = Action {
        kind: ActionKind::Merge,
        target: Some(Target::Asset(AssetIx(2))),
        ..spoilt.actions[1].clone()
    };
    spoilt.actions[2].kind = ActionKind::Keep;
    spoilt.actions[2].target = None;
    let faults = verify(&case.inputs(), &spoilt).unwrap_err();
    assert!(faults.iter().any(|fault| matches!(fault, Violation::Lost(id, _) if id == "甲")), "{faults:?}");
}

#[test]
fn nothing_waits_for_itself_and_repairs_come_before_users_are_moved() {
    let f = ordinary();
    let samples = [app("小", &f[..1]), app("大", &f[..2])];
    let mut case =
        Case::new(&samples, vec![pair(0, 1, Relation::Overlap)], vec![cluster(&[0, 1], Relation::Overlap)]);
    case.findings.push(binding(1));
    let plan = case.plan();
    assert_eq!(plan.actions[1].kind, ActionKind::KeepFix);
    assert_eq!(plan.actions[0].waits_for, [AssetIx(1)]);
    let mut spoilt = plan.clone();
    spoilt.actions[0].waits_for.clear();
    assert!(matches!(verify(&case.inputs(), &spoilt).unwrap_err()[..], [Violation::Order(..)]));
    let mut spoilt = plan;
    spoilt.actions[1].waits_for.push(AssetIx(0));
    assert!(matches!(verify(&case.inputs(), &spoilt).unwrap_err()[..], [Violation::Circle(..)]));
}

#[test]
fn a_deadline_is_stated_somewhere_and_the_earliest_counts() {
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    let listed = Sample {
        fields: vec![(
            Field::RectifyDeadline,
            crate::model::Value::Date { date: day("2027-03-31"), inferred: false },
        )],
        ..app("乙", &[])
    };
    let mut case = Case::new(&[app("甲", &[]), listed, app("丙", &[])], vec![], vec![]);
    case.findings = vec![binding(0), binding(1)];
    let deadlines = |case: &Case| case.plan().actions.iter().map(|a| a.deadline).collect::<Vec<_>>();
    let inventory = Some(Deadline { day: day("2027-03-31"), from: DeadlineFrom::Inventory });
    assert_eq!(deadlines(&case), [None, inventory, None]);
    case.deadlines.plan = Some(day("2027-06-30"));
    let policy = Some(Deadline { day: day("2027-06-30"), from: DeadlineFrom::Policy });
    assert_eq!(deadlines(&case), [policy, inventory, None]);
}

#[test]
fn a_question_says_what_either_answer_would_change() {
    let account = |name: &str| Sample {
        audience: Audience::Staff,
        fields: vec![(Field::Followers, count(70))],
        ..Sample::new(Kind::Account, name)
    };
    let case = Case::new(&[account("甲"), account("乙")], vec![pair(0, 1, Relation::SamePlatform)], vec![]);
    let plan = case.plan();
    let asked = plan.actions.iter().find(|action| action.kind == ActionKind::Refer).unwrap();
    let changes: Vec<_> = asked.answers.iter().map(|a| (a.is_yes, a.kind, a.change)).collect();
    assert_eq!(
        changes,
        [(true, ActionKind::Merge, [-3, -1, 70, 0]), (false, ActionKind::Keep, [0, 0, 0, 0])]
    );
}

#[test]
fn a_broken_cap_is_refused_unless_the_plan_says_what_it_was_raised_to() {
    let f = ordinary();
    let samples = [app("小", &f[..1]), app("大", &f[..2])];
    let mut case =
        Case::new(&samples, vec![pair(0, 1, Relation::Overlap)], vec![cluster(&[0, 1], Relation::Overlap)]);
    case.wishes.caps = vec![Cap { members: BTreeSet::from([AssetIx(0), AssetIx(1)]), most: 1 }];
    let mut spoilt = case.plan();
    spoilt.actions[0].kind = ActionKind::Keep;
    spoilt.actions[0].target = None;
    assert!(matches!(verify(&case.inputs(), &spoilt).unwrap_err()[..], [Violation::Cap(2, 0)]));
    case.wishes.caps[0].most = 0;
    assert_eq!(case.plan().caps, [1]);
}

#[test]
fn a_second_listing_is_counted_once_and_a_family_keeps_its_ends() {
    let f = ordinary();
    let samples = [app("通", &f[..1]), app("通", &f[..1])];
    let same = Case::new(&samples, vec![pair(0, 1, Relation::Same)], vec![cluster(&[0, 1], Relation::Same)]);
    assert_eq!((same.kind("通"), same.kind("通~2")), (ActionKind::Keep, ActionKind::None));
    let family =
        Case::new(&samples, vec![pair(0, 1, Relation::Family)], vec![cluster(&[0, 1], Relation::Family)]);
    assert_eq!((family.kind("通"), family.kind("通~2")), (ActionKind::Keep, ActionKind::Keep));
}

#[test]
fn that_nothing_was_found_is_said_only_where_nothing_was() {
    let f = ordinary();
    let samples = [app("小", &f[..1]), app("大", &f[..2]), app("独", &f[3..4])];
    let overlap = vec![cluster(&[0, 1], Relation::Overlap)];
    let mut case = Case::new(&samples, vec![pair(0, 1, Relation::Overlap)], overlap);
    let reason = |case: &Case, at: usize| case.plan().actions[at].reason.key;
    assert_eq!((reason(&case, 1), reason(&case, 2)), ("reason.keep-host", "reason.keep"));
    case.findings.push(Finding { severity: Severity::Advisory, ..binding(2) });
    assert_eq!(reason(&case, 2), "reason.keep-noted");
    let twins = [app("通", &f[..1]), app("通", &f[..1])];
    let same = Case::new(&twins, vec![pair(0, 1, Relation::Same)], vec![cluster(&[0, 1], Relation::Same)]);
    assert_eq!(reason(&same, 0), "reason.keep-listing");
    let accounts = [Sample::new(Kind::Account, "甲"), Sample::new(Kind::Account, "乙")];
    let asked = Case::new(&accounts, vec![pair(0, 1, Relation::SamePlatform)], vec![]);
    let main = asked.plan().actions.into_iter().find(|action| action.kind == ActionKind::Keep).unwrap();
    assert_eq!(main.reason.key, "reason.keep-proposed");
}

#[test]
fn a_county_app_covered_from_above_migrates() {
    let f = ordinary();
    let county = Sample { region: 4, ..app("县", &f[..1]) };
    let case = Case::new(&[app("市", &f[..1]), county], vec![pair(0, 1, Relation::CoveredAbove)], vec![]);
    assert_eq!((case.kind("市"), case.kind("县")), (ActionKind::Keep, ActionKind::Migrate));
}

#[test]
fn a_platform_in_nobodys_inventory_takes_an_item_in_if_it_does_all_of_it() {
    let f = ordinary();
    let covered = |functions: &[u16]| Covered {
        asset: AssetIx(0),
        platform: "省平台".into(),
        functions: functions.iter().map(|&f| crate::model::FunctionId(f)).collect(),
        audience: Audience::Staff,
    };
    let mut case = Case::new(&[app("甲", &f[..2])], vec![], vec![]);
    case.covered = vec![covered(&f[..1])];
    assert_eq!(case.kind("甲"), ActionKind::Keep);
    case.covered = vec![covered(&f[..3])];
    let plan = case.plan();
    assert_eq!(plan.actions[0].kind, ActionKind::Migrate);
    assert_eq!(plan.actions[0].target, Some(Target::Platform("省平台".into())));
    let mut spoilt = plan;
    spoilt.actions[0].target = Some(Target::Platform("没有的平台".into()));
    assert!(verify(&case.inputs(), &spoilt).is_err());
    // A person called it something else, or pinned it: that stands.
    case.pins.push(pinned("甲", ActionKind::Keep, None));
    assert_eq!(case.kind("甲"), ActionKind::Keep);
}

#[test]
fn soft_limits_are_referred_with_a_question() {
    let samples = [app("甲", &[]), app("乙", &[])];
    for relation in [Relation::CrossUnit, Relation::SamePlatform] {
        let case = Case::new(&samples, vec![pair(0, 1, relation)], vec![]);
        let plan = case.plan();
        let referred: Vec<&Action> = plan.actions.iter().filter(|a| a.kind == ActionKind::Refer).collect();
        assert_eq!(referred.len(), 1, "{relation}");
        assert!(referred[0].question.is_some());
    }
}

#[test]
fn of_several_accounts_the_main_one_is_named_after_its_owner_unless_another_has_more_people() {
    let account = |name: &str, users: &[u64]| Sample {
        unit: "human-resources".into(),
        fields: users.iter().map(|&n| (Field::Followers, count(n))).collect(),
        ..Sample::new(Kind::Account, name)
    };
    let main = |first: &[u64]| {
        let samples = [account("人才", first), account("人社", &[])];
        let case = Case::new(&samples, vec![pair(0, 1, Relation::SamePlatform)], vec![]);
        let plan = case.plan();
        plan.actions.iter().find(|a| a.kind == ActionKind::Keep).map(|a| a.asset)
    };
    assert_eq!(main(&[]), Some(AssetIx(1)));
    assert_eq!(main(&[90_000]), Some(AssetIx(0)));
}

#[test]
fn what_serves_emergencies_is_never_taken_out_by_machine() {
    let mut special = app("应急", &[]);
    special.texts = vec![(Field::SpecialScenario, "应急".into())];
    special.status = Status::Stale;
    assert_eq!(Case::new(&[special], vec![], vec![]).kind("应急"), ActionKind::Refer);
}

#[test]
fn closed_items_and_items_out_of_scope_need_nothing_and_pins_win() {
    let closed = Sample { status: Status::Closed, ..app("旧", &[]) };
    let site = Sample::new(Kind::Other, "门户网站");
    let mut case = Case::new(&[closed, site, app("新", &[])], vec![], vec![]);
    case.pins.push(pinned("新", ActionKind::Close, None));
    assert_eq!(case.kind("旧"), ActionKind::None);
    assert_eq!(case.kind("门户网站"), ActionKind::None);
    assert_eq!(case.kind("新"), ActionKind::Close);
}

#[test]
fn what_a_person_called_different_is_counted_twice_even_through_a_third() {
    let f = ordinary();
    let samples = [app("甲", &f[..1]), app("乙", &f[..1]), app("丙", &f[..1])];
    let pairs = vec![pair(0, 1, Relation::Same), pair(1, 2, Relation::Same)];
    let mut case = Case::new(&samples, pairs, vec![]);
    let counted = |case: &Case| case.plan().actions.iter().filter(|a| a.kind != ActionKind::None).count();
    assert_eq!(counted(&case), 1);
    case.apart.insert((AssetIx(0), AssetIx(2)));
    assert_eq!(counted(&case), 2);
}

#[test]
fn a_pinned_target_is_obeyed_and_stays_though_nobody_keeps_it_up() {
    let mut case =
        Case::new(&[app("甲", &[]), Sample { status: Status::Stale, ..app("乙", &[]) }], vec![], vec![]);
    assert_eq!(case.kind("乙"), ActionKind::Close);
    case.pins.push(pinned("甲", ActionKind::Merge, Some("乙")));
    let plan = case.plan();
    assert_eq!(plan.actions[0].target, Some(Target::Asset(AssetIx(1))));
    assert!(plan.actions[1].kind.leaves());
    let mut spoilt = plan;
    spoilt.actions[1].kind = ActionKind::Close;
    assert!(verify(&case.inputs(), &spoilt).is_err());
}

#[test]
fn a_binding_finding_means_repair_and_an_advisory_one_does_not() {
    for (severity, expected) in
        [(Severity::Forbidden, ActionKind::KeepFix), (Severity::Advisory, ActionKind::Keep)]
    {
        let mut case = Case::new(&[app("甲", &[])], vec![], vec![]);
        case.findings.push(Finding { severity, ..binding(0) });
        assert_eq!(case.kind("甲"), expected);
    }
}

/// Random tables with random links: whatever was matched, the plan must hold.
fn any_case() -> impl Strategy<Value = Case> {
    let statuses =
        prop_oneof![4 => Just(Status::Active), 1 => Just(Status::Stale), 1 => Just(Status::Closed)];
    let functions = proptest::collection::vec(0..4usize, 0..3);
    let sample = (statuses, functions, 1..5u32).prop_map(|(status, functions, region)| {
        let ordinary = ordinary();
        let functions: Vec<u16> = functions.into_iter().map(|f| ordinary[f]).collect();
        Sample { region, status, ..app("项", &functions) }
    });
    let relation = prop_oneof![
        Just(Relation::Same),
        Just(Relation::SamePlatform),
        Just(Relation::Family),
        Just(Relation::Overlap),
        Just(Relation::CrossUnit),
        Just(Relation::CoveredAbove)
    ];
    let samples = proptest::collection::vec(sample, 2..9);
    let links = proptest::collection::vec((0..64u32, 0..64u32, relation), 0..12);
    let apart = proptest::collection::vec((0..64u32, 0..64u32), 0..4);
    (samples, links, apart).prop_map(|(samples, links, apart)| {
        let n = samples.len() as u32;
        let mut pairs: Vec<Pair> = links
            .into_iter()
            .map(|(a, b, r)| (a % n, b % n, r))
            .filter(|(a, b, _)| a != b)
            .map(|(a, b, r)| pair(a.min(b), a.max(b), r))
            .filter(|p| [p.left, p.right].iter().all(|e| samples[e.index()].status != Status::Closed))
            .collect();
        let apart: BTreeSet<(AssetIx, AssetIx)> = apart
            .into_iter()
            .map(|(a, b)| (AssetIx((a % n).min(b % n)), AssetIx((a % n).max(b % n))))
            .filter(|(a, b)| a != b)
            .collect();
        // Matching relates nothing that a person called different.
        pairs.retain(|p| !apart.contains(&(p.left, p.right)));
        pairs.sort_by_key(|p| (p.left, p.right));
        pairs.dedup_by_key(|p| (p.left, p.right));
        // Overlap joins one place only, as matching guarantees.
        pairs.retain(|p| {
            p.relation != Relation::Overlap
                || samples[p.left.index()].region == samples[p.right.index()].region
        });
        let clusters = pairs
            .iter()
            .filter(|p| p.relation == Relation::Overlap)
            .map(|p| cluster(&[p.left.0, p.right.0], p.relation))
            .take(1)
            .collect();
        Case { apart, ..Case::new(&samples, pairs, clusters) }
    })
}

proptest! {
    // Many random cases have nothing to spoil in the way asked for.
    #![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_passes_the_verifier(case in any_case()) {
        case.plan();
    }

    #[test]
    fn a_spoilt_plan_does_not(case in any_case(), at in 0..9usize, how in 0..4u8) {
        let inputs = case.inputs();
        let mut plan = case.plan();
        let actions = &mut plan.actions;
        let at = at % actions.len();
        let meaning = case.assets.get(AssetIx(at as u32)).meaning();
        prop_assume!(meaning.status == Status::Active && actions[at].kind.leaves());
        let expected = match how {
            0 => {
                actions[at].kind = ActionKind::None;
                let twin = case.pairs.iter().any(|p| p.relation == Relation::Same && [p.left, p.right].contains(&AssetIx(at as u32)));
                prop_assume!(!twin);
                "state"
            }
            1 => {
                actions.remove(at);
                "missing"
            }
            2 => {
                actions[at].kind = ActionKind::Merge;
                actions[at].target = Some(Target::Asset(AssetIx(at as u32)));
                "target"
            }
            _ => {
                prop_assume!(case.pairs.is_empty() && !case.assets.get(AssetIx(at as u32)).functions().is_empty());
                actions[at].kind = ActionKind::Close;
                "lost"
            }
        };
        let faults = verify(&inputs, &plan).expect_err("a spoilt plan passed");
        let fits = |v: &Violation| match v {
            Violation::WrongState(..) => "state",
            Violation::Missing(_) => "missing",
            Violation::Target(..) => "target",
            Violation::Lost(..) => "lost",
            _ => "other",
        } == expected;
        prop_assert!(faults.iter().any(fits), "{expected}: {faults:?}");
    }
}
