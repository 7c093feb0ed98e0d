//! The message catalogue: every sentence that users see, once per language.
//!
//! For: turning a [`Message`] or a key into text. Not for: deciding what to say. The catalogue is
//! data, one TOML file per area and language under `src/data/messages/`; tests keep the two
//! languages' keys and placeholders equal.

mod lang;

pub use lang::Lang;

use crate::model::{Diagnostic, Message};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One area of the catalogue in both languages: name, Chinese file, English file.
macro_rules! areas {
    ($($area:literal),+ $(,)?) => {
        const AREAS: &[(&str, &str, &str)] = &[$((
            $area,
            include_str!(concat!("../../data/messages/zh/", $area, ".toml")),
            include_str!(concat!("../../data/messages/en/", $area, ".toml")),
        ),)+];
    };
}

areas![
    "changes",
    "cli",
    "collect",
    "dashboard",
    "diag",
    "draft",
    "evidence",
    "fields",
    "model",
    "notice",
    "plan",
    "policy",
    "reduction",
    "report",
    "review",
    "rules",
    "rules_account",
    "rules_any",
    "rules_app",
    "rules_group",
    "template"
];

static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(Lang::Zh));
static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(Lang::En));

/// All sentences of one language.
pub struct Catalogue {
    lang: Lang,
    /// Keys, sorted.
    keys: Vec<String>,
    /// Texts by key: long reports look millions of them up, and keys that begin alike are slow to tell apart in a tree.
    texts: FxHashMap<String, String>,
}

impl Catalogue {
    /// The catalogue of a language, loaded once.
    pub fn of(lang: Lang) -> &'static Catalogue {
        match lang {
            Lang::Zh => &CHINESE,
            Lang::En => &ENGLISH,
        }
    }

    /// Its language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The text of a key as it stands in the catalogue.
    ///
    /// A key that is not there gives the key itself in brackets: visible, never a panic. Tests make
    /// sure that no code asks for one.
    pub fn text<'a>(&'a self, key: &'a str) -> std::borrow::Cow<'a, str> {
        match self.get(key) {
            Some(text) => text.into(),
            None => format!("[{key}]").into(),
        }
    }

    /// The text of a key, if the catalogue has it.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// Whether the catalogue has the key.
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// Every key, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }

    /// The text of a key with each `{name}` replaced by its value.
    pub fn fill<N: AsRef<str>, V: AsRef<str>>(&self, key: &str, args: &[(N, V)]) -> String {
        let text = self.text(key);
        let filled = fill(&text, args);
        // A colon announces something: without it there is none.
        if text.ends_with('}') && filled.trim_end().ends_with(['：', ':']) {
            return filled.trim_end().trim_end_matches(['：', ':']).to_owned();
        }
        filled
    }

    /// A message in this language. A value of the form `@key` is itself looked up.
    pub fn render(&self, message: &Message) -> String {
        let args: Vec<(&str, String)> =
            message.args.iter().map(|(n, v)| (*n, self.value(v, &message.args))).collect();
        self.fill(message.key, &args)
    }

    /// The sentence of a diagnostic.
    pub fn diagnostic(&self, diagnostic: &Diagnostic) -> String {
        let args = &diagnostic.args;
        let args: Vec<(&str, String)> = args.iter().map(|(n, v)| (*n, self.value(v, args))).collect();
        self.fill(&format!("diag.{}.text", diagnostic.code), &args)
    }

    /// What to do about a diagnostic.
    pub fn diagnostic_help(&self, diagnostic: &Diagnostic) -> String {
        self.fill(&format!("diag.{}.help", diagnostic.code), &diagnostic.args)
    }

    /// A value on its own: `@kind.app` in this language, anything else as it is.
    pub fn word(&self, value: &str) -> String {
        self.value(value, &[])
    }

    /// Values that name a catalogue key (`@field.owner_unit`) are shown in the language asked for;
    /// placeholders of that text are filled from the other values.
    fn value(&self, value: &str, args: &[(&'static str, String)]) -> String {
        match value.strip_prefix('@') {
            Some(key) if self.has(key) => self.fill(key, args),
            _ => value.to_owned(),
        }
    }

    fn load(lang: Lang) -> Catalogue {
        let mut texts = BTreeMap::new();
        for (area, zh, en) in AREAS {
            let source = match lang {
                Lang::Zh => zh,
                Lang::En => en,
            };
            let table: toml::Table =
                source.parse().unwrap_or_else(|e| panic!("messages/{lang}/{area}.toml: {e}"));
            flatten("", &table, &mut texts);
        }
        Catalogue { lang, keys: texts.keys().cloned().collect(), texts: texts.into_iter().collect() }
    }
}

/// Nested tables become dotted keys.
fn flatten(prefix: &str, table: &toml::Table, texts: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, texts),
            toml::Value::String(text) => {
                let text = text.trim_end_matches('\n').to_owned();
                assert!(texts.insert(key.clone(), text).is_none(), "message {key} stands twice");
            }
            other => panic!("message {key} is not text: {other}"),
        }
    }
}

