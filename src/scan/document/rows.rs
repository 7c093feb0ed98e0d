//! The assets of a stored scan as rows of an inventory, so that they can be understood again.
//!
//! For: comparing two of them in every respect, which takes more than the scan stores. Not for: planning, which reads
//! what was stored ([`super::Restored`]). Invariant: one row per asset, in the order of the scan.

use super::{Asset, FieldValue, ScanDocument};
use crate::model::{Audience, Field, Kind, Level};
use serde_json::{Map, Value as Json};

/// One row per asset, by canonical field; what the scan does not know is left out.
pub fn rows(scan: &ScanDocument) -> Vec<Map<String, Json>> {
    scan.assets.iter().map(row).collect()
}

fn row(asset: &Asset) -> Map<String, Json> {
    let unless = |unknown: &str, text: &str| if text == unknown { String::new() } else { text.to_owned() };
    let stated = [
        (Field::Name, asset.name.clone()),
        (Field::Kind, unless(Kind::default().as_str(), &asset.kind)),
        (Field::OwnerUnit, asset.owner_unit.text.clone()),
        (Field::Level, unless(Level::default().as_str(), &asset.level)),
        (Field::RegionCode, asset.region.code.clone()),
        (Field::RegionName, asset.region.path.concat()),
        (Field::Platform, asset.platform.clone()),
        (Field::Audience, unless(Audience::default().as_str(), &asset.audience)),
    ];
    let stored = asset.fields.iter().map(|(field, value)| (field.clone(), text(value)));
    // What was understood as a whole stands above the cell it was understood from.
    let stated = stated.into_iter().map(|(field, text)| (field.as_str().to_owned(), text));
    let cells = stored.chain(stated).filter(|(_, text)| !text.is_empty());
    cells.map(|(field, text)| (field, text.into())).collect()
}

/// A cell as it was typed, or as it was understood where that is the same.
fn text(value: &FieldValue) -> String {
    match (&value.raw, &value.value) {
        (Some(raw), _) => raw.clone(),
        (None, Json::Null) => String::new(),
        (None, Json::String(text)) => text.clone(),
        (None, Json::Array(items)) => {
            let items =
                items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
            items.collect::<Vec<_>>().join("、")
        }
        (None, other) => other.to_string(),
    }
}
