//! The validated policy: what the stages are handed.
//!
//! For: typed settings after layering. Not for: reading files (`read`) or applying a decision (the
//! stages). Invariant: every typed field is a projection of `settings`, so what `policy show`
//! prints is what the stages obey.

use super::check::is_same;
use super::collect::{Collect, collect};
use super::stated::{Origin, Settings, Table};
use super::value::{Setting, is_profile_file};
use super::words::local_words;
use super::{FailOn, Names};
use crate::model::{
    ActionKind, Aim, Aims, ColumnOverride, Field, Judgement, Letter, Level, LocalWords, Order, Pin,
    RuleSettings, Severity, Waiver, Weights,
};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// What a run obeys.
#[derive(Clone, PartialEq, Debug)]
pub struct Policy {
    /// The file as the user named it; `None` for the built-in defaults.
    pub path: Option<PathBuf>,
    /// BLAKE3 of the file's bytes, lower-case hex; empty without a file.
    pub digest: String,
    /// What makes the run end with status 1. Default: forbidden findings and unread data.
    pub fail_on: Vec<FailOn>,
    /// A CSV of further regions (`code,name,level,parent_code`), ready to open.
    pub extra_regions: Option<PathBuf>,
    /// The store of scans, ready to open; `None` when scans are not kept.
    pub history: Option<PathBuf>,
    /// Days after a closure within which a successor counts as the same under another name. Default 365.
    pub rebrand_days: u32,
    /// Local profiles in use: names of those shipped, and files ready to open.
    pub profiles: Vec<ProfileRef>,
    /// Words of the place, beside those of the vendored tables.
    pub words: LocalWords,
    /// Columns whose meaning is stated.
    pub columns: Vec<ColumnOverride>,
    /// Settings of the rules, and waivers.
    pub rules: RuleSettings,
    /// Actions that the plan must take.
    pub pins: Vec<Pin>,
    /// Pairs that a person has decided.
    pub judgements: Vec<Judgement>,
    /// Probability from which a pair counts as related, 0–1. Default 0.5.
    pub threshold: f64,
    /// Whether limits worded 原则上 are hard: the excess is merged, not referred. Default no.
    pub enforce_caps: bool,
    /// What the plan aims at, in which order.
    pub aims: Aims,
    /// The day by which the plan is to be carried out, where the user sets one.
    pub plan_deadline: Option<Date>,
    /// Words around the official draft; empty where not stated.
    pub letter: Letter,
    /// How pages are fetched, and which sources are switched on.
    pub collect: Collect,
    pub(super) settings: Settings,
}

/// A local profile as a user names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProfileRef {
    /// One of those shipped.
    Name(String),
    /// A file of the user's own.
    File(PathBuf),
}

/// Settings of the command line; `None` leaves what the policy says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Flags {
    /// `--fail-on`
    pub fail_on: Option<Vec<FailOn>>,
    /// `--threshold`, 0–1.
    pub threshold: Option<f64>,
    /// `--profile`, each as typed; files by absolute path. They are added to those of the policy.
    pub profiles: Vec<String>,
}

impl Default for Policy {
    /// The built-in defaults: what an audit without a policy file obeys.
    fn default() -> Self {
        Policy::build(Settings::built_in(), None, String::new())
    }
}

impl Policy {
    /// Whether the run must end with status 1 when this is found.
    pub fn fails_on(&self, what: FailOn) -> bool {
        self.fail_on.contains(&what)
    }

