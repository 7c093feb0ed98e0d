//! The same form or data item, asked by different apps: found by what matching compares.
//!
//! For: 最多报一次. Forms are one where the inventory lists them under names that are equal, a slip apart, or made of the same
//! character pairs, as the comparisons of names and descriptions have it; where no forms are listed, apps that matching found
//! to do one job ask for the same when both have something filled in. Not for: what is done about it. Invariants: one thing
//! listed twice or on several ends asks once; two counties that ask for the same form ask nobody twice.

use super::compare::name::is_close;
use super::features::overlap;
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::text::{fold, is_chinese_digit};
use crate::model::{
    Asked, AskedBy, AssetIx, AssetRef, AssetTable, Audience, Field, Kind, Pair, RegionId, Relation, Value,
};
use std::collections::{BTreeMap, BTreeSet};

/// Shorter names (报表, 数据) are no matter of their own.
const LEAST: usize = 4;
/// Share of the shorter name's character pairs, in percent, from which two names are one; as for descriptions.
const SAME_TEXT: usize = 75;
/// Names compared with each other because they begin or end alike; a larger crowd is left to equality.
const CROWD: usize = 200;
/// Relations of apps that do one job.
const ONE_JOB: [Relation; 3] = [Relation::Overlap, Relation::CrossUnit, Relation::CoveredAbove];

/// Everything that several apps ask of the same people, by how it is known, what it is and where.
pub fn asked(assets: &AssetTable, pairs: &[Pair], lexicon: &Lexicon) -> Vec<Asked> {
    let one_thing: BTreeSet<(AssetIx, AssetIx)> = pairs
        .iter()
        .filter(|pair| matches!(pair.relation, Relation::Same | Relation::Family))
        .map(|pair| (pair.left.min(pair.right), pair.left.max(pair.right)))
        .collect();
    let asking = Asking { assets, one_thing };
    let mut found = asking.forms();
    found.extend(asking.functions(pairs, lexicon));
    found
}

struct Asking<'a> {
    assets: &'a AssetTable,
    /// Pairs that are one thing or one service, the smaller index first.
    one_thing: BTreeSet<(AssetIx, AssetIx)>,
}

