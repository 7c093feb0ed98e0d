//! The plan against every plan there is, on small inventories: the same aims, worked out by trying all sets that may stay.
//!
//! For: the claim that nothing better exists, from the inputs and not from what the solver was given. Tests only.

use super::check::verify;
use super::tests::{Case, app, count, ordinary, pair, pinned};
use super::*;
use crate::model::sample::Sample;
use crate::model::{ActionKind, Audience, Field, Order, Relation, Target};

struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32 % limit
    }

    /// Up to twelve apps with up to three tasks, related wherever the tasks, the places and a throw of the dice allow.
    fn case(&mut self) -> Case {
        let (tasks, size) = (ordinary(), 1 + self.below(12));
        let samples: Vec<Sample> = (0..size)
            .map(|number| {
                let functions: Vec<u16> = (0..self.below(4)).map(|_| tasks[self.below(4) as usize]).collect();
                let audience = [Audience::Staff, Audience::Both, Audience::Public][self.below(3) as usize];
                let region = [1, 2, 2, 4][self.below(4) as usize];
                let fields = vec![(Field::UserCount, count(u64::from(self.below(3))))];
                Sample { region, audience, fields, ..app(&format!("项{number}"), &functions) }
            })
            .collect();
        let density = 1 + self.below(7);
        let mut pairs = Vec::new();
        for left in 0..size {
            for right in left + 1..size {
                if self.below(8) < density {
                    let regions = [left, right].map(|at| samples[at as usize].region);
                    let relation =
                        if regions[0] == regions[1] { Relation::Overlap } else { Relation::CoveredAbove };
                    pairs.push(pair(left, right, relation));
                }
            }
        }
        let mut case = Case::new(&samples, pairs, vec![]);
        for number in 0..size {
            match self.below(16) {
                0 => case.pins.push(pinned(&format!("项{number}"), ActionKind::Keep, None)),
                1 => case.pins.push(pinned(&format!("项{number}"), ActionKind::Close, None)),
                _ => {}
            }
        }
        if self.below(2) == 0 {
            let order = [[2, 1, 0, 3], [1, 0, 3, 2], [3, 2, 1, 0]][self.below(3) as usize];
            case.wishes.aims.order = Order(order.map(|at| Order::default().0[at]));
            case.wishes.aims.weights.0[3] = 1 + self.below(9);
        }
        case
    }
}

/// What must hold of every set of items that stay, as bits: the item itself stays, or one of the others does.
fn needs(case: &Case) -> Vec<(u32, u32)> {
    let inputs = case.inputs();
    let table = inputs.assets;
    let pin = |at: usize| case.pins.iter().find(|pin| pin.asset == table.ids[at]).map(|pin| pin.action);
    let bit = |at: usize| 1_u32 << at;
    let size = table.len();
    let mut needs = Vec::new();
    for asset in table.iter() {
        let (at, meaning) = (asset.ix.index(), asset.meaning());
        let can_serve = |&other: &usize| {
            let by = table.get(AssetIx(other as u32)).meaning();
            let is_related = case.pairs.iter().any(|p| {
                let joins = [p.left.index(), p.right.index()] == [at.min(other), at.max(other)];
                joins && (p.relation == Relation::Overlap || by.level < meaning.level)
            });
            let place = (meaning.place.region, by.place.region);
            let is_around = place.0 == place.1 || table.regions.covers(place.1, place.0);
            is_related && is_around && (by.audience == Audience::Both || by.audience == meaning.audience)
        };
        let others: Vec<usize> = (0..size).filter(|&other| other != at).filter(can_serve).collect();
        let those = |does: &dyn Fn(usize) -> bool| {
            others.iter().filter(|&&other| does(other)).fold(0, |bits, &other| bits | bit(other))
        };
        let is_pinned_away = pin(at).is_some_and(|kind| !kind.leaves());
        if !is_pinned_away {
            needs.push((bit(at), those(&|_| true)));
        }
        for function in asset.functions() {
            let does = |other: usize| table.get(AssetIx(other as u32)).functions().contains(function);
            let could = |other: usize| does(other) && pin(other).is_none_or(ActionKind::leaves);
            match those(&could) {
                // A person lets go what nothing else can do.
                0 if is_pinned_away => {}
                others => needs.push((bit(at), others)),
            }
        }
        // What is pinned to stay is not replaced by any other.
        needs.extend(pin(at).filter(|kind| kind.leaves()).map(|_| (bit(at), 0)));
    }
    needs
}

