//! 同一单位同一平台多个账号: in principle one unit has one account on one platform.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::related;
use super::super::sink::Sink;
use crate::model::{
    AssetIx, Confidence, Field, Kind, Message, PlatformId, RegionId, Relation, Severity, Status,
};
use std::collections::{BTreeMap, BTreeSet};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-duplicate-same-platform",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-1-one-per-platform"],
    severity: Severity::Restricted,
    confidence: Confidence::Medium,
    exemptions: &["principle", "listed-twice"],
    columns: &[],
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[
                Row { cells: &[(Field::Name, "甲县农业农村")], ..Row::ACCOUNT },
                Row { cells: &[(Field::Name, "甲县三农服务")], ..Row::ACCOUNT },
            ],
            ..Example::EMPTY
        },
        Example {
            rows: &[
                Row { platform: 0, cells: &[(Field::Name, "甲县农业农村")], ..Row::ACCOUNT },
                Row { platform: 0, cells: &[(Field::Name, "甲县三农服务")], ..Row::ACCOUNT },
            ],
            pairs: &[(0, 1, Relation::SamePlatform)],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        Example {
            rows: &[
                Row { cells: &[(Field::Name, "甲县农业农村")], ..Row::ACCOUNT },
                Row { platform: 2, cells: &[(Field::Name, "甲县农业农村")], ..Row::ACCOUNT },
            ],
            ..Example::EMPTY
        },
        // One account listed twice is one account.
        Example {
            rows: &[
                Row { cells: &[(Field::Name, "甲县农业农村")], ..Row::ACCOUNT },
                Row { cells: &[(Field::Name, "甲县农业农村")], ..Row::ACCOUNT },
            ],
            pairs: &[(0, 1, Relation::Same)],
            ..Example::EMPTY
        },
        Example {
            rows: &[
                Row { cells: &[(Field::Name, "甲县农业农村")], ..Row::ACCOUNT },
                Row { status: Status::Closed, cells: &[(Field::Name, "旧号")], ..Row::ACCOUNT },
            ],
            ..Example::EMPTY
        },
        Example {
            rows: &[
                Row { unit: "", cells: &[(Field::Name, "某号")], ..Row::ACCOUNT },
                Row { unit: "", cells: &[(Field::Name, "另一号")], ..Row::ACCOUNT },
            ],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    let mut partners = case.partners(Relation::SamePlatform, Kind::Account);
    let listed_twice = case.partners(Relation::Same, Kind::Account);
    // Offices of a unit count with the unit, so units are told apart by name and place.
    let mut held: BTreeMap<(&str, RegionId, PlatformId), BTreeSet<AssetIx>> = BTreeMap::new();
    for account in case.live(Kind::Account) {
        let (unit, platform) = (account.unit(), account.meaning().platform);
        if !unit.canonical.is_empty() && platform != PlatformId::default() {
            held.entry((&unit.canonical, unit.region, platform)).or_default().insert(account.ix);
        }
    }
    for accounts in held.values().filter(|a| a.len() > 1) {
        for &ix in accounts {
            let same = listed_twice.get(&ix);
            let others = accounts.iter().filter(|&&o| o != ix && !same.is_some_and(|s| s.contains(&o)));
            partners.entry(ix).or_default().extend(others);
        }
    }
    for (ix, others) in partners.into_iter().filter(|(_, others)| !others.is_empty()) {
        sink.add(related::draft(case, ix, &others, Message::new("reason.duplicate.same-platform")));
    }
}
