//! The part of a policy that fetching obeys: who may be asked, by whose decision, how slowly.

use super::stated::{Settings, Table};
use super::value::Setting;
use std::path::{Path, PathBuf};

/// How pages are fetched. By default no source is on, and so nothing is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Collect {
    /// How the unit can be reached; empty when not stated, and then nothing is fetched.
    pub contact: String,
    /// Least seconds between two requests to a host: 3 or more.
    pub spacing_seconds: u32,
    /// Most requests to a host within a day.
    pub host_budget: u32,
    /// Least milliseconds between two requests to a host of an internal network.
    pub internal_spacing_ms: u32,
    /// Days for which evidence is to be kept; for ever when not stated.
    pub keep_days: Option<u32>,
    /// A proxy.
    pub proxy: Option<String>,
    /// Root certificates of the user's own, ready to open.
    pub certificates: Option<PathBuf>,
    /// Sources that are on.
    pub sources: Vec<SwitchedOn>,
    /// Adapter files, ready to open.
    pub adapters: Vec<PathBuf>,
}

/// A source that somebody switched on for a host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SwitchedOn {
    /// Id of the adapter.
    pub source: String,
    /// Host, or `*.` with the end of one.
    pub host: String,
    /// Who decided.
    pub by: String,
    /// When, ISO.
    pub decided: String,
    /// 1-based line of the policy file.
    pub line: u32,
}

/// The least spacing, whatever a policy says: a careful visitor's pace.
const LEAST_SECONDS: u32 = 3;

pub(super) fn collect(settings: &Settings, folder: &Path) -> Collect {
    let get = |key| settings.single("collect").and_then(|table| table.get(key));
    let number = |key| if let Some(Setting::Number(number)) = get(key) { *number } else { u32::MAX };
    let text = |key| get(key).and_then(Setting::text).map(str::to_owned);
    Collect {
        contact: text("contact").unwrap_or_default(),
        spacing_seconds: number("spacing_seconds").max(LEAST_SECONDS),
        host_budget: number("host_budget"),
        internal_spacing_ms: number("internal_spacing_ms"),
        keep_days: get("keep_days").map(|_| number("keep_days")),
        proxy: text("proxy"),
        certificates: text("certificates").map(|file| folder.join(file)),
        sources: settings.of("sources").map(source).collect(),
        adapters: settings.of("adapters").map(|table| folder.join(table.text("file"))).collect(),
    }
}

fn source(table: &Table) -> SwitchedOn {
    SwitchedOn {
        source: table.text("source").to_owned(),
        host: table.text("host").to_lowercase(),
        by: table.text("by").to_owned(),
        decided: match table.get("decided") {
            Some(Setting::Day(day)) => day.to_string(),
            _ => String::new(),
        },
        line: table.line,
    }
}
