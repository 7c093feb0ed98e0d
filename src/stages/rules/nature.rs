//! What an owner says about its own nature (单位性质).

use crate::knowledge::text::{fold, words};
use crate::model::{AssetRef, Field};

/// Where a unit says what it is: the column, or a remark when the table has no such column.
const SAID_IN: [Field; 4] = [Field::UnitNature, Field::Remark, Field::Description, Field::FunctionDesc];

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

/// Whether the app is said to be built by a unit above and only used here.
pub(super) fn is_built_above(asset: AssetRef<'_>) -> bool {
    let build = fold(asset.text(Field::BuildType));
    words("nature-not-own").iter().any(|way| build.contains(way))
}

/// Whether the app is said to be built, rebuilt or bought by the unit itself (新建、改建、购买服务).
pub(super) fn is_built_here(asset: AssetRef<'_>) -> bool {
    let build = fold(asset.text(Field::BuildType));
    !is_built_above(asset)
        && ["新建", "改建", "自建", "扩建", "购买", "采购"].iter().any(|way| build.contains(way))
}

/// Whether it is aimed at the grassroots (面向基层): by whom it serves or how far it reaches.
pub(super) fn is_for_grassroots(asset: AssetRef<'_>) -> bool {
    [Field::Audience, Field::ReachLevel].iter().any(|&field| {
        let said = fold(asset.text(field));
        words("nature-below").iter().any(|word| said.contains(word))
    })
}

/// Whether it is said to reach counties or below (使用范围、覆盖层级).
pub(super) fn reaches_counties(asset: AssetRef<'_>) -> bool {
    let reach = fold(asset.text(Field::ReachLevel));
    let below =
        words("nature-below").iter().chain(&["县", "区县", "市辖区"]).any(|word| reach.contains(word));
    below && !["县以上", "县级以上", "县级及以上", "不含县"].iter().any(|word| reach.contains(word))
}

fn denies(text: &str) -> bool {
    if !text.contains(['职', '職']) {
        return false;
    }
    let text = fold(text);
    words("nature-functions").iter().flat_map(|word| text.match_indices(word)).any(|(at, _)| {
        let before = &text[..at];
        words("nature-denials").iter().any(|denial| before.ends_with(denial))
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
