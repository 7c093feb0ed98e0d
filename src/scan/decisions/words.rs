//! What the cells of a returned table mean: headings, verdicts, actions.
//!
//! For: the words in `src/data/decisions.toml`. Not for: whether the decision can be obeyed (`settle`). Invariant: a text is
//! understood whole or not at all; 不同意 is never read as 不同 or 同意.

use crate::knowledge::messages::{Catalogue, Lang};
use crate::knowledge::text::fold;
use crate::model::{ActionKind, Relation, Verdict};
use std::collections::BTreeMap;
use std::sync::LazyLock;

type Table = BTreeMap<String, Vec<String>>;

static WORDS: LazyLock<BTreeMap<String, Table>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/decisions.toml"))
        .unwrap_or_else(|e| panic!("decisions.toml: {e}"))
});

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) verdict: Verdict,
    /// For `change`: the action, and the target as written.
    pub(super) action: Option<ActionKind>,
    pub(super) target: String,
    /// What follows the verdict.
    pub(super) rest: String,
}

/// The place of a heading in a header row.
pub(super) fn column(header: &[String], name: &str) -> Option<usize> {
    let words = WORDS["headers"].get(name)?;
    header.iter().position(|cell| {
        let cell = fold(cell);
        !cell.is_empty() && words.iter().any(|word| fold(word) == cell)
    })
}

/// What a decision cell says; nothing when it is not understood.
pub(super) fn verdict(text: &str) -> Option<Said> {
    let text = text.trim();
    let (name, rest) = longest(&WORDS["words"], text)?;
    let verdict = Verdict::parse(name)?;
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    if verdict != Verdict::Change && !ends {
        return None;
    }
    let rest = plain(rest).to_owned();
    let (action, target) = match verdict {
        Verdict::Change => action(&rest).map_or((None, String::new()), |(kind, target)| (Some(kind), target)),
        _ => (None, String::new()),
    };
    Some(Said { verdict, action, target, rest })
}

/// The action that a text begins with, and the target that follows it.
pub(super) fn action(text: &str) -> Option<(ActionKind, String)> {
    let (name, rest) = longest(&WORDS["actions"], plain(text))?;
    let mut rest = plain(rest);
    if let Some((_, after)) = longest(&WORDS["into"], rest) {
        rest = plain(after);
    }
    Some((ActionKind::parse(name)?, rest.to_owned()))
}

/// Whether a cell names a relation, in either language or as files of the program do.
pub(super) fn is_relation(cell: &str, relation: Relation) -> bool {
    let key = format!("relation.{relation}");
    let named = |lang| fold(&Catalogue::of(lang).text(&key)) == fold(cell);
    cell == relation.as_str() || [Lang::Zh, Lang::En].into_iter().any(named)
}

/// Without punctuation and blanks at both ends, but for brackets that belong to a name.
fn plain(text: &str) -> &str {
    let is_loose = |c: char| c.is_whitespace() || "：:，,；;。.、→>“”\"…—-".contains(c);
    text.trim_matches(is_loose)
}

/// The entry with the longest word that a text begins with, and what follows.
fn longest<'t>(table: &'static Table, text: &'t str) -> Option<(&'static str, &'t str)> {
    let mut best: Option<(&str, usize, usize)> = None;
    for (name, words) in table {
        for word in words {
            let folded = fold(word);
            let Some(end) = begins(text, &folded) else { continue };
            if best.is_none_or(|(_, length, _)| folded.len() > length) {
                best = Some((name, folded.len(), end));
            }
        }
    }
    best.map(|(name, _, end)| (name, &text[end..]))
}

/// Where a text goes on behind a folded word that it begins with.
fn begins(text: &str, word: &str) -> Option<usize> {
    // A word of Latin letters ends where they end: "no" is not the beginning of "normal".
    let mut taken = String::new();
    for (at, c) in text.char_indices() {
        taken.push(c);
        let folded = fold(&taken);
        if folded == word {
            let end = at + c.len_utf8();
            let goes_on = text[end..].chars().next().is_some_and(|next| next.is_ascii_alphanumeric());
            return (!(goes_on && c.is_ascii_alphanumeric())).then_some(end);
        }
        if folded.len() > word.len() {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<Verdict> {
        verdict(text).map(|said| said.verdict)
    }

    #[test]
    fn a_denial_is_never_taken_for_what_it_denies() {
        assert_eq!(said("同意"), Some(Verdict::Accept));
        assert_eq!(said(" 不同意 "), Some(Verdict::Reject));
        assert_eq!(said("不同"), Some(Verdict::Different));
        assert_eq!(said("不採納：群众仍在使用"), Some(Verdict::Reject));
        assert_eq!(said("Not the same"), Some(Verdict::Different));
        assert_eq!(said("nominal"), None);
        assert_eq!(said("同意但是先等等"), None, "half understood is not understood");
        assert_eq!(said("？"), None);
    }

    #[test]
    fn a_change_names_its_action_and_target() {
        let change = verdict("改为整合到“掌上公交”").unwrap();
        assert_eq!((change.action, change.target.as_str()), (Some(ActionKind::Merge), "掌上公交"));
        let change = verdict("改为：保留整改").unwrap();
        assert_eq!((change.action, change.target.as_str()), (Some(ActionKind::KeepFix), ""));
        let change = verdict("change to close").unwrap();
        assert_eq!(change.action, Some(ActionKind::Close));
        assert_eq!(verdict("改为").unwrap().action, None);
    }

    #[test]
    fn the_headings_choices_and_actions_of_our_own_ledger_are_understood() {
        for lang in [Lang::Zh, Lang::En] {
            let catalogue = Catalogue::of(lang);
            let heading = |key: &str| vec![catalogue.text(&format!("report.column.{key}")).into_owned()];
            for (name, key) in [
                ("decision", "decision"),
                ("id", "id"),
                ("left", "left-id"),
                ("right", "right-id"),
                ("proposal", "proposal"),
                ("action", "action"),
                ("target", "target"),
                ("relation", "relation"),
                ("remark", "remark"),
            ] {
                assert_eq!(column(&heading(key), name), Some(0), "{lang}: {key}");
            }
            for name in ["accept", "reject", "change", "defer", "same", "different"] {
                let text = catalogue.text(&format!("report.decision.{name}")).into_owned();
                assert_eq!(said(&text).map(Verdict::as_str), Some(name), "{lang}: {text}");
            }
            for kind in ActionKind::ALL {
                let text = catalogue.text(&format!("action.{kind}")).into_owned();
                assert_eq!(action(&text), Some((*kind, String::new())), "{lang}: {text}");
            }
        }
    }
}