impl<'a> Asking<'a> {
    fn apps(&self) -> impl Iterator<Item = AssetRef<'a>> {
        self.assets.iter().filter(|asset| {
            let meaning = asset.meaning();
            meaning.kind == Kind::App && meaning.status.is_live() && meaning.place.region.is_known()
        })
    }

    /// Forms that are listed.
    fn forms(&self) -> Vec<Asked> {
        let mut by_name: BTreeMap<String, Vec<(AssetIx, &str)>> = BTreeMap::new();
        for app in self.apps() {
            for form in app.record().items(Field::FormsReported) {
                let folded = fold(form);
                if folded.chars().count() >= LEAST {
                    by_name.entry(folded).or_default().push((app.ix, form.trim()));
                }
            }
        }
        let names: Vec<Vec<char>> = by_name.keys().map(|name| name.chars().collect()).collect();
        let mut groups: BTreeMap<usize, Vec<(AssetIx, &str)>> = BTreeMap::new();
        for (leader, askers) in alike(&names).into_iter().zip(by_name.into_values()) {
            groups.entry(leader).or_default().extend(askers);
        }
        let mut found = Vec::new();
        for askers in groups.into_values().filter(|askers| askers.len() > 1) {
            let apps: Vec<AssetIx> = askers.iter().map(|(app, _)| *app).collect();
            for (place, assets) in self.chains(&apps) {
                let what = askers.iter().find(|(app, _)| *app == assets[0]).map_or("", |(_, form)| *form);
                found.push(Asked { by: AskedBy::Form, what: what.to_owned(), place, assets });
            }
        }
        found.sort_by(|a, b| (&a.what, self.path(a)).cmp(&(&b.what, self.path(b))));
        found
    }

    fn path(&self, asked: &Asked) -> Vec<&str> {
        self.assets.regions.path(asked.place)
    }

    /// Of apps that ask for one form, those that ask in one place: it and all places around it, the highest level first.
    fn chains(&self, apps: &[AssetIx]) -> Vec<(RegionId, Vec<AssetIx>)> {
        let meaning = |ix: AssetIx| self.assets.get(ix).meaning();
        let mut apps = apps.to_vec();
        apps.sort_by_key(|&ix| (meaning(ix).level, self.assets.get(ix).id()));
        apps.dedup();
        let places: BTreeSet<RegionId> = apps.iter().map(|&ix| meaning(ix).place.region).collect();
        let mut chains: Vec<(RegionId, Vec<AssetIx>)> = Vec::new();
        for place in places {
            let mut chain: Vec<AssetIx> = Vec::new();
            let around =
                apps.iter().filter(|&&ix| self.assets.regions.covers(meaning(ix).place.region, place));
            for &app in around {
                let is_other = |&other: &AssetIx| {
                    !self.one_thing.contains(&(app.min(other), app.max(other)))
                        && meet(meaning(app).audience, meaning(other).audience)
                };
                if chain.iter().all(is_other) {
                    chain.push(app);
                }
            }
            if chain.len() > 1 {
                chains.push((place, chain));
            }
        }
        let all = chains.clone();
        chains.retain(|(_, chain)| {
            let holds =
                |other: &[AssetIx]| other.len() > chain.len() && chain.iter().all(|app| other.contains(app));
            !all.iter().any(|(_, other)| holds(other))
        });
        chains
    }

    /// Jobs that related apps do, both of which have something filled in and one of which lists no forms.
    fn functions(&self, pairs: &[Pair], lexicon: &Lexicon) -> Vec<Asked> {
        let lists = |ix: AssetIx| self.assets.get(ix).record().items(Field::FormsReported).next().is_some();
        let mut found = Vec::new();
        for pair in pairs.iter().filter(|pair| ONE_JOB.contains(&pair.relation)) {
            let [left, right] = [pair.left, pair.right].map(|ix| self.assets.get(ix));
            let both = [left, right].iter().all(|app| app.meaning().kind == Kind::App && fills_in(*app));
            if !both || lists(pair.left) && lists(pair.right) {
                continue;
            }
            let mut assets = vec![pair.left, pair.right];
            assets.sort_by_key(|&ix| (self.assets.get(ix).meaning().level, self.assets.get(ix).id()));
            let shared = left.functions().iter().filter(|f| right.functions().contains(f));
            for function in shared.map(|f| lexicon.functions.get(*f)).filter(|function| function.is_task) {
                let place = self.assets.get(assets[1]).meaning().place.region;
                let what = function.id.clone();
                found.push(Asked { by: AskedBy::Function, what, place, assets: assets.clone() });
            }
        }
        let key = |asked: &Asked| {
            let ids: Vec<&str> = asked.assets.iter().map(|&ix| self.assets.get(ix).id()).collect();
            (asked.what.clone(), ids)
        };
        found.sort_by(|a, b| key(a).cmp(&key(b)));
        found
    }
}

/// Whether an app has its people fill something in.
fn fills_in(app: AssetRef<'_>) -> bool {
    app.value(Field::HasFormFilling) == Value::Flag(true)
        || app.record().items(Field::FormsReported).next().is_some()
}

/// Whether two audiences have people in common, as far as is known.
fn meet(a: Audience, b: Audience) -> bool {
    a == b || [a, b].iter().any(|audience| matches!(audience, Audience::Both | Audience::Unknown))
}

/// For each name, the first that it is one with, through others where need be.
fn alike(names: &[Vec<char>]) -> Vec<usize> {
    let mut leader: Vec<usize> = (0..names.len()).collect();
    let mut crowds: BTreeMap<(bool, &[char]), Vec<usize>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        crowds.entry((true, &name[..2])).or_default().push(at);
        crowds.entry((false, &name[name.len() - 2..])).or_default().push(at);
    }
    for crowd in crowds.values().filter(|crowd| crowd.len() <= CROWD) {
        for (number, &one) in crowd.iter().enumerate() {
            for &other in &crowd[number + 1..] {
                if is_one(&names[one], &names[other]) {
                    let (a, b) = (first(&leader, one), first(&leader, other));
                    leader[a.max(b)] = a.min(b);
                }
            }
        }
    }
    (0..names.len()).map(|at| first(&leader, at)).collect()
}

