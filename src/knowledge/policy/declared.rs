//! Everything a policy file may say, declared once.
//!
//! For: the one table that the reader checks against, the template and `policy show` print, and
//! the tests misspell. Not for: wording; each note is `policy.<section>.<key>` in the catalogue.

use super::FailOn;
use crate::model::{ActionKind, Aim, Audience, Field, Kind, Severity, WordClass};

/// Names that only higher layers know.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Ids of all rules.
    pub rules: &'a [&'a str],
    /// Names of the local profiles shipped with the program.
    pub profiles: &'a [&'a str],
}

/// A closed list of names that a value is taken from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Names {
    /// What a run can fail on.
    FailOn,
    /// Severities.
    Severities,
    /// Canonical fields, and `ignore`.
    Fields,
    /// Plan actions that can be pinned.
    Actions,
    /// `same` or `different`.
    Verdicts,
    /// Aims of the plan.
    Aims,
    /// Rule ids, from [`Known`].
    Rules,
    /// Whom a function serves.
    Audiences,
    /// What an entry on a platform can be.
    Kinds,
    /// What a word inside a name can be.
    WordClasses,
}

impl Names {
    /// The word that makes a column be left out.
    pub const IGNORE: &'static str = "ignore";
    /// The verdict that two assets are one thing.
    pub const SAME: &'static str = "same";
    /// The verdict that they are not.
    pub const DIFFERENT: &'static str = "different";

    /// The catalogue group in which people find these names in their own language, if there is one.
    pub(super) fn words(self) -> Option<&'static str> {
        match self {
            Names::FailOn | Names::Severities => Some("severity"),
            Names::Fields => Some("field"),
            Names::Actions => Some("action"),
            Names::Audiences => Some("audience"),
            Names::Kinds => Some("kind"),
            Names::Aims | Names::Verdicts | Names::Rules | Names::WordClasses => None,
        }
    }

    /// The list itself, in the order in which people are shown it.
    pub fn list<'a>(self, known: &Known<'a>) -> Vec<&'a str> {
        match self {
            Names::FailOn => FailOn::ALL.iter().map(|case| case.as_str()).collect(),
            Names::Severities => Severity::ALL.iter().map(|s| s.as_str()).collect(),
            Names::Fields => Field::ALL.iter().map(|f| f.as_str()).chain([Names::IGNORE]).collect(),
            // `none` is a statement about an item, not something to ask for.
            Names::Actions => {
                ActionKind::ALL.iter().filter(|a| **a != ActionKind::None).map(|a| a.as_str()).collect()
            }
            Names::Verdicts => vec![Names::SAME, Names::DIFFERENT],
            Names::Aims => Aim::ALL.iter().map(|aim| aim.as_str()).collect(),
            Names::Rules => known.rules.to_vec(),
            Names::Audiences => {
                [Audience::Staff, Audience::Public, Audience::Both].iter().map(|a| a.as_str()).collect()
            }
            Names::Kinds => [Kind::App, Kind::Account, Kind::Group].iter().map(|k| k.as_str()).collect(),
            Names::WordClasses => WordClass::ALL.iter().map(|class| class.as_str()).collect(),
        }
    }
}

/// What a value must be. The Chinese and English names are `policy.type.<name>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    /// The number of this file format.
    Schema,
    /// Non-empty text.
    Text,
    /// Text that may be empty.
    MaybeText,
    /// `true` or `false`.
    Flag,
    /// A whole number of days, 1 to 3650.
    Days,
    /// A whole number of items or people, from 1.
    Number,
    /// Local profiles, each once: names of those shipped, or files of the user's own (`….toml`).
    Profiles,
    /// A number from 0 to 1.
    Share,
    /// A calendar day, as a TOML date or as text.
    Day,
    /// A file that exists, relative to the policy file.
    File,
    /// One name of a list.
    Name(Names),
    /// Several names of a list, each once.
    NameList(Names),
    /// An id: lower-case ASCII letters, digits and hyphens.
    Id,
    /// Words of two characters or more, each once, one at least.
    Words,
}

