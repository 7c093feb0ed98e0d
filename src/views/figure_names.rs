//! What a figure is called and how it is counted, in words.
//!
//! For: every output that lists figures by their ids. Not for: working them out (`scan::figures`).

use super::names::Names;
use crate::model::ActionKind;

impl Names<'_> {
    /// A figure in words, part by part; parts without a name are shown as they are.
    pub fn figure(self, id: &str) -> String {
        let names = self;
        let text =
            |key: String, id: &str| if names.catalogue.has(&key) { names.text(&key) } else { id.to_owned() };
        let (group, rest) = id.split_once('.').unwrap_or((id, ""));
        let words: Vec<String> = match (group, rest.split_once('.')) {
            ("assets", Some((kind, what))) => {
                let kind = if kind == "all" { names.text("report.total") } else { names.kind(kind) };
                vec![
                    kind,
                    text(format!("report.figure.{what}"), &text(format!("report.column.{what}"), what)),
                ]
            }
            ("findings", _) => vec![
                names.text("report.table.problems"),
                text(format!("severity.{rest}"), &names.finding_status(rest)),
            ],
            ("pairs", _) => vec![names.relation(rest), names.text("report.column.pairs")],
            _ => vec![text(format!("report.figure.{group}-{rest}"), id)],
        };
        words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// How a figure is counted, in words; none for one that this version does not know: the stored formula says it then.
    pub fn how_counted(self, id: &str) -> Option<String> {
        let names = self;
        let (group, rest) = id.split_once('.')?;
        let say = |what: &str, args: &[(&str, &str)]| {
            let key = format!("report.how.{what}");
            names.catalogue.has(&key).then(|| names.fill(&key, args))
        };
        match (group, rest.split_once('.')) {
            ("assets", Some(("all", "listed"))) => say("listed-all", &[]),
            ("assets", Some((_, action))) if ActionKind::parse(action).is_some() => {
                say("action", &[("action", &names.action(action))])
            }
            ("assets", Some((kind, what))) => say(what, &[("kind", &names.kind(kind))]),
            ("findings", _) => {
                let counted = say(if rest == "waived" { "findings-waived" } else { "findings-open" }, &[])?;
                let severity = format!("severity.{rest}");
                let known = names.catalogue.has(&severity);
                let name = if known { names.text(&severity) } else { names.finding_status(rest) };
                say("findings", &[("name", &name), ("counted", &counted)])
            }
            ("pairs", _) => say("pairs", &[("name", &names.relation(rest))]),
            _ => say(&format!("{group}-{rest}"), &[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::messages::{Catalogue, Lang};

    #[test]
    fn every_figure_of_the_samples_is_named_and_said_in_words() {
        let text = include_str!("../../reports/scan.json");
        let scan: serde_json::Value = serde_json::from_str(text).expect("the samples' scan");
        let figures = scan["figures"].as_array().expect("figures");
        let names = Names { catalogue: Catalogue::of(Lang::Zh) };
        for id in figures.iter().filter_map(|figure| figure["id"].as_str()) {
            let (name, how) = (names.figure(id), names.how_counted(id).unwrap_or_default());
            for text in [&name, &how] {
                assert!(
                    !text.is_empty() && !text.contains(|c: char| c.is_ascii_alphabetic()),
                    "{id}: “{name}”, “{how}”"
                );
            }
        }
    }
}
