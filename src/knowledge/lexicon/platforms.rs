//! Platforms (平台): where apps, accounts and groups live.
//!
//! For: one id for 微信公众号, 公众号, 订阅号. Not for: deciding what a row is; a word that fits several
//! kinds (微信) says so.

use super::phrases::Phrases;
use super::table;
use crate::knowledge::text::fold;
use crate::model::{Kind, LocalPlatform, PlatformId};

const PLATFORMS: &str = include_str!("../../data/lexicon/platforms.tsv");
const WORDS: &str = include_str!("../../data/lexicon/platform_words.tsv");

/// One platform.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Platform {
    /// ASCII id, such as `wechat`; empty for "not known".
    pub id: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// What an entry on it can be.
    pub kinds: Vec<Kind>,
}

/// A platform found for a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlatformMatch {
    /// The platform.
    pub platform: PlatformId,
    /// Whether the text alone tells what kind of item it is.
    pub tells_kind: bool,
}

/// All platforms; the one with id 0 is "not known".
pub struct PlatformBook {
    platforms: Vec<Platform>,
    names: Phrases<PlatformId>,
    words: Phrases<(Kind, PlatformId)>,
}

impl PlatformBook {
    /// The vendored table, with the platforms of a place laid over it.
    pub fn load(local: &[LocalPlatform]) -> PlatformBook {
        let mut book = PlatformBook {
            platforms: vec![Platform::default()],
            names: Phrases::default(),
            words: Phrases::default(),
        };
        for [id, zh, en, kind, aliases] in table::rows(PLATFORMS) {
            let at = PlatformId(book.platforms.len() as u16);
            for name in [id, zh, en].into_iter().chain(table::items(aliases)) {
                book.names.add(&fold(name), at);
            }
            let kinds = vec![Kind::parse(kind).unwrap_or_default()];
            book.platforms.push(Platform { id: id.into(), zh: zh.into(), en: en.into(), kinds });
        }
        for [word, kind, platform] in table::rows(WORDS) {
            let kind = Kind::parse(kind).unwrap_or_default();
            let at = book.by_id(platform).unwrap_or_default();
            book.words.add(&fold(word), (kind, at));
        }
        for platform in local {
            let id = &platform.id;
            let at = book.by_id(id).unwrap_or_else(|| {
                let (zh, en) = (id.clone(), id.clone());
                let kinds = vec![platform.kind];
                book.platforms.push(Platform { id: id.clone(), zh, en, kinds });
                PlatformId((book.platforms.len() - 1) as u16)
            });
            for word in &platform.words {
                book.words.remove(&fold(word));
                book.names.replace(&fold(word), at);
            }
        }
        book
    }

    /// A platform.
    pub fn get(&self, id: PlatformId) -> &Platform {
        &self.platforms[usize::from(id.0)]
    }

    /// The platform with this ASCII id.
    pub fn by_id(&self, id: &str) -> Option<PlatformId> {
        self.platforms.iter().position(|p| p.id == id && !id.is_empty()).map(|at| PlatformId(at as u16))
    }

    /// Every platform with its id, "not known" left out.
    pub fn iter(&self) -> impl Iterator<Item = (PlatformId, &Platform)> {
        self.platforms.iter().enumerate().skip(1).map(|(at, p)| (PlatformId(at as u16), p))
    }

    /// The platform a text names, as far as the text alone tells.
    pub fn find(&self, text: &str) -> Option<PlatformId> {
        self.find_for(&fold(text), None).map(|m| m.platform)
    }

    /// The platform a folded text names for an item of `kind`.
    pub fn find_for(&self, folded: &str, kind: Option<Kind>) -> Option<PlatformMatch> {
        let words = self.words.get(folded);
        if !words.is_empty() {
            let fits = kind.and_then(|kind| words.iter().find(|w| w.0 == kind));
            let platform = fits.map(|w| w.1).or_else(|| self.names.get(folded).first().copied())?;
            return Some(PlatformMatch { platform, tells_kind: false });
        }
        if let Some(&platform) = self.names.get(folded).first() {
            return Some(PlatformMatch { platform, tells_kind: true });
        }
        // 微信公众号（订阅号）, 抖音@甲市发布: the front tells, if it is more than a company's name.
        let (length, found) = self.names.prefixes(folded).find(|p| p.0 >= 6)?;
        let tells_kind = self.words.get(&folded[..length]).is_empty();
        Some(PlatformMatch { platform: found[0], tells_kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_belongs_to_two_platforms() {
        table::assert_sorted::<5>(PLATFORMS);
        let mut owners = std::collections::BTreeMap::new();
        for [id, zh, en, kind, aliases] in table::rows(PLATFORMS) {
            assert!(Kind::parse(kind).is_some(), "{id}: {kind}");
            for name in [id, zh, en].into_iter().chain(table::items(aliases)) {
                let owner = owners.insert(fold(name), id);
                assert!(owner.is_none_or(|o| o == id), "{name}: {owner:?} and {id}");
            }
        }
        let book = PlatformBook::load(&[]);
        for [word, kind, platform] in table::rows(WORDS) {
            assert!(Kind::parse(kind).is_some() && book.by_id(platform).is_some(), "{word}");
        }
    }

    #[test]
    fn a_word_means_what_its_table_is_about() {
        let book = PlatformBook::load(&[]);
        let id =
            |text: &str, kind| book.find_for(&fold(text), kind).map(|m| book.get(m.platform).id.as_str());
        assert_eq!(id("微信", None), Some("wechat"));
        assert_eq!(id("微信", Some(Kind::Group)), Some("wechat-group"));
        assert_eq!(id("政务微博", Some(Kind::Account)), Some("weibo"));
        assert_eq!(id("微信公众号（订阅号）", None), Some("wechat"));
        assert_eq!(id("Wechat_Channels", None), Some("wechat-channels"));
        assert_eq!(id("不知道", None), None);
    }
}
