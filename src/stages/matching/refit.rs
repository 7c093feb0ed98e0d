//! Weights estimated anew from the list at hand, within bounds: the guarded EM of `match --refit`.
//!
//! For: lists whose columns are filled in otherwise than those the shipped weights were set on. Fellegi and Sunter's
//! model by expectation and maximisation (Dempster, Laird & Rubin 1977; Winkler 1988, "Using the EM algorithm for weight
//! computation"), begun at the shipped weights and held near them: a list may have too little to learn from, and comparisons
//! are not independent, which EM takes for evidence. Held are: what rules a pair out, levels that few pairs reach, the
//! order of the levels, *missing* at nothing, and every weight and the prior to [`MOST_DRIFT`] bits. A set with which the
//! share of related pairs moved by more than [`MOST_MOVED`] is not used. Not for: changing what a level means, and never done
//! without being asked. Sums are taken in a fixed order.

use super::compare::{COMPARATORS, Levels, audience, number, region};
use super::copies::Copies;
use super::features::Features;
use super::{Parameters, block, score};
use crate::knowledge::lexicon::Lexicon;
use crate::model::AssetTable;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Most bits that a weight or the prior may move.
pub const MOST_DRIFT: f64 = 1.5;
/// Most that the share of related pairs may move, as a part of itself.
pub const MOST_MOVED: f64 = 0.25;
/// Fewest expected pairs, among those that are one and among those that are not, for a level to be estimated.
const FEWEST: f64 = 30.0;
/// At this weight and below a level rules a pair out, which is decided and not estimated.
const RULES_OUT: f64 = -15.0;
/// Most rounds; each one reads a table of distinct patterns only.
const ROUNDS: usize = 50;
/// Weights that move less than this in a round have settled.
const SETTLED: f64 = 0.005;

type Pattern = [u8; COMPARATORS.len()];

/// One level before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// The comparison; `prior` for the prior.
    pub comparison: &'static str,
    /// The level; empty for the prior.
    pub level: &'static str,
    /// Weight in the set it began with, bits.
    pub before: f64,
    /// Weight now.
    pub after: f64,
    /// Candidate pairs that reach the level.
    pub pairs: u64,
}

/// What a refit gave.
#[derive(Clone, Debug)]
pub struct Refit {
    /// The set to use: the estimated one, or the one it began with if that was refused.
    pub parameters: Parameters,
    /// Every weight that moved, in the order of the comparisons.
    pub drifts: Vec<Drift>,
    /// Rounds until the weights settled.
    pub rounds: usize,
    /// Candidate pairs that were looked at.
    pub pairs: u64,
    /// Share of related pairs among them, before and after.
    pub related: (f64, f64),
    /// Whether the estimated set was refused because that share moved too far.
    pub is_refused: bool,
}

/// Estimates the weights anew from all candidates of a table that nothing rules out.
pub fn refit(assets: &AssetTable, lexicon: &Lexicon, shipped: &Parameters) -> Refit {
    let features = Features::new(assets, lexicon);
    let (candidates, _) = block::candidates(&features, &Copies::find(&features));
    let patterns: Vec<Pattern> = candidates
        .par_iter()
        .map(|candidate| candidate.assets(&features))
        .map(|(a, b)| Levels::of(&features, a, b))
        .filter(|pair| {
            pair.number != number::DIFFERENT
                && pair.region != region::ELSEWHERE
                && pair.audience != audience::DIFFERENT
        })
        .map(|pair| pair.in_order())
        .collect();
    let mut counts: BTreeMap<Pattern, u64> = BTreeMap::new();
    for pattern in patterns {
        *counts.entry(pattern).or_default() += 1;
    }
    from_patterns(&counts, shipped)
}

fn from_patterns(counts: &BTreeMap<Pattern, u64>, shipped: &Parameters) -> Refit {
    let (now, rounds) = estimated(counts, shipped);
    let related = (share_related(counts, shipped), share_related(counts, &now));
    let is_refused = (related.1 - related.0).abs() > MOST_MOVED * related.0;
    let drifts = drifts(counts, shipped, &now);
    let mut parameters = if is_refused || drifts.is_empty() { shipped.clone() } else { now };
    if !is_refused && !drifts.is_empty() {
        let [a, b, c, d, ..] = parameters.digest();
        let digest = format!("{:08x}", u32::from_be_bytes([a, b, c, d]));
        parameters.label = format!("{} refit {digest}", shipped.label);
    }
    Refit { parameters, drifts, rounds, pairs: counts.values().sum(), related, is_refused }
}

