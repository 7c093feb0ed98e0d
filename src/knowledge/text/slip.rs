//! One slip of the keyboard (笔误): what kind of single change lies between what was typed and what was meant.
//!
//! For: telling a typing error from another word. Not for: how alike two long texts are (`matching`).
//! Invariant: symmetric but for the direction of [`Slip::Missing`] and [`Slip::Stray`].

use super::sound::sound_alike;
use std::collections::HashSet;
use std::sync::LazyLock;

/// A single change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slip {
    /// Two neighbours changed places.
    Swapped,
    /// A character is missing from what was typed.
    Missing,
    /// There is a character too many in what was typed.
    Stray,
    /// A character of the same sound ([`sound_alike`]).
    Sound,
    /// A character of the same look ([`look_alike`]).
    Look,
    /// Any other character.
    Other,
}

const LOOKS: &str = include_str!("../../data/look_alikes.txt");

static ALIKE: LazyLock<HashSet<(char, char)>> = LazyLock::new(|| {
    let groups = LOOKS.lines().filter(|line| !line.starts_with('#'));
    let pairs = groups.flat_map(|group| group.chars().flat_map(move |a| group.chars().map(move |b| (a, b))));
    pairs.filter(|(a, b)| a != b).collect()
});

/// Whether two characters look alike: they stand in one group of the table.
pub fn look_alike(a: char, b: char) -> bool {
    a == b || ALIKE.contains(&(a, b))
}

/// The single change between two different texts; `None` when they are equal or further apart.
pub fn one_slip(typed: &[char], meant: &[char]) -> Option<Slip> {
    let start = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[start..], &meant[start..]);
    let end = typed.iter().rev().zip(meant.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&typed[..typed.len() - end], &meant[..meant.len() - end]) {
        ([], [_]) => Some(Slip::Missing),
        ([_], []) => Some(Slip::Stray),
        (&[a], &[b]) if sound_alike(a, b) => Some(Slip::Sound),
        (&[a], &[b]) if look_alike(a, b) => Some(Slip::Look),
        ([_], [_]) => Some(Slip::Other),
        ([a, b], [c, d]) if (a, b) == (d, c) => Some(Slip::Swapped),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_slip_is_named_by_what_happened() {
        let slip = |typed: &str, meant: &str| {
            one_slip(&typed.chars().collect::<Vec<_>>(), &meant.chars().collect::<Vec<_>>())
        };
        assert_eq!(slip("水利居", "水利局"), Some(Slip::Sound));
        assert_eq!(slip("水刊局", "水判局"), Some(Slip::Look));
        assert_eq!(slip("盐务局", "税务局"), Some(Slip::Other));
        assert_eq!(slip("水局", "水利局"), Some(Slip::Missing));
        assert_eq!(slip("水水利局", "水利局"), Some(Slip::Stray));
        assert_eq!(slip("利水局", "水利局"), Some(Slip::Swapped));
        assert_eq!(slip("水利局", "水利局"), None);
        assert_eq!(slip("民政局", "财政厅"), None);
    }

    #[test]
    fn every_group_of_look_alikes_has_two_characters_and_is_no_pair_of_another_group() {
        let groups: Vec<&str> = LOOKS.lines().filter(|line| !line.starts_with('#')).collect();
        for group in &groups {
            assert!(group.chars().count() >= 2, "{group}");
            assert!(group.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)), "{group}");
            let distinct: HashSet<char> = group.chars().collect();
            assert_eq!(distinct.len(), group.chars().count(), "{group}");
        }
        let pairs: usize = groups.iter().map(|g| g.chars().count() * (g.chars().count() - 1)).sum();
        assert_eq!(pairs, ALIKE.len(), "a pair in two groups");
        assert!(groups.len() >= 150);
    }

    proptest! {
        #[test]
        fn a_slip_is_one_step_of_the_usual_distance(a in "[甲乙丙]{0,5}", b in "[甲乙丙]{0,5}") {
            let (left, right): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            prop_assert_eq!(one_slip(&left, &right).is_some(), strsim::osa_distance(&a, &b) == 1);
        }
    }
}
