//! 单人所在工作群过多: people who are in too many groups. The number is a setting.

use super::super::case::Case;
use super::super::meta::{Example, RuleMeta, row};
use super::super::sink::{Draft, Sink};
use crate::knowledge::text::words;
use crate::model::{AssetIx, Confidence, Field, Kind, Message, Severity, UnitId};
use std::collections::{BTreeMap, BTreeSet};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-per-cadre-load",
    kinds: &[Kind::Group],
    clauses: &["opinions-2023/multiple-reporting"],
    setting: "groups_per_person",
    severity: Severity::Advisory,
    confidence: Confidence::Low,
    exemptions: &["local-figure", "names-alike"],
    columns: &[Field::Members],
    fires: &[Example {
        set: &[("groups_per_person", "1")],
        rows: &[
            row!(GROUP, GroupName = "甲工作群", Members = "王某甲；李某乙"),
            row!(GROUP, GroupName = "乙工作群", Members = "王某甲；赵某丙"),
        ],
        ..Example::EMPTY
    }],
    quiet: &[
        Example {
            rows: &[
                row!(GROUP, GroupName = "甲工作群", Members = "王某甲"),
                row!(GROUP, GroupName = "乙工作群", Members = "王某甲"),
            ],
            ..Example::EMPTY
        },
        Example {
            set: &[("groups_per_person", "1")],
            rows: &[
                row!(GROUP, GroupName = "甲工作群", Members = "全体干部"),
                row!(GROUP, GroupName = "乙工作群", Members = "全体干部"),
            ],
            ..Example::EMPTY
        },
        Example {
            set: &[("groups_per_person", "1")],
            rows: &[
                row!(GROUP, GroupName = "甲工作群", Members = "王某甲"),
                row!(GROUP, GroupName = "乙工作群", Members = "李某乙"),
            ],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    let Some(limit) = case.ctx.settings.groups_per_person else { return };
    // A name means the same person only within one unit.
    let mut groups_of: BTreeMap<(UnitId, &str), Vec<AssetIx>> = BTreeMap::new();
    for group in case.live(Kind::Group) {
        let members: BTreeSet<&str> =
            group.text(Field::Members).split('；').filter(|m| is_person(m)).collect();
        for member in members {
            groups_of.entry((group.meaning().unit, member)).or_default().push(group.ix);
        }
    }
    // Names stay here: a finding says how many people, not who.
    let mut loaded: BTreeMap<AssetIx, (usize, usize)> = BTreeMap::new();
    for groups in groups_of.values().filter(|groups| groups.len() as u64 > limit) {
        for &group in groups {
            let (people, most) = loaded.entry(group).or_default();
            *people += 1;
            *most = (*most).max(groups.len());
        }
    }
    for (ix, (people, most)) in loaded {
        let group = case.ctx.assets.get(ix);
        let reason =
            Message::new("reason.loaded").with("people", people).with("most", most).with("limit", limit);
        let draft = Draft::on(group, Field::Members, reason).words(group.name().to_owned());
        sink.add(draft.confidence(Confidence::Low));
    }
}

/// Whether an entry of a member list is one person's name.
fn is_person(entry: &str) -> bool {
    let length = entry.chars().count();
    (2..=4).contains(&length)
        && !entry.starts_with(['全', '各', '所'])
        && !words("group-per-cadre-load-not-one").iter().any(|end| entry.ends_with(end))
}
