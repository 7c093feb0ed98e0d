//! Exemptions: is security or emergency use claimed, and are grounds stated?

use super::case::{Case, is_stated};
use crate::knowledge::detect::Label;
use crate::knowledge::text::words;
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

/// Reads the claim of an asset. `in_text` is its own sentence that names such use, if one does. Grounds count
/// wherever they stand: in their own column, in the note that states why a function is compulsory, and in the
/// sentence itself where it cites a document.
pub(super) fn claim(case: &Case<'_>, asset: AssetRef<'_>, in_text: Option<&str>) -> Claim {
    let scenario = asset.text(Field::SpecialScenario);
    let note = asset.text(Field::MandatoryFeatureNote);
    let noted = is_stated(note) && case.ctx.detector.claims_exemption(note);
    // What is claimed in the column for it has its grounds in the column beside it, not in the note.
    let entered = scenario.trim() == "是" || case.ctx.detector.claims_exemption(scenario);
    let claimed = in_text.is_some() || noted || entered;
    let grounded =
        noted && !entered || is_stated(asset.text(Field::SpecialBasis)) || in_text.is_some_and(cites);
    match (claimed, grounded) {
        (false, _) => Claim::None,
        (true, true) => Claim::Grounded,
        (true, false) => Claim::Ungrounded,
    }
}

/// The sentence of a text around a mention that names such use.
pub(super) fn exempt_sentence<'t>(text: &'t str, label: &Label) -> Option<&'t str> {
    const ENDS: [char; 7] = ['。', '；', ';', '！', '!', '？', '\n'];
    let from = text[..label.start].rfind(ENDS).map_or(0, |at| at);
    let to = text[label.end..].find(ENDS).map_or(text.len(), |at| label.end + at);
    label.exempt.then(|| text[from..to].trim_start_matches(ENDS))
}

/// Whether a sentence cites a document as its grounds: 依据《森林防火应急预案》.
fn cites(sentence: &str) -> bool {
    sentence.match_indices('《').any(|(at, _)| {
        let before = sentence[..at].trim_end();
        let cited = sentence[at..].find('》').is_some_and(|end| end > '《'.len_utf8());
        cited && words("grounds-before").iter().any(|word| before.ends_with(word))
    })
}
