//! The forms under which a division is named: whole, with its ethnic part dropped, and bare.

use crate::model::Level;

/// Peoples whose names stand in the names of autonomous places; those of one character are written
/// with 族 always, the others often without.
const PEOPLES: &str = "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 \
    纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 鄂温克 德昂 保安 裕固 \
    独龙 鄂伦春 门巴 珞巴 基诺 各";

/// What the names of townships and villages end in, longer endings first.
pub(super) const ENDINGS: [&str; 9] = ["民族乡", "街道", "苏木", "社区", "嘎查", "地区", "镇", "乡", "村"];

/// One form of a name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// The text, not folded.
    pub(super) text: String,
    /// Whether the form tells by itself that a division is meant (碧江区, 黔东南州); bare forms
    /// (碧江) need care.
    pub(super) whole: bool,
}

/// Every form of a division's name, the official one first.
pub(super) fn forms(name: &str, level: Level) -> Vec<Form> {
    let mut forms = vec![Form { text: name.to_owned(), whole: true }];
    let mut add = |text: &str, whole| {
        let long_enough = text.chars().count() >= 2;
        if long_enough && forms.iter().all(|f| f.text != text) {
            forms.push(Form { text: text.to_owned(), whole });
        }
    };
    if matches!(level, Level::Township | Level::Village) {
        return forms;
    }
    if let Some(bare) = name.strip_suffix("特别行政区").or_else(|| name.strip_suffix("自治区")) {
        add(&without_peoples(bare), false);
    } else if let Some((front, kind)) = ["州", "县", "旗"]
        .iter()
        .find_map(|kind| Some((name.strip_suffix(kind)?.strip_suffix("自治")?, kind)))
    {
        let bare = without_peoples(front);
        add(&format!("{bare}{kind}"), true);
        add(&bare, false);
    } else {
        for suffix in ["林区", "新区", "地区", "省", "市", "县", "区", "旗", "盟"] {
            if let Some(bare) = name.strip_suffix(suffix) {
                add(bare, false);
                break;
            }
        }
    }
    forms
}

/// 黔东南苗族侗族 → 黔东南; a name that consists of peoples alone (东乡族) keeps the first.
fn without_peoples(name: &str) -> String {
    let mut rest = name;
    'strip: loop {
        for people in PEOPLES.split_whitespace() {
            let alone = rest.strip_suffix(people).filter(|_| people.chars().count() > 1);
            let cut = rest.strip_suffix('族').and_then(|r| r.strip_suffix(people)).or(alone);
            if let Some(shorter) = cut.filter(|s| s.chars().count() >= 2) {
                rest = shorter;
                continue 'strip;
            }
        }
        return rest.strip_suffix('族').unwrap_or(rest).to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn autonomous_places_are_written_short() {
        let texts = |name, level| -> Vec<String> { forms(name, level).into_iter().map(|f| f.text).collect() };
        assert_eq!(
            texts("黔东南苗族侗族自治州", Level::Prefecture),
            ["黔东南苗族侗族自治州", "黔东南州", "黔东南"]
        );
        assert_eq!(texts("东乡族自治县", Level::County), ["东乡族自治县", "东乡县", "东乡"]);
        assert_eq!(texts("伊犁哈萨克自治州", Level::Prefecture)[1..], ["伊犁州", "伊犁"]);
        assert_eq!(texts("新疆维吾尔自治区", Level::Province)[1..], ["新疆"]);
        assert_eq!(texts("隆林各族自治县", Level::County)[1..], ["隆林县", "隆林"]);
        assert_eq!(texts("文县", Level::County), ["文县"]);
        assert_eq!(texts("甲市", Level::Prefecture), ["甲市"]);
        assert_eq!(texts("浦东新区", Level::County)[1..], ["浦东"]);
    }
}
