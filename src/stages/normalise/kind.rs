//! What a row is, whatever table it was listed in.

use crate::knowledge::lexicon::platforms::PlatformMatch;
use crate::knowledge::lexicon::{Lexicon, PlatformBook};
use crate::knowledge::text::words;
use crate::model::{AppForm, Kind, PlatformId};

/// What a record says that bears on its kind; all texts folded.
pub(super) struct Clues<'a> {
    /// What its table is about.
    pub(super) listed: Option<Kind>,
    pub(super) platform: &'a str,
    pub(super) form: &'a str,
    /// What sort of group it is said to be: 微信群 says on which platform, 临时 does not.
    pub(super) group: &'a str,
    pub(super) name: &'a str,
}

/// The verdict.
pub(super) struct Verdict {
    pub(super) kind: Kind,
    pub(super) form: AppForm,
    pub(super) platform: PlatformId,
    /// Whether a platform was written that the lexicon does not have.
    pub(super) unknown_platform: bool,
}

pub(super) fn decide(clues: &Clues<'_>, lexicon: &Lexicon) -> Verdict {
    let Clues { listed, platform, form, group, name } = *clues;
    let match_ = lexicon.platforms.find_for(platform, listed);
    let platform_kind = match_.filter(|m| m.tells_kind).map(|m| kind_of(&lexicon.platforms, m.platform));
    // 小程序 under 平台 says what it is and not on which platform.
    let stated = if match_.is_none() { lexicon.values.form(platform) } else { AppForm::Unknown };
    let form_value = match lexicon.values.form(form) {
        AppForm::Unknown => stated,
        known => known,
    };
    let form_kind = if form_value == AppForm::Unknown {
        lexicon
            .platforms
            .find_for(form, None)
            .filter(|m| m.tells_kind)
            .map(|m| kind_of(&lexicon.platforms, m.platform))
    } else {
        Some(Kind::App)
    };
    let kind = if listed == Some(Kind::Clue) {
        Kind::Clue
    } else {
        platform_kind
            .or(form_kind)
            .or_else(|| kind_of_name(name, listed))
            // 公众账号, 工作群组: a column of forms or platforms may say no more than the kind.
            .or_else(|| lexicon.values.kind(form))
            .or_else(|| match_.is_none().then(|| lexicon.values.kind(platform)).flatten())
            .or(listed)
            .unwrap_or(Kind::App)
    };
    // 微信 means another platform once the kind is known.
    let settled = match_.and_then(|_| lexicon.platforms.find_for(platform, Some(kind)));
    let platform_id = settled
        .map(|m: PlatformMatch| m.platform)
        .or_else(|| {
            lexicon.platforms.find_for(form, Some(kind)).filter(|_| !form.is_empty()).map(|m| m.platform)
        })
        .or_else(|| host(form, lexicon).or_else(|| host(platform, lexicon)).filter(|_| kind == Kind::App))
        .or_else(|| {
            let found = lexicon.platforms.find_for(group, Some(kind))?.platform;
            (kind == Kind::Group && kind_of(&lexicon.platforms, found) == kind).then_some(found)
        })
        .or_else(|| platform_of_name(name, kind, lexicon))
        .unwrap_or_default();
    let form = match kind {
        Kind::App => form_of(form_value, platform_id, name, lexicon),
        _ => AppForm::Unknown,
    };
    let unknown_platform =
        match_.is_none() && !platform.is_empty() && !words("kind-no-platform").contains(&platform);
    Verdict { kind, form, platform: platform_id, unknown_platform }
}

fn kind_of(platforms: &PlatformBook, id: PlatformId) -> Kind {
    platforms.get(id).kinds.first().copied().unwrap_or_default()
}

/// The platform of 小程序（支付宝）: what stands beside the word.
fn host(text: &str, lexicon: &Lexicon) -> Option<PlatformId> {
    let (before, behind) = text.split_once("小程序")?;
    let beside = format!("{before}{behind}");
    lexicon.platforms.find_for(&beside, Some(Kind::App)).map(|found| found.platform)
}

/// What the end of a name says, where it contradicts the table. 公众号 names end in anything, so only
/// unmistakable ends count.
fn kind_of_name(name: &str, listed: Option<Kind>) -> Option<Kind> {
    let ends = |words: &[&str]| words.iter().any(|w| name.ends_with(w));
    if ends(&["群", "群聊"]) && !ends(words("kind-not-groups")) {
        Some(Kind::Group)
    } else if ends(&["小程序", "快应用"]) || listed != Some(Kind::App) && ends(&["app", "客户端"]) {
        Some(Kind::App)
    } else if ends(&["门户网站", "官方网站", "官网", "网站", "桌面系统", "pc端", "矩阵"]) {
        Some(Kind::Other)
    } else if listed != Some(Kind::Account)
        && ends(&["公众号", "视频号", "订阅号", "官方微博", "头条号", "抖音号"])
    {
        Some(Kind::Account)
    } else {
        None
    }
}

/// 反诈微信群, 甲市钉钉群, 智慧停车小程序: the platform stands at the end of the name.
fn platform_of_name(name: &str, kind: Kind, lexicon: &Lexicon) -> Option<PlatformId> {
    let tail = [
        "微信群",
        "qq群",
        "钉钉群",
        "企业微信群",
        "浙政钉群",
        "飞书群",
        "微信工作群",
        "钉钉工作群",
        "qq工作群",
        "微信小程序",
        "支付宝小程序",
        "百度小程序",
        "抖音小程序",
        "小程序",
        "快应用",
        "视频号",
        "公众号",
        "订阅号",
        "官方微博",
        "头条号",
        "抖音号",
        "网站",
        "app",
        "客户端",
    ]
    .into_iter()
    .filter(|t| name.ends_with(t))
    .max_by_key(|t| t.len())?;
    let found = lexicon.platforms.find_for(tail, Some(kind))?;
    (kind_of(&lexicon.platforms, found.platform) == kind).then_some(found.platform)
}

fn form_of(stated: AppForm, platform: PlatformId, name: &str, lexicon: &Lexicon) -> AppForm {
    if stated != AppForm::Unknown {
        return stated;
    }
    let id = lexicon.platforms.get(platform).id.as_str();
    match id {
        "native-app" => AppForm::Native,
        "quick-app" => AppForm::QuickApp,
        "h5" | "wecom-app" | "dingtalk-app" => AppForm::Web,
        _ if id.ends_with("mini-program") || name.ends_with("小程序") => AppForm::MiniProgram,
        _ if name.ends_with("快应用") => AppForm::QuickApp,
        _ if name.ends_with("app") || name.ends_with("客户端") => AppForm::Native,
        _ => AppForm::Unknown,
    }
}
