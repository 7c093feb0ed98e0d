//! The rules dispose: joins what the words of the data files found with what was learnt.
//!
//! For: `screen` and clues. Not for: findings, which rest on words alone. Invariant: a practice that the words deny, abolish,
//! forbid, or read in another sense is never proposed; spans are bytes of the text as given, on character boundaries.

use super::folded::Folded;
use super::label::{Category, Label, Modality, Polarity};
use super::learned::{Learned, TAUGHT, Window, clauses, said as feature, windows};
use crate::model::Message;

/// From this score on a practice is proposed. Chosen on sentences of writers left out in turn (`benches/README.md`).
pub const PROPOSED: f64 = -0.1;
/// Below this score found words are doubted, chosen likewise.
pub const DOUBTED: f64 = -0.4;
/// Features shown to say why.
const SHOWN: usize = 3;

/// The labels of the words, with those doubted marked so, and the proposals.
pub(super) fn joined(
    learned: &Learned,
    folded: &Folded,
    mut labels: Vec<Label>,
    is_exempt: impl Fn() -> bool,
) -> Vec<Label> {
    let text = folded.text.as_str();
    let mut best: [Option<(f64, Window)>; TAUGHT.len()] = Default::default();
    let mut pieces = Vec::new();
    for window in windows(text) {
        let whole = if labels.is_empty() { (0, 0) } else { folded.original(window.start, window.end) };
        let here = said(within(&labels, whole));
        let Some(scores) = learned.scores(&text[window.clone()], &here) else { continue };
        for (best, &score) in best.iter_mut().zip(&scores) {
            if score >= PROPOSED && best.as_ref().is_none_or(|(most, _)| score > *most) {
                *best = Some((score, window.clone()));
            }
        }
        if !labels.is_empty() {
            pieces.push((whole, scores));
        }
    }
    let spoken: Vec<Category> = labels.iter().map(|label| label.category).collect();
    doubt(&mut labels, &pieces);
    for (column, (&category, best)) in TAUGHT.iter().zip(best).enumerate() {
        if let Some((score, window)) = best.filter(|_| !spoken.contains(&category)) {
            labels.push(proposal(learned, folded, &window, (column, category), score, is_exempt()));
        }
    }
    labels.sort_by_key(|label| label.start);
    labels
}

/// What the words make of each practice that they find, as features.
pub(super) fn said(labels: &[Label]) -> Vec<u32> {
    let columns = TAUGHT.iter().enumerate();
    let of = |(column, &category): (usize, &Category)| {
        let mut found = labels.iter().filter(|label| label.category == category).peekable();
        found.peek()?;
        Some(feature(column, found.any(|label| label.polarity == Polarity::Asserted)))
    };
    columns.filter_map(of).collect()
}

/// The labels, in order, that start in a range of bytes of the text as given.
fn within(labels: &[Label], (start, end): (usize, usize)) -> &[Label] {
    let first = labels.partition_point(|label| label.start < start);
    let last = labels.partition_point(|label| label.start < end);
    labels.get(first..last).unwrap_or_default()
}

/// Marks what is asserted in pieces that are clearly about something else: where not one of the practices found holds.
fn doubt(labels: &mut [Label], pieces: &[((usize, usize), [f64; TAUGHT.len()])]) {
    let is_asserted = |label: &Label| label.polarity == Polarity::Asserted;
    for ((start, end), scores) in pieces {
        let holds = |label: &Label| {
            let column = TAUGHT.iter().position(|&taught| taught == label.category);
            column.is_none_or(|column| scores[column] >= DOUBTED)
        };
        let first = labels.partition_point(|label| label.start < *start);
        let last = labels.partition_point(|label| label.start < *end);
        let Some(here) = labels.get_mut(first..last) else { continue };
        if !here.iter().any(|label| is_asserted(label) && holds(label)) {
            for label in here.iter_mut().filter(|label| is_asserted(label)) {
                label.polarity = Polarity::Unrelated;
                label.reason.key = "detect.doubted";
            }
        }
    }
}

/// A practice that only what was learnt speaks for. Its words are the clause that weighs most.
fn proposal(
    learned: &Learned,
    folded: &Folded,
    window: &Window,
    (column, category): (usize, Category),
    score: f64,
    exempt: bool,
) -> Label {
    let text = folded.text.as_str();
    let worth = |clause: &Window| -> f64 {
        learned.weighed(&text[clause.clone()], column).iter().map(|(_, weight)| weight).sum()
    };
    let weighed = clauses(text, window).into_iter().map(|clause| (worth(&clause), clause));
    let heaviest = weighed.max_by(|(a, _), (b, _)| a.total_cmp(b));
    let clause = heaviest.map_or_else(|| window.clone(), |(_, clause)| clause);
    let (start, end) = folded.original(clause.start, clause.end);
    let part = &text[clause];
    let mut weighed = learned.weighed(part, column);
    weighed.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.start.cmp(&b.start)));
    let mut shown: Vec<&str> = Vec::new();
    for (range, _) in weighed.iter().filter(|(_, weight)| *weight > 0.0) {
        let words = &part[range.clone()];
        if shown.len() < SHOWN && !shown.iter().any(|known| known.contains(words)) {
            shown.push(words);
        }
    }
    let percent = learned.percent(score);
    Label {
        category,
        start,
        end,
        polarity: Polarity::Asserted,
        exempt,
        staff: false,
        modality: Modality::Unstated,
        learned: Some(percent),
        reason: Message::new("detect.learned").with("words", shown.join("、")).with("percent", percent),
    }
}
