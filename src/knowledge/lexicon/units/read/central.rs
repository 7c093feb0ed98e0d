//! Bodies of the centre (中央单位), and their branches in a place.

use super::super::super::regions::{Choice, RegionBook};
use super::super::{UnitBook, fold};
use super::UnitReading;
use crate::model::Level;

impl UnitBook {
    /// Bodies of the centre: 教育部, 国家税务总局, 国务院办公厅; but not their branches in a place.
    pub(super) fn read_central(&self, text: &str, regions: &RegionBook, reading: &mut UnitReading) -> bool {
        let bare =
            text.strip_prefix("中华人民共和国").filter(|_| self.starting(text).is_none()).unwrap_or(text);
        let Some((length, body)) = self.starting(bare) else { return false };
        let name = &bare[..length];
        let is_central = name == fold(&body.central)
            || ["国家", "国务院", "中央", "最高", "中华", "中国", "全国"].iter().any(|f| name.starts_with(f))
            || name.ends_with("总局")
            || bare.len() < text.len();
        if !is_central {
            return false;
        }
        let rest = &bare[length..];
        let path = regions.path(rest);
        if let Choice::One(region) = regions.choose(&path.candidates, &[]) {
            // 国家税务总局甲市税务局: the branch's own place and body stand behind.
            (reading.region, reading.names_place, reading.level_is_certain) = (region, true, true);
            reading.level = regions.get(region).level;
            let own = &rest[path.end..];
            if self.starting(own).is_some() {
                self.read_body(own, regions, reading);
            } else {
                self.settle(body, (name, own), regions, reading);
            }
            return true;
        }
        reading.level = Level::Central;
        reading.level_is_certain = true;
        self.settle(body, (name, rest), regions, reading);
        true
    }
}
