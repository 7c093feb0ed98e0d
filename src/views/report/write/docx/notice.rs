//! The notice to a unit (整改通知): a draft in the layout of the report.
//!
//! For: the letter that goes with a unit's workbook. Not for: other units' matters, nor a finished document: number, seal
//! and dates are left open. Invariant: every number is one of the unit's part of the view, no part says zero, and
//! nothing is said to be a violation.

use super::super::{Cause, Out, ReportView};
use super::body::{Draft, section_end};
use super::contents::SHOWN;
use super::page::Page;
use super::paragraph::{bound, run};
use super::sentences::{ACTIONS, Facts, KINDS, date};
use super::tables::Grid;
use super::xml::{WORD, Xml, node, part};
use crate::knowledge::messages::Lang;
use crate::model::{ActionKind, Severity};
use crate::views::report::{Listing, Row, UnitPart};
use std::io;

/// What the tables of the attachments show.
const PROBLEM_COLUMNS: [&str; 8] = ["seq", "name", "severity", "rule", "words", "place", "clause", "remedy"];
const PROPOSAL_COLUMNS: [&str; 9] =
    ["seq", "name", "kind", "problem", "duplicate", "action", "target", "why", "measure"];

/// Writes the notice.
pub(in super::super) fn draw<'a>(
    unit: &UnitPart<'a>,
    view: &ReportView<'a>,
    out: &mut Out,
) -> Result<(), Cause> {
    let draft = Draft { facts: Facts(view), chinese: view.names.catalogue.lang() == Lang::Zh };
    let notice = Notice { unit, draft };
    let body = part("w:document", WORD, |xml| node(xml, "w:body", &[], |xml| notice.body(xml)))?;
    let title = notice.text("title-1") + &notice.text("title-2");
    super::write(body, &title, view, "notice.docx", out)
}

struct Notice<'n, 'a> {
    unit: &'n UnitPart<'a>,
    draft: Draft<'n, 'a>,
}

impl Notice<'_, '_> {
    fn body(&self, xml: &mut Xml) -> io::Result<()> {
        let draft = self.draft;
        draft.head(xml, "")?;
        for (style, key) in [("Title", "title-1"), ("Title", "title-2"), ("Mark", "mark"), ("Flush", "")] {
            draft.line(xml, style, &if key.is_empty() { String::new() } else { self.text(key) })?;
        }
        draft.line(xml, "Flush", &self.fill("addressee", &[("unit", &self.unit.unit)]))?;
        draft.line(xml, "Body", &self.fill("lead", &[("date", &date(draft.facts))]))?;
        let attached = self.attached();
        let sections = [
            ("situation", vec![(None, self.situation())]),
            ("problems", vec![(None, self.problems())]),
            ("proposals", vec![(None, self.proposals())]),
            ("demands", self.demands()),
        ];
        let mut left: usize = sections.iter().map(|(_, paragraphs)| paragraphs.len()).sum();
        for (at, (key, paragraphs)) in sections.into_iter().enumerate() {
            let heading = [("number", &*self.number(at)), ("title", &self.text(&format!("section.{key}")))];
            draft.bound(xml, "Heading", &draft.facts.fill("heading", &heading))?;
            for (at, (heading, text)) in paragraphs.into_iter().enumerate() {
                left -= 1;
                bound(xml, "Body", left == 0, |xml| {
                    if let Some(title) = heading {
                        let heading = [("number", &*self.number(at)), ("title", &title)];
                        run(
                            xml,
                            Some("Subheading"),
                            draft.chinese,
                            &draft.facts.fill("subheading", &heading),
                        )?;
                    }
                    run(xml, None, draft.chinese, text.trim_end())
                })?;
            }
        }
        self.end(xml, &attached)?;
        let mut page = Page::Portrait;
        for (at, id) in attached.iter().enumerate() {
            section_end(xml, page)?;
            page = Page::Landscape;
            self.attachment(xml, at + 1, id)?;
        }
        draft.line(xml, "Note", "")?;
        draft.line(xml, "Note", &draft.facts.0.provenance_short)?;
        page.section(xml)
    }

    /// List of attachments, signature.
    fn end(&self, xml: &mut Xml, attached: &[&str]) -> io::Result<()> {
        let (draft, facts) = (self.draft, self.draft.facts);
        draft.closing(xml)?;
        draft.bound(xml, "Body", "")?;
        for (at, id) in attached.iter().enumerate() {
            let number = (at + 1).to_string();
            let entry = [("number", &*number), ("title", &self.text(&format!("attachment.{id}")))];
            let entry = facts.fill("attachment.entry", &entry);
            match at {
                0 => draft.bound(xml, "Body", &(facts.text("attachment.list") + &entry))?,
                _ => draft.bound(xml, "Entry", &entry)?,
            }
        }
        draft.signature(xml)
    }

