//! Sentences cut up, spliced and broken at random: whatever comes of it is read without a panic, with spans on characters.
//!
//! Words drawn at random seldom make the practices that are said in two words, on either side of a mark; sentences do.
//! `MUTATIONS=1000000 cargo test --release --test it mutated -- --nocapture` runs as long as one likes.

use std::path::Path;
use zhijian::knowledge::detect::{Detector, snippet};

/// Random numbers: xorshift.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    fn of<'a>(&mut self, all: &'a [String]) -> &'a str {
        &all[self.below(all.len())]
    }

    /// A part of a text, from one character to another.
    fn part<'a>(&mut self, text: &'a str) -> &'a str {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (one, other) = (ends[self.below(ends.len())], ends[self.below(ends.len())]);
        &text[one.min(other)..one.max(other)]
    }
}

fn sentences() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    for folder in ["training/texts", "tests/fixtures/texts"] {
        let mut files: Vec<_> =
            std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|end| end == "csv"));
        files.sort();
        for file in files {
            let mut reader = csv::Reader::from_path(file).unwrap();
            let column = reader.headers().unwrap().iter().position(|name| name == "text").unwrap();
            all.extend(reader.records().map(|row| row.unwrap()[column].to_owned()));
        }
    }
    all
}

/// What a mutation puts in: marks, brackets, questions, what is no letter, and characters of every width.
const BITS: [&str; 24] = [
    "，",
    "。",
    "、",
    "（",
    "）",
    "：",
    "？",
    "；",
    " ",
    "\n",
    "1.",
    "一、",
    "不",
    "不得",
    "是否",
    "答：不需要",
    "已取消",
    "、、",
    "》",
    "\u{200b}",
    "\u{301}",
    "𠮷",
    "é",
    "👨‍👩‍👧",
];

#[test]
#[allow(clippy::print_stdout, reason = "how many were read is told with --nocapture")]
fn mutated_sentences_are_read_whole() {
    let count = std::env::var("MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000_usize);
    let (detector, all) = (Detector::load(), sentences());
    let (mut dice, mut labelled) = (Dice(88_172_645_463_325_252), 0_usize);
    for _ in 0..count {
        let mut text = String::new();
        for _ in 0..=dice.below(5) {
            let sentence = dice.of(&all);
            text += if dice.below(3) == 0 { sentence } else { dice.part(sentence) };
            if dice.below(2) == 0 {
                text += BITS[dice.below(BITS.len())];
            }
        }
        for _ in 0..dice.below(6) {
            let at = dice.part(&text).len();
            let at = (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
            text.insert_str(at, BITS[dice.below(BITS.len())]);
        }
        let labels = detector.read(&text);
        for label in &labels {
            assert!(label.start < label.end && text.get(label.words()).is_some(), "{text}: {label:?}");
            assert!(snippet(&text, &label.words()).contains(&text[label.words()]), "{text}: {label:?}");
        }
        assert!(labels.is_sorted_by_key(|label| label.start), "{text}");
        labelled += usize::from(!labels.is_empty());
    }
    println!("{count} mutations, {labelled} of them labelled");
    assert!(labelled > count / 3, "else this shows little");
}
