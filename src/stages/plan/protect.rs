//! What a machine never closes: security (安保) and emergency (应急) systems.

use crate::knowledge::lexicon::Lexicon;
use crate::model::{AssetRef, Field};

/// Domain of the function taxonomy whose items are protected.
const EMERGENCY_DOMAIN: &str = "emergency";

/// Whether an item is stated to be for a special scenario (特殊场景), or does an emergency job.
///
/// A stated scenario counts whatever its grounds: wanting grounds is a finding, not a reason to close.
pub(super) fn is_protected(asset: AssetRef<'_>, lexicon: &Lexicon) -> bool {
    let scenario = asset.text(Field::SpecialScenario);
    let stated = !scenario.is_empty() && scenario != "无" && scenario != "否";
    stated || asset.functions().iter().any(|&f| lexicon.functions.get(f).domain == EMERGENCY_DOMAIN)
}
