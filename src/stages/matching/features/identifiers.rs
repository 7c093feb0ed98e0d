//! Numbers and addresses that name one real thing: link, package or account id, filing number.

use crate::model::{AssetIx, AssetTable, Field};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Digests of an asset's identifiers; 0 where it has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::stages::matching) struct Identifiers {
    by_field: [u64; IDENTIFYING.len()],
}

/// Fields whose equality means one thing.
pub(in crate::stages::matching) const IDENTIFYING: [Field; 4] =
    [Field::PackageId, Field::AccountId, Field::Url, Field::FilingNoCac];

/// How many of them, from the first, also mean different things when they differ. A filing number does
/// not: each build and each new name of one app may be filed on its own.
const DISTINGUISHING: usize = 3;

/// The identifiers of all assets: a column for each field that the table has.
pub(super) struct IdentifierColumns {
    by_field: [Vec<u64>; IDENTIFYING.len()],
    /// The host of each link; 0 where many have it.
    sites: Vec<u64>,
}

/// A host that so many items name is a portal's.
const MOST_OF_SITE: u32 = 8;

impl IdentifierColumns {
    /// Reads the identifiers of every asset.
    pub(super) fn new(assets: &AssetTable) -> IdentifierColumns {
        let digest = |field, at: u32| match clean(field, assets.get(AssetIx(at)).text(field)) {
            Some(text) => hash(field, &text),
            None => 0,
        };
        let column = |field| {
            let count = if assets.records.has(field) { assets.len() as u32 } else { 0 };
            (0..count).into_par_iter().map(|at| digest(field, at)).collect()
        };
        IdentifierColumns { by_field: IDENTIFYING.map(column), sites: sites(assets) }
    }

    /// The host of an asset's link, where few have it; else 0.
    pub(super) fn site(&self, ix: AssetIx) -> u64 {
        self.sites.get(ix.index()).copied().unwrap_or_default()
    }

    /// Those of one asset.
    pub(super) fn of(&self, ix: AssetIx) -> Identifiers {
        let digest = |column: &Vec<u64>| column.get(ix.index()).copied().unwrap_or_default();
        Identifiers { by_field: std::array::from_fn(|field| digest(&self.by_field[field])) }
    }
}

impl Identifiers {
    /// The digests, 0 where there is none.
    pub(in crate::stages::matching) fn by_field(self) -> [u64; IDENTIFYING.len()] {
        self.by_field
    }

    /// The non-zero digests, for blocking.
    pub(in crate::stages::matching) fn digests(self) -> impl Iterator<Item = u64> {
        self.by_field.into_iter().filter(|&d| d != 0)
    }

    /// The field in which both have the same identifier.
    pub(in crate::stages::matching) fn shared(&self, other: &Identifiers) -> Option<Field> {
        let both = self.by_field.iter().zip(&other.by_field);
        both.zip(IDENTIFYING).find(|((a, b), _)| a == b && **a != 0).map(|(_, field)| field)
    }

    /// Whether both have an identifier of one field and it differs.
    pub(in crate::stages::matching) fn differ(&self, other: &Identifiers) -> bool {
        let both = self.by_field.iter().zip(&other.by_field).take(DISTINGUISHING);
        both.into_iter().any(|(&a, &b)| a != 0 && b != 0 && a != b)
    }
}

/// The identifying part of a cell. A link without a path is a whole site, which many things share.
fn clean(field: Field, text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim().trim_end_matches('/');
    let is_lower = text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    let text = if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) };
    if field != Field::Url {
        return (text.chars().count() >= 4).then_some(text);
    }
    let start = text.find("://").map_or(0, |at| at + 3);
    let names_something = text[start..].split_once('/').is_some_and(|(_, path)| !path.is_empty());
    names_something.then(|| match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[start..]),
        Cow::Owned(text) => Cow::Owned(text[start..].to_owned()),
    })
}

/// The hosts of all links, those left out that many items name.
fn sites(assets: &AssetTable) -> Vec<u64> {
    let host = |at: u32| {
        let text = assets.get(AssetIx(at)).text(Field::Url).trim();
        let host =
            text.split_once("://").map_or(text, |(_, rest)| rest).split('/').next().unwrap_or_default();
        if host.contains('.') { hash(Field::Url, &host.to_lowercase()) } else { 0 }
    };
    let count = if assets.records.has(Field::Url) { assets.len() as u32 } else { 0 };
    let mut sites: Vec<u64> = (0..count).into_par_iter().map(host).collect();
    let mut times: FxHashMap<u64, u32> = FxHashMap::default();
    for &site in &sites {
        *times.entry(site).or_default() += 1;
    }
    sites.par_iter_mut().filter(|site| times[*site] > MOST_OF_SITE).for_each(|site| *site = 0);
    sites
}

/// A fixed-key hash: digests are only ever compared within one run.
fn hash(field: Field, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (field.as_str(), text).hash(&mut hasher);
    hasher.finish().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_site_names_nothing_and_spellings_of_one_link_agree() {
        assert_eq!(clean(Field::Url, "https://www.example.gov.cn/"), None);
        assert_eq!(clean(Field::Url, "HTTP://a.cn/App/"), Some("a.cn/app".into()));
        assert_eq!(clean(Field::Url, "a.cn/app"), Some("a.cn/app".into()));
        assert_eq!(clean(Field::AccountId, "1"), None);
    }
}
