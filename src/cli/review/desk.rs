//! The scan under review, and the file of decisions: read once, written whole with every decision.
//!
//! Invariants: a decision names an item or a pair of the scan; a file that somebody else changed meanwhile is not
//! written over.

use super::waive::Waivers;
use crate::cli::error::CliError;
use crate::knowledge::messages::Catalogue;
use crate::model::ActionKind;
use crate::scan::document::{Asset, ScanDocument};
use crate::views::Names;
use crate::views::report::write::replace;
use crate::views::review::{Entry, Sheet, data};
use serde::Deserialize;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Characters of a reason and of a target.
const LONGEST: usize = 500;

/// A decision as the page sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ask {
    pub(super) asset: String,
    pub(super) other: Option<String>,
    /// A verdict; `reason` for another reason of the decision that is there; empty to take it back.
    pub(super) verdict: String,
    pub(super) action: String,
    pub(super) target: String,
    pub(super) reason: String,
}

/// What is being reviewed.
pub(in crate::cli) struct Desk {
    scan: ScanDocument,
    catalogue: &'static Catalogue,
    path: PathBuf,
    sheet: Sheet,
    /// The file's bytes as they were last seen; nothing where there was no file.
    seen: Option<blake3::Hash>,
    /// Where findings are waived; nothing where no history was named.
    waivers: Option<Waivers>,
}

impl Desk {
    /// Takes a scan up, with the decisions that a file may have already, and the waivers of a history.
    ///
    /// # Errors
    /// When the file is there and is none of decisions, or the history cannot be used.
    pub(in crate::cli) fn new(
        scan: ScanDocument,
        path: PathBuf,
        history: Option<&Path>,
        catalogue: &'static Catalogue,
    ) -> Result<Desk, CliError> {
        let bytes = read(&path).map_err(|source| CliError::Read { path: path.clone(), source })?;
        let sheet = match &bytes {
            Some(bytes) => Sheet::parse(bytes)
                .map_err(|fault| CliError::NoDecisions { path: path.clone(), line: fault.line })?,
            None => Sheet::default(),
        };
        let seen = bytes.map(|bytes| blake3::hash(&bytes));
        let waivers = history.map(Waivers::open).transpose()?;
        Ok(Desk { scan, catalogue, path, sheet, seen, waivers })
    }

    /// Decisions in the file.
    pub(in crate::cli) fn decided(&self) -> usize {
        self.sheet.entries().len()
    }

    pub(super) fn catalogue(&self) -> &'static Catalogue {
        self.catalogue
    }

    /// All that the page shows.
    pub(super) fn data(&self) -> String {
        let waived = self.waivers.as_ref().map(Waivers::held);
        data(&self.scan, &self.sheet, waived, self.catalogue).to_string()
    }

    pub(super) fn scan(&self) -> &ScanDocument {
        &self.scan
    }

    pub(super) fn waivers_mut(&mut self) -> Option<&mut Waivers> {
        self.waivers.as_mut()
    }

    /// Decides; gives what stands now, or the catalogue key of why not.
    pub(super) fn decide(&mut self, ask: Ask, now: &str) -> Result<Option<Entry>, &'static str> {
        let entry = self.entry(ask, now)?;
        let sheet = self.sheet.with(entry.clone());
        let found = read(&self.path).map_err(|_| "review.refused.disk")?.map(|bytes| blake3::hash(&bytes));
        if found != self.seen {
            return Err("review.refused.changed");
        }
        let bytes = sheet.bytes(self.catalogue);
        replace(&self.path, |out| Ok(out.write_all(&bytes)?)).map_err(|_| "review.refused.disk")?;
        self.seen = Some(blake3::hash(&bytes));
        self.sheet = sheet;
        Ok(Some(entry).filter(|entry| !entry.decision.is_empty()))
    }

    fn asset(&self, id: &str) -> Result<&Asset, &'static str> {
        self.scan.assets.iter().find(|asset| asset.id == id).ok_or("review.refused.unknown")
    }

    fn entry(&self, ask: Ask, now: &str) -> Result<Entry, &'static str> {
        let names = Names { catalogue: self.catalogue };
        let asset = self.asset(&ask.asset)?;
        let mut entry = Entry {
            asset: asset.id.clone(),
            other: ask.other.clone(),
            remark: tidy(&ask.reason),
            name: asset.name.clone(),
            unit: names.owner(asset),
            at: now.to_owned(),
            ..Entry::default()
        };
        if let Some(other) = &ask.other {
            let is_pair = |left: &str, right: &str| {
                (left, right) == (&*ask.asset, &**other) || (right, left) == (&*ask.asset, &**other)
            };
            let pair = self.scan.pairs.iter().find(|pair| is_pair(&pair.left, &pair.right));
            entry.relation = names.relation(&pair.ok_or("review.refused.unknown")?.relation);
            entry.other_name.clone_from(&self.asset(other)?.name);
        } else {
            let action = self.scan.plan.actions.iter().find(|action| action.asset == asset.id);
            let action = action.ok_or("review.refused.unknown")?;
            entry.proposal = action.acceptance();
            let (kind, target) = entry.proposal.split_once('>').unwrap_or((&entry.proposal, ""));
            entry.action = names.action(kind);
            entry.target = self.asset(target).map_or(target, |asset| &asset.name).to_owned();
        }
        entry.decision = self.words(&ask, &entry)?;
        Ok(entry)
    }

    /// What is written into the cell of the decision.
    fn words(&self, ask: &Ask, entry: &Entry) -> Result<String, &'static str> {
        let names = Names { catalogue: self.catalogue };
        let is_pair = ask.other.is_some();
        let refers = entry.proposal == ActionKind::Refer.as_str();
        match ask.verdict.as_str() {
            "" => Ok(String::new()),
            "reason" => {
                let held =
                    self.sheet.entries().iter().find(|e| e.asset == entry.asset && e.other == entry.other);
                held.map(|held| held.decision.clone()).ok_or("review.refused.verdict")
            }
            // What is referred to a person proposes nothing that could be accepted.
            "accept" if !is_pair && refers => Err("review.refused.open"),
            "accept" | "defer" => Ok(names.text(&format!("report.decision.{}", ask.verdict))),
            "reject" if !is_pair => Ok(names.text("report.decision.reject")),
            "same" | "different" if is_pair => Ok(names.text(&format!("report.decision.{}", ask.verdict))),
            "change" if !is_pair => {
                let kind = ActionKind::parse(&ask.action)
                    .filter(|kind| !matches!(kind, ActionKind::None | ActionKind::Refer))
                    .ok_or("review.refused.action")?;
                let action = names.action(kind.as_str());
                if !kind.has_target() {
                    return Ok(names.fill("review.change", &[("action", &action)]));
                }
                let target = tidy(&ask.target);
                let is_item = self.scan.assets.iter().any(|a| a.id == target || a.name == target);
                // Only what migrates may go to a platform that is in nobody's list.
                let is_known = !target.is_empty() && (is_item || kind == ActionKind::Migrate);
                if !is_known || target == entry.asset {
                    return Err("review.refused.target");
                }
                Ok(names.fill("review.change-into", &[("action", &action), ("target", &target)]))
            }
            _ => Err("review.refused.verdict"),
        }
    }
}

/// A text that a person typed: one line, not too long.
pub(super) fn tidy(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    plain.trim().to_owned()
}

fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
