//! Where a decision sends an item: by id, or by a name that only one item has.
//!
//! For: 改为整合到“掌上公交”. Not for: proposing targets. Invariant: a name that several items have names none.

use crate::knowledge::text::fold;
use crate::model::{ActionKind, AssetIx, AssetTable, Kind, Status};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Looks items up by id and by name.
pub(super) struct Targets<'a> {
    assets: &'a AssetTable,
    by_id: BTreeMap<&'a str, AssetIx>,
    by_name: OnceCell<BTreeMap<String, Vec<AssetIx>>>,
}

impl<'a> Targets<'a> {
    pub(super) fn new(assets: &'a AssetTable) -> Self {
        let by_id = assets.iter().map(|asset| (asset.id(), asset.ix)).collect();
        Targets { assets, by_id, by_name: OnceCell::new() }
    }

    /// The item of an id.
    pub(super) fn item(&self, id: &str) -> Option<AssetIx> {
        self.by_id.get(id).copied()
    }

    /// The action that fits the kind of the item: groups are dissolved, everything else is closed.
    pub(super) fn fitting(&self, item: AssetIx, action: ActionKind) -> ActionKind {
        let is_group = self.assets.get(item).meaning().kind == Kind::Group;
        match action {
            ActionKind::Close if is_group => ActionKind::Dissolve,
            ActionKind::Dissolve if !is_group => ActionKind::Close,
            other => other,
        }
    }

    /// The target that was meant, as an asset id or, for migrating, the name of a platform; nothing when none can be
    /// meant. An item cannot go into itself, nor into what is closed.
    pub(super) fn resolve(&self, item: AssetIx, action: ActionKind, target: &str) -> Option<String> {
        let is_open = |ix: &AssetIx| {
            let meaning = self.assets.get(*ix).meaning();
            *ix != item
                && meaning.status != Status::Closed
                && matches!(meaning.kind, Kind::App | Kind::Account | Kind::Group)
        };
        let named = || {
            let name = fold(target);
            let found: Vec<AssetIx> =
                self.names().get(&name).into_iter().flatten().copied().filter(is_open).collect();
            if let [only] = found[..] { Some(only) } else { None }
        };
        let found = match self.item(target) {
            Some(ix) => Some(ix).filter(is_open),
            None => named(),
        };
        match found {
            Some(ix) => Some(self.assets.get(ix).id().to_owned()),
            // A platform above may be in nobody's list.
            None if action == ActionKind::Migrate && self.item(target).is_none() => Some(target.to_owned()),
            None => None,
        }
    }

    fn names(&self) -> &BTreeMap<String, Vec<AssetIx>> {
        self.by_name.get_or_init(|| {
            let mut names: BTreeMap<String, Vec<AssetIx>> = BTreeMap::new();
            for asset in self.assets.iter() {
                names.entry(fold(asset.name())).or_default().push(asset.ix);
            }
            names
        })
    }
}
