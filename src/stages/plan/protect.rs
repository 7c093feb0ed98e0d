//! What a machine never closes: security (安保) and emergency (应急) systems.

use crate::knowledge::lexicon::Lexicon;
use crate::model::{AssetRef, Field, Kind};

/// Domain of the function taxonomy whose systems are protected.
const EMERGENCY_DOMAIN: &str = "emergency";

/// Whether an item is stated to be for a special scenario (特殊场景), or is an app that does emergency
/// jobs and nothing else.
///
/// A stated scenario counts whatever its grounds: wanting grounds is a finding, not a reason to close. A
/// forest ranger's app that can also report a fire is not an emergency system, nor is a chat group.
pub(super) fn is_protected(asset: AssetRef<'_>, lexicon: &Lexicon) -> bool {
    let scenario = asset.text(Field::SpecialScenario);
    let is_emergency = |&f: &crate::model::FunctionId| lexicon.functions.get(f).domain == EMERGENCY_DOMAIN;
    let functions = asset.functions();
    let is_system = asset.meaning().kind == Kind::App && !functions.is_empty();
    !matches!(scenario, "" | "无" | "否") || is_system && functions.iter().all(is_emergency)
}
