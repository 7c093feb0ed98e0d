//! What came back, for the rules that speak of it: what this comparison shows, and what earlier ones showed and still
//! holds.
//!
//! Invariant: a finding about something that came back stays until the item is closed again or its problem is gone.

use crate::changes::{Item, Problem};
use crate::model::{AssetIx, Class, Recurrence, Scan};
use crate::scan::document::{Finding, ScanDocument};
use rustc_hash::{FxHashMap, FxHashSet};

/// The recurrences, by item and class.
pub(super) fn recurrences(
    items: &[Item],
    problems: &[Problem],
    scan: &Scan,
    before: &ScanDocument,
    after: &ScanDocument,
) -> Vec<Recurrence> {
    let place: FxHashMap<&str, AssetIx> = scan.assets.iter().map(|asset| (asset.id(), asset.ix)).collect();
    let new = items.iter().filter_map(|item| {
        let origin = item.origin.as_ref()?;
        Some(Recurrence {
            asset: *place.get(item.id.as_str())?,
            class: item.class,
            was: origin.id.clone(),
            name: origin.name.clone(),
            closed: origin.closed.clone(),
            scan: origin.scan.clone(),
            by: origin.by.to_owned(),
            rule: String::new(),
        })
    });
    let relapsed = problems.iter().filter_map(|problem| {
        let since = problem.fixed_on.as_ref()?;
        Some(Recurrence {
            asset: *place.get(problem.asset.as_str())?,
            class: Class::Relapsed,
            was: problem.asset.clone(),
            name: problem.name.clone(),
            closed: since.clone(),
            scan: since.clone(),
            by: String::new(),
            rule: problem.rule.clone(),
        })
    });
    let now: FxHashMap<usize, &Item> = items.iter().filter_map(|item| Some((item.before?, item))).collect();
    let earlier: FxHashMap<&str, usize> =
        before.assets.iter().enumerate().map(|(at, asset)| (asset.id.as_str(), at)).collect();
    let open: FxHashSet<(&str, &str)> =
        after.findings.iter().filter_map(|f| Some((f.rule.as_str(), f.asset.as_deref()?))).collect();
    let still = before.findings.iter().filter_map(|finding: &Finding| {
        let known = finding.recurrence.as_ref()?;
        let item = now.get(earlier.get(finding.asset.as_deref()?)?)?;
        let asset = after.assets.get(item.after?)?;
        let holds = match Class::parse(&known.class)? {
            Class::Relapsed => open.contains(&(known.rule.as_str(), asset.id.as_str())),
            _ => asset.status != "closed",
        };
        let class = Class::parse(&known.class)?;
        let ix = *place.get(asset.id.as_str())?;
        holds.then(|| Recurrence {
            asset: ix,
            class,
            was: known.was.clone(),
            name: known.name.clone(),
            closed: known.closed.clone(),
            scan: known.scan.clone(),
            by: known.by.clone(),
            rule: known.rule.clone(),
        })
    });
    let mut all: Vec<Recurrence> = new.chain(relapsed).chain(still).collect();
    let id = |r: &Recurrence| scan.assets.get(r.asset).id().to_owned();
    all.sort_by_cached_key(|r| (id(r), r.class, r.was.clone(), r.rule.clone(), r.closed.clone()));
    all.dedup_by(|a, b| (a.asset, a.class, &a.was, &a.rule) == (b.asset, b.class, &b.was, &b.rule));
    all
}
