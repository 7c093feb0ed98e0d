//! Exemptions: is security or emergency use claimed, and are grounds stated?

use super::case::{Case, is_stated};
use crate::model::{AssetRef, Field};

/// What an asset claims for itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Claim {
    /// Nothing.
    None,
    /// Special use, with grounds: exempt.
    Grounded,
    /// Special use without grounds: not exempt, and a fault of its own.
    Ungrounded,
}

/// Reads the claim of an asset. `in_text` says that its own description names such use.
pub(super) fn claim(case: &Case<'_>, asset: AssetRef<'_>, in_text: bool) -> Claim {
    let scenario = asset.text(Field::SpecialScenario);
    let claimed = in_text || scenario.trim() == "是" || case.ctx.detector.claims_exemption(scenario);
    match (claimed, is_stated(asset.text(Field::SpecialBasis))) {
        (false, _) => Claim::None,
        (true, true) => Claim::Grounded,
        (true, false) => Claim::Ungrounded,
    }
}
