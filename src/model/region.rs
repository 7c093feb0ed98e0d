//! Administrative divisions (行政区划) as a tree of codes.
//!
//! For: "is this place inside that one". Not for: finding places in text
//! (`knowledge::lexicon::regions`).

use super::Level;

/// A division in a [`Regions`] table; 0 is "not known".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct RegionId(pub u32);

impl RegionId {
    /// No region known.
    pub const NONE: RegionId = RegionId(0);

    /// Whether a region is known.
    pub fn is_known(self) -> bool {
        self != RegionId::NONE
    }
}

/// One division.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Region {
    /// Six digits to county level, nine for a township; text, because leading digits matter.
    pub code: String,
    /// Full official name of this division alone, such as 碧江区.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The division it lies in; `NONE` for a province.
    pub parent: RegionId,
}

/// All divisions known to a scan: the vendored edition and the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regions {
    list: Vec<Region>,
}

impl Default for Regions {
    fn default() -> Self {
        Regions { list: vec![Region::default()] }
    }
}

impl Regions {
    /// Adds a division; parents must be added first.
    pub fn push(&mut self, region: Region) -> RegionId {
        self.list.push(region);
        RegionId(self.list.len() as u32 - 1)
    }

    /// A division. `RegionId::NONE` gives a nameless one.
    pub fn get(&self, id: RegionId) -> &Region {
        &self.list[id.0 as usize]
    }

    /// Every known division with its id.
    pub fn iter(&self) -> impl Iterator<Item = (RegionId, &Region)> {
        self.list.iter().enumerate().skip(1).map(|(i, r)| (RegionId(i as u32), r))
    }

    /// From the division itself up to its province.
    pub fn ancestry(&self, id: RegionId) -> impl Iterator<Item = RegionId> {
        std::iter::successors(Some(id), |&r| Some(self.get(r).parent)).take_while(|r| r.is_known())
    }

    /// Names from the province down to the division itself.
    pub fn path(&self, id: RegionId) -> Vec<&str> {
        let mut path: Vec<&str> = self.ancestry(id).map(|r| self.get(r).name.as_str()).collect();
        path.reverse();
        path
    }

    /// Whether `upper` is `lower` or contains it. Unknown regions contain nothing.
    pub fn covers(&self, upper: RegionId, lower: RegionId) -> bool {
        upper.is_known() && self.ancestry(lower).any(|r| r == upper)
    }
}
