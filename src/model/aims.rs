//! What a plan aims at, in which order, and how much each level weighs in the burden on staff.
//!
//! For: settings that the policy makes and the plan obeys. Not for: adding anything up (`stages/plan`).

use super::kinds::vocabulary;
use super::{Audience, Kind, Level, Meaning};

vocabulary! {
    /// An aim of the plan.
    Aim {
        /// Least burden on grassroots staff.
        #[default]
        Burden = "burden",
        /// Fewest items.
        Items = "items",
        /// Fewest users who must move.
        Users = "users",
        /// Least repair work.
        Repairs = "repairs",
    }
}

/// The aims in their order, with the weights of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Aims {
    /// The aims, most important first; each once.
    pub order: Order,
    /// How much an item weighs.
    pub weights: Weights,
}

/// An order of all aims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order(pub [Aim; 4]);

impl Default for Order {
    fn default() -> Self {
        Order([Aim::Burden, Aim::Items, Aim::Users, Aim::Repairs])
    }
}

impl Order {
    /// These aims first, in their order; the others follow in theirs.
    #[must_use]
    pub fn first(self, wanted: &[Aim]) -> Order {
        let mut order = self.0;
        order.sort_by_key(|aim| wanted.iter().position(|other| other == aim).unwrap_or(wanted.len()));
        Order(order)
    }
}

/// How much one staff-facing item weighs, by its level from the central one down to the village, and last for an item of
/// unknown level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights(pub [u32; 7]);

impl Default for Weights {
    /// By how far down it reaches, 1 to 6; an item of unknown level counts as the county's, where most grassroots staff are.
    fn default() -> Self {
        Weights([1, 2, 3, 4, 5, 6, 4])
    }
}

impl Weights {
    /// What an item of a level weighs.
    pub fn at(&self, level: Level) -> u64 {
        u64::from(self.0[level.depth().map_or(6, usize::from)])
    }

    /// How much one kept item burdens staff (基层负担): an item that staff must deal with weighs what its level does;
    /// work groups are always staff-facing.
    pub fn of(&self, meaning: &Meaning) -> u64 {
        let for_staff =
            matches!(meaning.audience, Audience::Staff | Audience::Both) || meaning.kind == Kind::Group;
        if for_staff { self.at(meaning.level) } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aims_named_come_first_and_the_others_follow_in_their_order() {
        let order = Order::default().first(&[Aim::Users]);
        assert_eq!(order.0, [Aim::Users, Aim::Burden, Aim::Items, Aim::Repairs]);
        assert_eq!(order.first(&[Aim::Items, Aim::Users]).0[..2], [Aim::Items, Aim::Users]);
        assert_eq!(Order::default().first(&[]), Order::default());
    }
}
