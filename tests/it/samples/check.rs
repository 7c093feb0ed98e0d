//! Compares a stored scan with the expectations and lists every difference at once.
//!
//! An item is found by name and owner as written, then by kind where several fit (an app and an
//! account of one name). Where several still fit (one name on three platforms), a relation holds
//! when any of them has it, and `quiet` must be true of all of them.

use super::expected::{Expect, Named, Row};
use std::collections::BTreeMap;
use zhijian::model::Relation;
use zhijian::scan::document::{Asset, ScanDocument};

/// One line per expectation that the scan does not meet: what was expected, and what there is.
pub(crate) fn check(doc: &ScanDocument, expected: &[Row]) -> Vec<String> {
    let index = Index::new(doc);
    expected
        .iter()
        .filter_map(|row| index.verdict(row).err().map(|got| format!("{row}\n      got: {got}")))
        .collect()
}

/// The scan, arranged for looking items up.
struct Index<'a> {
    doc: &'a ScanDocument,
    by_name: BTreeMap<(&'a str, &'a str), Vec<&'a Asset>>,
    /// Both directions: asset id → other id and relation.
    related: BTreeMap<&'a str, Vec<(&'a str, &'a str)>>,
    /// Asset id → rules of the findings on it.
    found: BTreeMap<&'a str, Vec<&'a str>>,
    /// Asset id → rules of the findings on it or naming it.
    spoken_of: BTreeMap<&'a str, Vec<&'a str>>,
    action: BTreeMap<&'a str, &'a str>,
}

impl<'a> Index<'a> {
    fn new(doc: &'a ScanDocument) -> Self {
        let mut index = Index {
            doc,
            by_name: BTreeMap::new(),
            related: BTreeMap::new(),
            found: BTreeMap::new(),
            spoken_of: BTreeMap::new(),
            action: doc.plan.actions.iter().map(|a| (a.asset.as_str(), a.action.as_str())).collect(),
        };
        for asset in &doc.assets {
            index.by_name.entry((&asset.name, &asset.owner_unit.text)).or_default().push(asset);
        }
        for pair in &doc.pairs {
            index.related.entry(&pair.left).or_default().push((&pair.right, &pair.relation));
            index.related.entry(&pair.right).or_default().push((&pair.left, &pair.relation));
        }
        for finding in &doc.findings {
            if let Some(asset) = &finding.asset {
                index.found.entry(asset).or_default().push(&finding.rule);
                index.spoken_of.entry(asset).or_default().push(&finding.rule);
            }
            for asset in &finding.related {
                index.spoken_of.entry(asset).or_default().push(&finding.rule);
            }
        }
        index
    }

    /// `Err` says what there is instead.
    fn verdict(&self, row: &Row) -> Result<(), String> {
        if row.kind == "file" {
            return self.file_verdict(row);
        }
        let items = self.find(&row.item, &row.kind)?;
        match row.expect {
            Expect::Relation => self.has_relation(&items, row),
            Expect::Quiet => items.iter().try_for_each(|item| self.is_quiet(item, row)),
            Expect::Rule => {
                let rules = rules_of(&self.spoken_of, single(&items)?);
                if rules.contains(&row.value.as_str()) { Ok(()) } else { Err(format!("findings {rules:?}")) }
            }
            Expect::Action => {
                one_of(row, self.action.get(single(&items)?.id.as_str()).copied().unwrap_or(""))
            }
            Expect::Kind => one_of(row, &single(&items)?.kind),
            Expect::Status => one_of(row, &single(&items)?.status),
            Expect::Records | Expect::Rejected | Expect::Invalid => Err("is about files".to_owned()),
        }
    }