fn first(leader: &[usize], mut at: usize) -> usize {
    while leader[at] != at {
        at = leader[at];
    }
    at
}

/// Whether two names are of one form. 一季度报表 and 二季度报表 are not.
fn is_one(a: &[char], b: &[char]) -> bool {
    let numbers = |name: &[char]| -> Vec<char> {
        name.iter().copied().filter(|&c| c.is_numeric() || is_chinese_digit(c)).collect()
    };
    numbers(a) == numbers(b) && (is_close(a, b) || overlap(a, b) >= SAME_TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LocalWords;
    use crate::model::sample::{Sample, table};

    fn app(name: &str, region: u32, forms: &str) -> Sample {
        let texts = if forms.is_empty() { vec![] } else { vec![(Field::FormsReported, forms.to_owned())] };
        Sample { region, texts, audience: Audience::Staff, ..Sample::new(Kind::App, name) }
    }

    fn found(samples: &[Sample], pairs: &[Pair]) -> Vec<(String, Vec<u32>)> {
        let lexicon = Lexicon::load(None, &LocalWords::default()).unwrap();
        let found = asked(&table(samples), pairs, &lexicon);
        found.into_iter().map(|a| (a.what, a.assets.iter().map(|ix| ix.0).collect())).collect()
    }

    fn related(relation: Relation) -> Pair {
        Pair {
            left: AssetIx(0),
            right: AssetIx(1),
            relation,
            weight: 5.0,
            prior: 0.0,
            probability: 0.97,
            binds: false,
            evidence: vec![],
        }
    }

    #[test]
    fn one_form_under_two_names_is_asked_twice_where_both_reach() {
        let samples = [app("县端", 4, "困难群众走访记录台账"), app("市端", 2, "困难群众走访台账；其他")];
        assert_eq!(found(&samples, &[]), [("困难群众走访台账".to_owned(), vec![1, 0])]);
        // Two cities ask nobody twice; nor does one thing listed twice.
        let apart = [app("甲", 2, "困难群众走访台账"), app("乙", 3, "困难群众走访台账")];
        assert_eq!(found(&apart, &[]), []);
        assert_eq!(found(&samples, &[related(Relation::Family)]), []);
        assert_eq!(found(&samples, &[related(Relation::Overlap)]).len(), 1);
    }

    #[test]
    fn forms_of_other_periods_or_other_things_are_not_one() {
        for (one, other) in
            [("第一季度人口报表", "第二季度人口报表"), ("入户走访台账", "库存药品台账"), ("报表", "报表")]
        {
            assert_eq!(found(&[app("甲", 2, one), app("乙", 2, other)], &[]), [], "{one} {other}");
        }
    }

    #[test]
    fn without_lists_of_forms_one_job_with_filling_in_on_both_sides_counts() {
        let lexicon = Lexicon::load(None, &LocalWords::default()).unwrap();
        let (task, function) = lexicon.functions.iter().find(|(_, f)| f.is_task).unwrap();
        let filling = |name: &str, fills: bool| Sample {
            functions: vec![task.0],
            fields: vec![(Field::HasFormFilling, Value::Flag(fills))],
            ..app(name, 2, "")
        };
        let both = [filling("甲", true), filling("乙", true)];
        assert_eq!(found(&both, &[related(Relation::CrossUnit)]), [(function.id.clone(), vec![1, 0])]);
        assert_eq!(found(&both, &[]), []);
        assert_eq!(found(&[filling("甲", true), filling("乙", false)], &[related(Relation::CrossUnit)]), []);
    }
}
