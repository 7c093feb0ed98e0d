//! 可作为模块嵌入已有应用: a new app for what a platform above already does.

use super::super::case::Case;
use super::super::meta::{Example, RuleMeta, one, row};
use super::super::nature::is_built_here;
use super::super::related;
use super::super::sink::Sink;
use crate::model::{AssetRef, Confidence, Field, Kind, Level, Message, Relation, Severity};
use std::collections::BTreeSet;

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-embeddable-module",
    kinds: &[Kind::App],
    clauses: &["opinions-2023/project-approval"],
    severity: Severity::Advisory,
    confidence: Confidence::Medium,
    exemptions: &["several-ends"],
    columns: &[Field::BuildType],
    fires: &[Example {
        rows: &[
            row!(APP, Name = "甲县河长通", BuildType = "新建"),
            row!(APP, Name = "示例河长"; level: Level::Province, unit: "示例省水利厅"),
        ],
        pairs: &[(0, 1, Relation::CoveredAbove)],
        ..Example::EMPTY
    }],
    quiet: &[
        Example {
            rows: &[
                row!(APP, Name = "甲县河长通", BuildType = "上级统建"),
                row!(APP, Name = "示例河长"; level: Level::Province, unit: "示例省水利厅"),
            ],
            pairs: &[(0, 1, Relation::CoveredAbove)],
            ..Example::EMPTY
        },
        one!(APP, Name = "甲县河长通", BuildType = "新建"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for (ix, partners) in case.partners(Relation::CoveredAbove, Kind::App) {
        let app = case.ctx.assets.get(ix);
        let depth = |a: AssetRef<'_>| a.meaning().level.depth();
        let above = partners
            .into_iter()
            .filter(|&p| depth(case.ctx.assets.get(p)) < depth(app))
            .collect::<BTreeSet<_>>();
        if is_built_here(app) && !above.is_empty() {
            let draft = related::draft(case, ix, &above, Message::new("reason.embeddable"));
            sink.add(draft.also(app, Field::BuildType));
        }
    }
}
