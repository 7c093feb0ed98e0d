//! What surrounds the rows of a sheet: its kind, its place, the values stated above the table.

use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::lexicon::regions::Choice;
use crate::knowledge::text::fold;
use crate::model::{Field, InputFile, Kind, Records, RegionId, Sheet};

/// The surroundings of a sheet's rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Setting {
    /// Its kind, from title and headers, else from its name or its columns.
    pub(super) kind: Option<Kind>,
    /// Whether the sheet itself states the kind.
    pub(super) states_kind: bool,
    /// The place that file name, title or head of the sheet speak of.
    pub(super) region: RegionId,
}

pub(super) fn settings(records: &Records, lexicon: &Lexicon, inputs: &[InputFile]) -> Vec<Setting> {
    let setting = |sheet: &Sheet| {
        let path = inputs.get(sheet.file.0 as usize).map_or("", |i| i.path.as_str());
        Setting {
            kind: sheet.kind.or_else(|| kind_of_names(sheet, path)).or_else(|| kind_of_columns(sheet)),
            states_kind: sheet.kind.is_some(),
            region: region_of(sheet, path, lexicon),
        }
    };
    records.sheets.iter().map(setting).collect()
}

/// The value a sheet states above its table for a field.
pub(super) fn stated(sheet: &Sheet, field: Field) -> &str {
    sheet.defaults.iter().find(|d| d.0 == field).map_or("", |d| d.1.as_str())
}

/// The kind that the name of a sheet or file speaks of.
fn kind_of_names(sheet: &Sheet, path: &str) -> Option<Kind> {
    let file = path.rsplit('/').next().unwrap_or(path);
    [fold(&sheet.title), fold(&sheet.name), fold(file)].iter().find_map(|text| {
        let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
        match () {
            () if says(&["线索", "clue"]) => Some(Kind::Clue),
            () if says(&["群组", "微信群", "qq群", "工作群", "group"]) => Some(Kind::Group),
            () if says(&["账号", "新媒体", "公众号", "account"]) => Some(Kind::Account),
            () if says(&["应用程序", "小程序", "app", "应用"]) => Some(Kind::App),
            () => None,
        }
    })
}

/// The kind that only one sort of table has columns for.
fn kind_of_columns(sheet: &Sheet) -> Option<Kind> {
    let has = |fields: &[Field]| sheet.columns.iter().any(|c| c.field.is_some_and(|f| fields.contains(&f)));
    match () {
        () if has(&[Field::AppName]) => Some(Kind::App),
        () if has(&[Field::AccountName]) => Some(Kind::Account),
        () if has(&[Field::GroupName]) => Some(Kind::Group),
        () if has(&[Field::MemberCount, Field::GroupPurpose, Field::GroupOwner, Field::GroupKind]) => {
            Some(Kind::Group)
        }
        () if has(&[Field::Followers, Field::AccountId, Field::VerifiedSubject]) => Some(Kind::Account),
        () if has(&[
            Field::AppForm,
            Field::PackageId,
            Field::Downloads,
            Field::FunctionDesc,
            Field::UserCount,
        ]) =>
        {
            Some(Kind::App)
        }
        () if has(&[Field::ClueText]) && !has(&Field::NAMES) => Some(Kind::Clue),
        () if has(&[Field::Platform]) => Some(Kind::Account),
        () if has(&[Field::Functions]) => Some(Kind::App),
        () => None,
    }
}

/// The place that the folders, the file, the sheet's name, its title and the lines above its table
/// speak of. What stands closer to the rows counts more; agreeing ones narrow each other.
fn region_of(sheet: &Sheet, path: &str, lexicon: &Lexicon) -> RegionId {
    let heads = [
        sheet.name.as_str(),
        sheet.title.as_str(),
        stated(sheet, Field::OwnerUnit),
        stated(sheet, Field::Province),
        stated(sheet, Field::City),
        stated(sheet, Field::County),
        stated(sheet, Field::RegionName),
    ];
    let mut region = RegionId::NONE;
    for text in path.split('/').chain(heads) {
        let found = place_in(&fold(text), region, lexicon);
        // 甲市 in the title does not widen 乙县 of the file name; another place replaces it.
        if found.is_known() && !lexicon.regions.regions().covers(found, region) {
            region = found;
        }
    }
    let code = stated(sheet, Field::RegionCode);
    let by_code = lexicon.regions.by_code(code);
    if by_code.is_known() { by_code } else { region }
}

/// The place a heading starts with, or else the first whole name in it.
fn place_in(text: &str, context: RegionId, lexicon: &Lexicon) -> RegionId {
    let regions = &lexicon.regions;
    let path = regions.path(text);
    if let Choice::One(region) = regions.choose(&path.candidates, &[context]) {
        return region;
    }
    let whole = regions.mentions(text).into_iter().filter(|m| m.whole);
    for mention in whole {
        if let Choice::One(region) = regions.choose(&mention.candidates, &[context]) {
            return region;
        }
    }
    RegionId::NONE
}
