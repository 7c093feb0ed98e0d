//! One entry per problem: what happened to it, and whether the world or we changed.
//!
//! Invariant: *fixed* is said only where the rule ran again on a list that was sent, and the item or one that the
//! problem also speaks of changed.

use super::conditions;
use super::items::Frame;
use super::{Item, PastProblem, PastState, Problem};
use crate::model::{Cause, Class, Message};
use crate::scan::document::Finding;
use rustc_hash::{FxHashMap, FxHashSet};

/// The entries, by class, rule, item and fingerprint.
pub(super) fn problems(frame: &Frame<'_>, items: &[Item]) -> Vec<Problem> {
    let judge = Judge::new(frame, items);
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    let mut problems = Vec::new();
    // The same fingerprint first, so that the rest can go by item, rule and heading.
    let later = &frame.later.findings;
    let mut partner: Vec<Option<usize>> = vec![None; later.len()];
    let by_print: FxHashMap<(&str, &str), usize> =
        judge.old.iter().enumerate().map(|(at, f)| ((f.rule.as_str(), f.fingerprint.as_str()), at)).collect();
    for (at, finding) in later.iter().enumerate() {
        let old = by_print.get(&(finding.rule.as_str(), finding.fingerprint.as_str()));
        // An id may have gone over to another item.
        let old = old.filter(|old| judge.was(finding) == judge.old[**old].asset.as_deref());
        if let Some(&old) = old.filter(|old| taken.insert(**old)) {
            partner[at] = Some(old);
        }
    }
    let mut by_item: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
    for (at, finding) in judge.old.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        if let Some(asset) = &finding.asset {
            by_item.entry((finding.rule.as_str(), asset.as_str())).or_default().push(at);
        }
    }
    for (at, finding) in later.iter().enumerate().filter(|(at, _)| partner[*at].is_none()).collect::<Vec<_>>()
    {
        let rest = judge.was(finding).and_then(|was| by_item.get_mut(&(finding.rule.as_str(), was)));
        if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
            let old = rest.remove(0);
            taken.insert(old);
            partner[at] = Some(old);
        }
    }
    for (finding, partner) in later.iter().zip(&partner) {
        problems.push(match partner {
            Some(old) => judge.again(judge.old[*old], finding),
            None => judge.appeared(finding),
        });
    }
    for (_, finding) in judge.old.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        problems.push(judge.vanished(finding));
    }
    problems.sort_by(|a, b| {
        (a.class, &a.rule, &a.asset, &a.fingerprint).cmp(&(b.class, &b.rule, &b.asset, &b.fingerprint))
    });
    problems
}

struct Judge<'a> {
    frame: &'a Frame<'a>,
    old: Vec<&'a Finding>,
    /// Entries by id in the later scan, and by id in the earlier one.
    after: FxHashMap<&'a str, &'a Item>,
    before: FxHashMap<&'a str, &'a Item>,
    /// Positions of the problems that were put right, by rule and fingerprint.
    past_by_print: FxHashMap<(&'a str, &'a str), usize>,
    /// The first of them by rule and item.
    past_by_item: FxHashMap<(&'a str, &'a str), usize>,
    /// Problems whose lists were not sent, by rule, item and fingerprint.
    silent_problems: FxHashMap<(&'a str, &'a str, &'a str), &'a PastProblem>,
}

