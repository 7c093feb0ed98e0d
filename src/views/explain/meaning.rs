//! One name: what the tables make of it.
//!
//! For: `explain --text`, for people who correct the tables. Not for: an item of a scan (`asset`). Invariant: the
//! name went the same way as a row of an inventory, so what is shown is what a scan would have.

use super::line;
use crate::knowledge::detect::{Detector, Label};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::messages::Catalogue;
use crate::knowledge::text::fold;
use crate::model::{AssetTable, Diagnostic, Field, FunctionId};
use crate::views::names::Names;
use crate::views::terminal::Screen;

/// How the first record of a table is understood; with the remarks on it.
pub fn meaning(
    assets: &AssetTable,
    knowledge: (&Lexicon, &Detector),
    remarks: &[Diagnostic],
    catalogue: &Catalogue,
    screen: Screen,
) -> String {
    let (names, (lexicon, detector)) = (Names { catalogue }, knowledge);
    let mut out = String::new();
    let label = |key: &str| names.text(&format!("explain.{key}"));
    let Some(asset) = assets.iter().next() else {
        line(&mut out, screen, &label("remark"), &label("not-understood"));
        return out;
    };
    let (meaning, unit) = (asset.meaning(), asset.unit());
    let text = |symbol| assets.records.pool.get(symbol).to_owned();
    let path = |region| assets.regions.path(region).join(" › ");
    let mut region = path(meaning.place.region);
    let code = &asset.region().code;
    if !code.is_empty() {
        region = names.fill("explain.with-code", &[("name", &region), ("code", code)]);
    }
    let candidates = &assets.region_candidates[meaning.place.candidates as usize];
    if !candidates.is_empty() {
        let several: Vec<String> = candidates.iter().take(CANDIDATES).map(|&c| path(c)).collect();
        let more = if candidates.len() > CANDIDATES { " …" } else { "" };
        let several = several.join(names.comma()) + more;
        region = names.fill("explain.candidates", &[("found", &region), ("candidates", &several)]);
    }
    let mut owner = unit.canonical.clone();
    if !unit.body.is_empty() {
        owner = names.fill("explain.with-code", &[("name", &owner), ("code", &unit.body)]);
    }
    let column = |key: &str| names.text(&format!("report.column.{key}"));
    let with_id = |name: String, id: &str| match id {
        "" => name,
        _ if name == id => name,
        _ => names.fill("explain.with-code", &[("name", &name), ("code", id)]),
    };
    let platform = &lexicon.platforms.get(meaning.platform).id;
    let platform = with_id(names.platform(platform), platform);
    // What every item has, and what only some have.
    let not_understood = |text: String| if text.is_empty() { label("not-understood") } else { text };
    let functions = functions(asset.text(Field::FunctionDesc), asset.name(), lexicon, names);
    let rows = [
        (column("kind"), names.kind(meaning.kind.as_str())),
        (column("platform"), not_understood(platform)),
        (column("unit"), not_understood(owner)),
        (label("line"), unit.line.clone()),
        (label("office"), unit.office.clone()),
        (label("former"), former(asset.text(Field::OwnerUnit), &unit.body, lexicon, names)),
        (column("level"), names.level(meaning.level.as_str())),
        (column("region"), not_understood(region)),
        (label("audience"), names.audience(meaning.audience.as_str())),
        (label("functions"), not_understood(functions)),
        (label("folded"), text(meaning.folded)),
        (label("stem"), text(meaning.stem)),
        (label("number"), text(meaning.number)),
    ];
    for (label, text) in rows.into_iter().filter(|(_, text)| !text.is_empty()) {
        line(&mut out, screen, &label, &text);
    }
    for text in [asset.name(), asset.text(Field::FunctionDesc)] {
        for practice in detector.read(text) {
            line(&mut out, screen, &names.practice(practice.category.as_str()), &judged(&practice, names));
        }
    }
    for remark in remarks {
        line(&mut out, screen, &label("remark"), &catalogue.diagnostic(remark));
    }
    out
}

/// What a text says of a practice, and why that is thought.
fn judged(practice: &Label, names: Names<'_>) -> String {
    let text = |key: String| names.text(&key);
    let exempt = if practice.exempt { names.text("explain.practice-exempt") } else { String::new() };
    names.fill(
        "explain.practice",
        &[
            ("polarity", &text(format!("polarity.{}", practice.polarity))),
            ("modality", &text(format!("modality.{}", practice.modality))),
            ("reason", &names.catalogue.render(&practice.reason)),
            ("exempt", &exempt),
        ],
    )
}

/// How many candidates are worth listing.
const CANDIDATES: usize = 8;

/// The name from before a reform that the owner was written with; empty when it was not.
fn former(owner: &str, body: &str, lexicon: &Lexicon, names: Names<'_>) -> String {
    let found = lexicon.units.former_in(&fold(owner), body);
    found.map_or_else(String::new, |former| match former.year {
        Some(year) => names.fill("explain.until", &[("name", &former.name), ("year", &year.to_string())]),
        None => former.name.clone(),
    })
}

/// Functions, each with the words that show it.
fn functions(description: &str, name: &str, lexicon: &Lexicon, names: Names<'_>) -> String {
    let book = &lexicon.functions;
    let (name, description) = (fold(name), fold(description));
    let hits = book.words(&name, true).chain(book.words(&description, false));
    let mut found: Vec<(FunctionId, Vec<&str>)> = Vec::new();
    for (id, word) in hits {
        match found.iter_mut().find(|(known, _)| *known == id) {
            Some((_, words)) if words.contains(&word) => {}
            Some((_, words)) => words.push(word),
            None => found.push((id, vec![word])),
        }
    }
    let shown = |(id, words): &(FunctionId, Vec<&str>)| {
        let id = &book.get(*id).id;
        let (name, words) = (names.function(id), words.join(names.enumerated()));
        names.fill("explain.shown-by", &[("name", &name), ("id", id), ("words", &words)])
    };
    found.iter().map(shown).collect::<Vec<_>>().join(names.comma())
}
