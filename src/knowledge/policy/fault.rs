//! What is wrong in a policy file, and how it is shown under the line it stands on.
//!
//! For: one shape for every fault, with its place and its words. Not for: finding faults. Wording
//! is `policy.fault.<code>.{text,label,help}` in the catalogue: what is wrong, what was expected,
//! what to do.

use crate::knowledge::messages::Catalogue;
use crate::model::Message;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::ops::Range;

macro_rules! codes {
    ($($(#[$meta:meta])* $variant:ident = $name:literal;)+) => {
        /// What kind of fault it is.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum FaultCode { $($(#[$meta])* $variant,)+ }

        impl FaultCode {
            /// Every code.
            pub const ALL: &'static [FaultCode] = &[$(FaultCode::$variant,)+];

            /// `policy/<name>`, as shown.
            pub fn as_str(self) -> &'static str {
                match self { $(FaultCode::$variant => concat!("policy/", $name),)+ }
            }

            /// Catalogue keys of the sentence, the label under the caret, and the advice.
            pub fn keys(self) -> [&'static str; 3] {
                match self {
                    $(FaultCode::$variant => [
                        concat!("policy.fault.", $name, ".text"),
                        concat!("policy.fault.", $name, ".label"),
                        concat!("policy.fault.", $name, ".help"),
                    ],)+
                }
            }
        }
    };
}

codes! {
    /// Not TOML. `{reason}`
    Syntax = "syntax";
    /// Full-width punctuation where TOML wants half-width. `{found}` `{expected}`
    FullWidth = "full-width";
    /// A section that does not exist. `{found}` `{choices}`
    UnknownSection = "unknown-section";
    /// A key that does not exist here. `{found}` `{section}` `{choices}`
    UnknownKey = "unknown-key";
    /// A key that belongs to another section. `{found}` `{section}` `{belongs}`
    MisplacedKey = "misplaced-key";
    /// `[x]` where `[[x]]` is meant, or the other way round. `{section}` `{expected}`
    WrongShape = "wrong-shape";
    /// A value of another type. `{key}` `{expected}`
    WrongType = "wrong-type";
    /// A number outside its bounds. `{key}` `{expected}`
    OutOfRange = "out-of-range";
    /// A name that is not in its list. `{found}` `{key}` `{choices}`
    UnknownName = "unknown-name";
    /// A name twice in one list. `{found}`
    RepeatedName = "repeated-name";
    /// A required key is not there. `{section}` `{key}`
    MissingKey = "missing-key";
    /// An entry about something an earlier entry has settled. `{section}` `{line}`
    RepeatedEntry = "repeated-entry";
    /// A word given to a second entry. `{word}` `{section}` `{line}`
    ClaimedWord = "claimed-word";
    /// A judgement of an asset against itself. `{asset}`
    SameAsset = "same-asset";
    /// A file format of a later version. `{found}` `{expected}`
    OtherSchema = "other-schema";
    /// A file that is not there. `{found}`
    NoSuchFile = "no-such-file";
    /// A host that is none, or that stands for the hosts of many owners. `{found}`
    NotAHost = "not-a-host";
}

/// One fault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What kind.
    pub code: FaultCode,
    /// Bytes of the file that it is about.
    pub span: Range<usize>,
    /// Values for the sentences.
    pub args: Vec<(&'static str, String)>,
    /// The name that was probably meant; replaces the general advice.
    pub suggestion: Option<String>,
}

impl Fault {
    /// A fault without values.
    pub(super) fn new(code: FaultCode, span: Range<usize>) -> Self {
        Fault { code, span, args: Vec::new(), suggestion: None }
    }

    /// Adds a value for the sentences.
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Adds the name that was probably meant.
    pub(super) fn suggest(mut self, name: Option<&str>) -> Self {
        self.suggestion = name.map(str::to_owned);
        self
    }

    fn say(&self, key: &'static str, catalogue: &Catalogue) -> String {
        catalogue.render(&Message { key, args: self.args.clone() })
    }
}

/// All faults of one file, in the order of their places, with the text that they point into.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Faults {
    /// The file as the user named it.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The faults; never empty.
    pub list: Vec<Fault>,
}

impl Faults {
    /// 1-based line and column (in characters) of a fault.
    pub fn place(&self, fault: &Fault) -> (u32, u32) {
        place(&self.text, fault.span.start)
    }

    /// Every fault for people: the line, a mark under the text, what was expected, what to do.
    pub fn render(&self, catalogue: &Catalogue, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let shown: Vec<String> =
            self.list.iter().map(|f| self.render_one(f, catalogue, renderer.clone())).collect();
        shown.join("\n\n")
    }

    fn render_one(&self, fault: &Fault, catalogue: &Catalogue, renderer: Renderer) -> String {
        let [text, label, help] = fault.code.keys();
        let title = fault.say(text, catalogue);
        let label = fault.say(label, catalogue);
        let help = match &fault.suggestion {
            Some(name) => catalogue.fill("policy.did-you-mean", &[("name", name)]),
            None => fault.say(help, catalogue),
        };
        let (error, advice) = (catalogue.text("policy.error"), catalogue.text("policy.help"));

        // Only the line itself is handed over: the picture stays small, and a long file cheap.
        let start = self.text[..fault.span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let line = self.text[start..end].trim_end_matches('\r');
        let from = (fault.span.start - start).min(line.len());
        let to = fault.span.end.saturating_sub(start).clamp(from, line.len());
        let snippet = Snippet::source(line)
            .line_start(self.place(fault).0 as usize)
            .path(self.path.as_str())
            .annotation(AnnotationKind::Primary.span(from..to).label(label));
        let title = Level::ERROR.with_name(error.as_ref()).primary_title(title).id(fault.code.as_str());
        renderer
            .render(&[title.element(snippet).element(Level::HELP.with_name(advice.as_ref()).message(help))])
    }
}

/// 1-based line and column (in characters) of a byte.
pub(super) fn place(text: &str, at: usize) -> (u32, u32) {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line as u32, column as u32)
}
