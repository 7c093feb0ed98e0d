//! 名称看不出是谁: neither place nor body shows in the name.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::sink::{Draft, Sink};
use crate::knowledge::text::{fold, words};
use crate::model::{AssetRef, Audience, Confidence, Field, Kind, Message, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-name-not-entity",
    kinds: &[Kind::App, Kind::Account],
    clauses: &["security-2024/naming"],
    severity: Severity::Advisory,
    confidence: Confidence::Low,
    exemptions: &["entity-shown", "principle"],
    fires: &[one!(ACCOUNT, Name = "好望角之声"; unit: "甲县林业局")],
    quiet: &[
        one!(ACCOUNT, Name = "甲县发布"; unit: "甲县人民政府办公室"),
        one!(ACCOUNT, Name = "林业之声"; unit: "甲县林业局"),
        one!(ACCOUNT, Name = "好望角之声", Description = "甲县林业局官方账号"; unit: "甲县林业局"),
        one!(ACCOUNT, Name = "好望角之声"; unit: ""),
    ],
    ..RuleMeta::BASE
};

/// Characters that every unit and place may have: sharing them means nothing.
const COMMON: &str = "人民政府办公厅室委员会局中心共国省市县区乡镇街道村社处科站院所和与的管理服务事务家总";
/// What provinces are called for short, and old names of regions that stand for them.
const ABBREVIATIONS: &str = "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂楚湘粤桂琼川蜀贵黔滇陕秦甘陇宁藏蒙疆";

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for asset in META.kinds.iter().flat_map(|&kind| case.live(kind)) {
        // The provisions speak of apps that serve the public; those for staff alone are none of them.
        let serves_public = matches!(asset.meaning().audience, Audience::Public | Audience::Both);
        if serves_public || asset.meaning().kind == Kind::Account {
            sink.drafts.extend(judge(case, asset));
        }
    }
}

fn judge(case: &Case<'_>, asset: AssetRef<'_>) -> Option<Draft> {
    let unit = asset.unit();
    // A name that tells a duty tells something.
    if unit.canonical.is_empty() || !asset.functions().is_empty() {
        return None;
    }
    let name = fold(asset.name());
    let verified = asset.text(Field::VerifiedSubject);
    let texts = [Field::Description, Field::FunctionDesc, Field::Remark];
    if name.is_empty()
        || !verified.is_empty()
        || texts.iter().any(|&f| asset.text(f).contains(&unit.canonical))
    {
        return None;
    }
    let tells_place = words("account-name-not-entity-national")
        .iter()
        .chain(words("account-name-not-entity-old-names"))
        .any(|word| name.contains(word))
        || name.chars().any(|c| ABBREVIATIONS.contains(c))
        || !case.ctx.lexicon.regions.mentions(&name).is_empty();
    if tells_place || shares(&name, &known(asset)) {
        return None;
    }
    let reason = Message::new("reason.no-entity").with("unit", &unit.canonical);
    Some(Draft::on(asset, asset.record().name_field(), reason).confidence(Confidence::Low))
}

/// What is known of whose it is: owner as written and in full, its places.
fn known(asset: AssetRef<'_>) -> String {
    let unit = asset.unit();
    let places = asset.table.regions.path(unit.region);
    let parts = [unit.canonical.as_str(), asset.text(Field::OwnerUnit), &asset.region().name];
    parts.into_iter().chain(places).map(fold).collect::<Vec<_>>().join(" ")
}

/// Whether a name has a telling character of it (农 of 农业农村局 in 三农在线), or two in a row that are not (民政).
fn shares(name: &str, known: &str) -> bool {
    let telling = |c: char| !c.is_ascii() && !COMMON.contains(c) && known.contains(c);
    let letters: Vec<char> = name.chars().collect();
    let pairs = letters.windows(2).map(|pair| pair.iter().collect::<String>());
    letters.iter().copied().any(telling) || pairs.into_iter().any(|pair| known.contains(&pair))
}
