//! The parameter set: weights, prior and threshold, as versioned data.
//!
//! For: everything numeric that a result depends on; its name and version are stored in the scan. Not
//! for: the levels themselves, which the comparators own.

use super::compare::COMPARATORS;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Weights and limits of the matcher.
#[derive(Clone, Debug)]
pub struct Parameters {
    /// Name and version, as stored in the scan.
    pub label: String,
    /// Log₂ odds of a candidate pair before any evidence.
    pub prior: f64,
    /// Log₂ odds, before any evidence, that two apps of different owners do one job.
    pub link_prior: f64,
    /// Probability at which a pair counts as related, 0–1.
    pub threshold: f64,
    /// Weight in bits by comparator and level, in the order of [`COMPARATORS`].
    pub(super) weights: Vec<Vec<f64>>,
}

/// A parameter file that does not fit the comparators.
#[derive(Debug, thiserror::Error)]
pub enum ParameterError {
    /// Not the TOML expected.
    #[error("{0}")]
    Syntax(#[from] toml::de::Error),
    /// A weight without a comparator, or a level without a weight.
    #[error("weights.{0} and the levels of the comparator differ")]
    Levels(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    version: String,
    prior: f64,
    link_prior: f64,
    threshold: f64,
    weights: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Parameters {
    /// The set shipped with the program.
    ///
    /// # Panics
    /// Never: a test loads it.
    pub fn shipped() -> Parameters {
        Parameters::parse(include_str!("../../data/matching/default.toml"))
            .expect("the shipped set is tested")
    }

    /// Reads a parameter set; every comparator must have a weight for each of its levels and no other.
    pub fn parse(text: &str) -> Result<Parameters, ParameterError> {
        let mut raw: Raw = toml::from_str(text)?;
        let mut weights = Vec::with_capacity(COMPARATORS.len());
        for comparator in COMPARATORS {
            let by_level = raw.weights.remove(comparator.name).unwrap_or_default();
            let known = by_level.len() == comparator.levels.len();
            let row: Option<Vec<f64>> = comparator.levels.iter().map(|l| by_level.get(*l).copied()).collect();
            weights
                .push(row.filter(|_| known).ok_or_else(|| ParameterError::Levels(comparator.name.into()))?);
        }
        if let Some(name) = raw.weights.into_keys().next() {
            return Err(ParameterError::Levels(name));
        }
        Ok(Parameters {
            label: format!("{} {}", raw.name, raw.version),
            prior: raw.prior,
            link_prior: raw.link_prior,
            threshold: raw.threshold,
            weights,
        })
    }

    /// A digest of every number in the set (128 bits of BLAKE3): equal sets give equal results.
    pub(super) fn digest(&self) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new();
        for number in
            [self.prior, self.link_prior, self.threshold].iter().chain(self.weights.iter().flatten())
        {
            hasher.update(&number.to_le_bytes());
        }
        let mut digest = [0; 16];
        digest.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        digest
    }

    /// The same set with another threshold, as `--threshold` and the policy ask.
    #[must_use]
    pub fn with_threshold(mut self, threshold: f64) -> Parameters {
        self.threshold = threshold;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_weights_fall_from_level_to_level_and_missing_says_nothing() {
        let parameters = Parameters::shipped();
        for (comparator, weights) in COMPARATORS.iter().zip(&parameters.weights) {
            let missing =
                comparator.levels.iter().position(|l| *l == "missing").expect("every comparator has it");
            assert!(weights[missing].abs() < f64::EPSILON, "{}: missing is evidence", comparator.name);
            for (level, pair) in comparator.levels.windows(2).zip(weights.windows(2)) {
                assert!(
                    pair[0] >= pair[1],
                    "{}: {} weighs less than {}",
                    comparator.name,
                    level[0],
                    level[1]
                );
            }
        }
    }

    #[test]
    fn a_level_too_many_or_too_few_is_refused() {
        let text = include_str!("../../data/matching/default.toml");
        let error = Parameters::parse(&text.replace("close = 5.0", "closish = 5.0")).unwrap_err();
        assert_eq!(error.to_string(), "weights.name and the levels of the comparator differ");
        let error = Parameters::parse(&format!("{text}\n[weights.colour]\nsame = 1.0\n")).unwrap_err();
        assert_eq!(error.to_string(), "weights.colour and the levels of the comparator differ");
    }
}