    /// Attachments with something in them.
    fn attached(&self) -> Vec<&'static str> {
        let counts = &self.unit.counts;
        let all = [("problems", counts.open()), ("proposals", counts.proposals())];
        all.into_iter().filter(|(_, n)| *n > 0).map(|(id, _)| id).collect()
    }

    fn attachment(&self, xml: &mut Xml, number: usize, id: &str) -> io::Result<()> {
        let (draft, facts) = (self.draft, self.draft.facts);
        draft.line(xml, "Label", &facts.fill("attachment.label", &[("number", &number.to_string())]))?;
        draft.line(xml, "Title", &self.text(&format!("attachment.{id}")))?;
        draft.line(xml, "Note", &facts.text("attachment.suspected"))?;
        if id == "problems" {
            let waived = facts.0.names.finding_status("waived");
            let open = |status: &str| !status.starts_with(&waived);
            return self.rows(xml, &self.unit.problems, &PROBLEM_COLUMNS, "finding-status", open);
        }
        let [keep, none] = [ActionKind::Keep, ActionKind::None].map(|a| facts.0.names.action(a.as_str()));
        let changes = |action: &str| action != keep && action != none;
        self.rows(xml, &self.unit.ledger, &PROPOSAL_COLUMNS, "action", changes)
    }

    /// The rows of a listing whose cell in a column is wanted.
    fn rows(
        &self,
        xml: &mut Xml,
        listing: &Listing<'_>,
        columns: &[&str],
        key: &str,
        wanted: impl Fn(&str) -> bool,
    ) -> io::Result<()> {
        let at = listing.columns.iter().position(|c| c.key == key).unwrap_or_default();
        let mut rows: Vec<Row<'_>> = Vec::new();
        let mut more = 0;
        for row in listing.rows().filter(|row| wanted(&row[at].plain())) {
            if rows.len() < SHOWN { rows.push(row) } else { more += 1 }
        }
        Grid::new(&listing.columns, columns, Page::Landscape, self.draft.chinese).table(xml, &rows)?;
        self.draft.more(xml, more)
    }

    fn situation(&self) -> String {
        let (facts, counts) = (self.draft.facts, &self.unit.counts);
        let kinds = KINDS.iter().zip(counts.live).filter(|(_, n)| *n > 0);
        let kinds: Vec<String> = kinds.map(|(k, n)| facts.named(&facts.0.names.kind(k), k, n)).collect();
        let key = if kinds.is_empty() { "situation-none" } else { "situation" };
        let args = [("items", &*facts.said("all", counts.items)), ("kinds", &facts.list(&kinds))];
        self.fill(key, &args)
    }

    fn problems(&self) -> String {
        let (facts, counts) = (self.draft.facts, &self.unit.counts);
        let parts = Severity::ALL.iter().zip(counts.findings);
        let parts: Vec<String> =
            parts.filter_map(|(severity, n)| facts.part(severity.as_str(), "finding", n)).collect();
        let mut text = match parts.len() {
            0 => self.text("problems-none"),
            1 => self
                .fill("problems-one", &[("parts", &facts.list(&parts)), ("where", &self.place("problems"))]),
            _ => {
                let total = facts.said("finding", counts.open());
                let args =
                    [("total", &*total), ("parts", &facts.list(&parts)), ("where", &self.place("problems"))];
                self.fill("problems", &args)
            }
        };
        let pairs = self.unit.duplicates.len as u64;
        if pairs > 0 {
            text += &self.fill("pairs", &[("pairs", &facts.said("pair", pairs))]);
        }
        text
    }

    fn proposals(&self) -> String {
        let (facts, counts) = (self.draft.facts, &self.unit.counts);
        let live = counts.before();
        if live == 0 {
            return self.text("proposals-no-items");
        }
        let said = facts.said("all", live);
        if counts.proposals() == 0 {
            return self.fill("proposals-none", &[("live", &said)]);
        }
        let number = |action: &str| ActionKind::parse(action).map_or(0, |action| counts.of(action));
        let parts: Vec<String> =
            ACTIONS.iter().filter_map(|action| facts.part(action, "all", number(action))).collect();
        let args = [("live", &*said), ("parts", &facts.list(&parts)), ("where", &self.place("proposals"))];
        let referred = counts.of(ActionKind::Refer) > 0;
        self.fill("proposals", &args) + &if referred { facts.text("disposal.refer") } else { String::new() }
    }

    /// What the unit is asked to do, each under its heading.
    fn demands(&self) -> Vec<(Option<String>, String)> {
        let some = self.unit.counts.open() + self.unit.counts.proposals() > 0;
        let keys = ["confirm", if some { "repair" } else { "" }, "answer"];
        let demand = |key: &str| (Some(self.text(&format!("{key}-title"))), self.text(key));
        keys.into_iter().filter(|key| !key.is_empty()).map(demand).collect()
    }

    /// "See attachment 2".
    fn place(&self, id: &str) -> String {
        let number = self.attached().iter().position(|found| *found == id).unwrap_or_default() + 1;
        self.draft.facts.fill("seen-in", &[("number", &number.to_string())])
    }

    fn number(&self, at: usize) -> String {
        self.draft.facts.text("numbers").split(',').nth(at).unwrap_or_default().to_owned()
    }

    fn text(&self, key: &str) -> String {
        self.draft.facts.0.names.text(&format!("notice.{key}"))
    }

    fn fill(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.draft.facts.0.names.fill(&format!("notice.{key}"), args)
    }
}