/// The weights where they settle, and after how many rounds.
fn estimated(counts: &BTreeMap<Pattern, u64>, shipped: &Parameters) -> (Parameters, usize) {
    let mut now = shipped.clone();
    for round in 1..=ROUNDS {
        let next = step(counts, &now, shipped);
        let moved = distance(&now, &next);
        now = next;
        if moved < SETTLED {
            return (now, round);
        }
    }
    (now, ROUNDS)
}

fn weight_of(pattern: &Pattern, parameters: &Parameters) -> f64 {
    let parts = parameters.weights.iter().zip(pattern);
    parts.fold(parameters.prior, |sum, (weights, level)| sum + weights[usize::from(*level)])
}

/// One expectation and one maximisation.
fn step(counts: &BTreeMap<Pattern, u64>, now: &Parameters, shipped: &Parameters) -> Parameters {
    let width = now.weights.iter().map(Vec::len).max().unwrap_or(0);
    let mut of_one = vec![vec![0.0; width]; now.weights.len()];
    let mut of_two = of_one.clone();
    let (mut one, mut all) = (0.0, 0.0);
    for (pattern, &count) in counts {
        let count = count as f64;
        let expected = count * score::probability(weight_of(pattern, now));
        one += expected;
        all += count;
        for (at, &level) in pattern.iter().enumerate() {
            of_one[at][usize::from(level)] += expected;
            of_two[at][usize::from(level)] += count - expected;
        }
    }
    let mut next = now.clone();
    for (at, weights) in next.weights.iter_mut().enumerate() {
        estimate(weights, &shipped.weights[at], &of_one[at], &of_two[at], missing(at));
    }
    if one >= FEWEST && all - one >= FEWEST {
        let prior = (one / (all - one)).log2();
        next.prior = prior.clamp(shipped.prior - MOST_DRIFT, shipped.prior + MOST_DRIFT);
    }
    next
}

/// The position of *missing* among a comparison's levels.
fn missing(at: usize) -> usize {
    COMPARATORS[at].levels.iter().position(|level| *level == "missing").unwrap_or(0)
}

/// New weights of one comparison. A value that is missing says nothing of either kind of pair, so that shares are taken
/// of the pairs that have both.
fn estimate(weights: &mut [f64], shipped: &[f64], of_one: &[f64], of_two: &[f64], missing: usize) {
    let told = |of: &[f64]| -> f64 {
        (0..weights.len()).filter(|&level| level != missing).map(|level| of[level]).sum()
    };
    let (all_one, all_two) = (told(of_one), told(of_two));
    for level in (0..weights.len()).filter(|&level| level != missing) {
        let (one, two) = (of_one[level], of_two[level]);
        if one < FEWEST || two < FEWEST || shipped[level] <= RULES_OUT {
            weights[level] = shipped[level];
            continue;
        }
        let ratio = ((one / all_one) / (two / all_two)).log2();
        weights[level] = ratio.clamp(shipped[level] - MOST_DRIFT, shipped[level] + MOST_DRIFT);
    }
    // Better levels never say less, and on the two sides of *missing* stand for and against.
    for level in (0..missing).rev() {
        weights[level] = weights[level].max(weights[level + 1]).max(0.0);
    }
    for level in missing + 1..weights.len() {
        weights[level] = weights[level].min(weights[level - 1]).min(0.0);
    }
}

fn distance(a: &Parameters, b: &Parameters) -> f64 {
    let weights = a.weights.iter().flatten().zip(b.weights.iter().flatten());
    weights.map(|(a, b)| (a - b).abs()).fold((a.prior - b.prior).abs(), f64::max)
}

fn share_related(counts: &BTreeMap<Pattern, u64>, parameters: &Parameters) -> f64 {
    let is_related =
        |pattern: &Pattern| score::probability(weight_of(pattern, parameters)) >= parameters.threshold;
    let related: u64 = counts.iter().filter(|(pattern, _)| is_related(pattern)).map(|(_, count)| count).sum();
    related as f64 / counts.values().sum::<u64>().max(1) as f64
}

