//! Words of a place (本地词): what a user's policy adds to the tables of what words mean.
//!
//! For: carrying entries from the policy to the lexicon. Not for: what the tables themselves say.

use super::kinds::vocabulary;
use super::{Audience, Kind};

/// Everything a policy adds to the tables.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LocalWords {
    /// Bodies.
    pub units: Vec<LocalUnit>,
    /// Functions.
    pub functions: Vec<LocalFunction>,
    /// Platforms.
    pub platforms: Vec<LocalPlatform>,
    /// Words inside names, in the order of the file.
    pub name_words: Vec<(String, WordClass)>,
}

/// A body; one with the id of a vendored body takes its name over and adds to its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocalUnit {
    /// ASCII id.
    pub id: String,
    /// Full name without its place.
    pub name: String,
    /// Other names. A word that the tables gave to another body is this one's from now on.
    pub words: Vec<String>,
    /// Line of work; empty to keep the vendored one, or the id for a new body.
    pub line: String,
}

/// A function; one with the id of a vendored function adds to its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocalFunction {
    /// The id, which is what people are shown of a new function.
    pub id: String,
    /// Words that show it.
    pub words: Vec<String>,
    /// Whom it serves; unknown to keep the vendored side, or both sides for a new function.
    pub audience: Audience,
}

/// A platform; one with the id of a vendored platform adds to its names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocalPlatform {
    /// The id, which is what people are shown of a new platform.
    pub id: String,
    /// Other names.
    pub words: Vec<String>,
    /// What an entry on it is.
    pub kind: Kind,
}

vocabulary! {
    /// What a word inside a name is.
    WordClass {
        /// Adorns a name in front or at its end: 掌上, 通.
        Brand = "brand",
        /// Says only what sort of thing it is: 平台.
        Generic = "generic",
        /// What siblings are counted in, with any numeral: 三支队.
        Numbered = "numbered",
        /// Nothing special, whatever the tables say.
        #[default]
        Plain = "plain",
        /// What siblings are counted in, after 第 or an Arabic numeral: 第一中学.
        Sibling = "sibling",
        /// A remark on life or edition: 试运行.
        Status = "status",
    }
}
