//! What else two scans were made with: rules, policy, parameters, the day.
//!
//! For: telling a change of ours from one of the world. Not for: the inputs themselves (`absence`).

use super::Condition;
use crate::model::Cause;
use crate::scan::document::ScanDocument;

/// Everything but the inputs that a result depends on, where it differs; the gravest cause first.
pub(super) fn conditions(earlier: &ScanDocument, later: &ScanDocument) -> Vec<Condition> {
    let profiles = |scan: &ScanDocument| {
        let used = scan.parameters.profiles.iter();
        used.map(|p| format!("{} {}", p.name, p.blake3.get(..8).unwrap_or(""))).collect::<Vec<_>>().join(", ")
    };
    let digest = |text: &str| text.get(..12).unwrap_or(text).to_owned();
    let parts = [
        ("tool", earlier.tool.clone(), later.tool.clone(), Cause::Rules),
        ("rule-set", digest(&earlier.parameters.rule_set), digest(&later.parameters.rule_set), Cause::Rules),
        ("policy", digest(&earlier.parameters.policy), digest(&later.parameters.policy), Cause::Policy),
        ("profiles", profiles(earlier), profiles(later), Cause::Policy),
        (
            "matching",
            earlier.parameters.matching.clone(),
            later.parameters.matching.clone(),
            Cause::Parameters,
        ),
        ("as-of", earlier.as_of.clone(), later.as_of.clone(), Cause::Date),
    ];
    let differ = parts.into_iter().filter(|(_, before, after, _)| before != after);
    differ.map(|(what, before, after, cause)| Condition { what, before, after, cause }).collect()
}

/// The likeliest cause of something understood otherwise: how cells are read never depends on the day. Nothing where only
/// the world can have changed.
pub(super) fn ours(conditions: &[Condition]) -> Option<Cause> {
    cause(conditions).filter(|cause| *cause != Cause::Date)
}

/// The same in words for a judgement: where the day differs as well, it may be the reason, and that is said.
pub(super) fn word(conditions: &[Condition], cause: Cause) -> String {
    let by_day = conditions.iter().any(|condition| condition.cause == Cause::Date);
    let is_ours = matches!(cause, Cause::Rules | Cause::Policy | Cause::Parameters);
    let of = if by_day && is_ours { "cause-or-date" } else { "cause" };
    format!("@changes.{of}.{cause}")
}

/// The likeliest cause of a judgement that differs although no cell does.
pub(super) fn cause(conditions: &[Condition]) -> Option<Cause> {
    conditions.first().map(|condition| condition.cause)
}
