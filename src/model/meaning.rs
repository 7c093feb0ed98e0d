//! What a record was understood to be: kind, place, owner, platform, job.
//!
//! For: matching, rules and planning, which work on things and not on strings. Not for: how it was
//! found out (`normalise`). Unknown is always a case of its own.

use super::{AppForm, Audience, Kind, Level, RegionId, Status, Sym};

/// A platform of the lexicon (微信公众号, 抖音, 浙政钉 …); 0 is "not known".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct PlatformId(pub u16);

/// A function of the taxonomy (党建学习, 河长巡查 …).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FunctionId(pub u16);

/// A set of functions, by its position in [`AssetTable::function_sets`](super::AssetTable); 0 is
/// the empty set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct FunctionSet(pub u32);

/// A distinct owner of the scan, by its position in [`AssetTable::units`](super::AssetTable); 0 is
/// "not known".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct UnitId(pub u32);

/// A region with the other candidates where the text alone does not decide.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RegionRef {
    /// The region, or `NONE`.
    pub region: RegionId,
    /// Position in [`AssetTable::region_candidates`](super::AssetTable); 0 when there is no doubt.
    pub candidates: u32,
}

/// An owner: a legal unit (单位) in a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Unit {
    /// Canonical readable name: full region path of the unit's own level and full body name, such
    /// as 甲市教育局.
    pub canonical: String,
    /// ASCII code of the body in the unit lexicon (`education`), or `u` and six hex digits of the
    /// BLAKE3 digest of the name without its region.
    pub body: String,
    /// The line of work (系统, 条线) the body belongs to, such as `education`; empty when unknown.
    /// Units of one line at different levels share it.
    pub line: String,
    /// Internal office the text named (办公室, 科, 股), rolled up to the unit; empty when none.
    pub office: String,
    /// Where it has its jurisdiction.
    pub region: RegionId,
    /// Its level.
    pub level: Level,
}

/// What one record was understood to be. Copied freely: about sixty bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Meaning {
    /// What it is, whatever table it was listed in.
    pub kind: Kind,
    /// What the table it was listed in says it is.
    pub listed_as: Kind,
    /// How the app is delivered.
    pub form: AppForm,
    /// Level of the owner.
    pub level: Level,
    /// For whom.
    pub audience: Audience,
    /// Where it stands in its life.
    pub status: Status,
    /// Platform.
    pub platform: PlatformId,
    /// Jurisdiction it serves.
    pub place: RegionRef,
    /// Owner.
    pub unit: UnitId,
    /// Id of the owner's body, where the tables have it; of the body that the name speaks of, where the owner is not
    /// known (甲市科技局值班群); or empty.
    pub body: Sym,
    /// Internal office (内设机构) that owner or name speaks of, in the spelling that stands for all; empty when none is.
    pub office: Sym,
    /// Name after folding (width, case, script, punctuation).
    pub folded: Sym,
    /// Name without region, unit, generic words, versions and years: the brand or job part.
    pub stem: Sym,
    /// Serial number of numbered siblings (第3网格 → 3), empty when none.
    pub number: Sym,
    /// What it does.
    pub functions: FunctionSet,
}
