//! Small steps over the events of the XML library that several readers take.
//!
//! For: attributes and entities. Not for: any one format. Invariant: nothing in here fails on odd input; what
//! cannot be resolved stays as it is written.

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart};

/// The value of an attribute by its local name, unescaped.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let found = attributes.filter_map(Result::ok).find(|a| a.key.local_name().as_ref() == name)?;
    Some(match quick_xml::escape::unescape(&found.value) {
        Ok(value) => value.into_owned(),
        Err(_) => found.value.into_owned(),
    })
}

/// An attribute that is a number.
pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.trim().parse().ok()
}

/// Adds what an entity or a character reference stands for.
pub(super) fn push_entity(entity: &BytesRef<'_>, text: &mut String) {
    let name: &str = entity.as_ref();
    if let Some(resolved) = resolve_xml_entity(name) {
        text.push_str(resolved);
    } else if let Ok(Some(c)) = entity.resolve_char_ref() {
        text.push(c);
    } else {
        text.push('&');
        text.push_str(name);
        text.push(';');
    }
}
