//! The header finder and all that follows it: grids of words that mean something to it, with merged cells.
#![no_main]

use std::fmt::Write as _;

/// What a byte below its number stands for: headers, group headers, values, notes, totals, forms.
const WORDS: [&str; 96] = [
    "", "", "", "", "序号", "名称", "群名称", "App名称", "公众号名称", "主办单位", "使用单位", "主管部门", "行政区划",
    "平台", "类型", "备注", "联系人", "联系电话", "用户数", "成员人数", "群主", "建立时间", "功能描述", "状态",
    "处置意见", "是否强制", "名称/平台", "基本情况", "运维情况", "填报单位", "填表人", "年度", "合计", "小计", "总计",
    "以下空白", "无", "零报告", "附件2", "工作群组统计表", "移动互联网应用程序统计表", "填报单位：甲市教育局",
    "填报日期：2026年5月6日", "填表人：某某", "审核人：", "备注：一、略", "（盖章）", "一、市直", "二、县区", "1", "2", "3",
    "4", "12", "300", "2000余", "1.2万", "不足百人", "1,234", "约300", "5%", "45000", "2024-5-1", "2024.5", "2024年5月",
    "20240501", "7月16日", "是", "否", "√", "☑ 是 □ 否", "□", "■微信群 □QQ群", "微信", "QQ群", "政务微信", "甲市", "乙县",
    "甲市教育局", "乙县卫健委", "某镇人民政府", "智慧校园", "河长巡查", "通知群", "甲、乙；丙", "保留", "整合", "关停",
    "打卡签到", "积分排名", "在线时长", "#N/A", "0100", "91110000123456789X", "同上", "\"",
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [first, cells @ ..] = data else { return };
    let width = usize::from(first >> 1) % 14 + 1;
    let cells = cells.iter().take(600);
    let mut text = String::new();
    if first & 1 == 0 {
        for (at, byte) in cells.enumerate() {
            let end = if at % width == width - 1 { '\n' } else { '\t' };
            let word = WORDS[usize::from(*byte) % WORDS.len()];
            // A quoted word with a line break now and then.
            let _ = if *byte >= 192 { write!(text, "\"{word}\n{word}\"{end}") } else { write!(text, "{word}{end}") };
        }
        zhijian_fuzz::read("input.csv", text.into_bytes());
    } else {
        text.push_str("<table>");
        for (at, byte) in cells.enumerate() {
            if at % width == 0 {
                text.push_str("<tr>");
            }
            let word = WORDS[usize::from(*byte) % WORDS.len()];
            let (down, across) = [(1, 1), (1, 1), (1, 3), (2, 1)][usize::from(byte >> 6)];
            let _ = write!(text, "<td rowspan={down} colspan={across}>{word}");
        }
        zhijian_fuzz::read("input.html", text.into_bytes());
    }
});
