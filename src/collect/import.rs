//! Pages that a person saved: the same reading, the same folder, the same chain.
//!
//! For: `collect import`; the only way for sources behind a login and for units without the internet. Not for:
//! trusting what the file says of itself: address, day and person are what the user states.

use super::adapter::{Adapter, Ask, Key};
use super::reading::{self, Answer, Wanted, decode};
use crate::evidence::{Body, How, Reading, Record, State, Store, StoreError};

mod mhtml;

/// What the user states about a saved page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Address at which it was seen.
    pub url: String,
    /// When, in UTC to the second.
    pub taken: String,
    /// Who saved it: a body or a post.
    pub by: String,
    /// The adapter to read it with; the one whose host it is when not stated.
    pub source: Option<String>,
    /// Ids of the items it is about.
    pub assets: Vec<String>,
    /// What the record on the page is found by, where the adapter wants that (a package name).
    pub key: Option<String>,
}

/// What a saved file is, by its first bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// A page.
    Html,
    /// A page with everything it needs, as browsers save it.
    Mhtml,
    /// Data of a page.
    Json,
    /// Print.
    Pdf,
    /// Picture of the screen.
    Png,
}

impl Format {
    /// As records name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Mhtml => "mhtml",
            Format::Json => "json",
            Format::Pdf => "pdf",
            Format::Png => "png",
        }
    }

    /// What the bytes are; `None` when they are none of these.
    pub fn of(bytes: &[u8]) -> Option<Format> {
        if bytes.starts_with(b"%PDF-") {
            return Some(Format::Pdf);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Format::Png);
        }
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
        let start = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        if start.starts_with(['{', '[']) {
            return Some(Format::Json);
        }
        if ["from:", "mime-version:", "content-type: multipart/related"].iter().any(|s| start.starts_with(s))
            && head.contains("multipart/related")
        {
            return Some(Format::Mhtml);
        }
        ["<!doctype", "<html", "<head", "<body", "<!--", "<meta", "<title"]
            .iter()
            .any(|sign| start.starts_with(sign))
            .then_some(Format::Html)
    }
}

/// Reads a saved page as its adapter would, or keeps it unread.
pub fn read(
    form: &Form,
    format: Format,
    bytes: &[u8],
    adapters: &[Adapter],
) -> (Option<String>, Vec<Reading>) {
    let adapter = adapter(form, adapters);
    let way = adapter.and_then(|adapter| Some((adapter, way(adapter, form)?)));
    let key = way.as_ref().map_or_else(|| form.url.clone(), |(_, (_, key))| key.clone());
    let wanted = Wanted { key, assets: form.assets.clone() };
    let page = match format {
        Format::Html | Format::Json => Some(decode(bytes, None)),
        Format::Mhtml => mhtml::page(bytes).map(|(page, kind)| decode(&page, Some(&kind))),
        Format::Pdf | Format::Png => None,
    };
    let kept = || Reading {
        key: wanted.key.clone(),
        assets: wanted.assets.clone(),
        state: State::Kept.to_string(),
        ..Reading::default()
    };
    // Where it is not known which of the records on it is meant, nothing may be called absent.
    let (Some((text, encoding)), Some((adapter, (ask, _)))) = (page, way) else {
        return (None, vec![kept()]);
    };
    let answer = Answer { status: 200, text: &text };
    (Some(encoding.to_owned()), reading::read(adapter, ask, answer, &[wanted]))
}

/// Keeps a saved page. Gives the digest of its record, and the record.
///
/// # Errors
/// When the folder cannot be written.
pub fn import(
    form: &Form,
    format: Format,
    bytes: &[u8],
    adapters: &[Adapter],
    store: &mut Store,
) -> Result<(String, Record), StoreError> {
    let (encoding, readings) = read(form, format, bytes, adapters);
    let (blake3, sm3) = store.put_body(bytes)?;
    let used = adapter(form, adapters);
    let host = url::Url::parse(&form.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let record = Record {
        how: How::Imported.to_string(),
        source: used.map_or_else(|| "manual".to_owned(), |adapter| adapter.id.clone()),
        adapter: used.map(|adapter| adapter.version.clone()).unwrap_or_default(),
        host: host.unwrap_or_default(),
        url: form.url.clone(),
        final_url: form.url.clone(),
        taken: form.taken.clone(),
        by: form.by.clone(),
        body: Some(Body {
            blake3,
            sm3,
            bytes: bytes.len() as u64,
            format: format.as_str().to_owned(),
            encoding,
        }),
        state: readings.first().map(|reading| reading.state.clone()).unwrap_or_default(),
        readings,
        ..Record::default()
    };
    let digest = store.keep(&record)?;
    Ok((digest, record))
}

/// How the page was asked for, with the key: what the user states, or what stands in the address.
fn way<'a>(adapter: &'a Adapter, form: &Form) -> Option<(&'a Ask, String)> {
    let stated = form.key.as_ref().map(|key| {
        let is_number = key.bytes().all(|b| b.is_ascii_digit());
        (if is_number { &[Key::AppleId, Key::VivoId][..] } else { &[Key::Package] }, key)
    });
    adapter.ask.iter().find_map(|ask| match (&ask.template, stated) {
        (None, _) if ask.key == Key::Url => Some((ask, form.url.clone())),
        (None, None) => None,
        (_, Some((kinds, key))) => kinds.contains(&ask.key).then(|| (ask, key.clone())),
        (Some(template), None) => {
            let (before, behind) = template.split_once("{key}")?;
            let key = form.url.strip_prefix(before)?.strip_suffix(behind)?;
            (!key.is_empty() && !key.contains(['/', ',', '&', '?'])).then(|| (ask, key.to_owned()))
        }
    })
}

/// The adapter that was named, that of the host, or a general one.
pub(super) fn adapter<'a>(form: &Form, adapters: &'a [Adapter]) -> Option<&'a Adapter> {
    if let Some(name) = &form.source {
        return adapters.iter().find(|adapter| adapter.id == *name);
    }
    let url = url::Url::parse(&form.url).ok()?;
    let host = url.host_str()?;
    let own = adapters.iter().find(|adapter| adapter.hosts.iter().any(|held| held == host));
    own.or_else(|| adapters.iter().find(|adapter| adapter.is_general()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        for (bytes, expected) in [
            (b"%PDF-1.7".as_slice(), Some(Format::Pdf)),
            (b"\x89PNG\r\n\x1a\n....", Some(Format::Png)),
            (b"\xef\xbb\xbf {\"a\": 1}", Some(Format::Json)),
            (b"\r\n<!DOCTYPE html><p>", Some(Format::Html)),
            (b"From: <Saved by Blink>\r\nContent-Type: multipart/related; boundary=x", Some(Format::Mhtml)),
            (b"MZ\x90\x00", None),
            (b"", None),
        ] {
            assert_eq!(Format::of(bytes), expected);
        }
    }
}
