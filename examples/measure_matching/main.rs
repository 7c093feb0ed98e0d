//! Measures matching on an inventory with known truth: what blocking keeps, how right the clusters are, and how well the
//! probabilities are calibrated.
//!
//! `cargo run --release --example measure_matching -- INVENTORY.csv TRUTH.csv [--exhaustive] [--missed FILE] [--wrong FILE] [--levels FILE]`;
//! the truth has the columns `id,truth_cluster`. `--exhaustive` compares all pairs (a few thousand rows) beside the
//! blocked run and prints what blocking loses.

#![allow(clippy::print_stdout, reason = "the figures are what it is run for")]

mod bins;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use zhijian::knowledge::policy::Policy;
use zhijian::model::{AssetIx, AssetTable, Cluster, Field, LocalWords};
use zhijian::scan::{self, Knowledge};
use zhijian::stages::ingest::{Naming, Options, ingest};
use zhijian::stages::matching::{self, Matched};
use zhijian::stages::normalise::normalise;

type Pair = (AssetIx, AssetIx);

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = Vec::new();
    let mut options: HashMap<String, PathBuf> = HashMap::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--exhaustive" => drop(options.insert(arg, PathBuf::new())),
            "--missed" | "--wrong" | "--levels" => {
                let value = args.next().ok_or("a file is missing")?;
                options.insert(arg, value.into());
            }
            _ => paths.push(PathBuf::from(arg)),
        }
    }
    let [inventory, truth] = paths.as_slice() else {
        return Err(
            "usage: measure_matching INVENTORY.csv TRUTH.csv [--exhaustive] [--missed FILE] [--wrong FILE] [--levels FILE]"
                .into(),
        );
    };
    let knowledge = Knowledge::load(None, &LocalWords::default())?;
    let policy = Policy::default();
    let assets = assets(inventory, &knowledge, &policy)?;
    let parameters = scan::parameters(&policy);
    let truth = Truth::read(truth, &assets)?;
    println!("{} items, {} true pairs", assets.len(), truth.pairs.len());

    let candidates = matching::candidates(&assets, &knowledge.lexicon);
    let compared: HashSet<Pair> = candidates.iter().copied().collect();
    let kept = truth.pairs.iter().filter(|pair| compared.contains(pair)).count();
    println!(
        "blocking: {} pairs compared, keeps {kept} of {} true pairs ({})",
        compared.len(),
        truth.pairs.len(),
        share(kept, truth.pairs.len())
    );
    let matched = matching::run(&assets, &knowledge.lexicon, &parameters, &[]);
    let found = within(&matched.clusters);
    let right = found.iter().filter(|pair| truth.are_one(**pair)).count();
    print_accuracy("clusters", right, found.len(), truth.pairs.len());
    println!(
        "B-cubed F1 {:.4}, largest cluster {}",
        truth.b_cubed(&matched.clusters),
        matched.clusters.iter().map(|c| c.members.len()).max().unwrap_or(0)
    );
    bins::print(&matched.links, |pair| truth.are_one(pair));
    if options.contains_key("--exhaustive") {
        compare_with_all(&assets, &knowledge, &parameters, &matched, &compared, &truth);
    }
    if let Some(path) = options.get("--levels") {
        let scorer = matching::Comparer::new(&assets, &knowledge.lexicon, &parameters);
        let mut text = String::new();
        for &(a, b) in &candidates {
            let (pair, _) = scorer.compare(a, b);
            let levels: Vec<&str> = pair.evidence.iter().map(|evidence| evidence.level).collect();
            let kind = assets.meaning[a.index()].kind;
            let is_one = u8::from(truth.are_one((a, b)));
            writeln!(
                text,
                "{is_one}\t{kind}\t{}\t{:.2}\t{}\t{}",
                pair.relation,
                pair.weight,
                pair.binds,
                levels.join("\t")
            )?;
        }
        std::fs::write(path, text)?;
    }
    if let Some(path) = options.get("--missed") {
        let found: HashSet<Pair> = found.iter().copied().collect();
        let missed: Vec<Pair> = truth.pairs.iter().copied().filter(|pair| !found.contains(pair)).collect();
        write(path, &missed, &compared, &assets, &knowledge, &parameters)?;
    }
    if let Some(path) = options.get("--wrong") {
        let wrong: Vec<Pair> = found.iter().copied().filter(|pair| !truth.are_one(*pair)).collect();
        write(path, &wrong, &compared, &assets, &knowledge, &parameters)?;
    }
    Ok(())
}

