//! The place in front of a unit's body: named, told by a level word (市教育局), or taken from the surroundings.

use super::super::super::regions::{Choice, Localities, Path, RegionBook, bare};
use super::super::{UnitBook, fold};
use super::{UnitReading, UnitSetting};
use crate::model::{Level, RegionId};

impl UnitBook {
    /// Reads the place in front of a unit's body: what is left of the text, and whether the place
    /// was a bare one (广州, not 广州市).
    pub(super) fn read_place<'t>(
        &self,
        text: &'t str,
        regions: &RegionBook,
        setting: UnitSetting<'_>,
        reading: &mut UnitReading,
    ) -> (&'t str, bool) {
        let context = setting.contexts.iter().copied().find(|c| c.is_known()).unwrap_or_default();
        let mut path = regions.path_near(text, setting.contexts);
        if !path.whole && self.starting(&text[path.end..]).is_none() {
            // 长安公司 in 甲市: a word, not the district of another city.
            path = regions.path_in(text, setting.contexts);
        }
        if let Some((region, end)) = own_name_in_front(text, regions, context)
            && (path.end == 0 || !path.whole && end > path.end)
        {
            // 城区民政局 in a row of 阳泉市城区: a name too common to count anywhere else.
            path = Path { candidates: vec![region], end, whole: true };
        }
        let is_body = |rest: &str| self.starting(rest).is_some();
        if path.end == 0 {
            reading.others = regions.towns_before(text, is_body).to_vec();
        } else if !path.whole {
            reading.others = regions.towns_called(&text[..path.end]).to_vec();
        }
        let mut rest = &text[path.end..];
        let mut word_level = Level::Unknown;
        match regions.choose(&path.candidates, setting.contexts) {
            Choice::One(region) => (reading.region, reading.names_place) = (region, true),
            Choice::Many(candidates) => (reading.candidates, reading.names_place) = (candidates, true),
            Choice::None => {}
        }
        if let Some((region, level, length)) = self.relative(rest, regions, reading.region, context) {
            // 市教育局 alone, or the doubled word of 甲市市教育局.
            rest = &rest[length..];
            if !reading.names_place {
                (reading.region, reading.names_place, word_level) = (region, region.is_known(), level);
            }
        }
        if !reading.names_place {
            reading.region = at_level(regions, context, setting.level);
        }
        if !is_body(rest)
            && let Some((town, length)) = regions
                .bare_town(rest, reading.region, is_body)
                .or_else(|| own_name_in_front(rest, regions, context))
                .filter(|(town, _)| regions.regions().covers(reading.region, *town))
        {
            // 陈咀便民中心 in a row of 武清区.
            (reading.region, reading.names_place) = (town, true);
            rest = &rest[length..];
        } else if self.called(rest).is_none()
            && self.starting(rest).is_none_or(|(_, b)| b.id == "zone-committee")
        {
            // 大理市农业农村 is the 农业农村局 of the city, no village.
            let Localities { listed, below, end } = regions.localities(rest, reading.region);
            rest = &rest[end..];
            reading.region = listed.unwrap_or(reading.region);
            reading.names_place |= end > 0;
            reading.below = below;
            if let [town] = &reading.below[..]
                && super::mend::is_slip(&town.name, &fold(&regions.get(reading.region).name))
            {
                // 皇域街道 in a row of 皇城街道.
                reading.below.clear();
            }
        }
        let grassroots = matches!(setting.level, Level::Unknown | Level::Township | Level::Village)
            && matches!(word_level, Level::Unknown | Level::Township | Level::Village);
        if !reading.names_place && grassroots {
            // 农服中心 in a row of 乙县山前镇.
            reading.below = setting.below.to_vec();
            // 东明卫生院 in a row of 东明镇.
            let town = reading.below.last().map_or("", |l| l.name.as_str());
            let bare = ["街道", "镇", "乡"].iter().find_map(|e| town.strip_suffix(e)).unwrap_or(town);
            rest = rest.strip_prefix(bare).filter(|_| bare.chars().count() > 1).unwrap_or(rest);
        }
        text[..text.len() - rest.len()].clone_into(&mut reading.typed_place);
        reading.level = match reading.below.last() {
            Some(locality) => locality.level,
            None if word_level != Level::Unknown && !reading.region.is_known() => word_level,
            // Which 城关镇 is open; that it is a township is not.
            None => match reading.candidates.split_first() {
                Some((&first, rest)) if !reading.region.is_known() => {
                    let level = regions.get(first).level;
                    let same = rest.iter().all(|&other| regions.get(other).level == level);
                    if same { level } else { Level::Unknown }
                }
                _ => regions.get(reading.region).level,
            },
        };
        // The rank of a zone is no matter of its name.
        let in_zone = reading.below.last().is_some_and(|l| l.level == Level::County);
        reading.level_is_certain = !in_zone && (reading.names_place || word_level != Level::Unknown);
        (rest, path.end > 0 && !path.whole)
    }

    /// A bare level word in front of a body: its region, level and length.
    fn relative(
        &self,
        rest: &str,
        regions: &RegionBook,
        named: RegionId,
        context: RegionId,
    ) -> Option<(RegionId, Level, usize)> {
        let (word, level) = [
            ("街道", Level::Township),
            ("社区", Level::Village),
            ("省", Level::Province),
            ("市", Level::Prefecture),
            ("州", Level::Prefecture),
            ("盟", Level::Prefecture),
            ("县", Level::County),
            ("区", Level::County),
            ("旗", Level::County),
            ("镇", Level::Township),
            ("乡", Level::Township),
            ("村", Level::Village),
        ]
        .into_iter()
        .find(|(word, _)| rest.starts_with(word))?;
        let after = &rest[word.len()..];
        let length_here = self.starting(rest).map_or(0, |m| m.0);
        let (length_after, _) = self.starting(after)?;
        if length_here > word.len() + length_after {
            return None;
        }
        let last = word.chars().next_back()?;
        if named.is_known() {
            return regions.get(named).name.ends_with(last).then_some((named, level, word.len()));
        }
        let region = match level {
            Level::Township | Level::Village => at_level_or_none(regions, context, level),
            _ => regions.relative(last, context),
        };
        let level = if region.is_known() { regions.get(region).level } else { level };
        Some((region, level, word.len()))
    }
}

/// The division at or above `context` whose name the text starts with, and where that name ends.
fn own_name_in_front(text: &str, regions: &RegionBook, context: RegionId) -> Option<(RegionId, usize)> {
    let in_front = |id: RegionId| {
        let region = regions.get(id);
        let name = fold(&region.name);
        let bare = bare(&name).filter(|_| region.level == Level::Township);
        let forms = [Some(name.as_str()), bare].into_iter().flatten();
        forms.filter(|form| !form.is_empty() && text.starts_with(form)).map(|form| (id, form.len())).next()
    };
    regions.regions().ancestry(context).find_map(in_front)
}

/// The division of `level` at or above `context`; the context itself when there is none.
fn at_level(regions: &RegionBook, context: RegionId, level: Level) -> RegionId {
    let found = at_level_or_none(regions, context, level);
    if found.is_known() { found } else { context }
}

fn at_level_or_none(regions: &RegionBook, context: RegionId, level: Level) -> RegionId {
    let found = regions.regions().ancestry(context).find(|&id| regions.get(id).level == level);
    found.unwrap_or(RegionId::NONE)
}
