//! The item that an unknown id probably meant.
//!
//! For: ids that changed because an item was renamed or changed hands. Not for: obeying: a person looks first.

use crate::model::AssetTable;
use std::cmp::Reverse;

/// Share of letters in common from which a name is worth showing.
const ALIKE: f64 = 0.5;
/// Bonus for the same owner: renamed more often than moved.
const SAME_OWNER: f64 = 0.3;

/// The id most like another that no item has: one kind, one region, much the same name.
pub(super) fn nearest<'a>(id: &str, assets: &'a AssetTable) -> Option<&'a str> {
    let (owner, kind, name) = parts(id)?;
    let region = owner.split('-').next()?;
    let alike = |candidate: &str| {
        let (other, other_kind, other_name) = parts(candidate)?;
        if other_kind != kind || other.split('-').next() != Some(region) {
            return None;
        }
        let score = in_common(name, other_name);
        (score >= ALIKE).then_some(score + if owner == other { SAME_OWNER } else { 0.0 })
    };
    let scored = assets.ids.iter().filter_map(|id| Some((alike(id)?, id.as_str())));
    scored
        .max_by(|(a, id), (b, other)| a.total_cmp(b).then_with(|| Reverse(id).cmp(&Reverse(other))))
        .map(|(_, id)| id)
}

/// Letters that two names share, of all their letters.
fn in_common(a: &str, b: &str) -> f64 {
    let mut rest: Vec<char> = b.chars().collect();
    let all = a.chars().count() + rest.len();
    let mut shared = 0_u32;
    for c in a.chars() {
        if let Some(at) = rest.iter().position(|&other| other == c) {
            rest.swap_remove(at);
            shared += 2;
        }
    }
    if all == 0 { 0.0 } else { f64::from(shared) / all as f64 }
}

/// Owner, kind and name of an id.
fn parts(id: &str) -> Option<(&str, &str, &str)> {
    let (owner, rest) = id.split_once('.')?;
    let (kind, name) = rest.split_once('.')?;
    Some((owner, kind, name))
}

#[cfg(test)]
mod tests {
    use super::in_common;

    #[test]
    fn letters_in_common_count_once_each() {
        assert!((in_common("青年志愿之家", "青年志愿家") - 10.0 / 11.0).abs() < 1e-9);
        assert!(in_common("通通通", "通") < 0.51);
        assert!(in_common("", "").abs() < 1e-9);
    }
}
