//! Learning all columns, rounding them to bytes, and the file they are kept in.

use crate::hidden::{self, Case};
use crate::sentences::Sentence;
use crate::solver::{Example, solve};
use std::collections::BTreeMap;
use zhijian::knowledge::detect::{ANY, COLUMNS, DEEP, FIRST, Features, HIDDEN, MEANING, RULED_OUT, SAID};

/// Sentences that a feature must occur in.
const LEAST: usize = 3;
/// The price of an error.
const COST: f64 = 1.0;
/// How strongly a practice may have a start of its own in the column that all share.
const OWN: f64 = 0.5;
/// How strongly the answers of the hidden layer count beside the linear columns.
const DEEPER: f64 = 2.0;

/// What was learnt, as it is kept.
pub(crate) struct Model {
    features: BTreeMap<u32, u32>,
    weights: Vec<[i8; COLUMNS]>,
    units: [f64; COLUMNS],
    starts: [[f64; 3]; 9],
    any: [f64; 2],
    deep: Deep,
}

/// The hidden layer, rounded likewise; its answers are joined to what each unit adds to the score of each practice.
struct Deep {
    weights: Vec<[i8; HIDDEN]>,
    units: [f64; HIDDEN],
    starts: [f64; HIDDEN],
    adds: [[f64; 9]; HIDDEN],
}

/// Learns from some of the sentences.
pub(crate) fn learn(all: &[Sentence], from: &[usize]) -> Model {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for &i in from {
        let of = &all[i].features;
        for feature in of.grams.iter().chain(&of.concepts).chain(&of.said) {
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
    let (deep, bias) = deep(all, from, &weighed, width);
    starts.iter_mut().zip(bias).for_each(|(starts, bias)| starts[1] += bias);
    Model { features, weights: rounded, units, starts, any, deep }
}

/// Learns the hidden layer; also what it adds to every practice whatever the sentence.
fn deep(all: &[Sentence], from: &[usize], rows: &[Vec<(u32, f64)>], width: usize) -> (Deep, [f64; 9]) {
    let cases = from.iter().zip(rows).map(|(&i, row)| {
        let Sentence { asserted, denied, .. } = &all[i];
        Case {
            row: row.iter().map(|&(feature, worth)| (feature, (worth * DEEP) as f32)).collect(),
            answers: std::array::from_fn(|k| match k {
                18 => asserted.contains(&true),
                9.. => asserted[k - 9] || denied[k - 9],
                _ => asserted[k],
            }),
        }
    });
    let learnt = hidden::learn(&cases.collect::<Vec<_>>(), width);
    let mut units = [0.0; HIDDEN];
    for (unit, worth) in units.iter_mut().enumerate() {
        let most = learnt.rows.iter().fold(0.0, |most, row| f32::max(most, row[unit].abs()));
        *worth = f64::from(most).max(f64::MIN_POSITIVE) / 127.0;
    }
    let rounded = |row: &hidden::Lane| std::array::from_fn(|u| (f64::from(row[u]) / units[u]).round() as i8);
    let joined = |of: f32, any: f32| DEEPER * (f64::from(of) + ANY * f64::from(any));
    let deep = Deep {
        weights: learnt.rows.iter().map(rounded).collect(),
        units,
        starts: learnt.starts.map(f64::from),
        adds: std::array::from_fn(|u| std::array::from_fn(|k| joined(learnt.adds[k][u], learnt.adds[18][u]))),
    };
    (deep, std::array::from_fn(|k| joined(learnt.bias[k], learnt.bias[18])))
}

/// What is known of a sentence.
struct Row {
    grams: Vec<u32>,
    concepts: Vec<u32>,
    said: Vec<u32>,
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
        let mut said = known(&of.said);
        said.retain(|feature| !grams.contains(feature) && !concepts.contains(feature));
        Row { grams, concepts, said }
    }

    fn weighed(&self) -> Vec<(u32, f64)> {
        let meant = weighed_alike(&self.concepts, MEANING);
        weighed_alike(&self.grams, 1.0).chain(meant).chain(weighed_alike(&self.said, SAID)).collect()
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
        let parts = [
            (&row.grams, share(&row.grams, 1.0)),
            (&row.concepts, share(&row.concepts, MEANING)),
            (&row.said, share(&row.said, SAID)),
        ];
        let sum = |of: &[u32], c: usize| {
            f64::from(of.iter().map(|&f| i32::from(self.weights[f as usize][c])).sum::<i32>())
        };
        let letters = sum(&row.grams, 20) * self.units[20] * parts[0].1 + self.any[1];
        if row.said.is_empty() && letters < FIRST {
            return [RULED_OUT; 9];
        }
        let part = |c: usize| parts.iter().map(|(of, share)| sum(of, c) * share).sum::<f64>() * self.units[c];
        let any = (part(19) + self.any[0]) * ANY;
        let mut scores: [f64; 9] = std::array::from_fn(|k| {
            let [spoken, direct, all] = self.starts[k];
            (part(k) + spoken).min(part(18) + all) + part(9 + k) + direct + any
        });
        let Deep { weights, units, starts, adds } = &self.deep;
        for (u, adds) in adds.iter().enumerate() {
            let sum =
                |of: &[u32]| f64::from(of.iter().map(|&f| i32::from(weights[f as usize][u])).sum::<i32>());
            let fed = parts.iter().map(|(of, share)| sum(of) * share).sum::<f64>();
            let lit = starts[u] + fed * units[u] * DEEP;
            if lit > 0.0 {
                scores.iter_mut().zip(adds).for_each(|(score, add)| *score += lit * add);
            }
        }
        scores
    }

    /// The file, with the steps from scores to chances.
    pub(crate) fn bytes(&self, steps: &[(f64, u8)]) -> Vec<u8> {
        let mut out = b"ZJLEARN3".to_vec();
        out.extend((self.features.len() as u32).to_le_bytes());
        let linear = self.units.iter().chain(self.starts.iter().flatten()).chain(&self.any);
        let Deep { weights, units, starts, adds } = &self.deep;
        for float in linear.chain(units).chain(starts).chain(adds.iter().flatten()) {
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
        let all = self.weights.iter().flatten().chain(weights.iter().flatten());
        out.extend(all.map(|weight| weight.cast_unsigned()));
        out
    }
}
