//! What a cap counts: items of a kind, level, place, unit or platform.
//!
//! For: `--cap app+level:county=30`. Not for: what is done about it (`stages/plan`).

use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::text::fold;
use crate::model::{AssetIx, Kind, Level};
use crate::scan::document::{Asset, ScanDocument};
use std::collections::BTreeSet;
use strsim::jaro_winkler;

/// How many are offered in the place of one that is not there.
const OFFERED: usize = 12;

/// Conditions that all hold of the items counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// As typed.
    pub text: String,
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    All,
    Kind(Kind),
    Level(Level),
    Region(String),
    Unit(String),
    Platform(String),
}

impl Scope {
    /// Reads `app+level:county+unit:甲市教育局`: parts joined by `+`, each `all`, a kind, or one of `level:`, `region:`,
    /// `unit:`, `platform:` with a value. Nothing when it is none.
    pub fn parse(text: &str) -> Option<Scope> {
        let term = |part: &str| match part.split_once(':') {
            None if part == "all" => Some(Term::All),
            None => Kind::parse(part).filter(|kind| is_counted(kind.as_str())).map(Term::Kind),
            Some((_, "")) => None,
            Some(("level", value)) => Level::parse(value).map(Term::Level),
            Some(("region", value)) => Some(Term::Region(value.to_owned())),
            Some(("unit", value)) => Some(Term::Unit(value.to_owned())),
            Some(("platform", value)) => Some(Term::Platform(value.to_owned())),
            Some(_) => None,
        };
        let terms: Option<Vec<Term>> = text.split('+').map(|part| term(part.trim())).collect();
        Some(Scope { text: text.to_owned(), terms: terms? })
    }

    /// The same with platforms by their ids and units by their known names, whatever of their names was typed: what
    /// reports print is understood, and of a unit all of it is meant.
    #[must_use]
    pub fn resolved(mut self, scan: &ScanDocument, lexicon: &Lexicon) -> Scope {
        for term in &mut self.terms {
            if let Term::Platform(name) = term
                && let Some(found) = lexicon.platforms.find(name)
            {
                name.clone_from(&lexicon.platforms.get(found).id);
            }
            if let Term::Unit(unit) = term {
                let typed = fold(unit);
                let owners = scan.assets.iter().map(|asset| &asset.owner_unit);
                let known = owners.filter(|owner| fold(&owner.text) == typed).map(|owner| &owner.canonical);
                let known: BTreeSet<&String> = known.filter(|name| !name.is_empty()).collect();
                // 水务局 of two places is no unit's name.
                if let (Some(only), 1) = (known.first(), known.len()) {
                    unit.clone_from(only);
                }
            }
        }
        self
    }

    /// What of it nothing in a scan fits, as typed, with what there is instead, the most alike first; `None` when it
    /// counts something.
    pub fn missed(&self, scan: &ScanDocument) -> Option<(String, Vec<String>)> {
        let counted = || scan.assets.iter().filter(|asset| is_counted(&asset.kind));
        if counted().any(|asset| self.holds(asset)) {
            return None;
        }
        let typed = self.text.split('+').map(str::trim).zip(&self.terms);
        let missing = typed.into_iter().find(|(_, term)| !counted().any(|asset| term.holds(asset)));
        let Some((part, term)) = missing else { return Some((self.text.clone(), Vec::new())) };
        let there: BTreeSet<String> = counted().flat_map(|asset| term.instead(asset)).collect();
        let mut there: Vec<String> = there.into_iter().filter(|name| !name.is_empty()).collect();
        let value = part.split_once(':').map_or("", |(_, value)| value);
        there
            .sort_by(|a, b| jaro_winkler(b, value).total_cmp(&jaro_winkler(a, value)).then_with(|| a.cmp(b)));
        there.truncate(OFFERED);
        Some((part.to_owned(), there))
    }

    /// The items of a scan that it counts.
    pub(super) fn members(&self, scan: &ScanDocument) -> BTreeSet<AssetIx> {
        let all = scan.assets.iter().zip(0..).filter(|(asset, _)| is_counted(&asset.kind));
        all.filter(|(asset, _)| self.holds(asset)).map(|(_, at)| AssetIx(at)).collect()
    }

    fn holds(&self, asset: &Asset) -> bool {
        self.terms.iter().all(|term| term.holds(asset))
    }
}

impl Term {
    fn holds(&self, asset: &Asset) -> bool {
        let owner = &asset.owner_unit;
        match self {
            Term::All => true,
            Term::Kind(kind) => asset.kind == kind.as_str(),
            Term::Level(level) => asset.level == level.as_str(),
            Term::Region(place) => asset.region.code == *place || is_on_path(place, &asset.region.path),
            Term::Unit(unit) => {
                let unit = fold(unit);
                fold(&owner.canonical) == unit || fold(&owner.text) == unit
            }
            Term::Platform(platform) => fold(&asset.platform) == fold(platform),
        }
    }

    /// What could have been written so that the item is counted.
    fn instead(&self, asset: &Asset) -> Vec<String> {
        let owner = &asset.owner_unit;
        match self {
            Term::All => Vec::new(),
            Term::Kind(_) => vec![asset.kind.clone()],
            Term::Level(_) => vec![asset.level.clone()],
            Term::Region(_) => asset.region.path.clone(),
            Term::Unit(_) if owner.text.trim().is_empty() => vec![owner.canonical.clone()],
            Term::Unit(_) => vec![owner.text.trim().to_owned()],
            Term::Platform(_) => vec![asset.platform.clone()],
        }
    }
}

/// Whether a place is one of a path, or several of it in a row as reports print them: 示例省甲市.
fn is_on_path(place: &str, path: &[String]) -> bool {
    (0..path.len()).any(|from| {
        let mut rest = place;
        path[from..].iter().any(|name| match rest.strip_prefix(name.as_str()) {
            Some(after) if !name.is_empty() => {
                rest = after;
                rest.is_empty()
            }
            _ => {
                rest = "\0";
                false
            }
        })
    })
}

/// Kinds that are counted as items.
fn is_counted(kind: &str) -> bool {
    matches!(kind, "app" | "account" | "group")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_known_by_any_stretch_of_its_path() {
        let path = ["某省", "甲市", "乙县"].map(str::to_owned);
        for place in ["甲市", "某省甲市", "甲市乙县", "某省甲市乙县"] {
            assert!(is_on_path(place, &path), "{place}");
        }
        for place in ["", "甲", "某省乙县", "甲市丙县", "乙县甲市"] {
            assert!(!is_on_path(place, &path), "{place}");
        }
    }

    #[test]
    fn a_scope_is_read_whole_or_not_at_all() {
        assert!(Scope::parse("all").is_some());
        assert!(Scope::parse("app+level:county+region:甲市").is_some());
        for wrong in ["", "apps", "level:", "level:nowhere", "app+", "other", "colour:red"] {
            assert_eq!(Scope::parse(wrong), None, "{wrong}");
        }
    }
}
