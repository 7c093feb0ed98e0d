//! Colour on a terminal.
//!
//! For: telling grave from light at a glance. Not for: meaning of its own: every coloured word says
//! the same without colour. Invariant: nothing is added when colour is off.

/// What a piece of text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::views) enum Tone {
    /// As it is.
    Plain,
    /// A heading.
    Heading,
    /// Forbidden, against, unread.
    Bad,
    /// Restricted.
    Warn,
    /// Advisory.
    Info,
    /// In favour, all read.
    Good,
    /// Of less importance.
    Dim,
}

impl Tone {
    /// The tone of a severity.
    pub(in crate::views) fn of_severity(severity: &str) -> Tone {
        match severity {
            "forbidden" => Tone::Bad,
            "restricted" => Tone::Warn,
            _ => Tone::Info,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Tone::Plain => "0",
            Tone::Heading => "1",
            Tone::Bad => "1;31",
            Tone::Warn => "33",
            Tone::Info => "36",
            Tone::Good => "32",
            Tone::Dim => "2",
        }
    }
}

/// Adds colour or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::views) struct Paint {
    pub(in crate::views) colour: bool,
}

impl Paint {
    /// The text in its tone.
    pub(in crate::views) fn tone(self, tone: Tone, text: &str) -> String {
        if self.colour && tone != Tone::Plain && !text.is_empty() {
            format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code())
        } else {
            text.to_owned()
        }
    }
}
