//! Display names of canonical ids.
//!
//! For: the one place where an id of the document becomes a word for people. Not for: the words
//! themselves (message catalogue, lexicon, clause book). Invariant: an id without a name is shown as it
//! is, never hidden.

use crate::knowledge::clause::{Both, ClauseBook};
use crate::knowledge::lexicon::{FunctionBook, PlatformBook};
use crate::knowledge::messages::{Catalogue, Lang};
use crate::scan::document::{Asset, Source};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names of the lexicon by id, read once and only when a view needs them.
type Book = LazyLock<BTreeMap<String, Both>>;

static PLATFORMS: Book = LazyLock::new(|| {
    let book = PlatformBook::load(&[]);
    book.iter().map(|(_, p)| (p.id.clone(), Both { zh: p.zh.clone(), en: p.en.clone() })).collect()
});

static FUNCTIONS: Book = LazyLock::new(|| {
    let book = FunctionBook::load(&[]);
    book.iter().map(|(_, f)| (f.id.clone(), Both { zh: f.zh.clone(), en: f.en.clone() })).collect()
});

static CLAUSES: LazyLock<ClauseBook> = LazyLock::new(ClauseBook::load);

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
    kind = "kind";
    level = "level";
    practice = "detect.category";
    relation = "relation";
    severity = "severity";
    sourced = "report.sourced";
    status = "status";
    step = "step";
}

impl Names<'_> {
    /// The name of a platform.
    pub fn platform(self, id: &str) -> String {
        self.listed(&PLATFORMS, id)
    }

    /// The name of a function.
    pub fn function(self, id: &str) -> String {
        self.listed(&FUNCTIONS, id)
    }

    /// How a clause is cited.
    pub fn clause(self, id: &str) -> String {
        CLAUSES.get(id).map_or_else(|| id.to_owned(), |clause| clause.citation(self.catalogue.lang()))
    }

    /// The names of functions, as a list.
    pub fn functions(self, ids: &[String]) -> String {
        ids.iter().map(|id| self.function(id)).collect::<Vec<_>>().join(self.enumerated())
    }

    /// The title of a rule, or what a clause that no rule checks demands, with its citation.
    pub fn rule(self, id: &str) -> String {
        if let Some(title) = self.catalogue.get(&format!("rule.{id}.title")) {
            return title.to_owned();
        }
        if !id.contains('/') {
            return id.to_owned();
        }
        match CLAUSES.get(id) {
            Some(clause) => {
                let lang = self.catalogue.lang();
                let args =
                    [("citation", &*clause.citation(lang)), ("paraphrase", clause.paraphrase.of(lang))];
                self.fill("report.not-checked.clause", &args)
            }
            None => id.to_owned(),
        }
    }

    /// What separates the entries of a list in running text.
    pub fn comma(self) -> &'static str {
        match self.catalogue.lang() {
            Lang::Zh => "；",
            Lang::En => "; ",
        }
    }

    /// What separates the words of an enumeration within a sentence.
    pub fn enumerated(self) -> &'static str {
        match self.catalogue.lang() {
            Lang::Zh => "、",
            Lang::En => ", ",
        }
    }

    /// The name of the owner as the file wrote it, else the canonical one, else "not stated".
    pub fn owner(self, asset: &Asset) -> String {
        let owner = &asset.owner_unit;
        let name = if owner.text.trim().is_empty() { &owner.canonical } else { &owner.text };
        if name.trim().is_empty() { self.text("report.no-unit") } else { name.clone() }
    }

    /// File › sheet › cell and heading, leaving out what is not known.
    pub fn place(self, source: &Source) -> String {
        let mut parts = vec![source.file.clone()];
        if !source.sheet.is_empty() {
            parts.push(source.sheet.clone());
        }
        let row = source.row.to_string();
        let header = source.header.as_deref().unwrap_or("");
        match (source.column.as_deref(), source.row) {
            (Some(column), 0) => parts.push(self.fill("report.place.column", &[("column", column)])),
            (Some(column), _) => parts.push(format!("{column}{row}")),
            (None, 0) => {}
            (None, _) => parts.push(self.fill("report.place.row", &[("row", &row)])),
        }
        let place = parts.join(" › ");
        if header.is_empty() {
            return place;
        }
        self.fill("report.place.headed", &[("place", &place), ("header", header)])
    }

    /// A text of the catalogue.
    pub fn text(self, key: &str) -> String {
        self.catalogue.text(key).into_owned()
    }

    /// A text of the catalogue with its values.
    pub fn fill(self, key: &str, args: &[(&str, &str)]) -> String {
        self.catalogue.fill(key, args)
    }

    fn listed(self, book: &Book, id: &str) -> String {
        book.get(id).map_or_else(|| id.to_owned(), |name| name.of(self.catalogue.lang()).to_owned())
    }

    fn lookup(self, prefix: &str, id: &str, suffix: &str) -> String {
        let key = format!("{prefix}.{id}{suffix}");
        let text = if id.is_empty() { None } else { self.catalogue.get(&key) };
        text.unwrap_or(id).to_owned()
    }
}
