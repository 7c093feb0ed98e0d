//! What a cell about filing (备案情况) says.

use crate::knowledge::text::fold;

/// The state of filing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Filing {
    /// Nothing is written, or nothing that tells.
    Unsaid,
    /// 未备案
    None,
    /// 备案中
    UnderWay,
    /// 已备案
    Done,
    /// 无需备案
    NotNeeded,
}

/// Words and what they say; the first that occurs decides.
const SAYS: &[(&str, Filing)] = &[
    ("无需", Filing::NotNeeded),
    ("不需", Filing::NotNeeded),
    ("不纳入", Filing::NotNeeded),
    ("不适用", Filing::NotNeeded),
    ("未完成", Filing::None),
    ("未通过", Filing::None),
    ("未备", Filing::None),
    ("未报备", Filing::None),
    ("未办", Filing::None),
    ("未申", Filing::None),
    ("没有", Filing::None),
    ("尚未", Filing::None),
    ("备案中", Filing::UnderWay),
    ("办理中", Filing::UnderWay),
    ("审核中", Filing::UnderWay),
    ("申请中", Filing::UnderWay),
    ("变更中", Filing::UnderWay),
    ("在审", Filing::UnderWay),
    ("正在", Filing::UnderWay),
    ("已提交", Filing::UnderWay),
    ("已申", Filing::UnderWay),
    ("待审", Filing::UnderWay),
    ("已", Filing::Done),
    ("完成", Filing::Done),
];

/// Reads a cell.
pub(super) fn filing(text: &str) -> Filing {
    let text = fold(text);
    match text.as_str() {
        "" => Filing::Unsaid,
        "否" | "无" | "未" | "不" => Filing::None,
        "是" | "有" | "备案" => Filing::Done,
        _ => SAYS.iter().find(|(word, _)| text.contains(word)).map_or(Filing::Unsaid, |&(_, says)| says),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_people_write_them() {
        for (text, says) in [
            ("未备案", Filing::None),
            ("否", Filing::None),
            ("尚未备案", Filing::None),
            ("已备案", Filing::Done),
            ("是", Filing::Done),
            ("已完成备案", Filing::Done),
            ("备案中", Filing::UnderWay),
            ("已提交，审核中", Filing::UnderWay),
            ("无需备案", Filing::NotNeeded),
            ("", Filing::Unsaid),
            ("—", Filing::Unsaid),
        ] {
            assert_eq!(filing(text), says, "{text}");
        }
    }
}
