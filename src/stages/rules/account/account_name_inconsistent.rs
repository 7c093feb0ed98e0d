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
        let mut names: BTreeMap<String, BTreeSet<PlatformId>> = BTreeMap::new();
        for account in accounts {
            names.entry(short(*account)).or_default().insert(account.meaning().platform);
        }
        // One name on every platform is consistency enough; further accounts are another matter.
        let common = names.values().map(BTreeSet::len).max().unwrap_or_default();
        if platforms.len() < 2 || common == platforms.len() {
            continue;
        }
        for account in accounts {
            let others: Vec<AssetRef<'_>> =
                accounts.iter().copied().filter(|o| short(*o) != short(*account)).collect();
            let mut shown: Vec<&str> = others.iter().map(|o| o.name()).collect();
            shown.sort_unstable();
            shown.dedup();
            let reason = Message::new("reason.other-names").with("names", shown.join("、"));
            let draft = Draft::on(*account, account.record().name_field(), reason)
                .related(others.iter().map(|o| o.ix));
            sink.add(draft.confidence(Confidence::Low));
        }
    }
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