/// Replaces each `{name}` by its value, in one pass: a value that contains braces stays as it is.
fn fill<N: AsRef<str>, V: AsRef<str>>(template: &str, args: &[(N, V)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let close = rest.find('}').unwrap_or(0);
        let name = rest.get(1..close).unwrap_or("");
        if let Some((_, value)) = args.iter().find(|(n, _)| n.as_ref() == name) {
            out.push_str(value.as_ref());
            rest = &rest[close + 1..];
        } else {
            out.push('{');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn placeholders(text: &str) -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|t| t.split_once('}')).map(|(name, _)| name.to_owned()).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_placeholders() {
        let (zh, en) = (Catalogue::of(Lang::Zh), Catalogue::of(Lang::En));
        let (zh_keys, en_keys): (BTreeSet<_>, BTreeSet<_>) = (zh.keys().collect(), en.keys().collect());
        let only: Vec<_> = zh_keys.symmetric_difference(&en_keys).collect();
        assert!(only.is_empty(), "keys in one language only: {only:?}");
        for key in zh_keys {
            assert_eq!(placeholders(&zh.text(key)), placeholders(&en.text(key)), "placeholders of {key}");
            assert!(!zh.text(key).is_empty() && !en.text(key).is_empty(), "{key} is empty");
        }
    }

    #[test]
    fn values_are_filled_in_once_and_never_read_as_placeholders() {
        let args = [("a", "{b}"), ("b", "x")];
        assert_eq!(fill("{a}-{b}-{c}", &args), "{b}-x-{c}");
        assert_eq!(fill("no braces", &args), "no braces");
        assert_eq!(fill("{", &args), "{");
    }

    #[test]
    fn every_field_has_a_display_name() {
        for lang in [Lang::Zh, Lang::En] {
            for field in crate::model::Field::ALL {
                assert!(Catalogue::of(lang).has(&format!("field.{field}")), "{lang}: {field} has no name");
            }
        }
    }

    #[test]
    fn every_diagnostic_code_has_its_sentence_and_help() {
        for lang in [Lang::Zh, Lang::En] {
            for code in crate::model::Code::ALL {
                for part in ["text", "help"] {
                    let key = format!("diag.{code}.{part}");
                    assert!(Catalogue::of(lang).has(&key), "{lang}: {key} is missing");
                }
            }
        }
    }

    #[test]
    fn a_colon_with_nothing_behind_it_goes() {
        let zh = Catalogue::of(Lang::Zh);
        let said = |unit: &str| zh.fill("diag.ingest/zero-report.text", &[("unit", unit)]);
        assert_eq!((said("甲县林业局"), said("")), ("零报告：甲县林业局".to_owned(), "零报告".to_owned()));
    }

    #[test]
    fn the_notice_names_the_choices_that_the_ledger_has() {
        for lang in [Lang::Zh, Lang::En] {
            let catalogue = Catalogue::of(lang);
            let guide = catalogue.text("notice.guide.2");
            for choice in ["accept", "reject", "change", "defer"] {
                let key = format!("report.decision.{choice}");
                let word = catalogue.text(&key);
                let word = word.split(' ').next().unwrap().to_owned();
                assert!(guide.contains(&*word), "{guide}: {word}");
            }
        }
    }
}