    fn find(&self, named: &Named, kind: &str) -> Result<Vec<&'a Asset>, String> {
        let all = self.by_name.get(&(named.name.as_str(), named.owner.as_str()));
        let all = all.ok_or_else(|| format!("no asset {named}"))?;
        let of_kind: Vec<&Asset> = all.iter().copied().filter(|asset| asset.kind == kind).collect();
        Ok(if of_kind.is_empty() { all.clone() } else { of_kind })
    }

    fn has_relation(&self, items: &[&'a Asset], row: &Row) -> Result<(), String> {
        let others = self.find(&row.other, &row.kind)?;
        let mut got = Vec::new();
        for item in items {
            for (other, relation) in self.relations_of(item) {
                if others.iter().any(|asset| asset.id == other) {
                    if row.values().any(|value| value == relation) {
                        return Ok(());
                    }
                    got.push(relation);
                }
            }
        }
        Err(if got.is_empty() { "no relation".to_owned() } else { got.join(", ") })
    }

    fn is_quiet(&self, item: &'a Asset, row: &Row) -> Result<(), String> {
        let rules = rules_of(&self.found, item);
        let about_relations = row.value == "all" || row.value == "relation";
        if row.value == "all" && !rules.is_empty() || rules.contains(&row.value.as_str()) {
            return Err(format!("findings {rules:?}"));
        }
        let others = match row.other.name.as_str() {
            "" => None,
            _ => Some(self.find(&row.other, &row.kind)?),
        };
        for (other, relation) in self.relations_of(item) {
            let duplicate = Relation::parse(relation).is_none_or(Relation::is_duplicate);
            let meant = others.as_ref().is_none_or(|list| list.iter().any(|asset| asset.id == other));
            if about_relations && duplicate && meant {
                return Err(format!("{relation} with {}", self.label(other)));
            }
        }
        Ok(())
    }

    fn file_verdict(&self, row: &Row) -> Result<(), String> {
        let path = row.item.name.as_str();
        let Some(input) = self.doc.inputs.iter().find(|input| input.path == path) else {
            let read: Vec<&str> = self.doc.inputs.iter().map(|input| input.path.as_str()).collect();
            return Err(format!("not read; files read: {}", read.join(", ")));
        };
        let of_file = self.doc.findings.iter().filter(|finding| finding.at.iter().any(|at| at.file == path));
        let about_file = of_file.filter(|finding| finding.asset.is_none());
        let fired = about_file.filter(|finding| finding.rule == row.value).count();
        match row.expect {
            Expect::Rule if fired == 0 => Err("no such finding about the file".to_owned()),
            Expect::Quiet if fired > 0 => Err(format!("{fired} findings")),
            Expect::Records => {
                let records: u64 = input.sheets.iter().map(|sheet| sheet.row_account.records).sum();
                one_of(row, &records.to_string())
            }
            Expect::Rejected => {
                let rejected = self.doc.rejected.iter().filter(|row| row.source.file == path).count();
                one_of(row, &rejected.to_string())
            }
            Expect::Invalid => {
                let remarks = self.doc.diagnostics.iter().filter(|remark| remark.at.starts_with(path));
                let invalid = remarks.filter(|remark| remark.code == "ingest/invalid-cell").count();
                let least: usize = row.value.parse().map_err(|_| "not a number".to_owned())?;
                if invalid >= least { Ok(()) } else { Err(format!("{invalid} invalid cells")) }
            }
            Expect::Rule | Expect::Quiet => Ok(()),
            _ => Err("is not about files".to_owned()),
        }
    }

    fn relations_of(&self, item: &Asset) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.related.get(item.id.as_str()).into_iter().flatten().copied()
    }

    /// Name and owner of an asset id, for messages.
    fn label(&self, id: &str) -> String {
        let asset = self.doc.assets.iter().find(|asset| asset.id == id);
        asset.map_or_else(|| id.to_owned(), |a| format!("{}@{}", a.name, a.owner_unit.text))
    }
}

fn rules_of<'a>(map: &BTreeMap<&'a str, Vec<&'a str>>, item: &Asset) -> Vec<&'a str> {
    map.get(item.id.as_str()).cloned().unwrap_or_default()
}

fn single<'a>(items: &[&'a Asset]) -> Result<&'a Asset, String> {
    match items {
        [one] => Ok(one),
        _ => Err(format!("{} assets of this name, owner and kind", items.len())),
    }
}

fn one_of(row: &Row, got: &str) -> Result<(), String> {
    if row.values().any(|value| value == got) { Ok(()) } else { Err(format!("{got:?}")) }
}
