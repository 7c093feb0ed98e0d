//! What is wrong with the command line, in the user's language.
//!
//! For: help and version on request (status 0), and usage errors (status 2). Not for: errors of a
//! command that was understood (`error`).

use super::localise::usage_line;
use super::print;
use super::status::ExitStatus;
use crate::knowledge::messages::Catalogue;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Prints what the parser has to say, and maps it to a status.
pub(super) fn answer(error: &clap::Error, catalogue: &Catalogue) -> ExitStatus {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Through the parser's own printer, which knows whether the terminal has colours. A
            // reader that has gone away wanted no more.
            let _ = error.print();
            ExitStatus::Clean
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitStatus::Failed
        }
        _ => {
            print::err(&render(error, catalogue));
            ExitStatus::Failed
        }
    }
}

fn render(error: &clap::Error, catalogue: &Catalogue) -> String {
    let get = |kind| error.get(kind).map(shown).unwrap_or_default();
    let (argument, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => "cli.usage.unknown-argument",
        ErrorKind::InvalidSubcommand => "cli.usage.unknown-command",
        ErrorKind::InvalidValue if value.is_empty() => "cli.usage.no-value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "cli.usage.bad-value",
        ErrorKind::ArgumentConflict => "cli.usage.conflict",
        ErrorKind::MissingRequiredArgument => "cli.usage.missing-argument",
        ErrorKind::MissingSubcommand => "cli.usage.missing-command",
        ErrorKind::InvalidUtf8 => "cli.usage.not-utf8",
        _ => "cli.usage.other",
    };
    let args = [
        ("argument", argument),
        ("value", value),
        ("command", get(ContextKind::InvalidSubcommand)),
        ("other", get(ContextKind::PriorArg)),
    ];
    let mut lines = vec![catalogue.fill("cli.error.line", &[("text", catalogue.fill(what, &args))])];
    lines.extend(
        advice(error, catalogue).map(|text| catalogue.fill("cli.error.help-line", &[("text", text)])),
    );
    if let Some(usage) = error.get(ContextKind::Usage) {
        let usage = usage_line(&shown(usage), catalogue);
        lines.push(String::new());
        lines.push(format!("{}{usage}", catalogue.text("cli.heading.usage")));
    }
    lines.push(catalogue.text("cli.usage.more").into_owned());
    lines.join("\n")
}

/// What to write instead: the likely meaning, the choices, or what the value must be.
fn advice(error: &clap::Error, catalogue: &Catalogue) -> Option<String> {
    use ContextKind::{SuggestedArg, SuggestedSubcommand, SuggestedValue, ValidValue};
    let suggested = [SuggestedArg, SuggestedSubcommand, SuggestedValue];
    let near = suggested.into_iter().find_map(|kind| error.get(kind)).map(shown).filter(|s| !s.is_empty());
    if let Some(name) = near {
        return Some(catalogue.fill("cli.usage.did-you-mean", &[("name", name)]));
    }
    if let Some(choices) = error.get(ValidValue).map(shown).filter(|s| !s.is_empty()) {
        return Some(catalogue.fill("cli.usage.choices", &[("list", choices)]));
    }
    // Our own value parsers refuse with a key of the catalogue (`values`).
    let source = std::error::Error::source(error)?;
    let reason = source.to_string();
    if source.is::<std::num::ParseIntError>() {
        return Some(catalogue.text("cli.usage.expected-number").into_owned());
    }
    // The words of clap for a number out of its range: "7 is not in 0..=6".
    if let Some((_, range)) = reason.split_once(" is not in ") {
        let (least, most) = range.split_once("..").unwrap_or((range, ""));
        let limits = [("least", least), ("most", most.trim_start_matches('='))];
        return Some(catalogue.fill("cli.usage.expected-range", &limits));
    }
    Some(if catalogue.has(&reason) { catalogue.text(&reason).into_owned() } else { reason })
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(flag) => flag.to_string(),
        _ => String::new(),
    }
}
