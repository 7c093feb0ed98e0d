//! One way to find a field, as it is written in an adapter: `json:…`, `css:… @attribute`, `label:…`, `meta:…`,
//! `var:…`.

use serde::{Deserialize, Deserializer};

/// One way to find a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A path in the record.
    Json(String),
    /// The text, or an attribute, of the first element that a selector matches.
    Css(String, Option<String>),
    /// What stands beside or behind a label.
    Label(String),
    /// The content of a meta element with this name or property.
    Meta(String),
    /// A variable of a script.
    Var(String),
}

impl Way {
    /// Reads a way; `None` when it begins with no known word.
    pub fn parse(text: &str) -> Option<Way> {
        let (kind, rest) = text.split_once(':')?;
        let rest = rest.trim().to_owned();
        if rest.is_empty() {
            return None;
        }
        Some(match kind {
            "json" => Way::Json(rest),
            "css" => match rest.rsplit_once(" @") {
                Some((selector, attribute)) => Way::Css(selector.to_owned(), Some(attribute.to_owned())),
                None => Way::Css(rest, None),
            },
            "label" => Way::Label(rest),
            "meta" => Way::Meta(rest),
            "var" => Way::Var(rest),
            _ => return None,
        })
    }
}

impl std::fmt::Display for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Way::Json(path) => write!(f, "json:{path}"),
            Way::Css(selector, None) => write!(f, "css:{selector}"),
            Way::Css(selector, Some(attribute)) => write!(f, "css:{selector} @{attribute}"),
            Way::Label(label) => write!(f, "label:{label}"),
            Way::Meta(name) => write!(f, "meta:{name}"),
            Way::Var(name) => write!(f, "var:{name}"),
        }
    }
}

impl<'de> Deserialize<'de> for Way {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Way, D::Error> {
        let text = String::deserialize(deserializer)?;
        Way::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("“{text}”: json:, css:, label:, meta: or var: expected"))
        })
    }
}
