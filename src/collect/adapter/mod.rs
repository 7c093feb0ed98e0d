//! Adapters: where a source keeps what, as data.
//!
//! For: `src/data/adapters/*.toml` and files of the user's own. Not for: reading a page (`reading`).
//! Invariants: an adapter that loads is usable (every selector and path parses), and templates lead only to
//! the adapter's own hosts.

mod check;
mod way;

pub use way::Way;

use super::subject::Subject;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adapter {
    /// Its name on the command line, in the policy and in records.
    pub id: String,
    /// Version of what it knows, a day.
    pub version: String,
    /// What people call it.
    pub name: Names,
    /// Hosts that its templates lead to, and whose links it reads. Empty: any host that is switched on for it and
    /// that no other adapter has.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Whether its pages are only ever saved by a person: what it has cannot be had with manners.
    #[serde(default)]
    pub by_hand: bool,
    /// The shop of a country, where answers differ by it.
    #[serde(default)]
    pub storefront: String,
    /// Kinds of items that it may have.
    pub kinds: Vec<String>,
    /// Least seconds between two requests, where the source wants more than the general rule.
    #[serde(default)]
    pub spacing: u32,
    /// Fields without which a page was not understood.
    pub required: Vec<String>,
    /// What it means that the records are there and ours is not among them; otherwise the shape has changed.
    #[serde(default)]
    pub absent: Option<String>,
    /// How it is asked; the first whose key an item has.
    pub ask: Vec<Ask>,
    /// Pages that are statements of state, in order.
    #[serde(default)]
    pub state: Vec<StateRule>,
    /// Where the record stands, in order.
    #[serde(default)]
    pub record: Vec<Place>,
    /// How each field is found, in order.
    pub fields: BTreeMap<String, Vec<Way>>,
}

/// A name in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// How a source is asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What of an item goes into the address.
    pub key: Key,
    /// The address with `{key}` in it; without one, the key is the address, or the page is saved by hand.
    #[serde(default)]
    pub template: Option<String>,
    /// How many keys go into one request, joined by commas.
    #[serde(default = "one")]
    pub batch: usize,
    /// The member of the record that is the key.
    #[serde(default, rename = "match")]
    pub matches: Option<String>,
}

fn one() -> usize {
    1
}

/// What of an item goes into an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// Package name.
    Package,
    /// Number in Apple's shop, from a link of the inventory.
    AppleId,
    /// Number in vivo's shop, from a link of the inventory.
    VivoId,
    /// A link of the inventory.
    Url,
}

/// A page that is a statement of state. All conditions that are there must hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateRule {
    /// What it states.
    pub state: String,
    /// Statuses, one of which it has.
    #[serde(default)]
    pub status: Vec<u16>,
    /// Sentences, one of which stands in it.
    #[serde(default)]
    pub text: Vec<String>,
    /// Words, one of which stands in its title.
    #[serde(default)]
    pub title: Vec<String>,
    /// A selector that matches.
    #[serde(default)]
    pub with: Option<String>,
    /// A selector that matches nothing.
    #[serde(default)]
    pub without: Option<String>,
    /// The script that holds JSON; the whole page without it.
    #[serde(default)]
    pub script: Option<String>,
    /// A path in that JSON that leads to something …
    #[serde(default)]
    pub json: Option<String>,
    /// … other than this …
    #[serde(default)]
    pub other_than: Option<String>,
    /// … and to nothing but this.
    #[serde(default)]
    pub is: Option<String>,
}

/// Where a record stands.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// In what.
    pub from: From,
    /// For `script`: the element.
    #[serde(default)]
    pub selector: Option<String>,
    /// For `json` and `script`: the path to the records.
    #[serde(default)]
    pub at: Option<String>,
    /// For `json-ld`: the types that are meant.
    #[serde(default, rename = "type")]
    pub types: Vec<String>,
}

/// What a record stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum From {
    /// The answer is JSON.
    Json,
    /// JSON in a script element.
    Script,
    /// A JSON-LD block.
    JsonLd,
    /// The page itself.
    Html,
}

/// Why a file is no adapter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct AdapterFault(pub String);

macro_rules! shipped {
    ($($name:literal),+ $(,)?) => {
        const SHIPPED: &[&str] = &[$(include_str!(concat!("../../data/adapters/", $name, ".toml"))),+];
    };
}

shipped!["apple", "yingyongbao", "xiaomi", "wandoujia", "vivo", "huawei", "oppo", "weixin-article", "page"];

static ALL: LazyLock<Vec<Adapter>> = LazyLock::new(|| {
    let parse = |text: &&str| Adapter::parse(text).unwrap_or_else(|fault| panic!("adapters: {fault}"));
    SHIPPED.iter().map(parse).collect()
});

/// The adapters shipped, the general one last.
///
/// # Panics
/// If one of them is broken, which a test rules out.
pub fn shipped() -> &'static [Adapter] {
    &ALL
}

impl Adapter {
    /// Reads an adapter file.
    ///
    /// # Errors
    /// With what is wrong, in the words of its reader.
    pub fn parse(text: &str) -> Result<Adapter, AdapterFault> {
        let adapter: Adapter = toml::from_str(text).map_err(|error| AdapterFault(error.to_string()))?;
        check::check(&adapter)?;
        Ok(adapter)
    }

    /// Its name in a language, `zh` or anything else for English.
    pub fn called(&self, lang: &str) -> &str {
        if lang == "zh" { &self.name.zh } else { &self.name.en }
    }

    /// Whether it is one of the general ones, which read any host that is switched on for them.
    pub fn is_general(&self) -> bool {
        self.hosts.is_empty()
    }

    /// The keys under which it can be asked for an item.
    pub fn keys(&self, subject: &Subject) -> Option<(usize, Vec<String>)> {
        if !self.kinds.contains(&subject.kind) {
            return None;
        }
        self.ask.iter().enumerate().find_map(|(index, ask)| {
            let keys = subject.keys(ask.key);
            (!keys.is_empty()).then_some((index, keys))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_adapter_shipped_loads_and_only_the_general_one_has_no_host() {
        let general: Vec<&str> = shipped().iter().filter(|a| a.is_general()).map(|a| a.id.as_str()).collect();
        assert_eq!(general, ["page"]);
        assert_eq!(shipped().len(), SHIPPED.len());
    }

    #[test]
    fn what_cannot_work_is_refused_with_its_name() {
        let good = SHIPPED[2];
        for (from, to, said) in [
            ("css:.intro-titles h3", "css:.intro-titles >> h3", ".intro-titles >> h3"),
            ("label:包名", "lable:包名", "lable"),
            ("https://app.mi.com/details?id={key}", "https://elsewhere.cn/{key}", "elsewhere.cn"),
            ("https://app.mi.com/details?id={key}", "https://app.mi.com/details", "{key}"),
            ("state = \"not-listed\"", "state = \"gone\"", "gone"),
            ("required = [\"name\", \"developer\"]", "required = [\"title\"]", "title"),
            ("kinds = [\"app\"]", "kinds = [\"apps\"]", "apps"),
        ] {
            assert!(good.contains(from), "{from}");
            let fault = Adapter::parse(&good.replacen(from, to, 1)).expect_err(to);
            assert!(fault.0.contains(said), "{fault}");
        }
    }
}
