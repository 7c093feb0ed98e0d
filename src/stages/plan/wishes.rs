//! What a plan is asked for beyond its inputs: the order of its aims, caps, and items that must go.
//!
//! For: re-planning, and asking what the next-best would cost. Not for: what people fixed for good (pins).

use super::solve::Cost;
use crate::model::{Aims, AssetIx};
use std::collections::BTreeSet;

/// Extra demands; the default is none, with the aims in their usual order and their usual weights.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Wishes {
    /// What the plan aims at.
    pub aims: Aims,
    /// Limits of how many items may stay.
    pub caps: Vec<Cap>,
    /// Items that must not stay, whoever takes them in.
    pub barred: BTreeSet<AssetIx>,
}

/// A limit of how many of some items may stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The items it is about.
    pub members: BTreeSet<AssetIx>,
    /// How many of them may stay.
    pub most: usize,
}

impl Wishes {
    /// Costs in the order asked for; what breaks ties stays last.
    pub(super) fn arranged(&self, cost: Cost) -> Cost {
        let mut arranged = cost;
        for (place, aim) in self.aims.order.0.iter().enumerate() {
            arranged[place] = cost[*aim as usize];
        }
        arranged
    }

    /// Costs in their usual order again.
    pub(super) fn usual(&self, arranged: Cost) -> Cost {
        let mut cost = arranged;
        for (place, aim) in self.aims.order.0.iter().enumerate() {
            cost[*aim as usize] = arranged[place];
        }
        cost
    }

    /// The caps that count an item, by position.
    pub(super) fn caps_of(&self, asset: AssetIx) -> Vec<usize> {
        let counts = |cap: &Cap| cap.members.contains(&asset);
        (0..self.caps.len()).filter(|&at| counts(&self.caps[at])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Aim, Order};

    #[test]
    fn an_order_can_be_undone() {
        let order = Order([Aim::Users, Aim::Repairs, Aim::Burden, Aim::Items]);
        let wishes = Wishes { aims: Aims { order, ..Aims::default() }, ..Wishes::default() };
        let cost = [1, 2, 3, 4, 5];
        assert_eq!(wishes.arranged(cost), [3, 4, 1, 2, 5]);
        assert_eq!(wishes.usual(wishes.arranged(cost)), cost);
    }
}
