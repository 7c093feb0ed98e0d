//! One hidden layer with squared hinge loss, by steps that shrink as a weight has moved (Duchi et al., 2011).
//!
//! For: what only means something together, since a linear column adds everything up. Features and units are left out at random while
//! learning, which keeps it from trusting one word of one writer. Nothing but arithmetic and square roots, so that every machine
//! learns the same. It was chosen on writers left out: thirty-two units do as well as sixty-four.

use zhijian::knowledge::detect::HIDDEN;

/// Asserted and spoken of for each of nine practices, and whether any is asserted.
pub(crate) const ANSWERS: usize = 19;
/// Passes over all examples.
const PASSES: usize = 25;
/// The first step; the last is a tenth of it.
const STEP: f32 = 0.05;
/// Shares of features and of units left out while learning.
const LEFT_OUT: f32 = 0.4;
const UNLIT: f32 = 0.3;
/// How strongly weights are drawn to nothing.
const DRAWN: f32 = 1e-4;
/// Keeps the first steps finite.
const FLOOR: f32 = 1e-6;

/// A weight of each unit.
pub(crate) type Lane = [f32; HIDDEN];

/// What was learnt.
pub(crate) struct Hidden {
    pub(crate) rows: Vec<Lane>,
    pub(crate) starts: Lane,
    pub(crate) adds: [Lane; ANSWERS],
    pub(crate) bias: [f32; ANSWERS],
}

/// An example: features with their worth, and the answers.
pub(crate) struct Case {
    pub(crate) row: Vec<(u32, f32)>,
    pub(crate) answers: [bool; ANSWERS],
}

/// Random numbers: xorshift.
struct Dice(u64);

impl Dice {
    /// The next one, from 0 to below 1.
    fn roll(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1_u32 << 24) as f32
    }
}

/// Moves a weight, and keeps in mind how much it has moved.
fn step(weight: &mut f32, moved: &mut f32, gradient: f32, rate: f32) {
    *moved += gradient * gradient;
    *weight -= rate * gradient / (*moved + FLOOR).sqrt();
}

/// Learns from all examples; features are below `width`.
pub(crate) fn learn(cases: &[Case], width: usize) -> Hidden {
    let mut dice = Dice(88_172_645_463_325_252);
    let mut rows = vec![[0.0; HIDDEN]; width];
    rows.iter_mut().flatten().for_each(|weight| *weight = (dice.roll() - 0.5) * 0.2);
    let spread = (3.0 / HIDDEN as f32).sqrt();
    let adds = std::array::from_fn(|_| std::array::from_fn(|_| (dice.roll() - 0.5) * 2.0 * spread));
    let mut learnt = Hidden { rows, starts: [0.0; HIDDEN], adds, bias: [0.0; ANSWERS] };
    let mut moved = Hidden {
        rows: vec![[0.0; HIDDEN]; width],
        starts: [0.0; HIDDEN],
        adds: [[0.0; HIDDEN]; ANSWERS],
        bias: [0.0; ANSWERS],
    };
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut kept = Vec::new();
    for pass in 0..PASSES {
        let rate = STEP * (1.0 - 0.9 * pass as f32 / PASSES as f32);
        for last in (1..order.len()).rev() {
            let other = ((dice.roll() * (last + 1) as f32) as usize).min(last);
            order.swap(last, other);
        }
        for &at in &order {
            kept.clear();
            for &(feature, worth) in &cases[at].row {
                if dice.roll() >= LEFT_OUT {
                    kept.push((feature as usize, worth / (1.0 - LEFT_OUT)));
                }
            }
            let mask: Lane =
                std::array::from_fn(|_| if dice.roll() >= UNLIT { 1.0 / (1.0 - UNLIT) } else { 0.0 });
            one(&mut learnt, &mut moved, &kept, &mask, &cases[at].answers, rate);
        }
    }
    learnt
}

/// Learns from one example.
#[allow(clippy::needless_range_loop, reason = "several lanes go side by side")]
fn one(
    learnt: &mut Hidden,
    moved: &mut Hidden,
    kept: &[(usize, f32)],
    mask: &Lane,
    answers: &[bool; ANSWERS],
    rate: f32,
) {
    let mut lit = learnt.starts;
    for &(feature, worth) in kept {
        lit.iter_mut().zip(&learnt.rows[feature]).for_each(|(lit, weight)| *lit += worth * weight);
    }
    lit.iter_mut().zip(mask).for_each(|(lit, mask)| *lit = lit.max(0.0) * mask);
    let mut back: Lane = [0.0; HIDDEN];
    for (k, &is_one) in answers.iter().enumerate() {
        let sign = if is_one { 1.0 } else { -1.0 };
        let adds = &mut learnt.adds[k];
        let sum = learnt.bias[k] + lit.iter().zip(adds.iter()).map(|(lit, add)| lit * add).sum::<f32>();
        let wrong = f32::max(1.0 - sign * sum, 0.0) * -sign;
        step(&mut learnt.bias[k], &mut moved.bias[k], wrong, rate);
        for unit in 0..HIDDEN {
            back[unit] += wrong * adds[unit];
            let gradient = if lit[unit] > 0.0 { wrong * lit[unit] + DRAWN * adds[unit] } else { 0.0 };
            step(&mut adds[unit], &mut moved.adds[k][unit], gradient, rate);
        }
    }
    for unit in 0..HIDDEN {
        back[unit] = if lit[unit] > 0.0 { back[unit] * mask[unit] } else { 0.0 };
        step(&mut learnt.starts[unit], &mut moved.starts[unit], back[unit], rate);
    }
    for &(feature, worth) in kept {
        let (row, moved) = (&mut learnt.rows[feature], &mut moved.rows[feature]);
        for unit in 0..HIDDEN {
            let drawn = if back[unit] == 0.0 { 0.0 } else { DRAWN * row[unit] };
            step(&mut row[unit], &mut moved[unit], back[unit] * worth + drawn, rate);
        }
    }
}
