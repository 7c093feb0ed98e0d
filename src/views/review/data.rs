//! What the page shows: every item with a proposal, every pair with its evidence, and all words.
//!
//! For: one JSON answer. Invariant: names and sentences are those of the ledger, so that page and ledger never differ.

use super::sheet::Sheet;
use crate::history::Waived;
use crate::knowledge::messages::Catalogue;
use crate::model::{ActionKind, Relation};
use crate::scan::document::{Asset, Pair, ScanDocument};
use crate::views::report::ReportView;
use crate::views::visible;
use serde_json::{Value as Json, json};

/// All of it, with what is decided already. `waived` is what a history holds; without a history nothing can be waived.
pub fn data(scan: &ScanDocument, sheet: &Sheet, waivers: Option<&[Waived]>, catalogue: &Catalogue) -> Json {
    let view = ReportView::new(scan, catalogue);
    let words = |of: &str, keys: &[&str]| -> Json {
        let word =
            |key: &&str| ((*key).to_owned(), Json::from(catalogue.text(&format!("{of}.{key}")).into_owned()));
        keys.iter().map(word).collect::<serde_json::Map<_, _>>().into()
    };
    json!({
        "as_of": scan.as_of,
        "items": items(&view),
        "pairs": scan.pairs.iter().filter(|pair| is_shown(pair)).map(|one| pair(&view, one)).collect::<Vec<_>>(),
        "actions": ActionKind::ALL.iter().filter(|kind| **kind != ActionKind::None && **kind != ActionKind::Refer).map(
            |kind| json!({ "id": kind.as_str(), "name": view.names.action(kind.as_str()), "target": kind.has_target() })
        ).collect::<Vec<_>>(),
        "words": words("review.words", &WORDS),
        "verdicts": words("report.decision", &["accept", "reject", "change", "defer", "same", "different"]),
        "decided": sheet.entries().iter().map(entry).collect::<Vec<_>>(),
        "waived": waivers.map(|held| held.iter().map(waived).collect::<Vec<_>>()),
    })
}

/// A waiver as the page knows it.
pub fn waived(waived: &Waived) -> Json {
    json!({
        "rule": waived.rule, "asset": waived.asset, "reason": visible(&waived.reason), "by": visible(&waived.by),
        "until": waived.until, "at": waived.made,
    })
}

/// A decision as the page knows it.
pub fn entry(entry: &super::Entry) -> Json {
    json!({
        "asset": entry.asset, "other": entry.other, "written": visible(&entry.decision),
        "reason": visible(&entry.remark), "at": entry.at,
    })
}

/// Words of the page, `review.words.*`.
const WORDS: [&str; 47] = [
    "colon",
    "title",
    "items",
    "pairs",
    "search",
    "all",
    "open",
    "decided",
    "any-action",
    "any-relation",
    "any-unit",
    "keep-too",
    "of",
    "none",
    "proposal",
    "why",
    "question",
    "if-accepted",
    "problems",
    "clauses",
    "duplicates",
    "evidence",
    "prior",
    "together",
    "unit",
    "reason",
    "reason-hint",
    "change-to",
    "target",
    "save",
    "cancel",
    "withdraw",
    "saved",
    "failed",
    "keys",
    "decision",
    "fixed",
    "previous",
    "next",
    "waive",
    "waived",
    "waived-by",
    "waive-reason",
    "waive-by",
    "waive-until",
    "waive-end",
    "waive-none",
];

/// Relations that are shown: all that say something.
fn is_shown(pair: &Pair) -> bool {
    pair.relation != Relation::Unrelated.as_str()
}

/// Items that the plan says something about.
fn items(view: &ReportView<'_>) -> Vec<Json> {
    let names = view.names;
    let item = |(at, asset): (usize, &Asset)| {
        let action = view.index.action(at).filter(|action| action.action != ActionKind::None.as_str())?;
        let target = action.target.as_deref().map(|target| view.index.name(target));
        let code = action.acceptance();
        let (kind, to) = code.split_once('>').unwrap_or((&code, ""));
        let accepted = if kind == ActionKind::Refer.as_str() {
            Json::Null
        } else {
            json!({ "action": names.action(kind), "target": visible(view.index.name(to)) })
        };
        let problems: Vec<Json> = view
            .index
            .findings(at)
            .map(|finding| {
                let places: Vec<String> = finding.at.iter().map(|place| names.place(place)).collect();
                let clauses: Vec<&str> = finding.clause.iter().map(|c| c.citation.as_str()).collect();
                json!({
                    "id": finding.rule, "waiver": finding.waiver.as_deref().map(visible),
                    "rule": names.rule(&finding.rule), "severity": names.severity(&finding.severity),
                    "words": visible(&finding.evidence.words), "reason": visible(&finding.evidence.reason),
                    "place": visible(&places.join(names.comma())), "clause": clauses.join(names.comma()),
                })
            })
            .collect();
        let pairs: Vec<Json> = view
            .index
            .pairs(at)
            .filter(|pair| is_shown(pair))
            .map(|pair| {
                let other = if pair.left == asset.id { &pair.right } else { &pair.left };
                json!({ "relation": names.relation(&pair.relation), "name": visible(view.index.name(other)) })
            })
            .collect();
        Some(json!({
            "id": asset.id, "name": visible(&asset.name), "kind": names.kind(&asset.kind),
            "unit": visible(&names.owner(asset)), "place": visible(&names.place(&asset.source)),
            "action": action.action, "action_name": names.action(&action.action),
            "target": target.map(visible), "why": visible(&action.reason),
            "question": action.question.as_deref().map(visible), "accepted": accepted, "pinned": action.pinned,
            "clauses": action.clause.iter().map(|c| c.citation.as_str()).collect::<Vec<_>>(),
            "problems": problems, "pairs": pairs,
        }))
    };
    view.document.assets.iter().enumerate().filter_map(item).collect()
}

fn pair(view: &ReportView<'_>, pair: &Pair) -> Json {
    let names = view.names;
    let side = |id: &str| {
        let asset = view.index.asset(id);
        json!({
            "id": id, "name": visible(view.index.name(id)),
            "kind": asset.map(|a| names.kind(&a.kind)), "unit": asset.map(|a| visible(&names.owner(a)).into_owned()),
            "place": asset.map(|a| visible(&names.place(&a.source)).into_owned()),
        })
    };
    let evidence: Vec<Json> = pair
        .evidence
        .iter()
        .map(|one| {
            let key = format!("evidence.field.{}", one.field);
            let field = if names.catalogue.has(&key) { names.text(&key) } else { names.field(one.field) };
            let values = names.fill("explain.values", &[("left", one.left), ("right", one.right)]);
            let said = if one.sentence.is_empty() { values } else { one.sentence.to_owned() };
            json!({ "field": field, "weight": one.weight, "said": visible(&said) })
        })
        .collect();
    json!({
        "left": side(&pair.left), "right": side(&pair.right),
        "relation": pair.relation, "relation_name": names.relation(&pair.relation),
        "probability": pair.probability, "weight": pair.weight, "prior": pair.prior, "evidence": evidence,
    })
}
