//! 县乡单独新建（地方口径）: counties and townships that a local document forbids to build any more.

use super::super::case::Case;
use super::super::meta::{Example, Local, RuleMeta, one};
use super::super::nature::{is_built_above, is_built_here};
use super::super::sink::{Draft, Sink};
use crate::model::{AssetRef, Confidence, Field, Kind, Level, LocalRule, Message, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-county-town-new-build",
    kinds: &[Kind::App, Kind::Account],
    local: Some(Local::Plain),
    severity: Severity::Forbidden,
    confidence: Confidence::Medium,
    exemptions: &["built-above", "before-local"],
    columns: &[Field::LaunchDate, Field::CreatedDate],
    fires: &[
        Example {
            profiles: &["sichuan-2025"],
            ..one!(APP, Name = "甲县新通", BuildType = "新建", LaunchDate = "2025-03-01")
        },
        Example {
            profiles: &["jiangsu-2025"], ..one!(APP, Name = "甲县新通", LaunchDate = "2026-03-01")
        },
    ],
    quiet: &[
        one!(APP, Name = "甲县新通", BuildType = "新建", LaunchDate = "2025-03-01"),
        Example {
            profiles: &["sichuan-2025"],
            ..one!(APP, Name = "甲县旧通", BuildType = "新建", LaunchDate = "2023-03-01")
        },
        Example {
            profiles: &["sichuan-2025"],
            ..one!(APP, Name = "甲市通", BuildType = "新建", LaunchDate = "2025-03-01"; level: Level::Prefecture)
        },
        Example {
            profiles: &["sichuan-2025"],
            ..one!(APP, Name = "省统建", BuildType = "上级统建", LaunchDate = "2025-03-01")
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for local in case.local(META.id) {
        for asset in META.kinds.iter().flat_map(|&kind| case.live(kind)) {
            sink.drafts.extend(judge(asset, local).map(|draft| draft.under(local.clause)));
        }
    }
}

fn judge(asset: AssetRef<'_>, local: &LocalRule) -> Option<Draft> {
    let level = asset.meaning().level;
    if !local.levels.contains(&level) || is_built_above(asset) {
        return None;
    }
    // Without its day nobody can say that it is new.
    let from = local.from?;
    let dated = |field| asset.value(field).as_date().filter(|&day| day >= from).map(|day| (field, day));
    let (field, day) = dated(Field::LaunchDate).or_else(|| dated(Field::CreatedDate))?;
    let reason = Message::new("reason.new-build").with("date", day).with("level", format!("@level.{level}"));
    let draft = Draft::on(asset, field, reason);
    Some(if is_built_here(asset) {
        draft.also(asset, Field::BuildType)
    } else {
        draft.confidence(Confidence::Medium)
    })
}
