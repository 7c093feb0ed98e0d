//! 僵尸群: groups long unused. There is no national figure.

use super::super::case::Case;
use super::super::claim::{Claim, claim};
use super::super::meta::{Example, RuleMeta, one};
use super::super::practice::{mention, on_text};
use super::super::sink::{Draft, Sink};
use crate::knowledge::detect::Category;
use crate::model::{AssetRef, Confidence, Field, Kind, Message, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-inactive",
    kinds: &[Kind::Group],
    clauses: &["opinions-2023/groups-shells"],
    confidence: Confidence::Medium,
    exemptions: &["seasonal", "local-figure"],
    columns: &[Field::LastUpdate, Field::Status, Field::Remark, Field::Description, Field::ProblemCategory],
    fires: &[
        one!(GROUP, GroupName = "迎检工作群", Remark = "长期不用的僵尸群"),
        Example {
            set: &[("group_idle_days", "90")],
            ..one!(GROUP, GroupName = "迎检工作群", LastUpdate = "2026-03-01")
        },
        one!(GROUP, GroupName = "迎检工作群", Status = "闲置"; status: Status::Stale),
    ],
    quiet: &[
        one!(GROUP, GroupName = "迎检工作群", LastUpdate = "2026-03-01"),
        Example {
            set: &[("group_idle_days", "90")],
            ..one!(GROUP, GroupName = "防汛应急备用群", LastUpdate = "2026-03-01")
        },
        Example {
            set: &[("group_idle_days", "90")],
            ..one!(GROUP, GroupName = "工作群", LastUpdate = "2026-11-01")
        },
        one!(GROUP, GroupName = "僵尸企业处置工作群"),
    ],
    ..RuleMeta::BASE
};

const TEXTS: &[Field] = &[Field::Remark, Field::Description, Field::GroupPurpose, Field::ProblemCategory];

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for group in case.live(Kind::Group) {
        // Groups for emergencies are meant to be silent.
        let standby = ["应急", "备用", "值守", "防汛", "防火"].iter().any(|word| group.name().contains(word));
        if !standby && claim(case, group, None) == Claim::None {
            sink.drafts.extend(judge(case, group));
        }
    }
}

fn judge(case: &Case<'_>, group: AssetRef<'_>) -> Option<Draft> {
    if let (Some(limit), Some(date)) =
        (case.ctx.settings.group_idle_days, group.value(Field::LastUpdate).as_date())
    {
        let days = case.days_since(date);
        if days > limit {
            let reason =
                Message::new("reason.idle").with("date", date).with("days", days).with("limit", limit);
            return Some(Draft::on(group, Field::LastUpdate, reason));
        }
    }
    if let Some((field, label)) = mention(case, group, TEXTS, &[Category::Zombie]) {
        return Some(on_text(group, field, label));
    }
    let stale = group.meaning().status == Status::Stale && !group.value(Field::Status).is_missing();
    stale.then(|| {
        Draft::on(group, Field::Status, Message::new("reason.idle-stated")).confidence(Confidence::Medium)
    })
}
