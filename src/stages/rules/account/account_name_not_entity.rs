//! 名称看不出是谁: neither place nor body shows in the name.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::sink::{Draft, Sink};
use crate::knowledge::text::fold;
use crate::model::{Confidence, Field, Kind, Message, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-name-not-entity",
    kinds: &[Kind::App, Kind::Account],
    clauses: &["security-2024/naming"],
    severity: Severity::Advisory,
    confidence: Confidence::Low,
    exemptions: &["entity-shown", "principle"],
    fires: &[one!(ACCOUNT, Name = "好望角之声"; unit: "甲县林业局")],
    quiet: &[
        one!(ACCOUNT, Name = "甲县发布"; unit: "甲县人民政府办公室"),
        one!(ACCOUNT, Name = "林业之声"; unit: "甲县林业局"),
        one!(ACCOUNT, Name = "好望角之声", Description = "甲县林业局官方账号"; unit: "甲县林业局"),
        one!(ACCOUNT, Name = "好望角之声"; unit: ""),
    ],
    ..RuleMeta::BASE
};

/// Characters that every unit and place may have: sharing them means nothing.
const COMMON: &str = "人民政府办公厅室委员会局中心共国省市县区乡镇街道村社处科站院所和与的管理服务事务";

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for asset in META.kinds.iter().flat_map(|&kind| case.live(kind)) {
        let unit = asset.unit();
        let named = !asset.meaning().body.is_empty() && asset.text(Field::OwnerUnit).is_empty();
        if unit.canonical.is_empty() || named || asset.meaning().listed_as != asset.meaning().kind {
            continue;
        }
        let name = fold(asset.name());
        let mut known = fold(&unit.canonical);
        for place in asset.table.regions.path(unit.region).into_iter().chain([asset.region().name.as_str()]) {
            known.push_str(&fold(place));
        }
        // 农 of 农业农村局 in 三农在线: one telling character is enough not to speak up.
        let tells = |c: char| !c.is_ascii() && !COMMON.contains(c) && known.contains(c);
        let shown = [Field::Description, Field::FunctionDesc, Field::Remark, Field::VerifiedSubject];
        let elsewhere = shown.iter().any(|&f| {
            asset.text(f).contains(&unit.canonical)
                || f == Field::VerifiedSubject && !asset.text(f).is_empty()
        });
        let place = !case.ctx.lexicon.regions.mentions(&name).is_empty();
        if !name.is_empty() && !name.chars().any(tells) && !elsewhere && !place {
            let reason = Message::new("reason.no-entity").with("unit", &unit.canonical);
            sink.add(Draft::on(asset, asset.record().name_field(), reason).confidence(Confidence::Low));
        }
    }
}
