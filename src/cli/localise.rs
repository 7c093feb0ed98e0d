//! The parser with every word of its help in the user's language.
//!
//! For: help, usage lines, manual pages and completions from the message catalogue:
//! `cli.about`, `cli.<command>.about`, `cli.<command>.<argument>`, `cli.global.<argument>`. Not
//! for: the words of usage errors (`usage`).

use super::args::Cli;
use crate::knowledge::messages::Catalogue;
use clap::{Arg, Command, CommandFactory as _};

/// The whole command line in the catalogue's language.
pub fn command(catalogue: &Catalogue) -> Command {
    localised(Cli::command(), catalogue)
}

/// Any command tree in the catalogue's language.
pub(super) fn localised(mut root: Command, catalogue: &Catalogue) -> Command {
    // Global arguments and full names reach the sub-commands only when the tree is built.
    root.build();
    translate(root, "cli", catalogue)
}

fn translate(command: Command, path: &str, catalogue: &Catalogue) -> Command {
    let about = catalogue.text(&format!("{path}.about")).into_owned();
    let mut command =
        command.about(about).mut_args(|arg| describe(arg, path, catalogue)).mut_subcommands(|sub| {
            let path = format!("{path}.{}", sub.get_name());
            translate(sub, &path, catalogue)
        });
    let usage = usage_line(&command.render_usage().to_string(), catalogue);
    let template = template(&command, catalogue);
    command.override_usage(usage).help_template(template)
}

/// The catalogue key of an argument.
pub(super) fn key(arg: &Arg, path: &str) -> String {
    let owner = if arg.is_global_set() || path == "cli" { "cli.global" } else { path };
    format!("{owner}.{}", arg.get_id())
}

/// Help text, then default, choices and variable, which the parser would say in English.
fn describe(arg: Arg, path: &str, catalogue: &Catalogue) -> Arg {
    let mut help = catalogue.text(&key(&arg, path)).into_owned();
    let takes_values = arg.get_action().takes_values();
    let choices: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
    if takes_values && !choices.is_empty() {
        help.push_str(&catalogue.fill("cli.heading.choices", &[("list", choices.join(", "))]));
    }
    if let Some(default) = arg.get_default_values().first().filter(|_| takes_values) {
        help.push_str(&catalogue.fill("cli.heading.default", &[("value", default.to_string_lossy())]));
    }
    if let Some(variable) = arg.get_env() {
        help.push_str(&catalogue.fill("cli.heading.variable", &[("name", variable.to_string_lossy())]));
    }
    arg.help(help).hide_possible_values(true).hide_default_value(true).hide_env(true)
}

/// A usage line without the parser's own heading and with its two words translated.
pub(super) fn usage_line(usage: &str, catalogue: &Catalogue) -> String {
    let usage = usage.trim();
    let usage = usage.strip_prefix("Usage:").unwrap_or(usage).trim();
    usage
        .replace("[OPTIONS]", &catalogue.text("cli.heading.some-options"))
        .replace("<COMMAND>", &catalogue.text("cli.heading.one-command"))
        .replace("[COMMAND]", &catalogue.text("cli.heading.maybe-command"))
}

/// The page: about, usage, then each list that the command has.
fn template(command: &Command, catalogue: &Catalogue) -> String {
    let mut page = format!("{{about}}\n\n{}{{usage}}\n", catalogue.text("cli.heading.usage"));
    let lists = [
        (command.has_subcommands(), "cli.heading.commands", "{subcommands}"),
        (command.get_positionals().next().is_some(), "cli.heading.arguments", "{positionals}"),
        (command.get_opts().next().is_some(), "cli.heading.options", "{options}"),
    ];
    for (_, heading, list) in lists.into_iter().filter(|(present, ..)| *present) {
        page.extend(["\n", &catalogue.text(heading), "\n", list, "\n"]);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::messages::Lang;
    use std::collections::BTreeSet;

    fn wanted(command: &Command, path: &str, keys: &mut BTreeSet<String>) {
        keys.insert(format!("{path}.about"));
        keys.extend(command.get_arguments().map(|arg| key(arg, path)));
        for sub in command.get_subcommands() {
            wanted(sub, &format!("{path}.{}", sub.get_name()), keys);
        }
    }

    #[test]
    fn the_declarations_contradict_nothing() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_argument_has_its_words_and_every_word_its_argument() {
        let mut root = Cli::command();
        root.build();
        let mut keys = BTreeSet::new();
        wanted(&root, "cli", &mut keys);
        for lang in [Lang::Zh, Lang::En] {
            let catalogue = Catalogue::of(lang);
            for key in &keys {
                assert!(catalogue.has(key), "{lang}: {key} is missing");
            }
        }
        let commands: BTreeSet<&str> =
            root.get_subcommands().map(Command::get_name).chain(["global"]).collect();
        for key in Catalogue::of(Lang::Zh).keys().filter(|key| key.starts_with("cli.")) {
            let group = key.split('.').nth(1).unwrap_or("");
            // Sentences that a command prints stand beside its help and are named in its source.
            let printed = source().contains(&format!("\"{key}\""));
            let built = BUILT.iter().any(|start| key.starts_with(start));
            let known =
                if commands.contains(group) { keys.contains(key) || printed } else { printed || built };
            assert!(known || keys.contains(key), "{key} is used nowhere");
        }
    }

    /// Keys that are put together from a prefix and a name.
    const BUILT: [&str; 2] = ["cli.roff.", "cli.error."];

    fn source() -> String {
        let mut text = String::new();
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    text.push_str(&std::fs::read_to_string(path).unwrap());
                }
            }
        }
        text
    }
}
