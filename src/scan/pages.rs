//! Kept pages and the items they are about: what they add, what they contradict, where they lead.
//!
//! For: `audit --evidence`. Not for: judging. Invariants: only what the inventory leaves empty is filled in, and what
//! was filled in stays marked; a page's own words are leads; a look that failed says nothing.

use crate::evidence::{Observation, Seen, State, links};
use crate::knowledge::detect::{Detector, snippet};
use crate::knowledge::text::{fold, mask};
use crate::model::{
    AssetIx, AssetRef, AssetTable, Confidence, Conflict, Contradiction, Exactness, Field, Finding, Kind,
    Lead, Page, Status, Value,
};
use crate::screen::Verdict;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Pages of the items, by item, source and address; and how many readings are about none.
pub(super) fn read(assets: &AssetTable, seen: &Seen, detector: &Detector) -> (Vec<Page>, u64) {
    let index = Index::new(assets);
    let mut pages = Vec::new();
    let mut unlinked = 0;
    for observation in &seen.observations {
        let found = index.of(observation);
        unlinked += u64::from(found.is_empty());
        pages.extend(found.into_iter().map(|ix| page(assets.get(ix), observation, detector)));
    }
    let key = |page: &Page| (assets.ids[page.asset.index()].clone(), page.source.clone(), page.url.clone());
    pages.sort_by_key(|page| (key(page), page.record.clone()));
    (pages, unlinked)
}

/// Puts what pages say where the inventory says nothing: the latest update, the most downloads.
pub(super) fn fill(assets: &mut AssetTable, pages: &mut [Page], as_of: Date) {
    let mut best: BTreeMap<(AssetIx, Field), (Value, usize)> = BTreeMap::new();
    let rank = |value: &Value| (value.as_date(), value.as_count());
    for (number, page) in pages.iter().enumerate() {
        let of =
            |name: &str| page.fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str());
        let updated = of("updated").and_then(|text| text.parse::<Date>().ok()).filter(|day| *day <= as_of);
        let downloads = of("downloads_count").and_then(|text| text.parse().ok());
        let values = [
            (Field::LastUpdate, updated.map(|date| Value::Date { date, inferred: false })),
            (Field::Downloads, downloads.and_then(|n| Value::count(n, Exactness::About))),
        ];
        for (field, value) in values {
            let Some(value) = value else { continue };
            if !assets.get(page.asset).value(field).is_missing() {
                continue;
            }
            let held = best.entry((page.asset, field)).or_insert((value, number));
            if rank(&value) > rank(&held.0) {
                *held = (value, number);
            }
        }
    }
    for ((asset, field), (value, number)) in best {
        if assets.records.supply(asset.index(), field, value) {
            pages[number].filled.push(field);
        }
    }
}

/// A finding that rests on what a page filled in is a lead: the words are not the unit's own.
pub(super) fn soften(findings: &mut [Finding], pages: &[Page]) {
    let filled: BTreeSet<(AssetIx, Field)> =
        pages.iter().flat_map(|page| page.filled.iter().map(|&field| (page.asset, field))).collect();
    for finding in findings {
        let Some(asset) = finding.asset else { continue };
        if finding.at.iter().filter_map(|at| at.field).any(|field| filled.contains(&(asset, field))) {
            finding.confidence = Confidence::Low;
        }
    }
}

/// From what pages are known by to the items.
struct Index<'a> {
    ids: BTreeMap<&'a str, AssetIx>,
    urls: BTreeMap<String, Vec<AssetIx>>,
    packages: BTreeMap<String, Vec<AssetIx>>,
}

impl<'a> Index<'a> {
    fn new(assets: &'a AssetTable) -> Self {
        let mut index = Index { ids: BTreeMap::new(), urls: BTreeMap::new(), packages: BTreeMap::new() };
        for asset in assets.iter().filter(|asset| asset.meaning().kind != Kind::Clue) {
            index.ids.insert(asset.id(), asset.ix);
            for link in links(asset.text(Field::Url)) {
                index.urls.entry(normal(&link)).or_default().push(asset.ix);
            }
            let package = asset.text(Field::PackageId).trim();
            if package.contains('.') {
                index.packages.entry(package.to_ascii_lowercase()).or_default().push(asset.ix);
            }
        }
        index
    }

    fn of(&self, observation: &Observation) -> BTreeSet<AssetIx> {
        let reading = &observation.reading;
        let mut found: BTreeSet<AssetIx> =
            reading.assets.iter().filter_map(|id| self.ids.get(id.as_str()).copied()).collect();
        let key = reading.key.to_ascii_lowercase();
        found.extend(self.packages.get(&key).into_iter().flatten());
        for url in [&reading.key, &observation.asked] {
            found.extend(self.urls.get(&normal(url)).into_iter().flatten());
        }
        found
    }
}

/// One spelling for one address.
fn normal(link: &str) -> String {
    match url::Url::parse(link.trim()) {
        Ok(mut url) => {
            url.set_fragment(None);
            url.to_string()
        }
        Err(_) => link.trim().to_owned(),
    }
}

