//! What the draft says, section by section.
//!
//! For: the text of the body, each sentence only when its figures are there. Not for: how it looks
//! (`body`), nor wording (message catalogue, area `draft`). Invariant: no part says zero, no rate comes
//! without its fraction, and nothing is said to be a violation: problems are suspected, actions proposed.

mod facts;
mod problems;
mod proposed;
mod situation;

pub(super) use facts::{ACTIONS, Facts, KINDS};

use super::attachments::Attachments;

/// A paragraph: text, under a heading of its own or not.
pub(super) struct Paragraph {
    /// Runs into the text.
    pub(super) heading: Option<String>,
    pub(super) text: String,
}

/// A section with its title.
pub(super) struct Section {
    pub(super) title: String,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// What stands before the first section: that this is a draft, and what was not read.
pub(super) fn lead(facts: Facts<'_, '_>, attached: &Attachments) -> String {
    let mut lead = facts.fill("lead.drafted", &[("date", &date(facts))]);
    if let Some(unread) = facts.count("files.unread").filter(|&n| n > 0) {
        let place = attached.place(facts, "not-checked");
        lead += &facts.fill("lead.unread", &[("count", &unread.to_string()), ("where", &place)]);
    }
    if let Some(rejected) = facts.count("rows.rejected").filter(|&n| n > 0) {
        lead += &facts.fill("lead.rejected", &[("count", &rejected.to_string())]);
    }
    lead
}

/// The as-of date as a letter writes it.
pub(super) fn date(facts: Facts<'_, '_>) -> String {
    let stated = &facts.0.document.as_of;
    let Ok(day) = stated.parse::<jiff::civil::Date>() else { return stated.clone() };
    let [year, month, date] = [day.year().into(), day.month().into(), i32::from(day.day())];
    let parts = [("year", &*year.to_string()), ("month", &month.to_string()), ("day", &date.to_string())];
    facts.fill("date", &parts)
}

/// The sections in their order.
pub(super) fn sections(facts: Facts<'_, '_>, attached: &Attachments) -> Vec<Section> {
    let parts = [
        ("situation", situation::situation(facts, attached)),
        ("problems", problems::problems(facts, attached)),
        ("disposal", proposed::disposal(facts, attached)),
        ("steps", proposed::steps(facts)),
        ("questions", proposed::questions(facts, attached)),
    ];
    let numbers = facts.text("numbers");
    let mut numbers = numbers.split(',');
    parts
        .into_iter()
        .map(|(key, mut paragraphs)| {
            if paragraphs.is_empty() {
                paragraphs.push(plain(facts.0.names.text("report.nothing")));
            }
            number_headings(facts, &mut paragraphs);
            let title = facts.text(&format!("section.{key}"));
            let number = numbers.next().unwrap_or_default();
            Section { title: facts.fill("heading", &[("number", number), ("title", &title)]), paragraphs }
        })
        .collect()
}

/// Numbers the headings within a section.
fn number_headings(facts: Facts<'_, '_>, paragraphs: &mut [Paragraph]) {
    let numbers = facts.text("numbers");
    let headings = paragraphs.iter_mut().filter_map(|paragraph| paragraph.heading.as_mut());
    for (heading, number) in headings.zip(numbers.split(',')) {
        *heading = facts.fill("subheading", &[("number", number), ("title", heading)]);
    }
}

/// A paragraph without a heading.
fn plain(text: String) -> Paragraph {
    Paragraph { heading: None, text: text.trim_end().to_owned() }
}

/// A paragraph under a heading of the catalogue.
fn headed(facts: Facts<'_, '_>, key: &str, text: String) -> Paragraph {
    Paragraph { heading: Some(facts.text(key)), text: text.trim_end().to_owned() }
}
