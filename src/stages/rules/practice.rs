//! The one checker for practices that a column or a text may admit: check-in, points, online time …

use super::answers::answer;
use super::case::{Case, cell_text};
use super::claim::{Claim, claim, exempt_sentence};
use super::sink::{Draft, Sink};
use crate::knowledge::detect::{Category, Label, Modality, Polarity, snippet};
use crate::model::{AssetRef, Audience, Confidence, Field, Kind, Message};

/// Free text that describes an app.
pub(super) const APP_TEXTS: &[Field] =
    &[Field::FunctionDesc, Field::Functions, Field::Description, Field::MandatoryFeatureNote];

/// A practice and where it shows.
pub(super) struct Practice {
    /// The kinds of objects it is checked on.
    pub(super) kinds: &'static [Kind],
    /// What the detector must find.
    pub(super) categories: &'static [Category],
    /// Whether a mention is about this practice, where its category has several: by its words and its whole text.
    pub(super) counts: fn(&str, &str) -> bool,
    /// The column that asks for it, where there is one.
    pub(super) flag: Option<Field>,
    /// Where that column takes text: the words that say yes and what.
    pub(super) says: &'static [&'static str],
    /// Words of that column that say no more than what they are part of (公益广告).
    pub(super) except: &'static [&'static str],
    /// Whether a bare yes in that column is an answer, or only its words are.
    pub(super) bare_yes: bool,
    /// The texts that may tell.
    pub(super) texts: &'static [Field],
    /// Whether security and emergency use is exempt once grounds are stated.
    pub(super) exemptible: bool,
}

impl Practice {
    /// What most practices have, for struct update.
    pub(super) const BASE: Practice = Practice {
        kinds: &[Kind::App],
        categories: &[],
        counts: |_, _| true,
        flag: None,
        says: &[],
        except: &[],
        bare_yes: true,
        texts: APP_TEXTS,
        exemptible: false,
    };
}

/// Checks every live asset of its kinds.
pub(super) fn check(case: &Case<'_>, sink: &mut Sink, practice: &Practice) {
    for asset in practice.kinds.iter().flat_map(|&kind| case.live(kind)) {
        sink.drafts.extend(judge(case, asset, practice));
    }
}

/// The asserted mention that weighs most: binding before optional, then in the order of the texts.
pub(super) fn mention<'c>(
    case: &'c Case<'_>,
    asset: AssetRef<'_>,
    texts: &[Field],
    categories: &[Category],
) -> Option<(Field, &'c Label)> {
    mention_of(case, asset, texts, categories, |_, _| true)
}

fn mention_of<'c>(
    case: &'c Case<'_>,
    asset: AssetRef<'_>,
    texts: &[Field],
    categories: &[Category],
    counts: impl Fn(&str, &str) -> bool,
) -> Option<(Field, &'c Label)> {
    let asserted = |l: &&Label| l.polarity == Polarity::Asserted && categories.contains(&l.category);
    let all = texts.iter().flat_map(|&f| case.labels(asset, f).iter().filter(asserted).map(move |l| (f, l)));
    let all = all.filter(|(field, label)| {
        let text = asset.text(*field);
        counts(&text[label.start..label.end], text)
    });
    all.min_by_key(|(_, label)| match label.modality {
        Modality::Must => 0,
        Modality::Unstated => 1,
        Modality::May => 2,
        Modality::Voluntary => 3,
    })
}

/// What the column that asks for it says, where it says something.
fn answered(asset: AssetRef<'_>, practice: &Practice) -> Option<bool> {
    let field = practice.flag?;
    // 强制 in a column of yes and no is an answer too.
    if let Some(flag) = asset.value(field).as_flag() {
        return Some(flag);
    }
    let mut text = asset.text(field).to_owned();
    for word in practice.except {
        text = text.replace(word, "");
    }
    let says = answer(&text, practice.says)?;
    let bare = says && !practice.says.iter().any(|word| text.contains(word));
    (!bare || practice.bare_yes).then_some(says)
}

/// The finding on one asset.
pub(super) fn judge(case: &Case<'_>, asset: AssetRef<'_>, practice: &Practice) -> Option<Draft> {
    let answer = answered(asset, practice);
    let cells: Vec<Field> = practice.flag.into_iter().chain(practice.texts.iter().copied()).collect();
    let mention = mention_of(case, asset, &cells, practice.categories, practice.counts);
    if answer == Some(false) && mention.is_some_and(|(_, label)| serves_citizens(asset, label)) {
        return None;
    }
    let draft = match (practice.flag, answer, mention) {
        (Some(flag), Some(true), Some((field, _))) if field == flag => {
            Draft::on(asset, flag, Message::new("reason.practice.stated"))
        }
        (Some(flag), Some(true), None) => Draft::on(asset, flag, Message::new("reason.practice.stated")),
        (Some(flag), Some(true), Some((field, label))) => {
            let words = format!("{}；{}", cell_text(asset, flag), snippet(asset.text(field), &label.words()));
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
        let said = mention.and_then(|(field, label)| exempt_sentence(asset.text(field), label));
        match claim(case, asset, said) {
            Claim::Grounded => return None,
            Claim::Ungrounded => return Some(draft.claimed()),
            Claim::None => {}
        }
    }
    Some(draft)
}

/// Whether words are about logging in; that has a rule of its own beside installing.
pub(super) fn is_log_in(words: &str) -> bool {
    ["登录", "登陆", "登錄", "上线", "上線"].iter().any(|word| words.contains(word))
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
    Draft::on(asset, field, reason).words(snippet(asset.text(field), &label.words())).confidence(confidence)
}
