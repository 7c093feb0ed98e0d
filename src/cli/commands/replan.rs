//! `plan --pin … --cap … --objective …`: the plan of a stored scan made again.
//!
//! For: turning what was typed into a request. Not for: planning (`scan::replan`).

use super::plan::PlanArgs;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::stored;
use crate::model::{ActionKind, Aim};
use crate::scan::{Replan, Scope, replan};
use crate::views::explain::position;
use crate::views::replanned;
use crate::views::report::{Options, ReportView, write_all};
use std::collections::BTreeMap;

/// `ASSET=ACTION[:TARGET]`, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinArg {
    text: String,
    asset: String,
    action: ActionKind,
    target: Option<String>,
}

/// `SCOPE=N`, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapArg {
    text: String,
    scope: Scope,
    most: usize,
}

/// Reads a pin.
///
/// # Errors
/// Anything else, as a key of the catalogue.
pub fn pin(text: &str) -> Result<PinArg, &'static str> {
    const FAULT: &str = "cli.usage.expected-pin";
    let (asset, action) = text.rsplit_once('=').ok_or(FAULT)?;
    let (action, target) = match action.split_once(':') {
        Some((action, target)) => (action, Some(target.to_owned())),
        None => (action, None),
    };
    let action = ActionKind::parse(action).filter(|action| *action != ActionKind::None).ok_or(FAULT)?;
    let takes = action.has_target() || action == ActionKind::Dissolve;
    if asset.is_empty() || target.as_ref().is_some_and(|target| target.is_empty() || !takes) {
        return Err(FAULT);
    }
    Ok(PinArg { text: text.to_owned(), asset: asset.to_owned(), action, target })
}

/// Reads a cap.
///
/// # Errors
/// Anything else, as a key of the catalogue.
pub fn cap(text: &str) -> Result<CapArg, &'static str> {
    const FAULT: &str = "cli.usage.expected-cap";
    let (scope, most) = text.rsplit_once('=').ok_or(FAULT)?;
    let (scope, most) = (Scope::parse(scope).ok_or(FAULT)?, most.parse().map_err(|_| FAULT)?);
    Ok(CapArg { text: text.to_owned(), scope, most })
}

/// Reads the name of an aim.
///
/// # Errors
/// Anything else, as a key of the catalogue.
pub fn aim(text: &str) -> Result<Aim, &'static str> {
    Aim::parse(text).ok_or("cli.usage.expected-aim")
}

/// Makes the plan again, prints what differs and what it costs, and writes every report where `--out` says so.
///
/// # Errors
/// When there is no such scan, an item is not in it, two pins decide about one item, or a file cannot be written.
pub(super) fn run(args: &PlanArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let document = stored::read(&args.scan)?;
    let knowledge = session.knowledge_of(&document, args.policy.as_deref())?;
    let view = ReportView::new(&document, session.catalogue);
    let mut request = Replan { first: args.objective.clone(), ..Replan::default() };
    let mut seen: BTreeMap<usize, &PinArg> = BTreeMap::new();
    for pin in &args.pin {
        let at = position(&view, &pin.asset)?;
        if let Some(other) = seen.insert(at, pin).filter(|other| *other != pin) {
            return Err(CliError::TwoPins { one: other.text.clone(), other: pin.text.clone() });
        }
        request.words.push(format!(
            "pin {}={}",
            document.assets[at].id,
            pin.text.rsplit_once('=').map_or("", |p| p.1)
        ));
        if pin.action.has_target() && pin.target.is_none() {
            request.barred.push(at);
            continue;
        }
        let target = match &pin.target {
            None => None,
            Some(name) => match position(&view, name) {
                Ok(to) => Some(document.assets[to].id.clone()),
                // A platform above may be in nobody's list.
                Err(_) if pin.action == ActionKind::Migrate => Some(name.clone()),
                Err(error) => return Err(error.into()),
            },
        };
        request.pins.push((at, pin.action, target));
    }
    for cap in &args.cap {
        let scope = cap.scope.clone().resolved(&document, &knowledge.lexicon);
        if let Some((part, there)) = scope.missed(&document) {
            let there = there.iter().map(|name| view.names.platform(name)).collect();
            return Err(CliError::NothingCapped { part, there });
        }
        request.caps.push((scope, cap.most));
        request.words.push(format!("cap {}", cap.text));
    }
    if !args.objective.is_empty() {
        let names: Vec<&str> = args.objective.iter().map(|aim| aim.as_str()).collect();
        request.words.push(format!("objective {}", names.join(",")));
    }
    let made = replan(&document, &knowledge, &request)?;
    session.out(&replanned::replanned(&view, &made, session.screen))?;
    if let Some(folder) = &args.out {
        let files = write_all(folder, &made.document, session.catalogue, Options::default())?;
        let count = files.len().to_string();
        let folder = folder.display().to_string();
        session.note(&session.catalogue.fill("replan.written", &[("count", count), ("folder", folder)]));
    }
    Ok(ExitStatus::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_an_item_an_action_and_for_some_a_target() {
        let read = pin("990100-x.app.甲=乙=merge:990100-x.app.丙").unwrap();
        assert_eq!((read.asset.as_str(), read.action), ("990100-x.app.甲=乙", ActionKind::Merge));
        assert_eq!(read.target.as_deref(), Some("990100-x.app.丙"));
        for wrong in ["甲", "=keep", "甲=none", "甲=stay", "甲=keep:乙", "甲=merge:"] {
            assert!(pin(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_cap_is_a_scope_and_a_number() {
        assert_eq!(cap("app+level:county=3").unwrap().most, 3);
        for wrong in ["app", "app=", "app=-1", "apps=3"] {
            assert!(cap(wrong).is_err(), "{wrong}");
        }
    }
}
