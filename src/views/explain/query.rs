//! Finding what was asked for.
//!
//! For: ids, names and fingerprints as people type them. Not for: searching. Invariant: an answer is
//! unique; where several fit, all of them are offered instead.

use crate::views::report::ReportView;
use strsim::jaro_winkler;

/// The least part of a fingerprint that is looked up.
const SHORTEST: usize = 6;
/// How many suggestions are made.
const SUGGESTED: usize = 5;
/// Names less alike than this are not suggested: below it, two Chinese names that share one
/// character out of three already count as alike.
const ALIKE: f64 = 0.6;

/// Nothing, or several things, fit a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{query}: {}", suggestions.join(", "))]
pub struct NotFound {
    /// What was asked.
    pub query: String,
    /// Whether several fit (then they are the suggestions) or none.
    pub ambiguous: bool,
    /// Ids to try, the likeliest first.
    pub suggestions: Vec<String>,
}

/// What a query means.
pub(super) enum Answer {
    /// Position of an asset.
    Asset(usize),
    /// Position of a finding.
    Finding(usize),
}

/// An asset or a finding.
pub(super) fn find(view: &ReportView<'_>, query: &str) -> Result<Answer, NotFound> {
    match asset(view, query) {
        Ok(at) => Ok(Answer::Asset(at)),
        Err(not_found) => {
            let findings = &view.document.findings;
            let fits = |f: &&crate::scan::document::Finding| f.fingerprint.starts_with(query);
            let mut found = findings.iter().enumerate().filter(|(_, f)| fits(f));
            match (found.next(), found.next()) {
                (Some((i, _)), None) if query.len() >= SHORTEST => Ok(Answer::Finding(i)),
                (Some((_, a)), Some((_, b))) if query.len() >= SHORTEST => Err(NotFound {
                    query: query.to_owned(),
                    ambiguous: true,
                    suggestions: vec![a.fingerprint.clone(), b.fingerprint.clone()],
                }),
                _ => Err(not_found),
            }
        }
    }
}

/// An asset by id, else by its exact name when only one has it.
pub(super) fn asset(view: &ReportView<'_>, query: &str) -> Result<usize, NotFound> {
    if let Some(at) = view.index.position(query) {
        return Ok(at);
    }
    let assets = &view.document.assets;
    let named: Vec<usize> = (0..assets.len()).filter(|&i| assets[i].name.trim() == query.trim()).collect();
    match named[..] {
        [at] => Ok(at),
        [] => Err(NotFound { query: query.to_owned(), ambiguous: false, suggestions: alike(view, query) }),
        _ => Err(NotFound {
            query: query.to_owned(),
            ambiguous: true,
            suggestions: named.iter().take(SUGGESTED).map(|&i| assets[i].id.clone()).collect(),
        }),
    }
}

/// Ids of the assets whose name or id is most like the query.
fn alike(view: &ReportView<'_>, query: &str) -> Vec<String> {
    let mut scored: Vec<(f64, &str)> = Vec::new();
    for asset in &view.document.assets {
        let contains = !query.is_empty() && (asset.name.contains(query) || asset.id.contains(query));
        let score =
            if contains { 1.0 } else { jaro_winkler(&asset.name, query).max(jaro_winkler(&asset.id, query)) };
        if score >= ALIKE {
            scored.push((score, &asset.id));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.into_iter().take(SUGGESTED).map(|(_, id)| id.to_owned()).collect()
}
