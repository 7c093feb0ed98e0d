//! Reliability of the probabilities: of the pairs that were given so much, how many are true.

use zhijian::model::AssetIx;
use zhijian::stages::matching::Link;

/// Upper ends of the bins.
const ENDS: [f64; 8] = [0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0];

/// Prints the bins of all binding links and the expected calibration error: the mean distance between what was said and
/// what is so, weighted by how many pairs a bin has (Naeini, Cooper & Hauskrecht 2015).
pub(crate) fn print(links: &[Link], are_one: impl Fn((AssetIx, AssetIx)) -> bool) {
    let mut bins = [(0usize, 0usize, 0.0f64); ENDS.len()];
    for link in links.iter().filter(|link| link.binds) {
        let probability = link.probability();
        let at = ENDS.iter().position(|&end| probability <= end).unwrap_or(ENDS.len() - 1);
        let pair = (link.left.min(link.right), link.left.max(link.right));
        bins[at].0 += 1;
        bins[at].1 += usize::from(are_one(pair));
        bins[at].2 += probability;
    }
    let all: usize = bins.iter().map(|bin| bin.0).sum();
    let mut error = 0.0;
    println!("probability: pairs, said on average, true");
    for (end, (count, right, sum)) in ENDS.into_iter().zip(bins) {
        if count > 0 {
            let (said, so) = (sum / count as f64, right as f64 / count as f64);
            error += (said - so).abs() * count as f64 / all as f64;
            println!("  to {end}: {count}, {said:.4}, {so:.4}");
        }
    }
    println!("expected calibration error {error:.4} over {all} binding pairs");
}
