//! From levels to a match weight and a probability.

use super::{Parameters, compare::Levels};

/// Prior plus the weight of each level, summed in the fixed order of the comparators, in bits.
pub(super) fn weight(parameters: &Parameters, levels: &Levels) -> f64 {
    let parts = parameters.weights.iter().zip(levels.in_order());
    parts.fold(parameters.prior, |sum, (weights, level)| sum + weights[usize::from(level)])
}

/// The probability that log₂ odds of `weight` bits stand for, 0–1.
pub(super) fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_of_zero_bits_is_even_odds() {
        assert!((probability(0.0) - 0.5).abs() < 1e-12);
        assert!((probability(3.0) - 8.0 / 9.0).abs() < 1e-12);
        assert!(probability(60.0) <= 1.0 && probability(-60.0) >= 0.0);
    }
}
