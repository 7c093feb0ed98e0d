//! A stored scan back in the form that plans are made from.
//!
//! For: planning again without any input file. Not for: matching or checking rules again: what they read is not stored.
//! Invariant: everything that a plan depends on comes back, in the same order, so that the same plan comes out.

use super::{Asset, Finding, Pair, ScanDocument};
use crate::knowledge::lexicon::Lexicon;
use crate::model::{
    self, AssetIx, AssetTable, Audience, Confidence, Field, FindingStatus, FunctionId, FunctionSet, Kind,
    Level, Meaning, Message, Region, RegionId, RegionRef, Regions, Relation, Review, RowRef, Severity,
    SheetId, Status, Unit, UnitId, Value,
};
use crate::stages::rules;
use jiff::civil::Date;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Fields that a plan looks at.
const READ: [Field; 8] = [
    Field::RectifyDeadline,
    Field::SupervisingUnit,
    Field::SpecialScenario,
    Field::FilingNoCac,
    Field::LastUpdate,
    Field::UserCount,
    Field::Followers,
    Field::MemberCount,
];

/// What a plan is made from.
pub struct Restored {
    /// The assets, in the order of the scan.
    pub assets: AssetTable,
    /// What relates them.
    pub pairs: Vec<model::Pair>,
    /// What is bound together.
    pub clusters: Vec<model::Cluster>,
    /// What the rules say.
    pub findings: Vec<model::Finding>,
    /// What platforms above cover that are in nobody's inventory.
    pub covered: Vec<model::Covered>,
}

/// A function that only the policy of the scan knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the function {0} is not known")]
pub struct Unknown(pub String);

impl Restored {
    /// Restores a scan.
    ///
    /// # Errors
    /// When it speaks of a function that the lexicon does not have.
    pub fn new(scan: &ScanDocument, lexicon: &Lexicon) -> Result<Restored, Unknown> {
        let mut table = Table::new(lexicon);
        for asset in &scan.assets {
            table.add(asset)?;
        }
        let assets = table.assets;
        let by_id: BTreeMap<&str, AssetIx> =
            scan.assets.iter().zip(0..).map(|(asset, at)| (asset.id.as_str(), AssetIx(at))).collect();
        let ix = |id: &String| by_id.get(id.as_str()).copied();
        let pairs: Vec<model::Pair> = scan.pairs.iter().filter_map(|p| pair(p, ix)).collect();
        let cluster = |cluster: &super::Cluster| model::Cluster {
            id: cluster.id.clone(),
            members: cluster.members.iter().filter_map(ix).collect(),
            relations: cluster.relations.iter().filter_map(|r| Relation::parse(r)).collect(),
            survivor: ix(&cluster.survivor).unwrap_or_default(),
            weakest: 0,
        };
        let functions = table_functions(lexicon);
        let covered = |covered: &super::CoveredItem| {
            Some(model::Covered {
                asset: ix(&covered.asset)?,
                platform: covered.platform.clone(),
                functions: covered.functions.iter().filter_map(|id| functions.get(id).copied()).collect(),
                audience: Audience::parse(&covered.audience)?,
            })
        };
        let listed = scan.reference.iter().flat_map(|reference| &reference.covered);
        Ok(Restored {
            covered: listed.filter_map(covered).collect(),
            clusters: scan.clusters.iter().map(cluster).collect(),
            findings: scan.findings.iter().filter_map(|f| finding(f, ix)).collect(),
            assets,
            pairs,
        })
    }
}

fn pair(pair: &Pair, ix: impl Fn(&String) -> Option<AssetIx>) -> Option<model::Pair> {
    let relation = Relation::parse(&pair.relation)?;
    Some(model::Pair {
        left: ix(&pair.left)?,
        right: ix(&pair.right)?,
        relation,
        weight: pair.weight,
        prior: pair.prior,
        probability: pair.probability,
        binds: relation.binds(),
        evidence: Vec::new(),
    })
}

/// A finding as far as a plan reads it.
fn finding(finding: &Finding, ix: impl Fn(&String) -> Option<AssetIx>) -> Option<model::Finding> {
    let rule = rules::find(&finding.rule)?;
    // Clauses are those of the rule, so that they live as long as the program.
    let clauses = rule.meta.clauses.iter().copied();
    let cited = |id: &&'static str| finding.clause.iter().any(|clause| clause.id == *id);
    Some(model::Finding {
        rule: rule.meta.id,
        asset: finding.asset.as_ref().and_then(&ix),
        severity: Severity::parse(&finding.severity)?,
        confidence: Confidence::parse(&finding.confidence).unwrap_or_default(),
        clauses: clauses.filter(cited).collect(),
        basis: model::Basis::parse(&finding.basis).unwrap_or_default(),
        at: Vec::new(),
        words: String::new(),
        reason: Message::default(),
        exemption: model::Exemption::None,
        review: finding.evidence.review.as_deref().and_then(Review::parse).unwrap_or_default(),
        recurrence: None,
        related: finding.related.iter().filter_map(&ix).collect(),
        feature: String::new(),
        fingerprint: finding.fingerprint.clone(),
        status: FindingStatus::parse(&finding.status).unwrap_or_default(),
        waiver: finding.waiver.clone(),
    })
}

