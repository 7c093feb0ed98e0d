//! A link with its evidence: one line per comparison that says something.

use super::{Link, Parameters, compare::COMPARATORS, features::Features, relate, score};
use crate::model::{Evidence, Pair, Relation};

/// The pair a link stands for, with every comparison's level, weight, values and sentence.
///
/// For a link between owners only the job counts: the other comparisons are shown with weight 0, so that
/// prior and evidence always add up to the weight.
pub(super) fn pair(features: &Features<'_>, parameters: &Parameters, link: &Link) -> Pair {
    let by_job = matches!(link.relation, Relation::CrossUnit | Relation::CoveredAbove);
    let evidence = COMPARATORS.iter().zip(&parameters.weights).map(|(comparator, weights)| {
        let level = (comparator.compare)(features, link.left, link.right);
        let (left, right) =
            ((comparator.value)(features, link.left), (comparator.value)(features, link.right));
        let sentence = comparator.sentence(level, &left, &right);
        let weight = weights[usize::from(level)];
        let weight = if by_job { relate::job_part(comparator.name, weight) } else { weight };
        Evidence {
            field: comparator.name,
            level: comparator.levels[usize::from(level)],
            weight,
            left,
            right,
            sentence,
        }
    });
    Pair {
        left: link.left,
        right: link.right,
        relation: link.relation,
        weight: link.weight,
        prior: if by_job { parameters.link_prior } else { parameters.prior },
        probability: score::probability(link.weight),
        binds: link.binds,
        evidence: evidence.collect(),
    }
}