impl Type {
    /// The catalogue key of its description, as a value that the catalogue looks up.
    pub fn described(self) -> &'static str {
        match self {
            Type::Schema => "@policy.type.schema",
            Type::Text => "@policy.type.text",
            Type::MaybeText => "@policy.type.maybe-text",
            Type::Flag => "@policy.type.flag",
            Type::Days => "@policy.type.days",
            Type::Number => "@policy.type.number",
            Type::Profiles => "@policy.type.profiles",
            Type::Share => "@policy.type.share",
            Type::Day => "@policy.type.day",
            Type::File => "@policy.type.file",
            Type::Name(_) => "@policy.type.name",
            Type::NameList(_) => "@policy.type.names",
            Type::Id => "@policy.type.id",
            Type::Words => "@policy.type.words",
        }
    }

    /// The list that its names come from.
    pub fn names(self) -> Option<Names> {
        match self {
            Type::Name(names) | Type::NameList(names) => Some(names),
            _ => None,
        }
    }
}

/// Whether a key must be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be left out, which means something of its own (no end date, every file).
    Optional,
    /// It may be left out and then has this value, in TOML.
    Default(&'static str),
}

/// How a section is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Keys at the top of the file.
    Root,
    /// `[name]`
    Table,
    /// `[[name]]`, any number of times.
    List,
    /// `[name.<rule id>]`
    PerRule,
}

/// One key of a section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// What its value must be.
    pub value: Type,
    /// Whether it must be written.
    pub presence: Presence,
    /// A value in TOML for the template; `{rule}` stands for the first known rule.
    pub example: &'static str,
}

/// One section of the file.
#[derive(PartialEq, Eq, Debug)]
pub struct Section {
    /// As written; `root` for the top of the file, which has no header.
    pub name: &'static str,
    /// How it is written.
    pub shape: Shape,
    /// Its keys, in the order in which the template shows them.
    pub keys: &'static [Key],
}

impl Section {
    /// The key with this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The header as a user writes it; empty for the top of the file.
    pub fn header(&self, rule: &str) -> String {
        match self.shape {
            Shape::Root => String::new(),
            Shape::Table => format!("[{}]", self.name),
            Shape::List => format!("[[{}]]", self.name),
            Shape::PerRule => format!("[{}.{rule}]", self.name),
        }
    }

    /// The section with this name; never the top of the file.
    pub fn find(name: &str) -> Option<&'static Section> {
        SECTIONS.iter().find(|s| s.name == name && s.shape != Shape::Root)
    }
}

const fn required(name: &'static str, value: Type, example: &'static str) -> Key {
    Key { name, value, presence: Presence::Required, example }
}

const fn optional(name: &'static str, value: Type, example: &'static str) -> Key {
    Key { name, value, presence: Presence::Optional, example }
}

const fn default(name: &'static str, value: Type, toml: &'static str) -> Key {
    Key { name, value, presence: Presence::Default(toml), example: toml }
}

const fn section(name: &'static str, shape: Shape, keys: &'static [Key]) -> Section {
    Section { name, shape, keys }
}

/// The version of the file format that this program reads.
pub(super) const SCHEMA: u32 = 1;

