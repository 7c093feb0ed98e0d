//! The meaning of one record, before its new texts are interned.

use super::cells::{self, Cells};
use super::distinct::Distinct;
use super::kind::{Clues, decide};
use super::mistyped;
use super::name::take_apart;
use super::office;
use super::owners::{Owner, Owners};
use super::places::ColumnPlace;
use super::remarks::Remark;
use super::setting::{Setting, stated};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::lexicon::regions::{Choice, Mention, bare};
use crate::knowledge::text::{find, fold, fold_spaced};
use crate::model::{
    Audience, Code, Field, FunctionId, Kind, Level, Meaning, Pool, RecordRef, Records, RegionId, Regions,
    Status, Unit, UnitId,
};
use std::borrow::Cow;

/// How many candidates a remark lists.
const SHOWN: usize = 6;

/// Everything a record is judged against.
pub(super) struct Work<'a> {
    pub(super) records: &'a Records,
    pub(super) lexicon: &'a Lexicon,
    pub(super) settings: &'a [Setting],
    pub(super) columns: &'a Distinct<ColumnPlace>,
    pub(super) owners: &'a Owners,
    pub(super) regions: &'a Regions,
    pub(super) cells: &'a Cells,
    pub(super) place_names: &'a mistyped::PlaceNames,
}

/// A record's meaning with the texts and lists still to be interned.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) meaning: Meaning,
    pub(super) folded: String,
    pub(super) stem: String,
    pub(super) number: String,
    pub(super) body: String,
    /// Whether the name speaks of that body: looking for it in every name again would cost an eighth of the time.
    pub(super) names_body: bool,
    pub(super) office: String,
    pub(super) functions: Vec<FunctionId>,
    pub(super) candidates: Vec<RegionId>,
    pub(super) remarks: Vec<Remark>,
}

impl Draft {
    /// Takes the symbols of texts that a pool has already, whose text is not needed any more.
    fn find_known(&mut self, pool: &Pool) {
        let meaning = &mut self.meaning;
        let texts = [
            (&mut self.folded, &mut meaning.folded),
            (&mut self.stem, &mut meaning.stem),
            (&mut self.number, &mut meaning.number),
            (&mut self.body, &mut meaning.body),
            (&mut self.office, &mut meaning.office),
        ];
        for (text, held) in texts {
            if let Some(known) = pool.lookup(text) {
                *held = known;
                *text = String::new();
            }
        }
    }
}

