//! What rules look at: the assets, with every text already judged.

use super::nature::is_enterprise;
use crate::knowledge::clause::ClauseBook;
use crate::knowledge::detect::{Detector, Label};
use crate::knowledge::lexicon::Lexicon;
use crate::model::{
    AssetIx, AssetRef, AssetTable, Field, Kind, LocalRule, Pair, Recurrence, Relation, RuleSettings, Sym,
    Value, Where,
};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// What the rules need to know.
pub struct Context<'a> {
    /// Every asset.
    pub assets: &'a AssetTable,
    /// Related pairs.
    pub pairs: &'a [Pair],
    /// The clause book.
    pub clauses: &'a ClauseBook,
    /// Units and places.
    pub lexicon: &'a Lexicon,
    /// The detector.
    pub detector: &'a Detector,
    /// Switches, thresholds and waivers.
    pub settings: &'a RuleSettings,
    /// What came back since earlier scans; `None` when nothing is compared, and then no rule about it runs.
    pub recurrences: Option<&'a [Recurrence]>,
    /// The day on which clauses, ends and staleness are judged.
    pub as_of: Date,
}

/// Fields whose texts are judged. Flags and dates are here for cells that were not understood.
const JUDGED: &[Field] = &[
    Field::Name,
    Field::GroupName,
    Field::FunctionDesc,
    Field::Functions,
    Field::Description,
    Field::MandatoryFeatureNote,
    Field::GroupRules,
    Field::GroupPurpose,
    Field::Remark,
    Field::OpsSecurity,
    Field::ProblemCategory,
    Field::UsageAssessed,
    Field::RequiresUpload,
    Field::LoginRequired,
    Field::CommercialFeatures,
    Field::SimilarAppsDeclared,
    Field::HasCheckin,
    Field::HasPointsRanking,
    Field::HasOnlineTime,
    Field::ForcedUse,
    Field::LastUpdate,
];

/// The context with the labels of every text, each distinct text judged once.
pub(super) struct Case<'a> {
    pub(super) ctx: &'a Context<'a>,
    labels: FxHashMap<Sym, Vec<Label>>,
}

impl<'a> Case<'a> {
    pub(super) fn new(ctx: &'a Context<'a>) -> Case<'a> {
        let mut syms: Vec<Sym> = ctx.assets.iter().filter(is_live).flat_map(texts).collect();
        syms.sort_unstable();
        syms.dedup();
        let pool = &ctx.assets.records.pool;
        let judged = syms.into_par_iter().map(|sym| (sym, ctx.detector.labels(pool.get(sym))));
        Case { ctx, labels: judged.filter(|(_, labels)| !labels.is_empty()).collect() }
    }

    /// Live assets of a kind that the rules speak of.
    pub(super) fn live(&self, kind: Kind) -> impl Iterator<Item = AssetRef<'a>> {
        self.all(kind).filter(is_live)
    }

    /// Assets of a kind whether they still exist or not; without those of state-owned enterprises, unless a
    /// profile in use includes them.
    pub(super) fn all(&self, kind: Kind) -> impl Iterator<Item = AssetRef<'a>> {
        let enterprises = self.ctx.settings.enterprises;
        let assets = self.ctx.assets.iter().filter(move |a| a.meaning().kind == kind);
        assets.filter(move |&a| enterprises || !is_enterprise(a))
    }

    /// Each clause of a profile in use that turns a local rule on.
    pub(super) fn local(&self, rule: &str) -> impl Iterator<Item = &'a LocalRule> {
        self.ctx.settings.local.iter().filter(move |local| local.rule == rule)
    }

    /// Days from a day to the as-of date; negative for days to come.
    pub(super) fn days_since(&self, day: Date) -> i32 {
        self.ctx.as_of.since(day).map_or(0, |span| span.get_days())
    }

    /// What the text of a field was judged to say.
    pub(super) fn labels(&self, asset: AssetRef<'_>, field: Field) -> &[Label] {
        let labels = asset.value(field).sym().and_then(|sym| self.labels.get(&sym));
        labels.map_or(&[], Vec::as_slice)
    }

    /// Whether the table an asset stands in asks for one of these fields. A blank cell says something
    /// only where the question was put.
    pub(super) fn asks(&self, asset: AssetRef<'_>, fields: &[Field]) -> bool {
        let sheet = self.ctx.assets.records.sheet(asset.ix.index());
        sheet.columns.iter().filter_map(|c| c.field).any(|f| fields.contains(&f))
            || sheet.defaults.iter().any(|(f, _)| fields.contains(f))
            || fields.iter().any(|&f| !asset.value(f).is_missing())
    }

    /// For each live asset of a kind, the live assets of that kind that a relation ties to it.
    pub(super) fn partners(&self, relation: Relation, kind: Kind) -> BTreeMap<AssetIx, BTreeSet<AssetIx>> {
        let fits = |ix: AssetIx| {
            let asset = self.ctx.assets.get(ix);
            is_live(&asset) && asset.meaning().kind == kind
        };
        let mut partners: BTreeMap<AssetIx, BTreeSet<AssetIx>> = BTreeMap::new();
        for pair in self.ctx.pairs.iter().filter(|p| p.relation == relation) {
            if fits(pair.left) && fits(pair.right) {
                partners.entry(pair.left).or_default().insert(pair.right);
                partners.entry(pair.right).or_default().insert(pair.left);
            }
        }
        partners
    }
}

/// The texts of an asset that are judged.
fn texts(asset: AssetRef<'_>) -> impl Iterator<Item = Sym> {
    JUDGED.iter().filter_map(move |&field| asset.value(field).sym())
}

/// Only what exists can break a rule.
fn is_live(asset: &AssetRef<'_>) -> bool {
    asset.meaning().status.is_live()
}

/// The cell of a field.
pub(super) fn place(asset: AssetRef<'_>, field: Field) -> Where {
    Where { row: asset.table.records.place(asset.ix.index()), field: Some(field) }
}

/// A cell as the file shows it; empty when nothing is written.
pub(super) fn cell_text(asset: AssetRef<'_>, field: Field) -> String {
    if let Some(raw) = asset.table.records.raw(asset.ix.index(), field) {
        return raw.to_owned();
    }
    match asset.value(field) {
        Value::Missing => String::new(),
        Value::Flag(true) => "是".to_owned(),
        Value::Flag(false) => "否".to_owned(),
        Value::Date { date, .. } => date.to_string(),
        Value::Count { count, .. } => count.get().to_string(),
        Value::Text(sym) | Value::List(sym) | Value::Invalid(sym) => {
            asset.table.records.pool.get(sym).to_owned()
        }
    }
}

/// Whether a cell says something: "无", "否" and dashes do not.
pub(super) fn is_stated(text: &str) -> bool {
    let folded = crate::knowledge::text::fold(text);
    !["", "无", "否", "没有", "暂无", "不适用", "未填", "无依据", "待补充", "不涉及"]
        .contains(&folded.as_str())
}
