//! What an owner says about its own nature (单位性质).

use crate::knowledge::text::fold;
use crate::model::{AssetRef, Field};

/// Where a unit says what it is: the column, or a remark when the table has no such column.
const SAID_IN: [Field; 4] = [Field::UnitNature, Field::Remark, Field::Description, Field::FunctionDesc];
/// "Has no administrative functions": a denial and what is denied, with nothing between but "有" and the like.
const DENIALS: [&str; 7] = ["不承担", "未承担", "不具有", "不具备", "不行使", "没有", "无"];
const FUNCTIONS: [&str; 3] = ["行政职能", "行政职责", "行政管理职能"];

/// Whether the owner is said to have no administrative functions (不承担行政职能的事业单位), which puts it
/// outside unified filing.
pub(super) fn has_no_administrative_functions(asset: AssetRef<'_>) -> bool {
    SAID_IN.iter().any(|&field| denies(asset.text(field)))
}

/// Whether the column on the owner's nature says that it is a state-owned enterprise (国有企业).
pub(super) fn is_enterprise(asset: AssetRef<'_>) -> bool {
    let nature = fold(asset.text(Field::UnitNature));
    ["国有企业", "国企", "国有独资", "国有控股"].iter().any(|word| nature.contains(word))
}

fn denies(text: &str) -> bool {
    if !text.contains(['职', '職']) {
        return false;
    }
    let text = fold(text);
    FUNCTIONS.iter().flat_map(|word| text.match_indices(word)).any(|(at, _)| {
        let before = &text[..at];
        DENIALS.iter().any(|denial| before.ends_with(denial))
    })
}

#[cfg(test)]
mod tests {
    use super::denies;

    #[test]
    fn a_denial_is_read_in_any_wording() {
        for text in
            ["不承担行政职能的事业单位", "属公益二类，无行政职能。", "不具有行政管理职能", "不承擔行政職能"]
        {
            assert!(denies(text), "{text}");
        }
        for text in ["承担行政职能的事业单位", "行政机关", "履行行政职责", "", "不得超越行政职能"]
        {
            assert!(!denies(text), "{text}");
        }
    }
}
