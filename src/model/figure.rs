//! A figure that can be recomputed: never a rate without its fraction.

/// One figure of a report.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// Stable id, such as `assets.app.before`.
    pub id: String,
    /// The value: a count, or a rate in 0–1 when there is a denominator.
    pub value: f64,
    /// Of a rate: what is counted.
    pub numerator: Option<u64>,
    /// Of a rate: out of how many.
    pub denominator: Option<u64>,
    /// How it is worked out, in terms of other figure ids.
    pub formula: String,
}

impl Figure {
    /// A plain count.
    pub fn count(id: impl Into<String>, value: u64, formula: impl Into<String>) -> Self {
        Figure {
            id: id.into(),
            value: value as f64,
            numerator: None,
            denominator: None,
            formula: formula.into(),
        }
    }

    /// A rate; 0 when the denominator is 0.
    pub fn rate(id: impl Into<String>, numerator: u64, denominator: u64, formula: impl Into<String>) -> Self {
        let value = if denominator == 0 { 0.0 } else { numerator as f64 / denominator as f64 };
        Figure {
            id: id.into(),
            value,
            numerator: Some(numerator),
            denominator: Some(denominator),
            formula: formula.into(),
        }
    }
}
