//! Learning all columns, rounding them to bytes, and the file they are kept in.

use crate::sentences::Sentence;
use crate::solver::{Example, solve};
use std::collections::BTreeMap;
use zhijian::knowledge::detect::{ANY, COLUMNS, FIRST, Features, MEANING, RULED_OUT};

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
    any: [f64; 2],
}

/// Learns from some of the sentences.
pub(crate) fn learn(all: &[Sentence], from: &[usize]) -> Model {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for &i in from {
        for feature in all[i].features.grams.iter().chain(&all[i].features.concepts) {
            *counts.entry(*feature).or_default() += 1;
        }
    }
    let kept = counts.iter().filter(|(_, count)| **count >= LEAST).map(|(feature, _)| *feature);
    let features: BTreeMap<u32, u32> = kept.zip(0..).collect();
    let width = features.len();
    let rows: Vec<Row> = from.iter().map(|&i| Row::new(&features, &all[i].features)).collect();
    let weighed: Vec<Vec<(u32, f64)>> = rows.iter().map(Row::weighed).collect();
    let letters: Vec<Vec<(u32, f64)>> =
        rows.iter().map(|row| weighed_alike(&row.grams, 1.0).collect()).collect();
    let start = |at: usize| (width + at) as u32;
    let column = |rows: &[Vec<(u32, f64)>], is_one: &dyn Fn(&Sentence) -> bool| {
        let examples = from.iter().zip(rows).map(|(&i, row)| Example {
            row,
            more: vec![(start(0), 1.0)],
            is_one: is_one(&all[i]),
        });
        solve(&examples.collect::<Vec<_>>(), width + 1, COST)
    };
    let mut columns = Vec::new();
    let mut starts = [[0.0; 3]; 9];
    for (k, starts) in starts.iter_mut().enumerate() {
        let weights = column(&weighed, &|s| s.asserted[k] || s.denied[k]);
        starts[0] = weights[width];
        columns.push(weights);
    }
    for (k, starts) in starts.iter_mut().enumerate() {
        let weights = column(&weighed, &|s| s.asserted[k]);
        starts[1] = weights[width];
        columns.push(weights);
    }
    // Every practice that a sentence speaks of is one example: is it asserted?
    let mut examples = Vec::new();
    for (&i, row) in from.iter().zip(&weighed) {
        for k in (0..9).filter(|&k| all[i].asserted[k] || all[i].denied[k]) {
            let more = vec![(start(0), 1.0), (start(1 + k), OWN)];
            examples.push(Example { row, more, is_one: all[i].asserted[k] });
        }
    }
    let weights = solve(&examples, width + 10, COST);
    for (k, starts) in starts.iter_mut().enumerate() {
        starts[2] = weights[width] + OWN * weights[width + 1 + k];
    }
    columns.push(weights);
    let any = [&weighed, &letters].map(|rows| {
        let weights = column(rows, &|s| s.asserted.contains(&true));
        let start = weights[width];
        columns.push(weights);
        start
    });
    let mut units = [0.0; COLUMNS];
    let mut rounded = vec![[0; COLUMNS]; width];
    for (c, column) in columns.iter().enumerate() {
        let most = column[..width].iter().fold(0.0, |most, w| f64::max(most, w.abs()));
        units[c] = most / 127.0;
        for (row, weight) in rounded.iter_mut().zip(&column[..width]) {
            row[c] = (weight / units[c]).round() as i8;
        }
    }
    Model { features, weights: rounded, units, starts, any }
}

/// What is known of a sentence.
struct Row {
    grams: Vec<u32>,
    concepts: Vec<u32>,
}

impl Row {
    fn new(known: &BTreeMap<u32, u32>, of: &Features) -> Row {
        let known = |list: &[u32]| {
            list.iter().filter_map(|feature| known.get(feature).copied()).collect::<Vec<u32>>()
        };
        let grams = known(&of.grams);
        // What two sorts of features share by chance counts once.
        let mut concepts = known(&of.concepts);
        concepts.retain(|feature| !grams.contains(feature));
        Row { grams, concepts }
    }

    fn weighed(&self) -> Vec<(u32, f64)> {
        weighed_alike(&self.grams, 1.0).chain(weighed_alike(&self.concepts, MEANING)).collect()
    }
}

/// Features with their worth: sentences count alike, however long.
fn weighed_alike(features: &[u32], weight: f64) -> impl Iterator<Item = (u32, f64)> {
    let worth = weight / (features.len().max(1) as f64).sqrt();
    features.iter().map(move |&feature| (feature, worth))
}

impl Model {
    /// The score of each practice, as the program works it out: none where characters alone rule it out.
    pub(crate) fn scores(&self, sentence: &Sentence) -> [f64; 9] {
        let row = Row::new(&self.features, &sentence.features);
        let share = |of: &[u32], weight: f64| weight / (of.len().max(1) as f64).sqrt();
        let (grams, meanings) = (share(&row.grams, 1.0), share(&row.concepts, MEANING));
        let sum = |of: &[u32], c: usize| {
            f64::from(of.iter().map(|&f| i32::from(self.weights[f as usize][c])).sum::<i32>())
        };
        if sum(&row.grams, 20) * self.units[20] * grams + self.any[1] < FIRST {
            return [RULED_OUT; 9];
        }
        let part = |c: usize| (sum(&row.grams, c) * grams + sum(&row.concepts, c) * meanings) * self.units[c];
        let any = (part(19) + self.any[0]) * ANY;
        std::array::from_fn(|k| {
            let [spoken, direct, all] = self.starts[k];
            (part(k) + spoken).min(part(18) + all) + part(9 + k) + direct + any
        })
    }

    /// The file, with the steps from scores to chances.
    pub(crate) fn bytes(&self, steps: &[(f64, u8)]) -> Vec<u8> {
        let mut out = b"ZJLEARN2".to_vec();
        out.extend((self.features.len() as u32).to_le_bytes());
        for float in self.units.iter().chain(self.starts.iter().flatten()).chain(&self.any) {
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