impl Work<'_> {
    /// Works out one record.
    pub(super) fn draft(&self, index: usize) -> Draft {
        let record = self.records.record(index);
        let setting = &self.settings[self.records.place(index).sheet.0 as usize];
        let columns = self.columns.get(index);
        let (owner, unit) = self.owners.get(index);
        let name = match record.name() {
            "" => record.text(Field::ClueSubject),
            name => name,
        };
        let mut draft = Draft { folded: fold(name), ..Draft::default() };
        draft.meaning.unit = owner.unit;

        self.kind(record, setting, &mut draft);
        if self.lexicon.units.get(&unit.body).is_some() {
            draft.body.clone_from(&unit.body);
        }
        draft.office.push_str(self.owners.word(owner.office));
        let mentions = self.lexicon.regions.mentions(&draft.folded);
        self.place(record, setting, columns, (owner, unit), &mentions, &mut draft);
        self.stem(name, owner, unit, &mut draft);
        self.functions(record, &mut draft);
        self.level(record, (owner, unit), &mut draft);
        self.audience(record, &mut draft);
        draft.meaning.status = self.status(record);
        draft.find_known(&self.records.pool);
        draft
    }

    /// A cell, or what the sheet states above the table for its column.
    fn cell<'r>(&'r self, record: RecordRef<'r>, field: Field) -> &'r str {
        match record.text(field) {
            "" => stated(self.records.sheet(record.index), field),
            text => text,
        }
    }

    /// The folded text of such a cell, for fields of few words.
    fn folded(&self, record: RecordRef<'_>, field: Field) -> Cow<'_, str> {
        let sym = record.value(field).sym().filter(|sym| !sym.is_empty());
        match sym.and_then(|sym| self.cells.folded(sym)) {
            Some(folded) => folded.into(),
            None => match self.cell(record, field) {
                "" => "".into(),
                text => fold(text).into(),
            },
        }
    }

    fn kind(&self, record: RecordRef<'_>, setting: &Setting, draft: &mut Draft) {
        let column = self.lexicon.values.kind(&self.folded(record, Field::Kind));
        let listed = column.or(if setting.states_kind { setting.kind } else { None });
        let clues = Clues {
            listed: listed.or(setting.kind),
            platform: &self.folded(record, Field::Platform),
            form: &self.folded(record, Field::AppForm),
            group: &self.folded(record, Field::GroupKind),
            name: &draft.folded,
        };
        let verdict = decide(&clues, self.lexicon);
        if verdict.unknown_platform {
            let found = self.cell(record, Field::Platform);
            draft.remarks.push(Remark::new(Code::UnknownPlatform, Field::Platform).with("found", found));
        }
        let meaning = &mut draft.meaning;
        (meaning.kind, meaning.form, meaning.platform) = (verdict.kind, verdict.form, verdict.platform);
        meaning.listed_as = listed.unwrap_or(verdict.kind);
        if meaning.listed_as != meaning.kind {
            let remark = Remark::new(Code::WrongKind, record.name_field())
                .with("listed", format!("@kind.{}", meaning.listed_as))
                .with("kind", format!("@kind.{}", meaning.kind));
            draft.remarks.push(remark);
        }
    }

    fn functions(&self, record: RecordRef<'_>, draft: &mut Draft) {
        let book = &self.lexicon.functions;
        // 科技局值班群 and 党建办值班群 are about duty: whose they are says nothing of what they do.
        let body = draft.names_body.then(|| self.lexicon.units.name_in(&draft.folded, &draft.body)).flatten();
        let owner = body.or_else(|| office::find(&draft.folded, &draft.office));
        let owner = owner.filter(|_| draft.stem.chars().nth(1).is_some()).unwrap_or(0..0);
        book.tag_name(&draft.folded[..owner.start], &mut draft.functions);
        book.tag_name(&draft.folded[owner.end..], &mut draft.functions);
        match record.value(Field::Functions).sym().and_then(|sym| self.cells.tags(sym)) {
            Some(known) => add_all(known, &mut draft.functions),
            None => add_all(&cells::tags(record.items(Field::Functions), book), &mut draft.functions),
        }
        for field in [Field::Description, Field::FunctionDesc, Field::GroupPurpose] {
            let text = record.text(field);
            if !text.is_empty() {
                book.tag_prose(&fold(text), &mut draft.functions);
            }
        }
        draft.functions.sort_unstable();
    }

    /// Code, region columns, owner, sheet, item name: the first that tells, narrowed by the later
    /// ones that agree.
    fn place(
        &self,
        record: RecordRef<'_>,
        setting: &Setting,
        columns: &ColumnPlace,
        (owner, unit): (&Owner, &Unit),
        mentions: &[Mention],
        draft: &mut Draft,
    ) {
        if columns.unknown_code {
            let found = self.cell(record, Field::RegionCode);
            draft.remarks.push(Remark::new(Code::UnknownRegionCode, Field::RegionCode).with("found", found));
        }
        let inside = |upper, lower| self.regions.covers(upper, lower);
        let by_owner = if owner.names_place { unit.region } else { RegionId::NONE };
        let (mut region, mut may_narrow) = (columns.region, !columns.by_code);
        // A code of the place above, as lists of a whole county carry in every row, is narrowed like a column.
        let is_open = !columns.by_code || self.regions.get(region).level.depth() < Level::Township.depth();
        if is_open && by_owner.is_known() && (!region.is_known() || inside(region, by_owner)) {
            (region, may_narrow) = (by_owner, false);
        }
        if by_owner.is_known() && by_owner == region {
            may_narrow = false;
        }
        if !region.is_known() && owner.candidates().is_empty() && columns.candidates.is_empty() {
            region = if setting.region.is_known() { setting.region } else { unit.region };
        }
        if may_narrow && unit.level != Level::Central {
            // 东兴 in the name is the 东兴街道 at hand, and says nothing about which of them.
            let is_echo = |m: &Mention| {
                let text = &draft.folded[m.start..m.end];
                let called = |&c: &RegionId| bare(&self.regions.get(c).name) == Some(text);
                !m.whole && owner.candidates().iter().any(called)
            };
            let telling: Vec<&Mention> = mentions.iter().filter(|m| !is_echo(m)).collect();
            match self.named(&telling, owner.candidates(), region, setting.region) {
                Choice::One(named) if !region.is_known() || inside(region, named) => region = named,
                Choice::Many(several) if !region.is_known() => draft.candidates = several,
                _ => {}
            }
        }
        if may_narrow && unit.level != Level::Central {
            region = self.lexicon.regions.town_in(&draft.folded, region).unwrap_or(region);
        }
        if !region.is_known() {
            let unsettled =
                if columns.candidates.is_empty() { owner.candidates() } else { &columns.candidates };
            if !unsettled.is_empty() {
                draft.candidates.clear();
                draft.candidates.extend_from_slice(unsettled);
            }
        }
        draft.meaning.place.region = region;
        if !draft.candidates.is_empty() {
            let (field, found) = match &columns.found {
                Some((field, found)) => (*field, found.as_str()),
                None if !owner.candidates().is_empty() => {
                    (Field::OwnerUnit, self.cell(record, Field::OwnerUnit))
                }
                None => (record.name_field(), record.name()),
            };
            let shown = draft.candidates.iter().take(SHOWN).map(|&c| self.regions.path(c).concat());
            let more = if draft.candidates.len() > SHOWN { " …" } else { "" };
            let names = shown.collect::<Vec<_>>().join("、") + more;
            let remark = Remark::new(Code::AmbiguousRegion, field).with("found", found);
            draft.remarks.push(remark.with("candidates", names));
        }
    }

    /// The place that the item's name speaks of. Bare names count only where nothing contradicts
    /// them; an owner whose place is in doubt counts where the name agrees with one of its places.
    fn named(&self, mentions: &[&Mention], owner: &[RegionId], region: RegionId, sheet: RegionId) -> Choice {
        let inside = |upper, lower| self.regions.covers(upper, lower);
        let mut candidates: Vec<RegionId> = Vec::new();
        for mention in mentions {
            let fits = |c: &RegionId| candidates.is_empty() || candidates.iter().any(|&u| inside(u, *c));
            let narrower: Vec<RegionId> = mention.candidates.iter().copied().filter(fits).collect();
            if !narrower.is_empty() {
                candidates = narrower;
            }
        }
        if !owner.is_empty() {
            let named = |o: &RegionId| candidates.iter().any(|&c| inside(c, *o) || inside(*o, c));
            let agreed: Vec<RegionId> = owner.iter().copied().filter(named).collect();
            return if agreed.is_empty() { Choice::None } else { self.lexicon.regions.choose(&agreed, &[]) };
        }
        let known = if region.is_known() { region } else { sheet };
        if known.is_known() {
            candidates.retain(|&c| inside(known, c));
        }
        self.lexicon.regions.choose(&candidates, &[known])
    }

    fn level(&self, record: RecordRef<'_>, (owner, unit): (&Owner, &Unit), draft: &mut Draft) {
        let text = self.folded(record, Field::Level);
        let mut stated = self.lexicon.values.level(&text);
        let derived = unit.level;
        // 市级 of a municipality is the province level.
        if stated == Level::Prefecture && derived == Level::Province {
            let code = &self.regions.get(unit.region).code;
            if ["110000", "120000", "310000", "500000"].contains(&code.as_str()) {
                stated = Level::Province;
            }
        }
        let place = self.regions.get(draft.meaning.place.region).level;
        draft.meaning.level = match (stated, derived) {
            (Level::Unknown, Level::Unknown) => place,
            (Level::Unknown, derived) => derived,
            (stated, derived) if !owner.level_is_certain || derived == Level::Unknown => stated,
            (_, derived) => derived,
        };
        let below_county = matches!(derived, Level::Township | Level::Village) && text.contains("乡镇");
        if stated != Level::Unknown && stated != draft.meaning.level && !below_county {
            let remark = Remark::new(Code::LevelConflict, Field::Level)
                .with("stated", format!("@level.{stated}"))
                .with("derived", format!("@level.{derived}"));
            draft.remarks.push(remark);
        }
    }

    /// Stated, else from the functions, else by definition: accounts speak to the public, work
    /// groups to staff. An app's name alone tells nothing (…通).
    fn audience(&self, record: RecordRef<'_>, draft: &mut Draft) {
        let items = self.cell(record, Field::Audience).split(['、', '，', ',', '；', ';', '和', '及', '/']);
        let mut stated = self.lexicon.values.audience(&self.folded(record, Field::Audience));
        if stated == Audience::Unknown {
            for item in items {
                stated = match (stated, self.lexicon.values.audience(&fold(item))) {
                    (known, Audience::Unknown) => known,
                    (Audience::Unknown, one) => one,
                    (known, one) if known == one => known,
                    _ => Audience::Both,
                };
            }
        }
        let by_function = self.lexicon.functions.audience(&draft.functions);
        draft.meaning.audience = match (stated, draft.meaning.kind) {
            (Audience::Unknown, Kind::Account) => Audience::Public,
            (Audience::Unknown, Kind::Group) => match by_function {
                Audience::Unknown => Audience::Staff,
                // 政务公开联络员群 is about something public, and its members are staff.
                Audience::Public => Audience::Both,
                known => known,
            },
            (Audience::Unknown, _) => by_function,
            (stated, _) => stated,
        };
    }

    /// The status column; where it is silent or says "in use", a record of cancellation or a
    /// disposal that has happened says more.
    fn status(&self, record: RecordRef<'_>) -> Status {
        let read = |field| self.lexicon.values.status(&self.folded(record, field));
        let stated = read(Field::Status);
        if matches!(stated, Status::Closed | Status::Closing) {
            return stated;
        }
        let done = |field| {
            let text = self.folded(record, field);
            let happened = text.starts_with('已') || text.contains("未完成注销") || text.starts_with('拟');
            let status = if happened { self.lexicon.values.status(&text) } else { Status::Unknown };
            matches!(status, Status::Closed | Status::Closing).then_some(status)
        };
        done(Field::CancelRecord).or_else(|| done(Field::Disposal)).unwrap_or(stated)
    }

    /// The name without number, version, remarks, generic words, place and owner; every step that
    /// would leave nothing is skipped.
    fn stem(&self, name: &str, owner: &Owner, unit: &Unit, draft: &mut Draft) {
        let words = &self.lexicon.words;
        let parts = take_apart(&fold_spaced(name), words);
        draft.number = parts.number;
        let mut stem = if parts.core.is_empty() { draft.folded.clone() } else { parts.core };
        let place = draft.meaning.place.region;
        let is_meant = |m: &Mention| {
            m.whole
                || m.candidates
                    .iter()
                    .any(|&c| self.regions.covers(c, place) || self.regions.covers(place, c))
        };
        // One character (爱 of 爱山东) is no name, and 国家 is no more than a place.
        // Nothing need be left beside 第3网格.
        let least = if parts.counted.is_empty() { 2 } else { 0 };
        let keep = |stem: &mut String, shorter: String| {
            if shorter.chars().count() >= least && !matches!(shorter.as_str(), "国家" | "中国") {
                *stem = shorter;
            }
        };
        let stripped = words.strip(&stem).to_owned();
        keep(&mut stem, stripped);
        let without_place = self.lexicon.regions.cut(&stem, is_meant);
        let is_cut = without_place != stem;
        keep(&mut stem, without_place);
        if let Some(without_place) =
            mistyped::without_place(&stem, place, self.regions, self.place_names).filter(|_| !is_cut)
        {
            keep(&mut stem, without_place);
        }
        let place = self.regions.get(place);
        if matches!(place.level, Level::Township | Level::Village) {
            let names = [Some(place.name.as_str()), bare(&place.name)];
            if let Some(name) = names.into_iter().flatten().find(|name| stem.contains(*name)) {
                let without_town = stem.replacen(name, "", 1);
                keep(&mut stem, without_town);
            }
        }
        let owner_name = self.owners.word(owner.name);
        let own_name = || find(&stem, owner_name).map(|at| at..at + owner_name.len());
        let is_own = unit.body.starts_with('u') && owner_name.chars().count() >= 3;
        let named = if is_own { own_name() } else { self.lexicon.units.name_in(&stem, &unit.body) };
        draft.names_body = named.is_some() && !is_own;
        if let Some(range) = named {
            let mut shorter = stem.clone();
            shorter.replace_range(range, "");
            keep(&mut stem, shorter);
        }
        if owner.unit == UnitId::default() {
            self.owner_in_name(&stem, place.level, draft);
        }
        let named = unit.body.is_empty().then(|| self.lexicon.units.name_in(&stem, &draft.body)).flatten();
        draft.names_body |= named.is_some();
        if let Some(range) = named.or_else(|| office::find(&stem, &draft.office)) {
            let mut shorter = stem.clone();
            shorter.replace_range(range, "");
            keep(&mut stem, shorter);
        }
        let stripped = words.strip(&stem).to_owned();
        keep(&mut stem, stripped);
        if !parts.counted.is_empty() && words.is_remark(&stem) {
            stem.clear();
        }
        draft.stem = stem + &parts.counted;
    }

    /// The body or office that a name without its place begins with, where no column tells the owner.
    fn owner_in_name(&self, stem: &str, level: Level, draft: &mut Draft) {
        if matches!(level, Level::Township | Level::Village) {
            office::in_front(stem).unwrap_or_default().clone_into(&mut draft.office);
        } else if let Some(body) = self.lexicon.units.in_front(stem) {
            body.id.clone_into(&mut draft.body);
        }
    }
}

/// Adds functions that are not there yet.
fn add_all(functions: &[FunctionId], to: &mut Vec<FunctionId>) {
    for function in functions {
        if !to.contains(function) {
            to.push(*function);
        }
    }
}
