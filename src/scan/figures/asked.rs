//! How often staff fill in the same twice (最多报一次), before and after the plan.
//!
//! For: figures and the load of each unit. Not for: finding what is asked twice (`stages/matching/asked`). Definition: an app
//! that lists a form asks for it once; it asks again for what an app of its own place or a place around it asks for too,
//! unless it is the first of them, the one of the highest level. After the plan, only apps that stay ask.

use crate::knowledge::text::fold;
use crate::model::{ActionKind, Figure};
use crate::scan::document::{Asset, ScanDocument};
use std::collections::{BTreeMap, BTreeSet};

/// Shorter names of forms are no matter of their own; as in finding them.
const LEAST: usize = 4;

/// What each app asks for again, before and after.
pub(super) struct Again<'a> {
    /// Ids of apps that count, and whether they stay.
    stays: BTreeMap<&'a str, bool>,
    before: BTreeSet<(&'a str, &'a str, &'a str)>,
    after: BTreeSet<(&'a str, &'a str, &'a str)>,
    /// How often each app stands in either.
    counts: BTreeMap<&'a str, (u64, u64)>,
}

impl<'a> Again<'a> {
    pub(super) fn new(scan: &'a ScanDocument) -> Self {
        let counted = scan.assets.iter().zip(&scan.plan.actions).filter(|(asset, _)| asset.kind == "app");
        let stays: BTreeMap<&str, bool> = counted
            .filter_map(|(asset, action)| Some((asset.id.as_str(), ActionKind::parse(&action.action)?)))
            .filter(|(_, action)| *action != ActionKind::None)
            .map(|(id, action)| (id, action.leaves()))
            .collect();
        let again = |is_there: &dyn Fn(&str) -> bool| {
            let mut again = BTreeSet::new();
            for asked in &scan.asked {
                let apps = asked.assets.iter().map(String::as_str).filter(|id| is_there(id));
                again.extend(apps.skip(1).map(|id| (asked.by.as_str(), id, asked.what.as_str())));
            }
            again
        };
        let before = again(&|id| stays.contains_key(id));
        let after = again(&|id| stays.get(id) == Some(&true));
        let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for (_, app, _) in &before {
            counts.entry(app).or_default().0 += 1;
        }
        for (_, app, _) in &after {
            counts.entry(app).or_default().1 += 1;
        }
        Again { stays, before, after, counts }
    }

    /// Forms and jobs that an app asks for again, before and after.
    pub(super) fn of(&self, id: &str) -> (u64, u64) {
        self.counts.get(id).copied().unwrap_or_default()
    }
}

/// The figures; none where no app says that it has anything filled in.
pub(super) fn figures(scan: &ScanDocument, figures: &mut Vec<Figure>) {
    let again = Again::new(scan);
    let sum = |count: &dyn Fn(&Asset) -> usize, after: bool| {
        let there = scan
            .assets
            .iter()
            .filter(|asset| again.stays.get(asset.id.as_str()).is_some_and(|stays| *stays || !after));
        there.map(count).sum::<usize>() as u64
    };
    if sum(&|asset| forms(asset).max(usize::from(fills_in(asset))), false) == 0 {
        return;
    }
    for (after, when, set) in [(false, "before", &again.before), (true, "after", &again.after)] {
        let of = |by: &str| set.iter().filter(|(known, ..)| *known == by).count() as u64;
        let who = if after { "apps that stay" } else { "apps" };
        let forms = sum(&forms, after);
        figures.push(Figure::count(
            format!("asked.forms-{when}"),
            forms,
            format!("sum over {who} of the forms in assets.fields.forms_reported"),
        ));
        figures.push(Figure::rate(
            format!("asked.again-{when}"),
            of("form"),
            forms,
            format!(
                "forms that {who} ask for though another at the same place or around it does (asked, by = form, without the first) / asked.forms-{when}"
            ),
        ));
        figures.push(Figure::rate(
            format!("asked.jobs-{when}"),
            of("function"),
            sum(&|asset| usize::from(fills_in(asset)), after),
            format!(
                "the same by job, where no forms are listed (asked, by = function, without the first) / {who} that have something filled in"
            ),
        ));
    }
}

/// Forms that an app lists, each once.
fn forms(asset: &Asset) -> usize {
    let listed = asset.fields.get("forms_reported").and_then(|field| field.value.as_array());
    let names = listed.into_iter().flatten().filter_map(|name| name.as_str()).map(fold);
    names.filter(|name| name.chars().count() >= LEAST).collect::<BTreeSet<String>>().len()
}

fn fills_in(asset: &Asset) -> bool {
    let says = asset.fields.get("has_form_filling").and_then(|field| field.value.as_bool());
    says == Some(true) || asset.fields.contains_key("forms_reported")
}
