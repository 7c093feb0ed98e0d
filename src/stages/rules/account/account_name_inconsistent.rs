//! 跨平台名称不一致: one sponsor under different names on different platforms.

use super::super::case::Case;
use super::super::meta::{Example, RuleMeta, row};
use super::super::sink::{Draft, Sink};
use crate::knowledge::text::fold;
use crate::model::{AssetRef, Confidence, Kind, Message, PlatformId, Severity, Sym, UnitId};
use std::collections::{BTreeMap, BTreeSet};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-name-inconsistent",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-1-names"],
    severity: Severity::Advisory,
    confidence: Confidence::Low,
    exemptions: &["principle", "offices-apart"],
    fires: &[Example {
        rows: &[row!(ACCOUNT, Name = "甲县农业农村"), row!(ACCOUNT, Name = "甲县三农"; platform: 2)],
        ..Example::EMPTY
    }],
    quiet: &[
        Example {
            rows: &[row!(ACCOUNT, Name = "甲县农业农村"), row!(ACCOUNT, Name = "甲县农业农村"; platform: 2)],
            ..Example::EMPTY
        },
        Example {
            rows: &[row!(ACCOUNT, Name = "甲县农业农村"), row!(ACCOUNT, Name = "甲县三农")],
            ..Example::EMPTY
        },
        Example {
            rows: &[
                row!(ACCOUNT, Name = "甲县农业农村"; unit: ""),
                row!(ACCOUNT, Name = "甲县三农"; unit: "", platform: 2),
            ],
            ..Example::EMPTY
        },
        Example {
            rows: &[
                row!(ACCOUNT, Name = "甲县农业农村"),
                row!(ACCOUNT, Name = "甲县三农"),
                row!(ACCOUNT, Name = "甲县农业农村"; platform: 2),
            ],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    // Offices of a unit may well have names of their own.
    let mut held: BTreeMap<(UnitId, Sym), Vec<AssetRef<'_>>> = BTreeMap::new();
    for account in case.live(Kind::Account) {
        let meaning = account.meaning();
        if !account.unit().canonical.is_empty() && meaning.platform != PlatformId::default() {
            held.entry((meaning.unit, meaning.office)).or_default().push(account);
        }
    }
    for accounts in held.values() {
        let platforms: BTreeSet<PlatformId> = accounts.iter().map(|a| a.meaning().platform).collect();
        // One name on every platform is consistency enough; further accounts are another matter.
        let everywhere = |name: &str| {
            let alike = accounts.iter().filter(|a| are_alike(name, &short(**a)));
            alike.map(|a| a.meaning().platform).collect::<BTreeSet<_>>().len() == platforms.len()
        };
        if platforms.len() < 2 || accounts.iter().any(|a| everywhere(&short(*a))) {
            continue;
        }
        for account in accounts {
            let own = short(*account);
            let others: Vec<AssetRef<'_>> =
                accounts.iter().copied().filter(|o| !are_alike(&own, &short(*o))).collect();
            let mut shown: Vec<&str> = others.iter().map(|o| o.name()).collect();
            shown.sort_unstable();
            shown.dedup();
            let reason = Message::new("reason.other-names").with("names", shown.join("、"));
            let draft = Draft::on(*account, account.record().name_field(), reason);
            sink.add(draft.related(others.iter().map(|o| o.ix)).confidence(Confidence::Low));
        }
    }
}

/// 交通 and 交通运输: one name, written shorter.
fn are_alike(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}

/// The name without what it may differ in: 官方, the platform, the place.
fn short(account: AssetRef<'_>) -> String {
    let pool = &account.table.records.pool;
    let (stem, folded) = (pool.get(account.meaning().stem), pool.get(account.meaning().folded));
    match (stem.is_empty(), folded.is_empty()) {
        (false, _) => stem.to_owned(),
        (true, false) => folded.to_owned(),
        _ => fold(account.name()),
    }
}
