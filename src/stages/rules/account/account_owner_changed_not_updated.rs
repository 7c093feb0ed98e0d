//! 主办单位已撤并而账号未变更: still under the name of a body that a reform ended.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::sink::{Draft, Sink};
use crate::knowledge::lexicon::units::UnitSetting;
use crate::knowledge::text::fold;
use crate::model::{Confidence, Field, Kind, Message, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-owner-changed-not-updated",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-1-owner-change"],
    confidence: Confidence::Medium,
    exemptions: &["reform-grace"],
    columns: &[Field::OwnerUnit],
    fires: &[one!(ACCOUNT, Name = "甲县卫计", OwnerUnit = "甲县卫生和计划生育局"; unit: "甲县卫生健康局")],
    quiet: &[
        one!(ACCOUNT, Name = "甲县卫健", OwnerUnit = "甲县卫生健康局"; unit: "甲县卫生健康局"),
        one!(ACCOUNT, Name = "甲县农业", OwnerUnit = "甲县农业农村局"),
        one!(ACCOUNT, Name = "甲县卫计", OwnerUnit = "甲县卫生和计划生育局"; status: Status::Closed),
    ],
    ..RuleMeta::BASE
};

/// Years that places take to follow a reform of the State.
const GRACE: i16 = 2;

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    let units = &case.ctx.lexicon.units;
    for account in case.live(Kind::Account) {
        let text = fold(account.text(Field::OwnerUnit));
        if text.is_empty() {
            continue;
        }
        let body = account.unit().body.as_str();
        let body = if body.is_empty() {
            units.read(&text, &case.ctx.lexicon.regions, UnitSetting::default()).body
        } else {
            body.to_owned()
        };
        let (Some(former), Some(now)) = (units.former_in(&text, &body), units.get(&body)) else { continue };
        let Some(year) = former.year.and_then(|year| i16::try_from(year).ok()) else { continue };
        // 农业局 is short for 农业农村局 as well: a name in use today proves nothing.
        let old = fold(&former.name);
        let in_use = now.names().filter(|name| !now.former.iter().any(|f| f.name == **name)).map(fold);
        let in_use =
            in_use.filter(|name| text.contains(name.as_str())).any(|name| name.contains(&old) || old == name);
        if !in_use && case.ctx.as_of.year() >= year + GRACE {
            let reason = Message::new("reason.owner-gone")
                .with("unit", &former.name)
                .with("year", year)
                .with("now", &now.name);
            sink.add(Draft::on(account, Field::OwnerUnit, reason).confidence(Confidence::Medium));
        }
    }
}
