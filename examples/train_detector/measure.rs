//! How well it does on writers whose sentences were left out.

use crate::sentences::Sentence;
use crate::weights::learn;
use std::collections::{BTreeMap, BTreeSet};
use zhijian::knowledge::detect::{DOUBTED, PROPOSED, TAUGHT};

/// From this score on chances are counted, whatever is proposed.
const LEAST: f64 = -0.4;

/// How wide a step from scores to chances is.
const STEP: f64 = 0.2;

/// The scores of each sentence, learnt without its writer; none for the tuned ones.
pub(crate) type HeldOut = Vec<Option<[f64; 9]>>;

/// Leaves each writer out in turn.
pub(crate) fn writers_left_out(all: &[Sentence]) -> HeldOut {
    let writers: BTreeSet<&str> = all.iter().filter(|s| !s.is_tuned).map(|s| s.writer.as_str()).collect();
    let mut out = vec![None; all.len()];
    for writer in writers {
        let from: Vec<usize> = (0..all.len()).filter(|&i| all[i].writer != writer).collect();
        let model = learn(all, &from);
        for (out, sentence) in out.iter_mut().zip(all).filter(|(_, s)| s.writer == writer) {
            *out = Some(model.scores(sentence));
        }
    }
    out
}

#[derive(Default, Clone, Copy)]
struct Tally {
    found: u32,
    wrong: u32,
    missed: u32,
    without: u32,
    labelled: u32,
}

impl Tally {
    /// Counts one practice of one sentence.
    fn one(&mut self, is: bool, got: bool) {
        self.found += u32::from(is && got);
        self.wrong += u32::from(!is && got);
        self.missed += u32::from(is && !got);
    }

    /// Counts one sentence.
    fn add(&mut self, asserted: &[bool], labelled: &[bool]) {
        for (&is, &got) in asserted.iter().zip(labelled) {
            self.one(is, got);
        }
        if !asserted.contains(&true) {
            self.without += 1;
            self.labelled += u32::from(labelled.contains(&true));
        }
    }

    fn f1(&self) -> f64 {
        f64::from(2 * self.found) / f64::from((2 * self.found + self.wrong + self.missed).max(1))
    }

    fn line(&self) -> String {
        let share = |of: u32, all: u32| f64::from(of) / f64::from(all.max(1));
        format!(
            "F1 {:.3}, precision {:.3}, recall {:.3}, {} of {} without a practice labelled ({:.3})",
            share(2 * self.found, 2 * self.found + self.wrong + self.missed),
            share(self.found, self.found + self.wrong),
            share(self.found, self.found + self.missed),
            self.labelled,
            self.without,
            share(self.labelled, self.without),
        )
    }
}

/// Words alone, what was learnt alone, and both.
const WAYS: [&str; 3] = ["words", "learnt", "both"];

/// Which practices a sentence is labelled with in one of the ways.
fn labelled(way: usize, s: &Sentence, scores: &[f64; 9]) -> [bool; 9] {
    match way {
        0 => s.words.map(|found| found == Some(true)),
        1 => scores.map(|score| score >= PROPOSED),
        _ => joined(s, scores, PROPOSED, DOUBTED),
    }
}

/// As the program joins words and what was learnt: proposals from one score on, and words only where what was learnt does
/// not doubt all of them.
fn joined(s: &Sentence, scores: &[f64; 9], proposed: f64, doubted: f64) -> [bool; 9] {
    let holds = (0..9).any(|k| s.words[k] == Some(true) && scores[k] >= doubted);
    std::array::from_fn(|k| s.words[k].map_or(scores[k] >= proposed, |found| found && holds))
}

/// Prints what other thresholds would give, as the program joins words and what was learnt: for each most of the sentences
/// without a practice that may be labelled, the best.
pub(crate) fn sweep(all: &[Sentence], held_out: &HeldOut) {
    let mut tries = Vec::new();
    for proposed in (-8..=10).map(|n| f64::from(n) / 10.0) {
        for doubted in (-16..=8).step_by(2).map(|n| f64::from(n) / 10.0) {
            let mut tally = Tally::default();
            for (s, scores) in all.iter().zip(held_out) {
                let Some(scores) = scores else { continue };
                tally.add(&s.asserted, &joined(s, scores, proposed, doubted));
            }
            tries.push((tally, proposed, doubted));
        }
    }
    for most in [0.05, 0.08, 0.1, 0.15, 1.0] {
        let within = tries.iter().filter(|(t, ..)| f64::from(t.labelled) <= most * f64::from(t.without));
        if let Some((tally, proposed, doubted)) = within.max_by(|(a, ..), (b, ..)| a.f1().total_cmp(&b.f1()))
        {
            println!("at most {most}: proposed {proposed}, doubted {doubted}: {}", tally.line());
        }
    }
}

