//! Well-formed XML, element by element.
//!
//! For: every part of the document. Not for: what a part says. Invariant: an element that is opened is
//! closed, and text is text: escaped, one line, without characters that XML 1.0 does not have.

use crate::views::text::visible;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// A part that is being written.
pub(super) type Xml = quick_xml::Writer<Vec<u8>>;

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// Namespaces of the parts that hold text.
pub(super) const WORD: Attributes<'static> = &[
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

/// Of a text whose first or last character may be a space.
pub(super) const SPACES: Attributes<'static> = &[("xml:space", "preserve")];

/// A whole part.
pub(super) fn part(
    root: &str,
    attributes: Attributes<'_>,
    inner: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    node(&mut xml, root, attributes, inner)?;
    Ok(xml.into_inner())
}

/// An element with what is in it.
pub(super) fn node(
    xml: &mut Xml,
    name: &str,
    attributes: Attributes<'_>,
    inner: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let element = xml.create_element(name).with_attributes(attributes.iter().copied());
    element.write_inner_content(inner).map(drop)
}

/// An element with nothing in it.
pub(super) fn leaf(xml: &mut Xml, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
    xml.create_element(name).with_attributes(attributes.iter().copied()).write_empty().map(drop)
}

/// An element with the one attribute `w:val`.
pub(super) fn value(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    leaf(xml, name, &[("w:val", value)])
}

/// An element with text in it.
pub(super) fn text(xml: &mut Xml, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
    let text = plain(text);
    node(xml, name, attributes, |xml| xml.write_event(Event::Text(BytesText::new(&text))))
}

/// One printable line; what even `visible` lets through and XML does not is dropped.
fn plain(text: &str) -> String {
    visible(text).chars().filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let bytes = part("a", &[("b", "\"<&")], |xml| {
            text(xml, "t", &[], "<script>&amp;\u{0}\u{8}\u{202e}\u{ffff}\r\n]]>\"")
        });
        let xml = String::from_utf8(bytes.unwrap()).unwrap();
        let inner = "&lt;script&gt;&amp;amp;⟨U+0000⟩⟨U+0008⟩⟨U+202E⟩ ]]&gt;";
        assert!(xml.contains(&format!("<t>{inner}")), "{xml}");
        assert!(xml.contains("<a b=\"&quot;&lt;&amp;\">") && xml.ends_with("</t></a>"), "{xml}");
    }
}
