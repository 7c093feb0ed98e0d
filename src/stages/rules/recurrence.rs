//! 反弹回潮: what earlier scans knew to be closed or put right, and is there again.
//!
//! For: findings with rule and clause about what a comparison found. Not for: comparing (`changes`): these rules look
//! at no cell by themselves, run only where scans are compared, and are no part of the rule set otherwise. Invariant:
//! a relapse rests on the clauses of the rule whose problem it is.

use super::case::Context;
use super::find;
use super::finish::finish;
use super::meta::RuleMeta;
use super::sink::Draft;
use crate::model::{Class, Confidence, Field, Finding, Kind, Message, Recurrence, Severity};

const ALL: &[Kind] = &[Kind::App, Kind::Account, Kind::Group];

/// The rules, by id.
pub const OVER_TIME: &[RuleMeta] = &[
    RuleMeta {
        id: "any-rebranded",
        kinds: &[Kind::App, Kind::Account],
        clauses: &[
            "measures-2026/merge-similar",
            "circular-2018-123/4-1-close",
            "opinions-2023/shells-and-zombies",
        ],
        severity: Severity::Restricted,
        confidence: Confidence::Medium,
        ..RuleMeta::BASE
    },
    RuleMeta { id: "any-relapsed", kinds: ALL, severity: Severity::Restricted, ..RuleMeta::BASE },
    RuleMeta {
        id: "any-revived",
        kinds: ALL,
        clauses: &[
            "measures-2026/shutdown-notice",
            "circular-2018-123/4-1-filing",
            "opinions-2023/shells-and-zombies",
            "opinions-2023/groups-shells",
        ],
        severity: Severity::Restricted,
        ..RuleMeta::BASE
    },
    RuleMeta {
        id: "group-recreated",
        kinds: &[Kind::Group],
        clauses: &["opinions-2023/multiple-reporting", "opinions-2023/groups-task-ended"],
        severity: Severity::Restricted,
        confidence: Confidence::Medium,
        ..RuleMeta::BASE
    },
];

/// The findings about what came back; none where nothing is compared.
pub(super) fn findings(ctx: &Context<'_>) -> Vec<Finding> {
    let list = ctx.recurrences.unwrap_or_default();
    list.iter().filter_map(|recurrence| finding(ctx, recurrence)).collect()
}

fn finding(ctx: &Context<'_>, what: &Recurrence) -> Option<Finding> {
    let asset = ctx.assets.get(what.asset);
    let (id, key) = match (what.class, asset.meaning().kind) {
        (Class::Revived, _) => ("any-revived", "reason.over-time.revived"),
        (Class::Rebranded, Kind::Group) => ("group-recreated", "reason.over-time.recreated"),
        (Class::Rebranded, _) => ("any-rebranded", "reason.over-time.rebranded"),
        (Class::Relapsed, _) => ("any-relapsed", "reason.over-time.relapsed"),
        _ => return None,
    };
    if ctx.settings.disabled.contains(id) {
        return None;
    }
    let meta = OVER_TIME.iter().find(|meta| meta.id == id)?;
    let reason = Message::new(key)
        .with("name", &what.name)
        .with("closed", &what.closed)
        .with("scan", &what.scan)
        .with("by", format!("@changes.by.{}", what.by))
        .with("rule", format!("@rule.{}.title", what.rule));
    let field = if asset.value(Field::Status).is_missing() { Field::Name } else { Field::Status };
    let draft = Draft::on(asset, field, reason).words(asset.name().to_owned()).confidence(meta.confidence);
    // The problem of a relapse is one of its own rule; without a day, so that it stays one finding over the weeks.
    let draft = Draft { feature: format!("{}|{}", what.was, what.rule), ..draft };
    let mut finding = match find(&what.rule) {
        Some(rule) => {
            finish(ctx, &RuleMeta { id: meta.id, severity: meta.severity, kinds: ALL, ..*rule.meta }, draft)?
        }
        None => finish(ctx, meta, draft)?,
    };
    finding.recurrence = Some(what.clone());
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::clause::ClauseBook;
    use crate::knowledge::messages::{Catalogue, Lang};

    #[test]
    fn every_rule_is_explained_and_rests_on_clauses_of_its_kinds() {
        let clauses = ClauseBook::load();
        assert!(OVER_TIME.is_sorted_by(|a, b| a.id < b.id));
        for meta in OVER_TIME {
            assert!(find(meta.id).is_none(), "{} is registered twice", meta.id);
            for lang in [Lang::Zh, Lang::En] {
                for part in ["title", "what", "why", "remedy"] {
                    assert!(
                        Catalogue::of(lang).has(&format!("rule.{}.{part}", meta.id)),
                        "{lang}: {} {part}",
                        meta.id
                    );
                }
            }
            let cited: Vec<_> = meta.clauses.iter().map(|id| clauses.get(id).expect(id)).collect();
            for kind in meta.kinds {
                let covered = cited.iter().any(|clause| clause.covers.contains(kind));
                assert!(covered || meta.id == "any-relapsed", "{}: no clause covers {kind}", meta.id);
            }
        }
    }
}