/// Prints how well other sentences are read after learning from all.
pub(crate) fn on(all: &[Sentence], others: &[Sentence]) {
    let everything: Vec<usize> = (0..all.len()).collect();
    let model = learn(all, &everything);
    let scores: HeldOut = others.iter().map(|s| Some(model.scores(s))).collect();
    println!("on {}:", others.first().map_or("nothing", |s| s.writer.as_str()));
    print(others, &scores);
    sweep(others, &scores);
}

/// Prints how well each writer is read after learning from one, two, … of the others.
pub(crate) fn curve(all: &[Sentence]) {
    let mut writers: Vec<&str> = all.iter().filter(|s| !s.is_tuned).map(|s| s.writer.as_str()).collect();
    writers.dedup();
    for count in (1..writers.len()).step_by(2) {
        let mut tally = Tally::default();
        for (at, &writer) in writers.iter().enumerate() {
            let taught: Vec<&str> = (1..=count).map(|by| writers[(at + by) % writers.len()]).collect();
            let from: Vec<usize> = (0..all.len())
                .filter(|&i| all[i].is_tuned || taught.contains(&all[i].writer.as_str()))
                .collect();
            let model = learn(all, &from);
            for s in all.iter().filter(|s| s.writer == writer) {
                let labelled = model.scores(s).map(|score| score >= PROPOSED);
                tally.add(&s.asserted, &labelled);
            }
        }
        println!("learnt from {count} writers: {}", tally.line());
    }
}

/// Prints the figures by writer, by practice and by what the text is, and the worst errors.
pub(crate) fn print(all: &[Sentence], held_out: &HeldOut) {
    for (way, name) in WAYS.iter().enumerate() {
        let (mut by, mut total): (BTreeMap<String, Tally>, Tally) = Default::default();
        let mut errors = Vec::new();
        for (s, scores) in all.iter().zip(held_out) {
            let Some(scores) = scores else { continue };
            let labelled = labelled(way, s, scores);
            for k in 0..9 {
                let (is, got) = (s.asserted[k], labelled[k]);
                let groups = [
                    format!("writer {}", s.writer),
                    format!("practice {}", TAUGHT[k]),
                    format!("polarity {}", s.polarity),
                ];
                let count = |tally: &mut Tally| tally.one(is, got);
                count(&mut total);
                for group in groups {
                    count(by.entry(group).or_default());
                }
                if is != got {
                    errors.push((scores[k].abs(), is, k, s.text.as_str()));
                }
            }
            if s.asserted.contains(&true) {
                continue;
            }
            let groups = [format!("writer {}", s.writer), format!("polarity {}", s.polarity)];
            let count = |tally: &mut Tally| {
                tally.without += 1;
                tally.labelled += u32::from(labelled.contains(&true));
            };
            count(&mut total);
            for group in groups {
                count(by.entry(group).or_default());
            }
        }
        println!("{name}: {}", total.line());
        for (group, tally) in &by {
            println!("  {group}: {}", tally.line());
        }
        if way == 2 {
            errors.sort_by(|a, b| b.0.total_cmp(&a.0));
            for (score, is, k, text) in errors.iter().take(20) {
                println!("  {} {} {score:.2}: {text}", if *is { "missed" } else { "wrong" }, TAUGHT[*k]);
            }
        }
    }
}

/// Chances in a hundred by score, counted where words are silent on writers left out, never falling.
pub(crate) fn steps(all: &[Sentence], held_out: &HeldOut) -> Vec<(f64, u8)> {
    // Least score, how many are right, how many there are.
    let mut bins: Vec<(f64, u32, u32)> = Vec::new();
    for bin in 0..14 {
        let least = LEAST + f64::from(bin) * STEP;
        let (mut right, mut count) = (0, 0);
        for (s, scores) in all.iter().zip(held_out) {
            let Some(scores) = scores else { continue };
            for k in (0..9).filter(|&k| s.words[k].is_none() && scores[k] >= least) {
                if bin == 13 || scores[k] < least + STEP {
                    right += u32::from(s.asserted[k]);
                    count += 1;
                }
            }
        }
        bins.push((least, right, count));
        // A step that falls is joined with the one before.
        while let [.., (_, r, n), (_, right, count)] = bins[..]
            && u64::from(right) * u64::from(n) < u64::from(r) * u64::from(count).max(1)
        {
            bins.pop();
            if let Some(last) = bins.last_mut() {
                *last = (last.0, r + right, n + count);
            }
        }
    }
    let percent = |right: u32, count: u32| ((100 * right + count / 2) / count.max(1)) as u8;
    let steps: Vec<(f64, u8)> =
        bins.into_iter().map(|(least, right, n)| (least, percent(right, n))).collect();
    println!("chances: {steps:?}");
    steps
}