    /// Name of the policy file without its folder; empty for the built-in defaults. Folders differ from
    /// machine to machine and have no place in a result.
    pub fn file_name(&self) -> String {
        let name = self.path.as_deref().and_then(Path::file_name);
        name.map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Lays the flags of the command line over the policy.
    #[must_use]
    pub fn with_flags(self, flags: &Flags) -> Policy {
        let Policy { mut settings, path, digest, .. } = self;
        if let Some(list) = &flags.fail_on {
            let names = list.iter().map(|case| case.as_str().to_owned()).collect();
            settings.set("audit", "fail_on", Setting::Names(names), "--fail-on");
        }
        if let Some(threshold) = flags.threshold {
            settings.set("matching", "threshold", Setting::Share(threshold), "--threshold");
        }
        if !flags.profiles.is_empty() {
            let folder = path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
            let stated = settings.single("audit").map(|table| table.list("profiles")).unwrap_or_default();
            let stated = stated.into_iter().map(|entry| {
                if is_profile_file(&entry) { folder.join(entry).display().to_string() } else { entry }
            });
            let mut all: Vec<String> = Vec::new();
            for entry in stated.chain(flags.profiles.iter().cloned()) {
                if !all.contains(&entry) {
                    all.push(entry);
                }
            }
            settings.set("audit", "profiles", Setting::Names(all), "--profile");
        }
        Policy::build(settings, path, digest)
    }

    /// Built-in defaults ← the tables of a file.
    pub(super) fn of_tables(tables: Vec<Table>, path: Option<PathBuf>, digest: String) -> Policy {
        let mut settings = Settings::built_in();
        for table in tables {
            settings.lay(table);
        }
        Policy::build(settings, path, digest)
    }

    fn build(settings: Settings, path: Option<PathBuf>, digest: String) -> Policy {
        let get = |section: &str, key: &str| settings.single(section).and_then(|table| table.get(key));
        let names = match get("audit", "fail_on") {
            Some(Setting::Names(names)) => names.as_slice(),
            _ => &[],
        };
        let folder = path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        Policy {
            fail_on: names.iter().filter_map(|name| FailOn::parse(name)).collect(),
            extra_regions: get("regions", "extra").and_then(Setting::text).map(|file| folder.join(file)),
            history: get("audit", "history").and_then(Setting::text).map(|file| folder.join(file)),
            rebrand_days: match get("audit", "rebrand_days") {
                Some(Setting::Number(days)) => *days,
                _ => 0,
            },
            profiles: profiles(&settings, folder),
            words: local_words(&settings),
            columns: settings.of("columns").map(column).collect(),
            rules: rules(&settings, &path.as_ref().map(|p| p.display().to_string()).unwrap_or_default()),
            pins: settings.of("pins").map(pin).collect(),
            judgements: settings.of("judgements").map(judgement).collect(),
            threshold: match get("matching", "threshold") {
                Some(Setting::Share(share)) => *share,
                _ => 0.0,
            },
            enforce_caps: matches!(get("plan", "enforce_caps"), Some(Setting::Flag(true))),
            aims: aims(&settings),
            plan_deadline: match get("plan", "deadline") {
                Some(Setting::Day(day)) => Some(*day),
                _ => None,
            },
            letter: letter(&settings),
            collect: collect(&settings, folder),
            path,
            digest,
            settings,
        }
    }
}

/// The order of the aims, and the weights of burden.
fn aims(settings: &Settings) -> Aims {
    let first = match settings.single("plan").and_then(|table| table.get("objective")) {
        Some(Setting::Names(names)) => names.iter().filter_map(|name| Aim::parse(name)).collect(),
        _ => Vec::new(),
    };
    let mut weights = Weights::default();
    for (at, level) in Level::ALL.iter().enumerate() {
        let stated = settings.single("burden").and_then(|table| table.get(level.as_str()));
        if let Some(Setting::Number(weight)) = stated {
            weights.0[at] = *weight;
        }
    }
    Aims { order: Order::default().first(&first), weights }
}

/// Words of the section on reports.
fn letter(settings: &Settings) -> Letter {
    let get = |key| settings.single("report").and_then(|table| table.get(key)).and_then(Setting::text);
    let text = |key| get(key).unwrap_or("").trim().to_owned();
    let closing = text("closing");
    let closing = closing.lines().map(str::trim).filter(|line| !line.is_empty());
    Letter {
        organisation: text("organisation"),
        letterhead: text("letterhead"),
        number: text("document_number"),
        addressee: text("addressee").trim_end_matches(['：', ':']).to_owned(),
        closing: closing.map(str::to_owned).collect(),
    }
}

/// The profiles; a path of a flag that was laid over them is absolute and stays as it is.
fn profiles(settings: &Settings, folder: &Path) -> Vec<ProfileRef> {
    let flagged = settings.single("audit").and_then(|table| table.values.get("profiles"));
    let flagged = flagged.is_some_and(|stated| matches!(stated.origin, Origin::Flag(_)));
    let stated = settings.single("audit").map(|table| table.list("profiles")).unwrap_or_default();
    let refer = |entry: String| match (is_profile_file(&entry), flagged) {
        (true, true) => ProfileRef::File(entry.into()),
        (true, false) => ProfileRef::File(folder.join(entry)),
        (false, _) => ProfileRef::Name(entry),
    };
    stated.into_iter().map(refer).collect()
}

fn rules(settings: &Settings, source: &str) -> RuleSettings {
    let mut rules = RuleSettings { source: source.to_owned(), ..RuleSettings::default() };
    let get = |key| settings.single("settings").and_then(|table| table.get(key));
    let number = |key| if let Some(Setting::Number(number)) = get(key) { Some(*number) } else { None };
    // 3650 days at most, so they fit.
    let days = |key| number(key).map(|days| i32::try_from(days).unwrap_or(i32::MAX));
    rules.stale_days = days("account_stale_days").unwrap_or(rules.stale_days);
    rules.group_idle_days = days("group_idle_days");
    rules.low_followers = number("low_followers").map(u64::from);
    rules.groups_per_person = number("groups_per_person").map(u64::from);
    if let Some(Setting::Share(share)) = get("low_use_share") {
        rules.low_use_share = Some(*share);
    }
    if let Some(Setting::Day(day)) = get("legacy_filing_deadline") {
        rules.legacy_filing_deadline = Some(*day);
    }
    for table in settings.of("rules") {
        if table.get("enabled") == Some(&Setting::Flag(false)) {
            rules.disabled.insert(table.rule.clone());
        }
        if let Some(severity) = Severity::parse(table.text("severity")) {
            rules.severity.insert(table.rule.clone(), severity);
        }
    }
    rules.waivers = settings.of("waivers").map(waiver).collect();
    rules
}

fn waiver(table: &Table) -> Waiver {
    Waiver {
        rule: table.text("rule").to_owned(),
        asset: table.text("asset").to_owned(),
        reason: table.text("reason").to_owned(),
        by: table.text("by").to_owned(),
        until: match table.get("until") {
            Some(Setting::Day(day)) => Some(*day),
            _ => None,
        },
        line: table.line,
    }
}

fn pin(table: &Table) -> Pin {
    Pin {
        asset: table.text("asset").to_owned(),
        action: ActionKind::parse(table.text("action")).unwrap_or_default(),
        target: None,
        reason: table.text("reason").to_owned(),
        line: table.line,
    }
}

fn judgement(table: &Table) -> Judgement {
    Judgement {
        left: table.text("left").to_owned(),
        right: table.text("right").to_owned(),
        same: is_same(table.text("verdict")),
        reason: table.text("reason").to_owned(),
    }
}

fn column(table: &Table) -> ColumnOverride {
    let field = table.text("field");
    ColumnOverride {
        file: table.maybe("file"),
        sheet: table.maybe("sheet"),
        header: table.text("header").to_owned(),
        field: if field == Names::IGNORE { None } else { Field::parse(field) },
        line: table.line,
    }
}
