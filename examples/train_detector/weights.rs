//! Learning all columns, rounding them to bytes, and the file they are kept in.

use crate::sentences::Sentence;
use crate::solver::{Example, share, solve};
use std::collections::BTreeMap;
use zhijian::knowledge::detect::COLUMNS;

/// Sentences that a feature must occur in.
const LEAST: usize = 2;
/// The price of an error.
const COST: f64 = 1.0;
/// How strongly a practice may have a start of its own in the column that all share.
const OWN: f64 = 0.5;

/// What was learnt, as it is kept.
pub(crate) struct Model {
    features: BTreeMap<u32, u32>,
    weights: Vec<[i8; COLUMNS]>,
    units: [f64; COLUMNS],
    starts: [[f64; 3]; 9],
}

/// Learns from some of the sentences.
pub(crate) fn learn(all: &[Sentence], from: &[usize]) -> Model {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for feature in from.iter().flat_map(|&i| &all[i].features) {
        *counts.entry(*feature).or_default() += 1;
    }
    let kept = counts.iter().filter(|(_, count)| **count >= LEAST).map(|(feature, _)| *feature);
    let features: BTreeMap<u32, u32> = kept.zip(0..).collect();
    let width = features.len();
    let rows: Vec<Vec<u32>> = from.iter().map(|&i| known(&features, &all[i].features)).collect();
    let start = |at: usize| (width + at) as u32;
    let column = |is_one: &dyn Fn(&Sentence) -> bool| {
        let examples = from.iter().zip(&rows).map(|(&i, row)| Example {
            features: row,
            more: vec![(start(0), 1.0)],
            is_one: is_one(&all[i]),
        });
        solve(&examples.collect::<Vec<_>>(), width + 1, COST)
    };
    let mut columns = Vec::new();
    let mut starts = [[0.0; 3]; 9];
    for (k, starts) in starts.iter_mut().enumerate() {
        let weights = column(&|s| s.asserted[k] || s.denied[k]);
        starts[0] = weights[width];
        columns.push(weights);
    }
    for (k, starts) in starts.iter_mut().enumerate() {
        let weights = column(&|s| s.asserted[k]);
        starts[1] = weights[width];
        columns.push(weights);
    }
    // Every practice that a sentence speaks of is one example: is it asserted?
    let mut examples = Vec::new();
    for (&i, row) in from.iter().zip(&rows) {
        for k in (0..9).filter(|&k| all[i].asserted[k] || all[i].denied[k]) {
            let more = vec![(start(0), 1.0), (start(1 + k), OWN)];
            examples.push(Example { features: row, more, is_one: all[i].asserted[k] });
        }
    }
    let weights = solve(&examples, width + 10, COST);
    for (k, starts) in starts.iter_mut().enumerate() {
        starts[2] = weights[width] + OWN * weights[width + 1 + k];
    }
    columns.push(weights);
    let mut units = [0.0; COLUMNS];
    let mut rounded = vec![[0; COLUMNS]; width];
    for (c, column) in columns.iter().enumerate() {
        let most = column[..width].iter().fold(0.0, |most, w| f64::max(most, w.abs()));
        units[c] = most / 127.0;
        for (row, weight) in rounded.iter_mut().zip(&column[..width]) {
            row[c] = (weight / units[c]).round() as i8;
        }
    }
    Model { features, weights: rounded, units, starts }
}

fn known(features: &BTreeMap<u32, u32>, of: &[u32]) -> Vec<u32> {
    of.iter().filter_map(|feature| features.get(feature).copied()).collect()
}

impl Model {
    /// The score of each practice, as the program works it out.
    pub(crate) fn scores(&self, sentence: &Sentence) -> [f64; 9] {
        let row = known(&self.features, &sentence.features);
        let share = share(row.len());
        let part = |c: usize| {
            let sum: i32 = row.iter().map(|&f| i32::from(self.weights[f as usize][c])).sum();
            f64::from(sum) * self.units[c] * share
        };
        std::array::from_fn(|k| {
            let [spoken, direct, any] = self.starts[k];
            (part(k) + spoken).min(part(18) + any) + part(9 + k) + direct
        })
    }

    /// The file, with the steps from scores to chances.
    pub(crate) fn bytes(&self, steps: &[(f64, u8)]) -> Vec<u8> {
        let mut out = b"ZJLEARN1".to_vec();
        out.extend((self.features.len() as u32).to_le_bytes());
        for float in self.units.iter().chain(self.starts.iter().flatten()) {
            out.extend(float.to_le_bytes());
        }
        out.push(steps.len() as u8);
        for (least, percent) in steps {
            out.extend(least.to_le_bytes());
            out.push(*percent);
        }
        for feature in self.features.keys() {
            out.extend(feature.to_le_bytes());
        }
        out.extend(self.weights.iter().flatten().map(|weight| weight.cast_unsigned()));
        out
    }
}
