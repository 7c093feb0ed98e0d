//! Runs every rule and accounts for those that could not run.

use super::case::{Case, Context};
use super::finish::{binding, finish};
use super::meta::{MANUAL, Rule};
use super::nature::is_enterprise;
use super::recurrence::{self, OVER_TIME};
use super::sink::Sink;
use super::{RULES, waivers};
use crate::knowledge::clause::{Clause, ClauseBook};
use crate::model::{Diagnostic, Finding};
use rayon::prelude::*;

/// What the rules found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Findings by severity, rule, asset id and place; waived ones stay among them.
    pub findings: Vec<Finding>,
    /// What was not checked: rule or clause id, and a catalogue key `not-run.<why>`. By id.
    pub not_run: Vec<(String, &'static str)>,
    /// Waivers that are unused or past their day.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks every asset against every rule.
pub fn check(ctx: &Context<'_>) -> Checked {
    let case = Case::new(ctx);
    let (run, idle): (Vec<&Rule>, Vec<&Rule>) = RULES.iter().partition(|rule| obstacle(ctx, rule).is_none());
    let mut not_run: Vec<(String, &'static str)> =
        idle.into_iter().filter_map(|rule| Some((rule.meta.id.to_owned(), obstacle(ctx, rule)?))).collect();
    not_run.extend(MANUAL.iter().map(|id| ((*id).to_owned(), "not-run.manual")));
    let applies = |c: &&Clause| c.profile.as_ref().is_none_or(|name| ctx.settings.profiles.contains(name));
    let manual = ctx.clauses.iter().filter(applies).filter(|c| c.manual && c.is_in_force(ctx.as_of));
    not_run.extend(manual.map(|c| (c.id.clone(), "not-run.manual")));
    not_run.extend(out_of_scope(ctx));
    not_run.sort();

    let mut findings: Vec<Finding> =
        run.into_par_iter().flat_map_iter(|rule| findings(&case, rule)).collect();
    let diagnostics = settle(ctx, &mut findings);
    Checked { findings, not_run, diagnostics }
}

/// Adds what `ctx.recurrences` says to the findings of a check without it, and settles waivers anew. The result is that of
/// [`check`] with them, because no other rule looks at what came back.
pub fn check_again(ctx: &Context<'_>, before: Checked) -> Checked {
    let Checked { mut findings, not_run, .. } = before;
    let diagnostics = settle(ctx, &mut findings);
    Checked { findings, not_run, diagnostics }
}

/// Adds the findings about what came back, puts all in order, and marks those that are waived.
fn settle(ctx: &Context<'_>, findings: &mut Vec<Finding>) -> Vec<Diagnostic> {
    findings.extend(recurrence::findings(ctx));
    let id = |finding: &Finding| finding.asset.map_or("", |ix| ctx.assets.get(ix).id());
    findings.sort_by(|a, b| {
        (a.severity, a.rule, id(a), &a.feature, &a.at).cmp(&(b.severity, b.rule, id(b), &b.feature, &b.at))
    });
    waivers::apply(ctx, findings)
}

/// Items of state-owned enterprises, which national documents do not speak of.
fn out_of_scope(ctx: &Context<'_>) -> Option<(String, &'static str)> {
    let skipped = !ctx.settings.enterprises && ctx.assets.iter().any(is_enterprise);
    skipped.then(|| ("state-owned-enterprises".to_owned(), "not-run.enterprises"))
}

/// What one rule finds, its clauses permitting.
fn findings(case: &Case<'_>, rule: &Rule) -> Vec<Finding> {
    let mut sink = Sink::default();
    (rule.check)(case, &mut sink);
    sink.drafts.into_iter().filter_map(|draft| finish(case.ctx, rule.meta, draft)).collect()
}

/// Why a rule cannot run, if it cannot.
fn obstacle(ctx: &Context<'_>, rule: &Rule) -> Option<&'static str> {
    let meta = rule.meta;
    if ctx.settings.disabled.contains(meta.id) {
        return Some("not-run.disabled");
    }
    if meta.local.is_some() {
        let mut on = ctx.settings.local.iter().filter(|l| l.rule == meta.id).peekable();
        if on.peek().is_none() {
            return Some("not-run.local");
        }
        if !on.any(|l| ctx.clauses.in_force(l.clause, ctx.as_of)) {
            return Some("not-run.not-in-force");
        }
    }
    if !meta.clauses.is_empty() && binding(ctx, meta, None).is_empty() {
        return Some("not-run.not-in-force");
    }
    if !ctx.settings.is_set(meta.setting) {
        return Some("not-run.no-setting");
    }
    let records = &ctx.assets.records;
    let has = |field| {
        let maps = |s: &crate::model::Sheet| s.columns.iter().any(|c| c.field == Some(field));
        records.has(field) || records.sheets.iter().any(maps)
    };
    let blind = !meta.columns.is_empty() && !meta.columns.iter().any(|&field| has(field));
    blind.then_some("not-run.no-column")
}

/// Digest of the rule set for a scan's provenance: ids, severities, clause ids, and the clause book; with the rules
/// about what came back where scans are compared.
pub fn digest(clauses: &ClauseBook, over_time: bool) -> String {
    let mut hasher = blake3::Hasher::new();
    let over_time = OVER_TIME.iter().filter(|_| over_time);
    for meta in RULES.iter().map(|rule| rule.meta).chain(over_time) {
        hasher.update(meta.id.as_bytes());
        hasher.update(meta.severity.as_str().as_bytes());
        for clause in meta.clauses {
            hasher.update(clause.as_bytes());
        }
    }
    hasher.update(clauses.digest().as_bytes());
    hasher.finalize().to_hex().to_string()
}
