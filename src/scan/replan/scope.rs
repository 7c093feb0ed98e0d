//! What a cap counts: items of a kind, level, place, unit or platform.
//!
//! For: `--cap app+level:county=30`. Not for: what is done about it (`stages/plan`).

use crate::model::{AssetIx, Kind, Level};
use crate::scan::document::{Asset, ScanDocument};
use std::collections::BTreeSet;

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

    /// The items of a scan that it counts.
    pub(super) fn members(&self, scan: &ScanDocument) -> BTreeSet<AssetIx> {
        let all = scan.assets.iter().zip(0..).filter(|(asset, _)| is_counted(&asset.kind));
        all.filter(|(asset, _)| self.holds(asset)).map(|(_, at)| AssetIx(at)).collect()
    }

    fn holds(&self, asset: &Asset) -> bool {
        self.terms.iter().all(|term| match term {
            Term::All => true,
            Term::Kind(kind) => asset.kind == kind.as_str(),
            Term::Level(level) => asset.level == level.as_str(),
            Term::Region(place) => asset.region.path.contains(place) || asset.region.code == *place,
            Term::Unit(unit) => asset.owner_unit.canonical == *unit || asset.owner_unit.text == *unit,
            Term::Platform(platform) => asset.platform == *platform,
        })
    }
}

/// Kinds that are counted as items.
fn is_counted(kind: &str) -> bool {
    matches!(kind, "app" | "account" | "group")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_whole_or_not_at_all() {
        assert!(Scope::parse("all").is_some());
        assert!(Scope::parse("app+level:county+region:甲市").is_some());
        for wrong in ["", "apps", "level:", "level:nowhere", "app+", "other", "colour:red"] {
            assert_eq!(Scope::parse(wrong), None, "{wrong}");
        }
    }
}