fn page(asset: AssetRef<'_>, observation: &Observation, detector: &Detector) -> Page {
    let reading = &observation.reading;
    let field = |(name, text): (&String, &String)| {
        let shown = match name.as_str() {
            "developer" | "operator" if is_person(text) => mask::people(text),
            _ => mask::free(text).into_owned(),
        };
        (name.clone(), shown)
    };
    Page {
        asset: asset.ix,
        source: observation.source.clone(),
        how: observation.how.clone(),
        url: mask::free(&observation.url).into_owned(),
        taken: observation.taken.clone(),
        state: reading.state.clone(),
        status: observation.status,
        blake3: observation.blake3.clone(),
        sm3: observation.sm3.clone(),
        record: observation.record.clone(),
        fields: reading.fields.iter().map(field).collect(),
        filled: Vec::new(),
        contradictions: contradictions(asset, observation),
        leads: leads(observation, detector),
    }
}

fn contradictions(asset: AssetRef<'_>, observation: &Observation) -> Vec<Contradiction> {
    let (status, state) = (asset.meaning().status, observation.reading.state());
    let of = |name: &str| observation.reading.fields.get(name).map_or("", String::as_str);
    let stated = mask::free(asset.text(Field::Status)).into_owned();
    let mut found = Vec::new();
    let mut add = |what, stated: String, page: String| {
        found.push(Contradiction { what, stated, found: page });
    };
    // Closing is on its way out: both are as they should be.
    if state.is_gone() && !matches!(status, Status::Closed | Status::Closing) {
        add(Conflict::Gone, stated.clone(), format!("@collect.state.{state}"));
    }
    if state == State::Listed && status == Status::Closed {
        add(Conflict::StillThere, stated, format!("@collect.state.{state}"));
    }
    if state == State::Listed {
        let day: Option<Date> = of("updated").parse().ok();
        if let (Some(stated), Some(page)) = (asset.value(Field::LastUpdate).as_date(), day)
            && stated > page
        {
            add(Conflict::LastUpdate, stated.to_string(), page.to_string());
        }
        if let Some(other) = other_body(asset, &[of("operator"), of("developer")]) {
            let shown = if is_person(other) { mask::people(other) } else { mask::free(other).into_owned() };
            add(Conflict::Developer, asset.text(Field::OwnerUnit).to_owned(), shown);
        }
        // The title of an article is not the name of its account.
        let name = if asset.meaning().kind == Kind::Account { of("account") } else { of("name") };
        if !name.is_empty() && observation.source != "page" && !alike(name, asset.name()) {
            add(Conflict::Name, asset.name().to_owned(), mask::free(name).into_owned());
        }
    }
    found
}

/// The body that a page names, when it is neither the owner nor the contractor of the inventory in any part.
fn other_body<'a>(asset: AssetRef<'_>, named: &[&'a str]) -> Option<&'a str> {
    let owner = asset.text(Field::OwnerUnit);
    if owner.is_empty() {
        return None;
    }
    let known = [
        owner,
        asset.unit().canonical.as_str(),
        asset.text(Field::BuildContractor),
        asset.text(Field::SupervisingUnit),
    ];
    let named = || named.iter().copied().filter(|name| !name.is_empty());
    let is_known = |name: &str| known.iter().any(|own| !own.is_empty() && alike(name, own));
    if named().any(is_known) { None } else { named().next() }
}

/// Whether one name holds the other, whatever the width and case.
fn alike(left: &str, right: &str) -> bool {
    let (left, right) = (fold(left), fold(right));
    !left.is_empty() && !right.is_empty() && (left.contains(&right) || right.contains(&left))
}

/// Whether a developer may be a person: two to four Chinese characters that end as no body does.
fn is_person(name: &str) -> bool {
    let chars: Vec<char> = name.trim().chars().collect();
    (2..=4).contains(&chars.len())
        && chars.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
        && !chars.last().is_some_and(|c| "局委办院部厅府会社司校站所中心网".contains(*c))
}

fn leads(observation: &Observation, detector: &Detector) -> Vec<Lead> {
    let mut leads: Vec<Lead> = Vec::new();
    for field in ["description", "notes"] {
        let Some(text) = observation.reading.fields.get(field) else { continue };
        for label in Verdict::of(&detector.labels(text)).labels {
            let practice = label.category.as_str();
            if leads.iter().all(|lead| lead.practice != practice) {
                let words = mask::free(&snippet(text, &label.words)).into_owned();
                leads.push(Lead { practice, words });
            }
        }
    }
    leads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_developer_that_may_be_a_person_is_masked_and_a_body_is_not() {
        assert!(is_person("钱某某") && is_person("孙某"));
        for body in ["甲市教育局", "某公司", "教育局", "示例科技有限公司", "Example", "数据中心"]
        {
            assert!(!is_person(body), "{body}");
        }
    }

    #[test]
    fn bodies_are_alike_when_one_name_holds_the_other() {
        assert!(alike("甲市教育局", "教育局") && alike("ＡＢＣ公司", "abc公司"));
        assert!(!alike("甲市教育局", "甲市体育局") && !alike("", "甲"));
    }
}
