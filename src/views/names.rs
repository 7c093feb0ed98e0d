//! Display names of canonical ids.
//!
//! For: the one place where an id of the document becomes a word for people. Not for: the words
//! themselves (message catalogue). Invariant: an id without a name is shown as it is, never hidden.

use crate::knowledge::messages::Catalogue;
use crate::scan::document::{Asset, Source};

/// Names in one language.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// Where they come from.
    pub catalogue: &'a Catalogue,
}

/// Declares one method per vocabulary: `kind("app")` is the text of `kind.app`.
macro_rules! vocabularies {
    ($($method:ident = $prefix:literal;)+) => {
        impl Names<'_> {
            $(#[doc = concat!("The name of an id of the vocabulary `", $prefix, "`.")]
            pub fn $method(self, id: &str) -> String { self.lookup($prefix, id, "") })+
        }
    };
}

vocabularies! {
    action = "action";
    alert = "alert";
    audience = "audience";
    basis = "basis";
    confidence = "confidence";
    exemption = "exemption";
    field = "field";
    finding_status = "finding-status";
    function = "function";
    kind = "kind";
    level = "level";
    platform = "platform";
    relation = "relation";
    severity = "severity";
    sourced = "report.sourced";
    status = "status";
    step = "step";
}

impl Names<'_> {
    /// The title of a rule.
    pub fn rule(self, id: &str) -> String {
        self.lookup("rule", id, ".title")
    }

    /// What separates the entries of a list in running text.
    pub fn comma(self) -> &'static str {
        match self.catalogue.lang() {
            crate::knowledge::messages::Lang::Zh => "；",
            crate::knowledge::messages::Lang::En => "; ",
        }
    }

    /// The name of the owner as the file wrote it, else the canonical one, else "not stated".
    pub fn owner(self, asset: &Asset) -> String {
        let owner = &asset.owner_unit;
        let name = if owner.text.trim().is_empty() { &owner.canonical } else { &owner.text };
        if name.trim().is_empty() { self.text("report.no-unit") } else { name.clone() }
    }

    /// File › sheet › row › column, leaving out what is not known.
    pub fn place(self, source: &Source) -> String {
        let mut parts = vec![source.file.clone()];
        if !source.sheet.is_empty() {
            parts.push(source.sheet.clone());
        }
        if source.row > 0 {
            parts.push(self.fill("report.place.row", &[("row", &source.row.to_string())]));
        }
        let header = source.header.as_deref().unwrap_or("");
        match (&source.column, header) {
            (Some(column), "") => parts.push(self.fill("report.place.column", &[("column", column)])),
            (Some(column), _) => {
                parts
                    .push(self.fill("report.place.headed-column", &[("column", column), ("header", header)]));
            }
            (None, "") => {}
            (None, _) => parts.push(header.to_owned()),
        }
        parts.join(" › ")
    }

    /// A text of the catalogue.
    pub fn text(self, key: &str) -> String {
        self.catalogue.text(key).into_owned()
    }

    /// A text of the catalogue with its values.
    pub fn fill(self, key: &str, args: &[(&str, &str)]) -> String {
        self.catalogue.fill(key, args)
    }

    fn lookup(self, prefix: &str, id: &str, suffix: &str) -> String {
        let key = format!("{prefix}.{id}{suffix}");
        if !id.is_empty() && self.catalogue.has(&key) { self.text(&key) } else { id.to_owned() }
    }
}
