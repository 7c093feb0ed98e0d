//! Caps over several parts: which parts give up more than their best, so that a limit holds at the least cost.
//!
//! For: limits that no part can keep alone. Not for: solving a part (`solve`). A part is solved again under ever tighter
//! limits of its own; what it can save at what cost is put together part by part, by exact addition of costs level by
//! level. Invariant: without caps, or where they hold anyway, nothing changes.

use super::solve::{Cost, Problem, Solution, solve, sum};
use std::collections::{BTreeMap, BTreeSet};

/// Solutions that are looked at for one part; a part with more ways to give up is cut short.
const MOST_WAYS: usize = 200;
/// Combinations kept while parts are put together.
const MOST_STATES: usize = 20_000;

/// How many items of each cap stay.
type Use = Vec<usize>;

/// A part with the caps that count its items.
pub(super) struct Part {
    pub(super) problem: Problem,
    /// By item, the positions of caps.
    pub(super) caps: Vec<Vec<usize>>,
}

/// One way to solve a part.
#[derive(Clone)]
struct Way {
    usage: Use,
    solution: Solution,
}

/// Solves all parts so that of each cap no more than `most` stay beyond what stays `anyway`, or as few as can be.
pub(super) fn solve_all(parts: &[Part], anyway: &[usize], most: &[usize]) -> Vec<Solution> {
    let best: Vec<Solution> = parts.iter().map(|part| solve(&part.problem)).collect();
    let count = most.len();
    let used = |parts: &[Part], solutions: &[Solution]| {
        let mut total = anyway.to_vec();
        for (part, solution) in parts.iter().zip(solutions) {
            for (cap, used) in usage(part, solution, count).into_iter().enumerate() {
                total[cap] += used;
            }
        }
        total
    };
    if used(parts, &best).iter().zip(most).all(|(used, most)| used <= most) {
        return best;
    }
    // State: how many stay of each cap, never told apart below its limit. Value: cost, and by which way of which state.
    let mut states: Vec<BTreeMap<Use, (Cost, usize, Use)>> = Vec::new();
    let mut last = BTreeMap::from([(anyway.to_vec(), ([0; 5], 0, Vec::new()))]);
    let ways: Vec<Vec<Way>> = parts.iter().zip(&best).map(|(part, best)| ways(part, best, count)).collect();
    for ways in &ways {
        let mut next: BTreeMap<Use, (Cost, usize, Use)> = BTreeMap::new();
        for (state, (cost, ..)) in &last {
            for (at, way) in ways.iter().enumerate() {
                let total: Use = state.iter().zip(&way.usage).map(|(a, b)| a + b).collect();
                let cost = sum(*cost, way.solution.cost);
                let is_better = next.get(&total).is_none_or(|(known, ..)| cost < *known);
                if is_better && (next.len() < MOST_STATES || next.contains_key(&total)) {
                    next.insert(total, (cost, at, state.clone()));
                }
            }
        }
        states.push(std::mem::replace(&mut last, next));
    }
    states.push(last);
    let excess =
        |state: &Use| state.iter().zip(most).map(|(used, most)| used.saturating_sub(*most)).sum::<usize>();
    let end = states[parts.len()].iter().min_by_key(|(state, (cost, ..))| (excess(state), *cost));
    let Some((mut state, _)) = end.map(|(state, value)| (state.clone(), value.clone())) else { return best };
    let mut chosen = Vec::new();
    for at in (0..parts.len()).rev() {
        let (_, way, before) = &states[at + 1][&state];
        chosen.push(ways[at][*way].solution.clone());
        state = before.clone();
    }
    chosen.reverse();
    chosen
}

fn usage(part: &Part, solution: &Solution, caps: usize) -> Use {
    let mut usage = vec![0; caps];
    for (item, _) in solution.kept.iter().enumerate().filter(|(_, kept)| **kept) {
        part.caps[item].iter().for_each(|&cap| usage[cap] += 1);
    }
    usage
}

/// The best way, and under tighter and tighter limits every other that there is.
fn ways(part: &Part, best: &Solution, caps: usize) -> Vec<Way> {
    let mut found = vec![Way { usage: usage(part, best, caps), solution: best.clone() }];
    let mut tried = BTreeSet::new();
    let mut next = 0;
    while next < found.len() && found.len() < MOST_WAYS {
        let at = found[next].usage.clone();
        next += 1;
        for cap in (0..caps).filter(|&cap| at[cap] > 0) {
            let mut limit = at.clone();
            limit[cap] -= 1;
            if !tried.insert(limit.clone()) {
                continue;
            }
            let limits = limit.iter().enumerate().map(|(cap, &most)| {
                let counted = (0..part.caps.len()).filter(|&item| part.caps[item].contains(&cap));
                (counted.collect(), most)
            });
            let solution = solve(&Problem { limits: limits.collect(), ..part.problem.clone() });
            let usage = usage(part, &solution, caps);
            let holds = usage.iter().zip(&limit).all(|(used, most)| used <= most);
            if holds && !found.iter().any(|way| way.usage == usage) {
                found.push(Way { usage, solution });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two parts of a cheap and a dear item, each of which can take the other in; the cheap ones count.
    fn parts() -> Vec<Part> {
        let part = |dear: i64| Part {
            problem: Problem {
                costs: vec![[1, 1, 0, 0, 0], [dear, 1, 0, 0, 1]],
                needs: vec![vec![0, 1]],
                ..Problem::default()
            },
            caps: vec![vec![0], vec![]],
        };
        vec![part(5), part(3)]
    }

    fn kept(solutions: &[Solution]) -> Vec<Vec<bool>> {
        solutions.iter().map(|solution| solution.kept.clone()).collect()
    }

    #[test]
    fn the_part_gives_way_that_does_so_at_the_least_cost() {
        let cheap = vec![vec![true, false], vec![true, false]];
        assert_eq!(kept(&solve_all(&parts(), &[0], &[2])), cheap);
        assert_eq!(kept(&solve_all(&parts(), &[0], &[1])), [vec![true, false], vec![false, true]]);
        assert_eq!(kept(&solve_all(&parts(), &[0], &[0])), [vec![false, true], vec![false, true]]);
        // What stays anyway counts; more than everything cannot be given up.
        assert_eq!(kept(&solve_all(&parts(), &[1], &[2])), [vec![true, false], vec![false, true]]);
        assert_eq!(kept(&solve_all(&parts(), &[9], &[2])), [vec![false, true], vec![false, true]]);
    }
}
