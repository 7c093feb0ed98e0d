//! 未在已备案分发平台上架: handed out by network drive, in chats or by a home-made link.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::sink::{Draft, Sink};
use super::super::stated::stated;
use crate::knowledge::detect::Fact;
use crate::knowledge::text::words;
use crate::model::{Confidence, Field, Kind, Message, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-not-in-filed-store",
    kinds: &[Kind::App],
    clauses: &["measures-2026/distribution"],
    severity: Severity::Advisory,
    confidence: Confidence::Medium,
    exemptions: &["clients-only", "internal-distribution"],
    columns: &[Field::Url, Field::Remark, Field::Description, Field::FunctionDesc, Field::ProblemCategory],
    fires: &[
        one!(APP, Name = "甲县通", Remark = "安装包通过网盘链接下载"),
        one!(APP, Name = "甲县通", Url = "https://pan.baidu.com/s/1abc"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", Url = "https://app.example.gov.cn/download"),
        one!(APP, Name = "甲县通", Remark = "已在应用商店上架"),
        one!(APP, Name = "甲县涉敏办公", Remark = "涉敏，安装包通过网盘链接下载"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        // What must not leave the unit is handed out by the unit.
        let internal = [Field::Remark, Field::Description, Field::SpecialScenario];
        if internal.iter().any(|&f| ["涉敏", "涉密", "内网"].iter().any(|word| app.text(f).contains(word)))
        {
            continue;
        }
        let url = app.text(Field::Url).to_ascii_lowercase();
        let draft = if words("app-not-in-filed-store-drives").iter().any(|drive| url.contains(drive)) {
            Some(Draft::on(app, Field::Url, Message::new("reason.network-drive")))
        } else {
            stated(case, app, Fact::OffStore)
        };
        sink.drafts.extend(draft);
    }
}
