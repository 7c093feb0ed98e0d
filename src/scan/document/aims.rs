//! The aims of a plan in their stored form: nothing where they are the usual ones.

use super::Parameters;
use crate::model::{Aim, Aims, Deadlines, Level, Order, Weights};
use std::collections::BTreeMap;

impl Parameters {
    /// The aims that the plan was made with.
    pub fn aims(&self) -> Aims {
        let first: Vec<Aim> = self.objective.iter().filter_map(|name| Aim::parse(name)).collect();
        let mut weights = Weights::default();
        for (at, level) in Level::ALL.iter().enumerate() {
            if let Some(weight) = self.burden.get(level.as_str()) {
                weights.0[at] = *weight;
            }
        }
        Aims { order: Order::default().first(&first), weights }
    }

    /// The days that the policy set.
    pub fn deadlines(&self) -> Deadlines {
        let day = |text: &Option<String>| text.as_ref().and_then(|day| day.parse().ok());
        Deadlines { plan: day(&self.deadline), filing: day(&self.filing_deadline) }
    }

    /// Keeps the days that the policy set.
    pub fn set_deadlines(&mut self, deadlines: &Deadlines) {
        self.deadline = deadlines.plan.map(|day| day.to_string());
        self.filing_deadline = deadlines.filing.map(|day| day.to_string());
    }

    /// Keeps the aims that a plan was made with.
    pub fn set_aims(&mut self, aims: &Aims) {
        let names = aims.order.0.iter().map(|aim| aim.as_str().to_owned());
        self.objective = if aims.order == Order::default() { Vec::new() } else { names.collect() };
        let all = Level::ALL.iter().zip(aims.weights.0);
        let all = all.map(|(level, weight)| (level.as_str().to_owned(), weight));
        self.burden = if aims.weights == Weights::default() { BTreeMap::new() } else { all.collect() };
    }
}