/// Functions by id.
fn table_functions(lexicon: &Lexicon) -> BTreeMap<String, FunctionId> {
    lexicon.functions.iter().map(|(id, function)| (function.id.clone(), id)).collect()
}

/// An asset table being filled.
struct Table {
    assets: AssetTable,
    functions: BTreeMap<String, FunctionId>,
    units: BTreeMap<String, UnitId>,
    sets: BTreeMap<Vec<FunctionId>, FunctionSet>,
    regions: BTreeMap<Vec<String>, RegionId>,
}

impl Table {
    fn new(lexicon: &Lexicon) -> Table {
        let assets = AssetTable {
            regions: Regions::default(),
            units: vec![Unit::default()],
            function_sets: vec![vec![]],
            region_candidates: vec![vec![]],
            ..AssetTable::default()
        };
        let functions = table_functions(lexicon);
        let sets = BTreeMap::from([(Vec::new(), FunctionSet(0))]);
        Table { assets, functions, units: BTreeMap::new(), sets, regions: BTreeMap::new() }
    }

    fn add(&mut self, asset: &Asset) -> Result<(), Unknown> {
        let records = &mut self.assets.records;
        records.push(RowRef { sheet: SheetId(0), row: asset.source.row });
        let stem = records.pool.intern(&asset.stem);
        let name = Value::Text(records.pool.intern(&asset.name));
        records.set(Field::Name, name, None);
        if !asset.owner_unit.text.is_empty() {
            let owner = Value::Text(records.pool.intern(&asset.owner_unit.text));
            records.set(Field::OwnerUnit, owner, None);
        }
        for field in READ {
            let Some(stored) = asset.fields.get(field.as_str()) else { continue };
            let value = match (&stored.value, &stored.raw) {
                (Json::Number(number), _) => count(number.as_u64()),
                (Json::String(text), _) => match text.parse::<Date>() {
                    Ok(date) if matches!(field, Field::LastUpdate | Field::RectifyDeadline) => {
                        Value::Date { date, inferred: false }
                    }
                    _ => Value::Text(records.pool.intern(text)),
                },
                // What was not understood is there all the same.
                (Json::Null, Some(raw)) => Value::Invalid(records.pool.intern(raw)),
                (other, _) => Value::Text(records.pool.intern(&other.to_string())),
            };
            records.set(field, value, None);
        }
        let functions: Result<Vec<FunctionId>, Unknown> = asset
            .functions
            .iter()
            .map(|id| self.functions.get(id).copied().ok_or_else(|| Unknown(id.clone())))
            .collect();
        let functions = self.set(functions?);
        let (unit, region) = (self.unit(asset), self.region(&asset.region.path));
        self.assets.meaning.push(Meaning {
            kind: Kind::parse(&asset.kind).unwrap_or_default(),
            level: Level::parse(&asset.level).unwrap_or_default(),
            audience: Audience::parse(&asset.audience).unwrap_or_default(),
            status: Status::parse(&asset.status).unwrap_or_default(),
            place: RegionRef { region, candidates: 0 },
            unit,
            functions,
            stem,
            ..Meaning::default()
        });
        self.assets.ids.push(asset.id.clone());
        Ok(())
    }

    fn set(&mut self, mut functions: Vec<FunctionId>) -> FunctionSet {
        functions.sort_unstable();
        let sets = &mut self.assets.function_sets;
        *self.sets.entry(functions).or_insert_with_key(|functions| {
            sets.push(functions.clone());
            FunctionSet(sets.len() as u32 - 1)
        })
    }

    fn unit(&mut self, asset: &Asset) -> UnitId {
        let canonical = asset.owner_unit.canonical.as_str();
        if canonical.is_empty() {
            return UnitId::default();
        }
        if let Some(unit) = self.units.get(canonical) {
            return *unit;
        }
        // An id begins with the place and the body of its owner: 990100-education.app.…
        let owner = asset.id.split('.').next().unwrap_or("");
        let body = owner.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-').to_owned();
        self.assets.units.push(Unit { canonical: canonical.to_owned(), body, ..Unit::default() });
        let unit = UnitId(self.assets.units.len() as u32 - 1);
        self.units.insert(canonical.to_owned(), unit);
        unit
    }

    /// A place by its path: whatever has the beginning of another's path lies around it.
    fn region(&mut self, path: &[String]) -> RegionId {
        let Some((name, above)) = path.split_last() else { return RegionId::NONE };
        if let Some(region) = self.regions.get(path) {
            return *region;
        }
        let parent = self.region(above);
        let region = Region { code: String::new(), name: name.clone(), level: Level::Unknown, parent };
        let region = self.assets.regions.push(region);
        self.regions.insert(path.to_vec(), region);
        region
    }
}

fn count(number: Option<u64>) -> Value {
    let count = number.and_then(model::Count48::new);
    count.map_or(Value::Missing, |count| Value::Count { count, exactness: model::Exactness::Exact })
}
