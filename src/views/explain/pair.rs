//! One pair: its relation and the weight of every comparison, as a waterfall.
//!
//! For: `explain A B`, and the pairs of an asset. Not for: matching. Invariant: the prior and the
//! signed weights shown add up to the weight shown, and the decisive comparison is marked.

use crate::scan::Compared;
use crate::scan::document::Pair;
use crate::views::report::ReportView;
use crate::views::terminal::{Screen, Tone};
use crate::views::text::{pad, pad_left, truncate, width};
use std::fmt::Write as _;

/// Columns of a full bar on each side of the axis.
const BAR: usize = 10;
/// The same on screens narrower than 80 columns, where the words need the room.
const SHORT_BAR: usize = 4;

/// How two assets relate.
pub(super) fn explain(
    view: &ReportView<'_>,
    screen: Screen,
    left: usize,
    right: usize,
    compared: impl FnOnce() -> Option<Compared>,
) -> String {
    let (a, b) = (&view.document.assets[left], &view.document.assets[right]);
    let found = view.index.pairs(left).find(|p| p.left == b.id || p.right == b.id);
    if left != right
        && let Some(pair) = found
    {
        let mut out = one(view, screen, pair);
        for (label, asset) in [("explain.left", &pair.left), ("explain.right", &pair.right)] {
            if let Some(asset) = view.index.asset(asset) {
                let text = format!("{} · {}", asset.id, view.names.place(&asset.source));
                super::line(&mut out, screen, &view.names.text(label), &text);
            }
        }
        return out;
    }
    let unrelated = view.names.fill("explain.unrelated", &[("left", &a.name), ("right", &b.name)]);
    if left == right {
        return wrapped(&unrelated, screen);
    }
    let Some(Compared { pair, apart, threshold }) = compared() else {
        return wrapped(&unrelated, screen) + &wrapped(&view.names.text("explain.apart.policy"), screen);
    };
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    let values = [
        ("weight", signed(pair.weight)),
        ("probability", percent(pair.probability)),
        ("threshold", percent(threshold)),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    wrapped(&unrelated, screen)
        + &wrapped(&view.names.fill(apart, &values), screen)
        + &one(view, screen, &pair)
}

/// A sentence in lines that fit the screen.
fn wrapped(text: &str, screen: Screen) -> String {
    crate::views::text::wrap(text, screen.columns())
        .into_iter()
        .fold(String::new(), |out, line| out + &line + "\n")
}

/// Relation, probability and waterfall of one pair.
pub(super) fn one(view: &ReportView<'_>, screen: Screen, pair: &Pair) -> String {
    let names = view.names;
    let paint = screen.paint();
    let mut out = String::new();
    let relation = names.relation(&pair.relation);
    let (left, right) = (view.index.name(&pair.left), view.index.name(&pair.right));
    let title = names.fill("explain.pair", &[("left", left), ("right", right)]);
    let title = truncate(&title, screen.columns().saturating_sub(width(&relation) + 1));
    let _ = writeln!(out, "{} {}", paint.tone(Tone::Info, &relation), paint.tone(Tone::Heading, &title));
    let total = names.fill(
        "explain.probability",
        &[("probability", &format!("{:.1}%", pair.probability * 100.0)), ("weight", &signed(pair.weight))],
    );
    let decisive = pair
        .evidence
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.weight.abs().total_cmp(&b.1.weight.abs()).then(b.0.cmp(&a.0)))
        .map(|(i, _)| i);
    let largest =
        pair.evidence.iter().map(|e| e.weight).chain([pair.prior]).map(f64::abs).fold(1.0, f64::max);
    let mut rows = vec![(names.text("explain.prior"), pair.prior, names.text("explain.prior-note"), false)];
    for (i, e) in pair.evidence.iter().enumerate() {
        let values = names.fill("explain.values", &[("left", e.left), ("right", e.right)]);
        let said = if e.sentence.is_empty() { values } else { e.sentence.to_owned() };
        rows.push((comparison(view, e.field), e.weight, said, decisive == Some(i)));
    }
    let size = if screen.columns() < 80 { SHORT_BAR } else { BAR };
    let label = rows.iter().map(|r| width(&r.0)).max().unwrap_or(0).clamp(4, 14);
    for (name, weight, said, decides) in rows {
        let mark = if decides { "▶" } else { " " };
        let head =
            format!("  {mark} {} {}", pad(&truncate(&name, label), label), pad_left(&signed(weight), 6));
        let room = screen.columns().saturating_sub(width(&head) + size * 2 + 5);
        let tone = if weight < 0.0 { Tone::Bad } else { Tone::Good };
        let _ = writeln!(
            out,
            "{head} {}  {}",
            paint.tone(tone, &bar(weight, largest, size)),
            truncate(&said, room)
        );
    }
    super::line(&mut out, screen, &names.text("explain.together"), &total);
    out
}

/// The name of a comparison: that of the field it is about, if it has one.
fn comparison(view: &ReportView<'_>, field: &str) -> String {
    let key = format!("evidence.field.{field}");
    if view.names.catalogue.has(&key) { view.names.text(&key) } else { view.names.field(field) }
}

/// A weight with its sign and one decimal.
fn signed(weight: f64) -> String {
    // Too little to show: no sign, which would mean something.
    if weight.abs() < 0.05 {
        return "0.0".to_owned();
    }
    if weight < 0.0 { format!("−{:.1}", -weight) } else { format!("+{weight:.1}") }
}

/// A bar left or right of an axis, of at most `size` columns.
fn bar(weight: f64, largest: f64, size: usize) -> String {
    let n = (weight.abs() / largest * size as f64).round() as usize;
    let n = if weight.abs() >= 0.05 { n.clamp(1, size) } else { 0 };
    let (against, for_it) = if weight < 0.0 { (n, 0) } else { (0, n) };
    format!(
        "{}{}│{}{}",
        " ".repeat(size - against),
        "█".repeat(against),
        "█".repeat(for_it),
        " ".repeat(size - for_it)
    )
}