/// The best sums of any set that may stay, in the order of the aims; pinned items that go cost no users.
fn by_force(case: &Case) -> Option<[u64; 4]> {
    let inputs = case.inputs();
    let table = inputs.assets;
    let needs = needs(case);
    let pinned = |at: usize, leaves: bool| {
        case.pins.iter().any(|pin| pin.asset == table.ids[at] && pin.action.leaves() == leaves)
    };
    let away: u32 = (0..table.len()).filter(|&at| pinned(at, false)).fold(0, |bits, at| bits | 1 << at);
    let allowed =
        |stays: &u32| stays & away == 0 && needs.iter().all(|(own, others)| stays & (own | others) != 0);
    let sums = |stays: u32| {
        let mut sums = [0; 4];
        for asset in table.iter() {
            let at = asset.ix.index();
            if stays >> at & 1 == 1 {
                sums[0] += case.wishes.aims.weights.of(asset.meaning());
                sums[1] += 1;
            } else if away >> at & 1 == 0 {
                sums[2] += evidence::users(table, asset.ix);
            }
        }
        case.wishes.aims.order.0.map(|aim| sums[aim as usize])
    };
    (0..1_u32 << table.len()).filter(allowed).map(sums).min()
}

#[test]
fn no_plan_is_better_than_the_one_that_is_made() {
    let mut seeded = Seeded(2028);
    let (mut joint, mut gone) = (0, 0);
    for round in 0..10_000 {
        let case = seeded.case();
        let plan = make(&case.inputs());
        assert_eq!(verify(&case.inputs(), &plan), Ok(()), "{round}: {case:?}");
        let arranged = |sums: [u64; 4]| case.wishes.aims.order.0.map(|aim| sums[aim as usize]);
        let found = plan.objective;
        let found = arranged([found.staff_burden, found.items, found.users_moved, found.repairs]);
        assert_eq!(Some(found), by_force(&case), "{round}: {case:?}\n{:?} {:?}", case.pins, plan.actions);
        joint += plan.actions.iter().filter(|action| !action.also.is_empty()).count();
        gone += plan.actions.iter().filter(|action| action.kind.has_target()).count();
    }
    assert!(joint > 100 && gone > 10_000, "{joint} of {gone}");
}

#[test]
fn no_spoilt_plan_is_accepted() {
    let mut seeded = Seeded(2029);
    let mut tried = [0; 4];
    for round in 0..10_000 {
        let mut case = seeded.case();
        if seeded.below(2) == 0 {
            let members = (0..case.assets.len() as u32).map(AssetIx).collect();
            case.wishes.caps = vec![Cap { members, most: 1 + seeded.below(3) as usize }];
        }
        let plan = make(&case.inputs());
        assert_eq!(verify(&case.inputs(), &plan), Ok(()), "{round}");
        let pinned = |at: usize| case.pins.iter().any(|pin| pin.asset == case.assets.ids[at]);
        let at = seeded.below(case.assets.len() as u32) as usize;
        let mut spoilt = plan.clone();
        let action = &mut spoilt.actions[at];
        let has_tasks = !case.assets.get(AssetIx(at as u32)).functions().is_empty();
        let how = seeded.below(4) as usize;
        match how {
            // A kept item dropped.
            0 if action.kind.leaves() && !pinned(at) && has_tasks => action.kind = ActionKind::Close,
            // A pin ignored.
            1 if pinned(at) && action.kind.leaves() => action.kind = ActionKind::Close,
            1 if pinned(at) => action.kind = ActionKind::Keep,
            // A need served from where it is not.
            2 if action.kind.has_target() && has_tasks => {
                let wrong = case.assets.iter().find(|other| {
                    let joins = |p: &Pair| {
                        [p.left.index(), p.right.index()]
                            == [at.min(other.ix.index()), at.max(other.ix.index())]
                    };
                    other.ix.index() != at && !case.pairs.iter().any(joins)
                });
                let Some(wrong) = wrong else { continue };
                action.target = Some(Target::Asset(wrong.ix));
            }
            // A cap broken.
            3 if !case.wishes.caps.is_empty() && action.kind.has_target() && {
                let left = plan.actions.iter().filter(|action| action.kind.leaves()).count();
                left >= case.wishes.caps[0].most
            } =>
            {
                action.kind = ActionKind::Keep;
                (action.target, action.also) = (None, vec![]);
            }
            _ => continue,
        }
        tried[how] += 1;
        assert!(verify(&case.inputs(), &spoilt).is_err(), "{round}: {how} at {at}\n{case:?}");
    }
    assert!(tried.iter().all(|&times| times > 100), "{tried:?}");
}