fn drifts(counts: &BTreeMap<Pattern, u64>, before: &Parameters, after: &Parameters) -> Vec<Drift> {
    let pairs = counts.values().sum();
    let prior = Drift { comparison: "prior", level: "", before: before.prior, after: after.prior, pairs };
    let levels = COMPARATORS.iter().enumerate().flat_map(|(at, comparator)| {
        comparator.levels.iter().enumerate().map(move |(level, name)| Drift {
            comparison: comparator.name,
            level: name,
            before: before.weights[at][level],
            after: after.weights[at][level],
            pairs: counts
                .iter()
                .filter(|(pattern, _)| usize::from(pattern[at]) == level)
                .map(|(_, count)| count)
                .sum(),
        })
    });
    let all = std::iter::once(prior).chain(levels);
    all.filter(|drift| (drift.before - drift.after).abs() >= SETTLED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Patterns of a list in which one pair in a hundred is one service, comparisons agree of nine tenths of these, and of
    /// three hundredths of the others.
    fn counts(scale: u64) -> BTreeMap<Pattern, u64> {
        let mut counts = BTreeMap::new();
        let best: Pattern = [0, 0, 0, 0, 0, 0, 2, 1, 1, 1, 1];
        let worst: Pattern = [5, 4, 0, 5, 4, 2, 2, 1, 1, 1, 1];
        for bits in 0u32..32 {
            let mut pattern = best;
            for (bit, at) in [0usize, 1, 3, 4, 5].into_iter().enumerate() {
                if bits >> bit & 1 == 1 {
                    pattern[at] = worst[at];
                }
            }
            let wrong = bits.count_ones().cast_signed();
            let share = |agree: f64| agree.powi(5 - wrong) * (1.0 - agree).powi(wrong);
            let count = (scale as f64 * (0.01 * share(0.9) + 0.99 * share(0.03))).round();
            counts.insert(pattern, count as u64);
        }
        counts
    }

    #[test]
    fn weights_move_towards_what_the_list_says_and_no_further_than_allowed() {
        let shipped = Parameters::shipped();
        let refit = from_patterns(&counts(1_000_000), &shipped);
        assert!(!refit.drifts.is_empty());
        for drift in &refit.drifts {
            assert!((drift.after - drift.before).abs() <= MOST_DRIFT + 1e-9, "{drift:?}");
        }
        // log2(0.9 / 0.03) = 4.9 for and log2(0.1 / 0.97) = -3.3 against.
        let (now, _) = estimated(&counts(1_000_000), &shipped);
        assert!((now.weights[0][0] - 5.5).abs() < 1e-9, "from 7.0 as far as allowed: {}", now.weights[0][0]);
        assert!((now.weights[1][0] - 4.9).abs() < 0.2, "{}", now.weights[1][0]);
        assert!((now.weights[4][4] + 3.3).abs() < 0.2, "{}", now.weights[4][4]);
    }

    #[test]
    fn order_of_levels_vetoes_and_missing_stay() {
        let shipped = Parameters::shipped();
        let (now, _) = estimated(&counts(1_000_000), &shipped);
        assert!(distance(&now, &shipped) > 0.5, "nothing was estimated");
        for ((comparator, weights), old) in COMPARATORS.iter().zip(&now.weights).zip(&shipped.weights) {
            assert!(weights.windows(2).all(|w| w[0] >= w[1]), "{}: {weights:?}", comparator.name);
            for (level, (new, old)) in weights.iter().zip(old).enumerate() {
                if comparator.levels[level] == "missing" || *old <= RULES_OUT {
                    assert!((new - old).abs() < 1e-12, "{} {}", comparator.name, comparator.levels[level]);
                }
            }
        }
    }

    #[test]
    fn a_list_too_small_to_learn_from_changes_nothing_and_a_new_set_has_a_name_of_its_own() {
        let shipped = Parameters::shipped();
        let small = from_patterns(&counts(200), &shipped);
        assert!(small.drifts.iter().all(|drift| drift.comparison != "name"), "{:?}", small.drifts);
        let refit = from_patterns(&counts(1_000_000), &shipped);
        if refit.is_refused {
            assert_eq!(refit.parameters.label, shipped.label);
        } else {
            assert!(
                refit.parameters.label.starts_with("default ") && refit.parameters.label.contains(" refit ")
            );
        }
    }

    #[test]
    fn a_set_that_would_relate_many_more_pairs_is_refused() {
        // Half of all pairs are one service in every respect but one: nothing like what the weights were set for.
        let mut counts = counts(1_000_000);
        counts.insert([3, 1, 1, 3, 2, 2, 2, 1, 1, 1, 1], 2_000_000);
        counts.insert([3, 1, 0, 3, 2, 2, 2, 1, 0, 1, 1], 2_000_000);
        let refit = from_patterns(&counts, &Parameters::shipped());
        let moved = (refit.related.1 - refit.related.0).abs() > MOST_MOVED * refit.related.0;
        assert_eq!(refit.is_refused, moved);
        assert_eq!(refit.is_refused, refit.parameters.label == Parameters::shipped().label);
    }
}
