//! A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., 2008).
//!
//! Chosen over logistic regression because it takes nothing but arithmetic that every machine rounds alike.

/// Passes over all examples.
const PASSES: usize = 20;

/// An example: features of one worth, a few more with worths of their own, and whether it is one.
pub(crate) struct Example<'a> {
    pub(crate) features: &'a [u32],
    pub(crate) more: Vec<(u32, f64)>,
    pub(crate) is_one: bool,
}

/// The worth of each feature of a sentence: sentences count alike, however long.
pub(crate) fn share(features: usize) -> f64 {
    1.0 / (features.max(1) as f64).sqrt()
}

/// The weights of all features below `width`; `cost` is the price of an error.
pub(crate) fn solve(examples: &[Example<'_>], width: usize, cost: f64) -> Vec<f64> {
    let slack = 0.5 / cost;
    let mut weights = vec![0.0; width];
    let mut alphas = vec![0.0; examples.len()];
    let squares: Vec<f64> = examples
        .iter()
        .map(|e| {
            let share = share(e.features.len());
            e.features.len() as f64 * share * share + e.more.iter().map(|m| m.1 * m.1).sum::<f64>() + slack
        })
        .collect();
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
            let (sign, share) = (if e.is_one { 1.0 } else { -1.0 }, share(e.features.len()));
            let mut sum = e.features.iter().map(|&f| weights[f as usize]).sum::<f64>() * share;
            sum += e.more.iter().map(|&(f, worth)| weights[f as usize] * worth).sum::<f64>();
            let gradient = sign * sum - 1.0 + alphas[at] * slack;
            let new = f64::max(alphas[at] - gradient / squares[at], 0.0);
            let step = (new - alphas[at]) * sign;
            alphas[at] = new;
            for &f in e.features {
                weights[f as usize] += step * share;
            }
            for &(f, worth) in &e.more {
                weights[f as usize] += step * worth;
            }
        }
    }
    weights
}
