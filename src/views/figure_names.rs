//! What a figure is called, in words.
//!
//! For: every output that lists figures by their ids. Not for: working them out (`scan::figures`).

use super::names::Names;

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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::messages::{Catalogue, Lang};

    #[test]
    fn every_figure_of_the_samples_is_named_in_words() {
        let text = include_str!("../../reports/scan.json");
        let scan: serde_json::Value = serde_json::from_str(text).expect("the samples' scan");
        let figures = scan["figures"].as_array().expect("figures");
        let names = Names { catalogue: Catalogue::of(Lang::Zh) };
        for id in figures.iter().filter_map(|figure| figure["id"].as_str()) {
            let name = names.figure(id);
            let is_foreign = |c: char| c.is_ascii_alphabetic();
            assert!(!name.is_empty() && !name.contains(is_foreign), "{id}: “{name}”");
        }
    }
}