fn assets(path: &Path, knowledge: &Knowledge, policy: &Policy) -> Result<AssetTable, Box<dyn Error>> {
    let options = Options {
        fields: &knowledge.fields,
        naming: Naming::Items,
        overrides: &policy.columns,
        as_of: jiff::civil::date(2026, 11, 22),
        with_sm3: false,
        not_inventories: &[],
        kept: None,
        progress: &|_, _| {},
    };
    let read = ingest(&[path.to_owned()], &options)?;
    Ok(normalise(read.records, &knowledge.lexicon, &read.inputs).0)
}

fn share(part: usize, whole: usize) -> String {
    format!("{:.2} %", 100.0 * part as f64 / whole.max(1) as f64)
}

fn print_accuracy(what: &str, right: usize, found: usize, wanted: usize) {
    let (precision, recall) = (right as f64 / found.max(1) as f64, right as f64 / wanted.max(1) as f64);
    let f1 = 2.0 * right as f64 / (found + wanted).max(1) as f64;
    println!(
        "{what}: precision {precision:.4}, recall {recall:.4}, F1 {f1:.4} ({right} of {found} right, {wanted} wanted)"
    );
}

/// All pairs within clusters.
fn within(clusters: &[Cluster]) -> Vec<Pair> {
    let pairs = clusters.iter().flat_map(|cluster| {
        let members = &cluster.members;
        (0..members.len())
            .flat_map(move |i| members[i + 1..].iter().map(move |&b| (members[i].min(b), members[i].max(b))))
    });
    pairs.collect()
}

/// What is known to be one.
struct Truth {
    /// Number of the cluster of each item.
    cluster: Vec<u32>,
    pairs: Vec<Pair>,
}

impl Truth {
    fn read(path: &Path, assets: &AssetTable) -> Result<Truth, Box<dyn Error>> {
        let ids: HashMap<String, usize> =
            assets.iter().map(|a| (a.text(Field::Id).to_owned(), a.ix.index())).collect();
        let mut cluster = vec![u32::MAX; assets.len()];
        let mut names: HashMap<String, u32> = HashMap::new();
        for row in csv::Reader::from_path(path)?.records() {
            let row = row?;
            let next = names.len() as u32;
            let number = *names.entry(row[1].to_owned()).or_insert(next);
            if let Some(&at) = ids.get(&row[0]) {
                cluster[at] = number;
            }
        }
        let mut members: BTreeMap<u32, Vec<AssetIx>> = BTreeMap::new();
        for (at, &number) in cluster.iter().enumerate() {
            members.entry(number).or_default().push(AssetIx(at as u32));
        }
        members.remove(&u32::MAX);
        let pairs = members
            .values()
            .flat_map(|m| (0..m.len()).flat_map(move |i| m[i + 1..].iter().map(move |&b| (m[i], b))));
        let pairs = pairs.collect();
        Ok(Truth { cluster, pairs })
    }

    fn are_one(&self, (a, b): Pair) -> bool {
        let number = self.cluster[a.index()];
        number != u32::MAX && number == self.cluster[b.index()]
    }

