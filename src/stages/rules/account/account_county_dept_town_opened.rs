//! 县级部门、乡镇单独开设账号（地方口径）: accounts that local documents leave to the county.

use super::super::case::Case;
use super::super::meta::{Example, Local, RuleMeta, one};
use super::super::sink::{Draft, Sink};
use crate::model::{Confidence, Kind, Level, Message};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-county-dept-town-opened",
    kinds: &[Kind::Account],
    local: Some(Local::Plain),
    confidence: Confidence::Medium,
    exemptions: &["principle", "approved-need"],
    fires: &[
        Example { profiles: &["guangdong-2019"], ..one!(ACCOUNT, Name = "甲县农业") },
        Example {
            profiles: &["jianghua-2025"],
            ..one!(ACCOUNT, Name = "乙镇发布"; level: Level::Township, unit: "甲县乙镇人民政府")
        },
    ],
    quiet: &[
        one!(ACCOUNT, Name = "甲县农业"),
        Example {
            profiles: &["guangdong-2019"],
            ..one!(ACCOUNT, Name = "甲县发布"; unit: "甲县人民政府办公室")
        },
        Example {
            profiles: &["guangdong-2019"],
            ..one!(ACCOUNT, Name = "甲市农业"; level: Level::Prefecture, unit: "甲市农业农村局")
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for local in case.local(META.id) {
        for account in case.live(Kind::Account) {
            let level = account.meaning().level;
            // Of a county's bodies only departments of its government are meant, and those are 局.
            let meant = match level {
                Level::Township => true,
                Level::County => account.unit().canonical.ends_with('局'),
                _ => false,
            };
            if meant {
                let reason = Message::new("reason.opened-below").with("level", format!("@level.{level}"));
                let field = account.record().name_field();
                sink.add(
                    Draft::on(account, field, reason).confidence(Confidence::Medium).under(local.clause),
                );
            }
        }
    }
}
