//! The document from title to provenance.
//!
//! For: the order of paragraphs, attachments and sections. Not for: what the sentences say (`sentences`) or
//! what stands in an attachment (`contents`). Invariant: every attachment begins on a page of its own; the last line is
//! the provenance.

use super::attachments::Attachments;
use super::page::Page;
use super::paragraph::{bound, run};
use super::sentences::{Facts, lead, sections};
use super::xml::{WORD, Xml, leaf, node, part};
use crate::knowledge::messages::Lang;
use crate::scan::document::Letter;
use crate::views::report::ReportView;
use std::io;

/// `document.xml`.
pub(super) fn document(view: &ReportView<'_>) -> io::Result<Vec<u8>> {
    let draft = Draft { facts: Facts(view), chinese: view.names.catalogue.lang() == Lang::Zh };
    let attached = Attachments::of(draft.facts);
    part("w:document", WORD, |xml| {
        node(xml, "w:body", &[], |xml| {
            draft.text(xml, &attached)?;
            let mut page = Page::Portrait;
            for (number, id, lies) in attached.iter() {
                section_end(xml, page)?;
                page = lies;
                draft.attachment(xml, number, id, page)?;
            }
            draft.line(xml, "Note", "")?;
            draft.line(xml, "Note", &view.provenance)?;
            page.section(xml)
        })
    })
}

/// Ends the pages before it.
pub(super) fn section_end(xml: &mut Xml, page: Page) -> io::Result<()> {
    node(xml, "w:p", &[], |xml| {
        node(xml, "w:pPr", &[], |xml| {
            // Hardly any height: it stands after a table that may fill its page.
            leaf(xml, "w:spacing", &[("w:line", "20"), ("w:lineRule", "exact")])?;
            page.section(xml)
        })
    })
}

/// What the document is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Draft<'v, 'a> {
    pub(super) facts: Facts<'v, 'a>,
    pub(super) chinese: bool,
}

impl<'v> Draft<'v, '_> {
    /// Title, sections, list of attachments, signature.
    fn text(self, xml: &mut Xml, attached: &Attachments) -> io::Result<()> {
        let facts = self.facts;
        self.head(xml, &self.letter().number)?;
        for (style, key) in [("Title", "title-1"), ("Title", "title-2"), ("Mark", "mark")] {
            self.line(xml, style, &facts.text(key))?;
        }
        self.line(xml, "Flush", "")?;
        self.line(xml, "Flush", &self.stated("addressed", &self.letter().addressee, "addressee"))?;
        self.line(xml, "Body", &lead(facts, attached))?;
        let sections = sections(facts, attached);
        let mut left: usize = sections.iter().map(|section| section.paragraphs.len()).sum();
        for section in sections {
            self.bound(xml, "Heading", &section.title)?;
            for paragraph in section.paragraphs {
                left -= 1;
                // The last words of the text stand on the page of the signature, which must not be alone there.
                bound(xml, "Body", left == 0, |xml| {
                    if let Some(heading) = &paragraph.heading {
                        run(xml, Some("Subheading"), self.chinese, heading)?;
                    }
                    run(xml, None, self.chinese, &paragraph.text)
                })?;
            }
        }
        self.closing(xml)?;
        self.bound(xml, "Body", "")?;
        for (number, id, _) in attached.iter() {
            let entry = facts.fill(
                "attachment.entry",
                &[("number", &number.to_string()), ("title", &facts.text(&format!("attachment.{id}")))],
            );
            match number {
                1 => self.bound(xml, "Body", &(facts.text("attachment.list") + &entry))?,
                _ => self.bound(xml, "Entry", &entry)?,
            }
        }
        self.signature(xml)
    }

    /// Words that the policy states.
    fn letter(self) -> &'v Letter {
        &self.facts.0.document.parameters.letter
    }

    /// Letterhead and number, where they are stated.
    pub(super) fn head(self, xml: &mut Xml, number: &str) -> io::Result<()> {
        let lines = [("Letterhead", self.letter().letterhead.as_str()), ("Mark", number)];
        let mut stated = lines.into_iter().filter(|(_, words)| !words.is_empty()).peekable();
        if stated.peek().is_none() {
            return Ok(());
        }
        stated.try_for_each(|(style, words)| self.line(xml, style, words))?;
        self.line(xml, "Flush", "")
    }

    /// Closing sentences, where they are stated.
    pub(super) fn closing(self, xml: &mut Xml) -> io::Result<()> {
        self.letter().closing.iter().try_for_each(|words| self.bound(xml, "Body", words))
    }

    /// Who signs, or the place left open for it, and the place for the date.
    pub(super) fn signature(self, xml: &mut Xml) -> io::Result<()> {
        self.bound(xml, "Body", "")?;
        let signed = self.stated("signed", &self.letter().organisation, "signature");
        self.bound(xml, "Signature", &signed)?;
        self.line(xml, "Signature", &self.facts.text("signed-on"))
    }

    /// What is stated in its sentence, or the words for what is left open.
    fn stated(self, key: &str, words: &str, open: &str) -> String {
        if words.is_empty() { self.facts.text(open) } else { self.facts.fill(key, &[("words", words)]) }
    }

    /// A paragraph of one run.
    pub(super) fn line(self, xml: &mut Xml, style: &str, words: &str) -> io::Result<()> {
        self.drawn(xml, style, false, words)
    }

    /// The same, on one page with the paragraph behind it.
    pub(super) fn bound(self, xml: &mut Xml, style: &str, words: &str) -> io::Result<()> {
        self.drawn(xml, style, true, words)
    }

    fn drawn(self, xml: &mut Xml, style: &str, is_bound: bool, words: &str) -> io::Result<()> {
        let drawn =
            |xml: &mut Xml| if words.is_empty() { Ok(()) } else { run(xml, None, self.chinese, words) };
        bound(xml, style, is_bound, drawn)
    }
}
