//! A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., 2008).
//!
//! Chosen over logistic regression because it takes nothing but arithmetic that every machine rounds alike.

/// Passes over all examples.
const PASSES: usize = 20;

/// An example: features with their worth, a few more with worths of their own, and whether it is one.
pub(crate) struct Example<'a> {
    pub(crate) row: &'a [(u32, f64)],
    pub(crate) more: Vec<(u32, f64)>,
    pub(crate) is_one: bool,
}

impl Example<'_> {
    fn features(&self) -> impl Iterator<Item = (usize, f64)> {
        self.row.iter().chain(&self.more).map(|&(feature, worth)| (feature as usize, worth))
    }
}

/// The weights of all features below `width`; `cost` is the price of an error.
pub(crate) fn solve(examples: &[Example<'_>], width: usize, cost: f64) -> Vec<f64> {
    let slack = 0.5 / cost;
    let mut weights = vec![0.0; width];
    let mut alphas = vec![0.0; examples.len()];
    let square = |e: &Example<'_>| e.features().map(|(_, worth)| worth * worth).sum::<f64>() + slack;
    let squares: Vec<f64> = examples.iter().map(square).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 88_172_645_463_325_252_u64;
    for _ in 0..PASSES {
        for last in (1..order.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            order.swap(last, (state % (last as u64 + 1)) as usize);
        }
        for &at in &order {
            let e = &examples[at];
            let sign = if e.is_one { 1.0 } else { -1.0 };
            let sum: f64 = e.features().map(|(f, worth)| weights[f] * worth).sum();
            let gradient = sign * sum - 1.0 + alphas[at] * slack;
            let new = f64::max(alphas[at] - gradient / squares[at], 0.0);
            let step = (new - alphas[at]) * sign;
            alphas[at] = new;
            for (f, worth) in e.features() {
                weights[f] += step * worth;
            }
        }
    }
    weights
}
