//! What `match` writes: `id,cluster`, the related pairs, the price of blocking, and weights that moved.
//!
//! For: files in the terms of the input (its own ids). Not for: scans, whose ids are worked out from what
//! an asset is. Invariant: one line per row of the input, in its order.

use super::report::WriteError;
use super::report::write::{Cause, Out, replace};
use super::terminal::{Align, Col, Screen, Tone, grid};
use crate::knowledge::messages::Catalogue;
use crate::model::{AssetTable, Cluster, Field, InputFile};
use crate::stages::matching::{BlockReport, Link, MOST_DRIFT, MOST_MOVED, Refit};
use hashbrown::HashSet;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

/// How rows are named in the output.
pub struct Ids<'a> {
    /// One per row.
    pub texts: Vec<Cow<'a, str>>,
    /// Whether they are `file#row`, because the input's own ids are absent, empty somewhere, or repeat.
    pub made_up: bool,
}

/// The input's own ids where every row has one and none repeats, `file#row` otherwise.
pub fn ids<'a>(assets: &'a AssetTable, inputs: &[InputFile]) -> Ids<'a> {
    let own: Vec<&str> = assets.iter().map(|asset| asset.text(Field::Id)).collect();
    let distinct: HashSet<&str> = own.iter().copied().filter(|id| !id.is_empty()).collect();
    if distinct.len() == own.len() {
        return Ids { texts: own.into_iter().map(Cow::Borrowed).collect(), made_up: false };
    }
    let records = &assets.records;
    let made = (0..assets.len()).map(|index| {
        let file = &inputs[records.sheet(index).file.0 as usize].path;
        Cow::Owned(format!("{file}#{}", records.place(index).row))
    });
    Ids { texts: made.collect(), made_up: true }
}

/// Writes `id,cluster`; a row that is alone is its own cluster.
pub fn write_clusters(
    path: &Path,
    ids: &[Cow<'_, str>],
    assets: &AssetTable,
    clusters: &[Cluster],
) -> Result<(), WriteError> {
    let mut cluster = vec![None; assets.len()];
    for (number, members) in clusters.iter().enumerate() {
        for member in &members.members {
            cluster[member.index()] = Some(number);
        }
    }
    write(path, &["id", "cluster"], |writer| {
        let mut name = String::new();
        for (row, (id, cluster)) in ids.iter().zip(cluster).enumerate() {
            name.clear();
            let (mark, number) = cluster.map_or(('s', row), |number| ('c', number));
            // Writing to a text cannot fail.
            let _ = write!(name, "{mark}{number}");
            writer.write_record([id.as_ref(), &name])?;
        }
        Ok(())
    })
}

/// Writes `left,right,relation,weight,probability`, in the order of the links.
pub fn write_pairs(path: &Path, ids: &[Cow<'_, str>], links: &[Link]) -> Result<(), WriteError> {
    write(path, &["left", "right", "relation", "weight", "probability"], |writer| {
        let (mut weight, mut probability) = (String::new(), String::new());
        for link in links {
            weight.clear();
            probability.clear();
            let _ = write!(weight, "{:.3}", link.weight);
            let _ = write!(probability, "{:.4}", link.probability());
            let (left, right) = (&ids[link.left.index()], &ids[link.right.index()]);
            writer.write_record([left.as_ref(), right, link.relation.as_str(), &weight, &probability])?;
        }
        Ok(())
    })
}

/// Writes a table row by row, with what each row needs kept for the next: a million small texts take longer to ask for
/// than to write.
fn write(
    path: &Path,
    header: &[&str],
    rows: impl FnOnce(&mut csv::Writer<&mut Out>) -> Result<(), Cause>,
) -> Result<(), WriteError> {
    let draw = |out: &mut Out| -> Result<(), Cause> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(header)?;
        rows(&mut writer)?;
        Ok(writer.flush()?)
    };
    replace(path, draw).map_err(|cause| WriteError { path: path.to_owned(), cause })
}

/// The price list of the blocking keys.
pub fn blocking(reports: &[BlockReport], catalogue: &Catalogue, screen: Screen) -> String {
    let titles = ["key", "blocks", "pairs", "largest", "capped", "left-out"];
    let columns: Vec<Col> = titles
        .iter()
        .enumerate()
        .map(|(i, title)| Col {
            title: catalogue.text(&format!("blocking.{title}")).into_owned(),
            align: if i == 0 { Align::Left } else { Align::Right },
        })
        .collect();
    let row = |r: &BlockReport| {
        let key = catalogue.text(&format!("block.{}", r.key)).into_owned();
        let counts = [r.blocks, r.pairs, r.largest, r.capped, r.left_out].map(|n| n.to_string());
        (Tone::Plain, [key].into_iter().chain(counts).collect())
    };
    grid(&columns, &reports.iter().map(row).collect::<Vec<_>>(), screen)
}

/// What a refit changed, weight by weight, and which parameter set is in use.
pub fn refit(refit: &Refit, catalogue: &Catalogue, screen: Screen) -> String {
    let columns: Vec<Col> = ["comparison", "level", "pairs", "before", "after"]
        .into_iter()
        .enumerate()
        .map(|(i, title)| Col {
            title: catalogue.text(&format!("refit.{title}")).into_owned(),
            align: if i < 2 { Align::Left } else { Align::Right },
        })
        .collect();
    let rows: Vec<(Tone, Vec<String>)> = refit
        .drifts
        .iter()
        .map(|d| {
            let weights = [d.before, d.after].map(|weight| format!("{weight:+.2}"));
            let [before, after] = weights;
            let cells = vec![d.comparison.to_owned(), d.level.to_owned(), d.pairs.to_string(), before, after];
            (Tone::Plain, cells)
        })
        .collect();
    let key = if refit.is_refused { "refit.refused" } else { "refit.used" };
    let (before, after) = refit.related;
    let percent = |share: f64| format!("{:.2} %", 100.0 * share);
    let values = [
        ("set", refit.parameters.label.clone()),
        ("rounds", refit.rounds.to_string()),
        ("pairs", refit.pairs.to_string()),
        ("before", percent(before)),
        ("after", percent(after)),
        ("drift", format!("{MOST_DRIFT}")),
        ("most", format!("{:.0} %", 100.0 * MOST_MOVED)),
    ];
    let said = catalogue.fill(key, &values);
    if rows.is_empty() { format!("{said}\n") } else { format!("{}{said}\n", grid(&columns, &rows, screen)) }
}
