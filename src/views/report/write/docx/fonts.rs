//! The fonts.
//!
//! For: their names and `fontTable.xml`. Not for: where each is used (`styles`). Invariant: each names what may
//! stand in for it where it is not installed.

use super::xml::{WORD, node, part, value};
use std::io;

pub(super) const LATIN: &str = "Times New Roman";
pub(super) const TITLE: &str = "方正小标宋简体";
pub(super) const TEXT: &str = "仿宋_GB2312";
pub(super) const HEADING: &str = "黑体";
pub(super) const SUBHEADING: &str = "楷体_GB2312";
pub(super) const SONG: &str = "宋体";

/// Fonts and what may stand in for them, the best first.
const FONTS: [(&str, &str); 5] = [
    (TITLE, "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun"),
    (TEXT, "仿宋,FangSong,华文仿宋,STFangsong"),
    (HEADING, "SimHei,微软雅黑,Microsoft YaHei"),
    (SUBHEADING, "楷体,KaiTi,华文楷体,STKaiti"),
    (SONG, "SimSun,新宋体,NSimSun"),
];

/// `fontTable.xml`.
pub(super) fn fonts() -> io::Result<Vec<u8>> {
    part("w:fonts", WORD, |xml| {
        for (name, instead) in FONTS {
            node(xml, "w:font", &[("w:name", name)], |xml| {
                value(xml, "w:altName", instead)?;
                value(xml, "w:charset", "86")?;
                value(xml, "w:family", "auto")?;
                value(xml, "w:pitch", "variable")
            })?;
        }
        node(xml, "w:font", &[("w:name", LATIN)], |xml| {
            value(xml, "w:charset", "00")?;
            value(xml, "w:family", "roman")?;
            value(xml, "w:pitch", "variable")
        })
    })
}