    /// The harmonic mean of the B-cubed precision and recall (Bagga & Baldwin 1998).
    fn b_cubed(&self, clusters: &[Cluster]) -> f64 {
        let mut predicted = vec![None; self.cluster.len()];
        for (number, cluster) in clusters.iter().enumerate() {
            for member in &cluster.members {
                predicted[member.index()] = Some(number);
            }
        }
        let mut both: HashMap<(usize, u32), f64> = HashMap::new();
        let mut of_predicted: HashMap<usize, f64> = HashMap::new();
        let mut of_truth: HashMap<u32, f64> = HashMap::new();
        for (at, &truth) in self.cluster.iter().enumerate() {
            let own = predicted[at].unwrap_or(clusters.len() + at);
            *both.entry((own, truth)).or_default() += 1.0;
            *of_predicted.entry(own).or_default() += 1.0;
            *of_truth.entry(truth).or_default() += 1.0;
        }
        let mut cells: Vec<_> = both.into_iter().collect();
        cells.sort_by_key(|(key, _)| *key);
        let n = self.cluster.len() as f64;
        let sum =
            |of: &dyn Fn(&(usize, u32)) -> f64| cells.iter().map(|(k, m)| m * m / of(k)).sum::<f64>() / n;
        let (precision, recall) = (sum(&|k| of_predicted[&k.0]), sum(&|k| of_truth[&k.1]));
        2.0 * precision * recall / (precision + recall)
    }
}

/// What all pairs give that the blocked run does not.
fn compare_with_all(
    assets: &AssetTable,
    knowledge: &Knowledge,
    parameters: &matching::Parameters,
    blocked: &Matched<'_>,
    compared: &HashSet<Pair>,
    truth: &Truth,
) {
    let all = matching::run_exhaustively(assets, &knowledge.lexicon, parameters, &[]);
    let found = within(&all.clusters);
    let right = found.iter().filter(|pair| truth.are_one(**pair)).count();
    print_accuracy("clusters of all pairs", right, found.len(), truth.pairs.len());
    let mut lost: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for link in &all.links {
        let pair = (link.left.min(link.right), link.left.max(link.right));
        let count = lost.entry(link.relation.to_string()).or_default();
        count.0 += 1;
        if !compared.contains(&pair) {
            count.1 += 1;
            count.2 += usize::from(truth.are_one(pair));
        }
    }
    println!("related by all pairs: {}, by blocked: {}", all.links.len(), blocked.links.len());
    for (relation, (all, never, true_ones)) in lost {
        println!(
            "  {relation}: {all} related, {never} of them never compared ({}), {true_ones} of these true",
            share(never, all)
        );
    }
}

/// Lists pairs with their values, for reading.
fn write(
    path: &Path,
    pairs: &[Pair],
    compared: &HashSet<Pair>,
    assets: &AssetTable,
    knowledge: &Knowledge,
    parameters: &matching::Parameters,
) -> Result<(), Box<dyn Error>> {
    const MOST: usize = 3000;
    let step = pairs.len() / MOST + 1;
    let mut text = String::new();
    let scorer = matching::Comparer::new(assets, &knowledge.lexicon, parameters);
    for &(a, b) in pairs.iter().step_by(step) {
        let (pair, apart) = scorer.compare(a, b);
        let reason = apart.map_or_else(|| pair.relation.to_string(), |a| a.key().to_owned());
        let compared = if compared.contains(&(a, b)) { "compared" } else { "NEVER" };
        writeln!(text, "{compared}\t{reason}\t{:.1}", pair.weight)?;
        for ix in [a, b] {
            let (asset, meaning) = (assets.get(ix), &assets.meaning[ix.index()]);
            let pool = &assets.records.pool;
            let place = assets.regions.get(meaning.place.region);
            writeln!(
                text,
                "\t{}\t{} | owner {} -> {} | column {} -> {} {} ({}) | stem {} no {} body {} office {} | {} | {}",
                asset.text(Field::Id),
                asset.name(),
                asset.text(Field::OwnerUnit),
                assets.unit(meaning.unit).canonical,
                asset.text(Field::RegionName),
                place.code,
                place.name,
                assets.region_candidates[meaning.place.candidates as usize].len(),
                pool.get(meaning.stem),
                pool.get(meaning.number),
                pool.get(meaning.body),
                pool.get(meaning.office),
                asset.text(Field::Functions),
                asset.text(Field::Description),
            )?;
        }
        let said = pair.evidence.iter().map(|e| format!("{}={} {:+}", e.field, e.level, e.weight));
        writeln!(text, "\t{}", said.collect::<Vec<_>>().join(", "))?;
    }
    std::fs::write(path, text)?;
    println!("{} of {} pairs in {}", pairs.len().div_ceil(step), pairs.len(), path.display());
    Ok(())
}
