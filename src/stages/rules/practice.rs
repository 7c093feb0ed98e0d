//! The one checker for practices that a column or a text may admit: check-in, points, online time …

use super::case::{Case, cell_text};
use super::claim::{Claim, claim};
use super::sink::{Draft, Sink};
use crate::knowledge::detect::{Category, Label, Modality, Polarity, snippet};
use crate::model::{AssetRef, Audience, Confidence, Exemption, Field, Kind, Message};

/// Free text that describes an app.
pub(super) const APP_TEXTS: &[Field] =
    &[Field::FunctionDesc, Field::Functions, Field::Description, Field::MandatoryFeatureNote];

/// A practice and where it shows.
pub(super) struct Practice {
    /// The kind of object it is checked on.
    pub(super) kind: Kind,
    /// What the detector must find.
    pub(super) categories: &'static [Category],
    /// The yes/no column that asks for it, where there is one.
    pub(super) flag: Option<Field>,
    /// The texts that may tell.
    pub(super) texts: &'static [Field],
    /// Whether security and emergency use is exempt once grounds are stated.
    pub(super) exemptible: bool,
}

/// Checks every live asset of the kind.
pub(super) fn check(case: &Case<'_>, sink: &mut Sink, practice: &Practice) {
    for asset in case.live(practice.kind) {
        if let Some(draft) = judge(case, asset, practice) {
            sink.add(draft);
        }
    }
}

/// The asserted mention that weighs most: binding before optional, then in the order of the texts.
pub(super) fn mention<'c>(
    case: &'c Case<'_>,
    asset: AssetRef<'_>,
    texts: &[Field],
    categories: &[Category],
) -> Option<(Field, &'c Label)> {
    let asserted = |l: &&Label| l.polarity == Polarity::Asserted && categories.contains(&l.category);
    let all = texts.iter().flat_map(|&f| case.labels(asset, f).iter().filter(asserted).map(move |l| (f, l)));
    all.min_by_key(|(_, label)| match label.modality {
        Modality::Must => 0,
        Modality::Unstated => 1,
        Modality::May => 2,
        Modality::Voluntary => 3,
    })
}

fn judge(case: &Case<'_>, asset: AssetRef<'_>, practice: &Practice) -> Option<Draft> {
    let answer = practice.flag.and_then(|field| asset.value(field).as_flag());
    let cells: Vec<Field> = practice.flag.into_iter().chain(practice.texts.iter().copied()).collect();
    let mention = mention(case, asset, &cells, practice.categories);
    if answer == Some(false) && mention.is_some_and(|(_, label)| serves_citizens(asset, label)) {
        return None;
    }
    let mut draft = match (practice.flag, answer, mention) {
        (Some(flag), Some(true), None) => Draft::on(asset, flag, Message::new("reason.practice.stated")),
        (Some(flag), Some(true), Some((field, label))) => {
            let words = format!("{}；{}", cell_text(asset, flag), snippet(asset.text(field), label));
            Draft::on(asset, flag, Message::new("reason.practice.stated")).also(asset, field).words(words)
        }
        (flag, answer, Some((field, label))) => {
            let draft = on_text(asset, field, label);
            match flag {
                Some(flag) if answer == Some(false) => {
                    let reason = Message::new("reason.practice.contradicted");
                    Draft { reason, confidence: Confidence::Low, ..draft.also(asset, flag) }
                }
                _ => draft,
            }
        }
        _ => return None,
    };
    if practice.exemptible {
        match claim(case, asset, mention.is_some_and(|(_, label)| label.exempt)) {
            Claim::Grounded => return None,
            Claim::Ungrounded => draft.exemption = Exemption::ClaimedWithoutGrounds,
            Claim::None => {}
        }
    }
    Some(draft)
}

/// Whether a mention in an app for the public is a service (自习座位签到, 课程签到): nobody of the staff is
/// named and nothing is demanded. Then it contradicts no "否" of the unit.
fn serves_citizens(asset: AssetRef<'_>, label: &Label) -> bool {
    asset.meaning().audience == Audience::Public && !label.staff && label.modality != Modality::Must
}

/// A finding that rests on words of a text.
pub(super) fn on_text(asset: AssetRef<'_>, field: Field, label: &Label) -> Draft {
    let optional = matches!(label.modality, Modality::May | Modality::Voluntary);
    let (reason, confidence) = if optional {
        (Message::new("reason.practice.optional"), Confidence::Low)
    } else {
        (label.reason.clone(), Confidence::Medium)
    };
    Draft::on(asset, field, reason).words(snippet(asset.text(field), label)).confidence(confidence)
}
