//! 未认证或者认证主体不一致: verification that does not show the sponsor.

use super::super::case::{Case, is_stated};
use super::super::demand::denied;
use super::super::meta::{RuleMeta, asks, one};
use super::super::sink::{Draft, Sink};
use crate::knowledge::lexicon::units::UnitSetting;
use crate::knowledge::text::fold;
use crate::model::{AssetRef, Confidence, Field, Kind, Message};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-unverified-or-mismatch",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-1-verified"],
    exemptions: &["same-line", "reform-grace"],
    columns: &[Field::Verified, Field::VerifiedSubject],
    fires: &[
        one!(ACCOUNT, Name = "甲县农业", Verified = "否"),
        one!(
            ACCOUNT,
            Name = "甲县农业",
            OwnerUnit = "甲县农业农村局",
            VerifiedSubject = "甲县大好河山文化传播有限公司"
        ),
    ],
    quiet: &[
        one!(ACCOUNT, Name = "甲县农业", Verified = "是", VerifiedSubject = "甲县农业农村局"),
        one!(ACCOUNT, Name = "甲县农业", OwnerUnit = "甲县农业农村局", VerifiedSubject = "甲县农业局"),
        asks!([Verified], ACCOUNT, Name = "甲县农业"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for account in case.live(Kind::Account) {
        let draft = denied(case, account, Field::Verified).or_else(|| mismatch(case, account));
        sink.drafts.extend(draft);
    }
}

/// Another line of work, or a company: anything less may be the same unit in other words.
fn mismatch(case: &Case<'_>, account: AssetRef<'_>) -> Option<Draft> {
    let subject = fold(account.text(Field::VerifiedSubject));
    let unit = account.unit();
    if subject.is_empty() || unit.canonical.is_empty() || !is_stated(&subject) {
        return None;
    }
    let owner = fold(&unit.canonical) + &fold(account.text(Field::OwnerUnit));
    let company = |text: &str| ["公司", "集团", "企业"].iter().any(|word| text.contains(word));
    let reason = |key| Message::new(key).with("unit", &unit.canonical);
    if company(&subject) && !company(&owner) {
        let draft = Draft::on(account, Field::VerifiedSubject, reason("reason.subject-company"));
        return Some(draft.confidence(Confidence::Medium));
    }
    let lexicon = case.ctx.lexicon;
    let setting = UnitSetting { contexts: &[unit.region], ..UnitSetting::default() };
    let reading = lexicon.units.read(&subject, &lexicon.regions, setting);
    let known = |body: &str| lexicon.units.get(body).is_some();
    let other = known(&reading.body) && known(&unit.body) && reading.line != unit.line;
    other.then(|| {
        Draft::on(account, Field::VerifiedSubject, reason("reason.subject-other")).confidence(Confidence::Low)
    })
}
