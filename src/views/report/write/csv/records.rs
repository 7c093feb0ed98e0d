//! What stands in each CSV file.
//!
//! For: copying records of the scan, field by field. Not for: sums. Invariant: headers are
//! canonical names in a fixed order; lists are joined by `;`.

use super::super::{Cause, Options, Out, ReportView};
use super::Sheet;
use crate::model::Field;
use crate::scan::document::{Action, Asset, Clause, Source};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Columns of `assets.csv` before the free fields.
const ASSET: [&str; 19] = [
    "id",
    "kind",
    "listed_as",
    "name",
    "owner_unit",
    "owner_canonical",
    "level",
    "region_code",
    "region_name",
    "region_path",
    "region_candidates",
    "platform",
    "audience",
    "functions",
    "status",
    "cluster",
    "file",
    "sheet",
    "row",
];

/// Every asset with every field that any of them carries.
pub(in super::super) fn assets(view: &ReportView<'_>, options: Options, out: &mut Out) -> Result<(), Cause> {
    let fields = free_fields(&view.document.assets);
    let header: Vec<&str> = ASSET.iter().copied().chain(fields.iter().copied()).collect();
    let mut sheet = Sheet::new(out, options, &header)?;
    for (at, asset) in view.document.assets.iter().enumerate() {
        let a = asset;
        let cluster = view.index.cluster(at).map_or("", |c| c.id.as_str());
        let fixed: [Cow<'_, str>; 19] = [
            a.id.as_str().into(),
            a.kind.as_str().into(),
            a.listed_as.as_deref().unwrap_or("").into(),
            a.name.as_str().into(),
            a.owner_unit.text.as_str().into(),
            a.owner_unit.canonical.as_str().into(),
            a.level.as_str().into(),
            a.region.code.as_str().into(),
            a.region.name.as_str().into(),
            a.region.path.join("/").into(),
            a.region.candidates.join(";").into(),
            a.platform.as_str().into(),
            a.audience.as_str().into(),
            a.functions.join(";").into(),
            a.status.as_str().into(),
            cluster.into(),
            a.source.file.as_str().into(),
            a.source.sheet.as_str().into(),
            a.source.row.to_string().into(),
        ];
        let free = fields.iter().map(|f| a.fields.get(*f).map_or(Cow::Borrowed(""), |v| value(&v.value)));
        sheet.row(fixed.into_iter().chain(free))?;
    }
    sheet.finish()
}

/// Canonical fields in their own order, then others by name; without those that have a column.
fn free_fields(assets: &[Asset]) -> Vec<&str> {
    let present: BTreeSet<&str> = assets.iter().flat_map(|a| a.fields.keys()).map(String::as_str).collect();
    let known = Field::ALL.iter().map(|f| f.as_str()).filter(|f| present.contains(f));
    let others = present.iter().copied().filter(|f| Field::parse(f).is_none());
    known.chain(others).filter(|f| !ASSET.contains(f)).collect()
}

/// A value as a canonical text: lists joined, yes and no as `true` and `false`.
fn value(value: &Json) -> Cow<'_, str> {
    match value {
        Json::Null => "".into(),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => items.iter().map(|v| self::value(v)).collect::<Vec<_>>().join(";").into(),
        other => other.to_string().into(),
    }
}

/// Which asset is in which cluster; assets that are in none are left out.
pub(in super::super) fn clusters(
    view: &ReportView<'_>,
    options: Options,
    out: &mut Out,
) -> Result<(), Cause> {
    let mut sheet = Sheet::new(out, options, &["id", "cluster", "survivor", "relations"])?;
    for cluster in &view.document.clusters {
        let relations = cluster.relations.join(";");
        for member in &cluster.members {
            let survivor = if *member == cluster.survivor { "true" } else { "false" };
            sheet.row([member, &cluster.id, survivor, &relations])?;
        }
    }
    sheet.finish()
}

/// Every related pair with its evidence as `field:level:weight`.
pub(in super::super) fn pairs(view: &ReportView<'_>, options: Options, out: &mut Out) -> Result<(), Cause> {
    let header =
        ["left", "right", "relation", "probability", "weight", "left_name", "right_name", "evidence"];
    let mut sheet = Sheet::new(out, options, &header)?;
    for p in &view.document.pairs {
        let evidence: Vec<String> =
            p.evidence.iter().map(|e| format!("{}:{}:{}", e.field, e.level, e.weight)).collect();
        let numbers = [p.probability.to_string(), p.weight.to_string()];
        sheet.row([
            p.left.as_str(),
            &p.right,
            &p.relation,
            &numbers[0],
            &numbers[1],
            view.index.name(&p.left),
            view.index.name(&p.right),
            &evidence.join(";"),
        ])?;
    }
    sheet.finish()
}

