//! What happened to an item or a problem between two scans.
//!
//! For: the words that comparing, storing and drawing share. Not for: deciding which of them applies (`changes`).

use super::{AssetIx, kinds::vocabulary};

vocabulary! {
    /// What an entry of a comparison says.
    Class {
        /// Was not known before.
        #[default]
        New = "new",
        /// Is not listed any more, although its list was sent.
        Gone = "gone",
        /// Its list was not sent or not read this time: nothing is known of it.
        NotReported = "not-reported",
        /// As before.
        Kept = "kept",
        /// A problem that is not there any more because its item changed.
        Fixed = "fixed",
        /// Its cells differ, or how they are judged.
        Changed = "changed",
        /// Closed by decision or status, and in use again (反弹回潮).
        Revived = "revived",
        /// What a closed item did is done by a newly listed one of the same unit line (改头换面).
        Rebranded = "rebranded",
        /// A problem that was put right and is there again.
        Relapsed = "relapsed",
    }
}

vocabulary! {
    /// Why an entry differs: what happened outside must not be mixed up with what we changed ourselves.
    Cause {
        /// The items are other ones, or their cells say something else.
        #[default]
        World = "world",
        /// What was sent and could be read is something else.
        Reporting = "reporting",
        /// Rules, clauses or the program.
        Rules = "rules",
        /// The policy file or its profiles.
        Policy = "policy",
        /// The parameter set of matching.
        Parameters = "parameters",
        /// The as-of date alone.
        Date = "date",
    }
}

vocabulary! {
    /// What has become of an action that the earlier plan proposed, told from the data and never from a tick alone.
    Progress {
        /// Carried out.
        Done = "done",
        /// Begun.
        UnderWay = "under-way",
        /// Nothing to be seen yet.
        #[default]
        Open = "open",
        /// Nothing to be seen, and its stated deadline is over.
        Overdue = "overdue",
        /// The data say the opposite of the plan.
        Contradicted = "contradicted",
        /// Its list was not sent: not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// How an item of one scan was recognised in another.
    LinkedBy {
        /// A person says so.
        Confirmed = "confirmed",
        /// The same id.
        #[default]
        Id = "id",
        /// The same name, unit, kind and platform under another id.
        Key = "key",
        /// The same name and unit, listed as another kind.
        Retyped = "retyped",
        /// The same name, kind, platform and place, listed by another unit.
        Moved = "moved",
        /// The matcher finds one real thing listed twice.
        Matched = "matched",
    }
}

/// Something that came back, told by comparing with earlier scans: what a finding about it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recurrence {
    /// The item that is there again.
    pub asset: AssetIx,
    /// [`Class::Revived`], [`Class::Rebranded`] or [`Class::Relapsed`].
    pub class: Class,
    /// Id of the closed item; of the item itself, for a relapse.
    pub was: String,
    /// Name of the closed item.
    pub name: String,
    /// ISO day of the closure, or on which the problem was first seen to be gone.
    pub closed: String,
    /// ISO day of the scan in which that stands.
    pub scan: String,
    /// What the closure rests on: `status`, `plan` or `list`; empty for a relapse.
    pub by: String,
    /// For a relapse, the rule of the problem that is there again; empty otherwise.
    pub rule: String,
}