/// Every section, in the order in which the template shows them.
pub const SECTIONS: &[Section] = &[
    section("root", Shape::Root, &[required("schema", Type::Schema, "1")]),
    section(
        "audit",
        Shape::Table,
        &[
            default("fail_on", Type::NameList(Names::FailOn), "[\"forbidden\", \"unread\"]"),
            default("profiles", Type::Profiles, "[]"),
            optional("history", Type::Text, "\"历次扫描.db\""),
            default("rebrand_days", Type::Days, "365"),
        ],
    ),
    section("regions", Shape::Table, &[optional("extra", Type::File, "\"regions.csv\"")]),
    section(
        "columns",
        Shape::List,
        &[
            optional("file", Type::Text, "\"甲市公众账号台账.xlsx\""),
            optional("sheet", Type::Text, "\"Sheet1\""),
            required("header", Type::Text, "\"粉丝（万）\""),
            required("field", Type::Name(Names::Fields), "\"followers\""),
        ],
    ),
    section(
        "units",
        Shape::List,
        &[
            required("id", Type::Id, "\"data-lake\""),
            required("name", Type::Text, "\"数据湖管理局\""),
            optional("words", Type::Words, "[\"数湖局\", \"数湖中心\"]"),
            optional("line", Type::Id, "\"data\""),
        ],
    ),
    section(
        "functions",
        Shape::List,
        &[
            required("id", Type::Text, "\"蓝藻打捞\""),
            required("words", Type::Words, "[\"蓝藻打捞\", \"打捞蓝藻\"]"),
            optional("audience", Type::Name(Names::Audiences), "\"staff\""),
        ],
    ),
    section(
        "platforms",
        Shape::List,
        &[
            required("id", Type::Text, "\"甲政通\""),
            required("words", Type::Words, "[\"甲政通\", \"甲政通群\"]"),
            required("kind", Type::Name(Names::Kinds), "\"group\""),
        ],
    ),
    section(
        "name_words",
        Shape::List,
        &[
            required("words", Type::Words, "[\"总入口\"]"),
            required("class", Type::Name(Names::WordClasses), "\"generic\""),
        ],
    ),
    section(
        "settings",
        Shape::Table,
        &[
            default("account_stale_days", Type::Days, "14"),
            optional("legacy_filing_deadline", Type::Day, "2026-12-31"),
            optional("low_use_share", Type::Share, "0.1"),
            optional("low_followers", Type::Number, "1000"),
            optional("group_idle_days", Type::Days, "90"),
            optional("groups_per_person", Type::Number, "20"),
        ],
    ),
    section(
        "rules",
        Shape::PerRule,
        &[
            optional("enabled", Type::Flag, "true"),
            optional("severity", Type::Name(Names::Severities), "\"advisory\""),
        ],
    ),
    section(
        "waivers",
        Shape::List,
        &[
            required("rule", Type::Name(Names::Rules), "\"{rule}\""),
            required("asset", Type::Text, "\"asset-id\""),
            required("reason", Type::Text, "\"已列入整改计划，本季度内完成\""),
            required("by", Type::Text, "\"专项工作机制办公室\""),
            optional("until", Type::Day, "2027-06-30"),
        ],
    ),
    section(
        "pins",
        Shape::List,
        &[
            required("asset", Type::Text, "\"asset-id\""),
            required("action", Type::Name(Names::Actions), "\"keep\""),
            required("reason", Type::Text, "\"上级指定保留\""),
        ],
    ),
    section(
        "judgements",
        Shape::List,
        &[
            required("left", Type::Text, "\"asset-id\""),
            required("right", Type::Text, "\"other-asset-id\""),
            required("verdict", Type::Name(Names::Verdicts), "\"different\""),
            required("reason", Type::Text, "\"同名不同县，已电话核实\""),
        ],
    ),
    // More likely than not; the curve behind a better figure belongs to the matching parameters.
    section("matching", Shape::Table, &[default("threshold", Type::Share, "0.5")]),
    section(
        "plan",
        Shape::Table,
        &[
            default("enforce_caps", Type::Flag, "false"),
            default(
                "objective",
                Type::NameList(Names::Aims),
                "[\"burden\", \"items\", \"users\", \"repairs\"]",
            ),
            optional("deadline", Type::Day, "2027-06-30"),
        ],
    ),
    section(
        "burden",
        Shape::Table,
        &[
            default("central", Type::Number, "1"),
            default("province", Type::Number, "2"),
            default("prefecture", Type::Number, "3"),
            default("county", Type::Number, "4"),
            default("township", Type::Number, "5"),
            default("village", Type::Number, "6"),
            default("unknown", Type::Number, "4"),
        ],
    ),
    section(
        "report",
        Shape::Table,
        &[
            default("organisation", Type::MaybeText, "\"\""),
            default("letterhead", Type::MaybeText, "\"\""),
            default("document_number", Type::MaybeText, "\"\""),
            default("addressee", Type::MaybeText, "\"\""),
            default("closing", Type::MaybeText, "\"\""),
        ],
    ),
    section(
        "collect",
        Shape::Table,
        &[
            default("contact", Type::MaybeText, "\"\""),
            default("spacing_seconds", Type::Number, "3"),
            default("host_budget", Type::Number, "300"),
            optional("keep_days", Type::Days, "730"),
            default("internal_spacing_ms", Type::Number, "3000"),
            optional("proxy", Type::Text, "\"http://proxy.example.cn:3128\""),
            optional("certificates", Type::File, "\"own-ca.pem\""),
        ],
    ),
    section(
        "sources",
        Shape::List,
        &[
            required("source", Type::Text, "\"yingyongbao\""),
            required("host", Type::Text, "\"sj.qq.com\""),
            required("by", Type::Text, "\"示例省网信办\""),
            required("decided", Type::Day, "2026-11-20"),
        ],
    ),
    section("adapters", Shape::List, &[required("file", Type::File, "\"own-adapter.toml\"")]),
];