impl<'a> Judge<'a> {
    fn new(frame: &'a Frame<'a>, items: &'a [Item]) -> Judge<'a> {
        let after = items.iter().filter(|item| item.after.is_some()).map(|item| (item.id.as_str(), item));
        let own = items.iter().filter_map(|item| {
            let before = frame.befores.list.get(item.before?)?;
            before.past.is_none().then_some((before.asset.id.as_str(), item))
        });
        let past = || frame.earlier.memory.problems.iter().enumerate().rev();
        let silent = frame.earlier.memory.silent.iter();
        Judge {
            silent_problems: silent.map(|p| ((&*p.rule, &*p.asset, &*p.fingerprint), p)).collect(),
            past_by_print: past().map(|(at, p)| ((p.rule.as_str(), p.fingerprint.as_str()), at)).collect(),
            past_by_item: past().map(|(at, p)| ((p.rule.as_str(), p.asset.as_str()), at)).collect(),
            frame,
            old: frame.earlier.scan.findings.iter().collect(),
            after: after.collect(),
            before: own.collect(),
        }
    }

    /// The id that the item of a later finding had before.
    fn was(&self, finding: &'a Finding) -> Option<&'a str> {
        let item = self.after.get(finding.asset.as_deref()?)?;
        let before = item.before?;
        Some(self.frame.befores.list.get(before)?.asset.id.as_str())
    }

    /// The problem of before that this one is again: the first of the same fingerprint, or of the same item.
    fn past(&self, finding: &'a Finding) -> Option<&'a PastProblem> {
        let rule = finding.rule.as_str();
        let same = self.past_by_print.get(&(rule, finding.fingerprint.as_str()));
        let of_item = self.was(finding).and_then(|was| self.past_by_item.get(&(rule, was)));
        let at = same.into_iter().chain(of_item).min()?;
        self.frame.earlier.memory.problems.get(*at)
    }

    fn later_item(&self, finding: &Finding) -> Option<&'a Item> {
        finding.asset.as_deref().and_then(|id| self.after.get(id)).copied()
    }

    /// A problem that is there both times.
    fn again(&self, old: &Finding, finding: &Finding) -> Problem {
        let entry = entry(finding, self.later_item(finding));
        let entry = Problem { was: Some(old.fingerprint.clone()), ..entry };
        if old.status != finding.status {
            let reason = Message::new("changes.problem.status")
                .with("status", format!("@finding-status.{}", finding.status));
            return Problem { class: Class::Changed, cause: Cause::Policy, reason, ..entry };
        }
        if old.severity != finding.severity {
            let cause = conditions::cause(self.frame.conditions).unwrap_or(Cause::Rules);
            let reason = Message::new("changes.problem.severity")
                .with("before", format!("@severity.{}", old.severity))
                .with("after", format!("@severity.{}", finding.severity));
            return Problem { class: Class::Changed, cause, reason, ..entry };
        }
        Problem { class: Class::Kept, reason: Message::new("changes.problem.kept"), ..entry }
    }

    /// A problem that was not there in the earlier scan.
    fn appeared(&self, finding: &Finding) -> Problem {
        let item = self.later_item(finding);
        let entry = entry(finding, item);
        // A duplicate comes and goes with the other item, which is no relapse of this one.
        let alone = finding.related.is_empty() && finding.recurrence.is_none();
        if let Some(past) = self.past(finding).filter(|_| alone) {
            let reason = Message::new("changes.problem.relapsed").with("since", &past.fixed_on);
            return Problem {
                class: Class::Relapsed,
                fixed_on: Some(past.fixed_on.clone()),
                reason,
                ..entry
            };
        }
        if let Some(since) = self.unseen_since(finding, item) {
            let reason = Message::new("changes.problem.reported-again").with("since", since);
            return Problem { class: Class::Kept, cause: Cause::Reporting, reason, ..entry };
        }
        let (cause, key) = match item {
            _ if finding.recurrence.is_some() => (Cause::World, "changes.problem.new-recurrence"),
            Some(item) if item.cause == Cause::Reporting => {
                (Cause::Reporting, "changes.problem.new-reported")
            }
            Some(item) if item.class != Class::Kept => (self.cause_of(item), "changes.problem.new-item"),
            _ if touched(finding, &self.after) => (Cause::World, "changes.problem.new-related"),
            _ => match conditions::cause(self.frame.conditions) {
                Some(cause) => (cause, "changes.problem.new-judged"),
                None => (Cause::World, "changes.problem.new-item"),
            },
        };
        let reason = Message::new(key).with("cause", conditions::word(self.frame.conditions, cause));
        Problem { class: Class::New, cause, reason, ..entry }
    }

    /// The day since which a problem was not known to be there only because its list, or a column of it, was not sent.
    fn unseen_since(&self, finding: &'a Finding, item: Option<&Item>) -> Option<&'a str> {
        let before = item.and_then(|item| self.frame.befores.list.get(item.before?))?;
        let was_silent = before.past.is_some_and(|past| past.state == PastState::NotReported);
        let not_run = &self.frame.earlier.scan.coverage.rules_not_run;
        if !was_silent && !not_run.iter().any(|not_run| not_run.rule == finding.rule) {
            return None;
        }
        let id = before.asset.id.as_str();
        let rule = finding.rule.as_str();
        let known = self.silent_problems.get(&(rule, id, finding.fingerprint.as_str()));
        known.map(|past| past.fixed_on.as_str())
    }

    /// A problem that is not there any more.
    fn vanished(&self, finding: &Finding) -> Problem {
        let item = finding.asset.as_deref().and_then(|id| self.before.get(id)).copied();
        let entry = Problem { was: Some(finding.fingerprint.clone()), ..entry(finding, item) };
        let to = |class, cause, key| {
            let reason = Message::new(key).with("cause", conditions::word(self.frame.conditions, cause));
            Problem { class, cause, reason, ..entry.clone() }
        };
        let ran = |scan: &crate::scan::document::ScanDocument| {
            !scan.coverage.rules_not_run.iter().any(|not_run| not_run.rule == finding.rule)
        };
        match item {
            Some(item) if item.class == Class::NotReported => {
                to(Class::NotReported, Cause::Reporting, "changes.problem.not-reported")
            }
            Some(item) if item.class == Class::Gone => {
                to(Class::Gone, Cause::World, "changes.problem.item-gone")
            }
            Some(item) if self.is_closed_now(item) => {
                to(Class::Gone, Cause::World, "changes.problem.item-closed")
            }
            _ if !ran(self.frame.later) => match conditions::cause(self.frame.conditions) {
                Some(cause @ (Cause::Rules | Cause::Policy)) => {
                    to(Class::Gone, cause, "changes.problem.judged")
                }
                _ => to(Class::NotReported, Cause::Reporting, "changes.problem.not-checked"),
            },
            Some(item) if item.class == Class::Changed && item.cause == Cause::World => {
                to(Class::Fixed, Cause::World, "changes.problem.fixed")
            }
            _ if self.silent(finding) => {
                to(Class::NotReported, Cause::Reporting, "changes.problem.related-not-reported")
            }
            _ if touched(finding, &self.before) => {
                to(Class::Fixed, Cause::World, "changes.problem.fixed-related")
            }
            _ => match conditions::cause(self.frame.conditions) {
                Some(cause) => to(Class::Gone, cause, "changes.problem.judged"),
                None => to(Class::Fixed, Cause::World, "changes.problem.fixed-related"),
            },
        }
    }

    fn is_closed_now(&self, item: &Item) -> bool {
        item.after
            .and_then(|at| self.frame.later.assets.get(at))
            .is_some_and(|asset| asset.status == "closed")
    }

    /// The cause of a problem of an item that is not as it was.
    fn cause_of(&self, item: &Item) -> Cause {
        if item.cause == Cause::Date {
            conditions::cause(self.frame.conditions).unwrap_or(Cause::Date)
        } else {
            item.cause
        }
    }

    /// Whether another item that a finding speaks of was not sent.
    fn silent(&self, finding: &Finding) -> bool {
        let mut related = finding.related.iter().filter_map(|id| self.before.get(id.as_str()));
        related.any(|item| item.class == Class::NotReported)
    }
}

/// An entry about a finding.
fn entry(finding: &Finding, item: Option<&Item>) -> Problem {
    Problem {
        rule: finding.rule.clone(),
        severity: finding.severity.clone(),
        fingerprint: finding.fingerprint.clone(),
        asset: item.map_or_else(String::new, |item| item.id.clone()),
        name: item.map_or_else(String::new, |item| item.name.clone()),
        unit: item.map_or_else(String::new, |item| item.unit.clone()),
        words: finding.evidence.words.clone(),
        ..Problem::default()
    }
}

/// Whether another item that a finding speaks of is not as it was.
fn touched(finding: &Finding, items: &FxHashMap<&str, &Item>) -> bool {
    let mut related = finding.related.iter().filter_map(|id| items.get(id.as_str()));
    related.any(|item| item.class != Class::Kept && item.cause == Cause::World)
}
