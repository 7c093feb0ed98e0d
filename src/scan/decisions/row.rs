//! One row of a returned table → what it says.
//!
//! For: the cells that stand beside the decision: ids, the proposal, the remark. Not for: whether its item exists.

use super::words;
use crate::knowledge::text::mask;
use crate::model::{ActionKind, Decision, Outcome, Relation, Verdict};

/// Where the cells of a decision stand.
pub(super) struct Columns {
    decision: Option<usize>,
    id: Option<usize>,
    pair: Option<(usize, usize)>,
    proposal: Option<usize>,
    action: Option<usize>,
    target: Option<usize>,
    relation: Option<usize>,
    remark: Option<usize>,
}

impl Columns {
    /// Finds them in a header.
    pub(super) fn of(header: &[String]) -> Columns {
        let at = |name| words::column(header, name);
        Columns {
            decision: at("decision"),
            id: at("id"),
            pair: at("left").zip(at("right")),
            proposal: at("proposal"),
            action: at("action"),
            target: at("target"),
            relation: at("relation"),
            remark: at("remark"),
        }
    }

    /// The decision of a row, its place left open; nothing where nobody decided.
    pub(super) fn read(&self, cells: &[String]) -> Option<Decision> {
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", |text| plain(text));
        let written = cell(self.decision);
        if written.is_empty() {
            return None;
        }
        let remark = cell(self.remark);
        // One table may have items and pairs.
        let is_pair = |(left, right): &(usize, usize)| {
            self.id.is_none() || !cell(Some(*left)).is_empty() || !cell(Some(*right)).is_empty()
        };
        let pair = self.pair.filter(is_pair);
        let mut decision = Decision {
            asset: cell(pair.map_or(self.id, |(left, _)| Some(left))).to_owned(),
            other: pair.map(|(_, right)| cell(Some(right)).to_owned()),
            verdict: None,
            written: mask::free(written).into_owned(),
            action: None,
            target: None,
            reason: mask::free(remark).into_owned(),
            file: String::new(),
            sheet: String::new(),
            row: 0,
            outcome: Outcome::Applied,
        };
        let Some(said) = words::verdict(written) else {
            decision.outcome = Outcome::Unclear;
            return Some(decision);
        };
        decision.verdict = Some(said.verdict);
        if decision.other.is_some() {
            Self::of_pair(&mut decision, cell(self.relation));
            return Some(decision);
        }
        match said.verdict {
            Verdict::Accept => {
                let proposed = match (cell(self.proposal), cell(self.action)) {
                    // What is accepted does not stand here: it is what the plan says.
                    ("", "") => return Some(decision),
                    ("", action) => {
                        words::action(action).map(|(kind, _)| (kind, cell(self.target).to_owned()))
                    }
                    (code, _) => parse(code),
                };
                match proposed {
                    Some((ActionKind::None, _)) => decision.outcome = Outcome::Noted,
                    Some((ActionKind::Refer, _)) | None => decision.outcome = Outcome::Unclear,
                    Some((kind, target)) => decision.set(kind, target),
                }
            }
            Verdict::Reject => decision.set(ActionKind::Keep, String::new()),
            Verdict::Change => {
                let beside = said.action.map(|kind| (kind, said.target)).or_else(|| words::action(remark));
                match beside {
                    Some((ActionKind::None, _)) | None => decision.outcome = Outcome::Unclear,
                    Some((kind, target)) => decision.set(kind, target),
                }
            }
            Verdict::Defer => decision.outcome = Outcome::Noted,
            Verdict::Same | Verdict::Different => decision.outcome = Outcome::Unclear,
        }
        Some(decision)
    }

    /// A pair is one thing, is not, or was rightly found to be related.
    fn of_pair(decision: &mut Decision, relation: &str) {
        decision.verdict = match decision.verdict {
            Some(Verdict::Accept) if words::is_relation(relation, Relation::Same) => Some(Verdict::Same),
            Some(Verdict::Reject) => Some(Verdict::Different),
            other => other,
        };
        decision.outcome = match decision.verdict {
            Some(Verdict::Same | Verdict::Different) => Outcome::Applied,
            Some(Verdict::Accept | Verdict::Defer) => Outcome::Noted,
            _ => Outcome::Unclear,
        };
    }
}

impl Decision {
    fn set(&mut self, kind: ActionKind, target: String) {
        self.action = Some(kind);
        self.target = Some(target).filter(|target| !target.is_empty());
    }
}

/// A cell without the apostrophe that keeps programs from taking it for a formula, as our own CSV files have it.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) => rest,
        _ => cell,
    }
}

/// A proposal as the ledger keeps it for programs: `merge>asset-id`.
fn parse(code: &str) -> Option<(ActionKind, String)> {
    let (kind, target) = code.split_once('>').unwrap_or((code, ""));
    Some((ActionKind::parse(kind.trim())?, target.trim().to_owned()))
}
