//! Names of files that are called after something in the scan.
//!
//! For: one file per unit. Not for: where files go. Invariant: a name is a pure function of the text, so that it is the
//! same in every run whatever else there is; no two texts share one, also where case or composition of letters
//! does not count; and every system that we know of accepts it.

use unicode_normalization::UnicodeNormalization as _;

/// Characters kept of a long text: with ending and digest it stays below 255 bytes in UTF-8.
const LONGEST: usize = 48;
/// Digits of the digest that tells texts apart whose names look the same.
const DIGITS: usize = 8;
/// Names of devices, which Windows refuses whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// The text as a file name without an ending. Where the text itself would not do, or another text might give a name
/// that counts as equal, a digest of the text follows.
pub(super) fn file_stem(text: &str) -> String {
    let kept: String = text.nfc().map(|c| if is_safe(c) { c } else { '_' }).take(LONGEST).collect();
    let kept = kept.trim_matches([' ', '.', '_', '-']);
    if kept == text && !kept.is_empty() && !is_device(kept) && kept.to_lowercase() == kept.to_uppercase() {
        return kept.to_owned();
    }
    let digest = blake3::hash(text.as_bytes()).to_hex();
    let base = if kept.is_empty() || is_device(kept) { "_" } else { kept };
    format!("{base}-{}", &digest[..DIGITS])
}

/// Letters, digits and the signs that no system, shell or spreadsheet reads anything into.
fn is_safe(c: char) -> bool {
    c.is_alphanumeric() && c != '\u{FFFD}'
        || matches!(c, ' ' | '.' | '_' | '-' | '（' | '）' | '·' | '、' | '《' | '》')
}

/// Whether Windows takes it for a device: the part before the first point counts.
fn is_device(text: &str) -> bool {
    let first = text.split('.').next().unwrap_or("").trim_end().to_ascii_lowercase();
    let bare = first.trim_end_matches(|c: char| c.is_ascii_digit());
    DEVICES.contains(&bare) && first.len() - bare.len() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn usual_names_stay_as_they_are() {
        for name in ["甲市教育局", "（未填单位）", "子县医院（总院）"] {
            assert_eq!(file_stem(name), name);
        }
    }

    #[test]
    fn names_that_systems_refuse_or_confuse_are_told_apart() {
        let names = [
            "",
            ".",
            "..",
            "_",
            "甲/乙",
            "甲\\乙",
            "甲:乙",
            "con",
            "CON",
            "nul.x",
            "COM1",
            "甲市5G办",
            "甲市5g办",
            "甲 ",
            " 甲",
            "甲.",
            "=cmd",
            "-rf",
            "甲\n乙",
            "\u{202e}甲",
            "é局",
            "e\u{301}局",
            "../../etc",
        ];
        let stems: BTreeSet<String> = names.iter().map(|name| file_stem(name).to_lowercase()).collect();
        assert_eq!(stems.len(), names.len(), "{stems:?}");
    }

    proptest! {
        #[test]
        fn every_text_gives_a_name_that_every_system_takes(text in "\\PC{0,80}|[a-z./\\\\:*? ]{0,12}") {
            let stem = file_stem(&text);
            prop_assert!(!stem.is_empty() && stem.len() <= 200, "{}", stem);
            prop_assert!(!stem.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*']) && !stem.chars().any(char::is_control));
            prop_assert!(!stem.starts_with(['.', ' ', '-', '=', '+', '@']) && !stem.ends_with(['.', ' ']) && !is_device(&stem));
        }
    }
}