/// Every finding.
pub(in super::super) fn findings(
    view: &ReportView<'_>,
    options: Options,
    out: &mut Out,
) -> Result<(), Cause> {
    let header = [
        "fingerprint",
        "rule",
        "severity",
        "confidence",
        "status",
        "asset",
        "name",
        "clause",
        "citation",
        "basis",
        "file",
        "sheet",
        "row",
        "column",
        "header",
        "words",
        "reason",
        "exemption",
        "remedy",
        "related",
        "waiver",
    ];
    let mut sheet = Sheet::new(out, options, &header)?;
    for f in &view.document.findings {
        let asset = f.asset.as_deref().unwrap_or("");
        let nowhere = Source::default();
        let at = f.at.first().unwrap_or(&nowhere);
        let row = if at.row == 0 { String::new() } else { at.row.to_string() };
        let name = if asset.is_empty() { "" } else { view.index.name(asset) };
        sheet.row([
            f.fingerprint.as_str(),
            &f.rule,
            &f.severity,
            &f.confidence,
            &f.status,
            asset,
            name,
            &ids(&f.clause),
            f.clause.first().map_or("", |c| c.citation.as_str()),
            &f.basis,
            &at.file,
            &at.sheet,
            &row,
            at.column.as_deref().unwrap_or(""),
            at.header.as_deref().unwrap_or(""),
            &f.evidence.words,
            &f.evidence.reason,
            &f.evidence.exemption,
            &f.evidence.remedy,
            &f.related.join(";"),
            f.waiver.as_deref().unwrap_or(""),
        ])?;
    }
    sheet.finish()
}

/// Every action.
pub(in super::super) fn plan(view: &ReportView<'_>, options: Options, out: &mut Out) -> Result<(), Cause> {
    let header = [
        "asset",
        "name",
        "kind",
        "action",
        "target",
        "target_name",
        "reason",
        "question",
        "clause",
        "steps",
        "proposal",
        "also",
        "responsible",
        "deadline",
        "deadline_from",
        "waits_for",
        "stays",
        "needs",
        "if_yes",
        "if_no",
    ];
    let mut sheet = Sheet::new(out, options, &header)?;
    for action in &view.document.plan.actions {
        let kind = view.index.asset(&action.asset).map_or("", |a| a.kind.as_str());
        let target = action.target.as_deref().unwrap_or("");
        sheet.row([
            action.asset.as_str(),
            view.index.name(&action.asset),
            kind,
            &action.action,
            target,
            view.index.name(target),
            &action.reason,
            action.question.as_deref().unwrap_or(""),
            &ids(&action.clause),
            &action.steps.join(";"),
            &action.acceptance(),
            &action.also.join(";"),
            action.responsible.as_deref().unwrap_or(""),
            action.deadline.as_ref().map_or("", |deadline| deadline.day.as_str()),
            action.deadline.as_ref().map_or("", |deadline| deadline.from.as_str()),
            &action.waits_for.join(";"),
            action.stays.as_ref().map_or("", |stays| stays.reason.as_str()),
            &needs(action),
            &answer(action, "yes"),
            &answer(action, "no"),
        ])?;
    }
    sheet.finish()
}

/// The needs that keep an item: function, place and people of each.
fn needs(action: &Action) -> String {
    let needs = action.stays.iter().flat_map(|stays| &stays.needs);
    let needs = needs.map(|need| format!("{}@{}/{}", need.function, need.place, need.audience));
    needs.collect::<Vec<_>>().join(";")
}

/// What an answer leads to, and what it changes: burden, items, users who move, repairs.
fn answer(action: &Action, which: &str) -> String {
    let answer = action.answers.iter().find(|answer| answer.answer == which);
    answer.map_or(String::new(), |a| {
        let target = a.target.as_ref().map_or(String::new(), |target| format!(">{target}"));
        let change = [a.staff_burden, a.items, a.users_moved, a.repairs].map(|n| format!("{n:+}"));
        format!("{}{target} {}", a.action, change.join("/"))
    })
}

fn ids(clauses: &[Clause]) -> String {
    clauses.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(";")
}

/// Every row that could not become a record.
pub(in super::super) fn rejected(
    view: &ReportView<'_>,
    options: Options,
    out: &mut Out,
) -> Result<(), Cause> {
    let mut sheet = Sheet::new(out, options, &["file", "sheet", "row", "code", "reason", "text"])?;
    for r in &view.document.rejected {
        let row = r.source.row.to_string();
        sheet.row([&r.source.file, &r.source.sheet, &row, &r.code, &r.reason, &r.text])?;
    }
    sheet.finish()
}
