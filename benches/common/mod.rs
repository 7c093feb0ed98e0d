//! Rows that the benches read: seeded, so that every machine has the same.

use std::fmt::Write as _;
use zhijian::knowledge::lexicon::fields::FieldBook;
use zhijian::stages::ingest::{Naming, Options};

/// A linear congruential generator (Knuth's MMIX constants): the same rows on every machine.
struct Seeded(u64);

impl Seeded {
    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list[(self.0 >> 33) as usize % list.len()]
    }
}

/// An inventory of apps, accounts and groups of invented places.
pub(crate) fn inventory(rows: usize) -> String {
    let mut seeded = Seeded(2026);
    let places = [
        "甲市",
        "乙市",
        "丙市",
        "丁市",
        "甲市子县",
        "甲市丑县",
        "乙市寅县",
        "乙市卯县",
        "丙市辰区",
        "丁市巳区",
    ];
    let units = [
        "教育局",
        "民政局",
        "水利局",
        "林业局",
        "公安局",
        "卫健委",
        "人社局",
        "文旅局",
        "城管局",
        "农业农村局",
    ];
    let brands = ["智慧", "掌上", "云", "E", "指尖", "一键", "数字", "微"];
    let jobs =
        ["校园", "河长", "林长", "门诊", "社保", "旅游", "城管", "农技", "巡查", "值班", "缴费", "预约"];
    let platforms = ["微信公众号", "新浪微博", "抖音号", "APP", "微信小程序", "微信群"];
    let tasks = [
        "巡河记录、问题上报",
        "成绩查询、在线课堂",
        "预约挂号、报告查询",
        "参保查询、待遇认证",
        "护林巡护、火情上报",
    ];
    let mut text = String::from("序号,名称,主办单位,平台,主要功能,用户数,最近更新时间\n");
    for row in 1..=rows {
        let place = seeded.pick(&places);
        let (unit, brand, job) = (seeded.pick(&units), seeded.pick(&brands), seeded.pick(&jobs));
        let (platform, task) = (seeded.pick(&platforms), seeded.pick(&tasks));
        let _ = writeln!(
            text,
            "{row},{place}{brand}{job},{place}{unit},{platform},{task},{},2026-10-{:02}",
            row * 7,
            row % 28 + 1
        );
    }
    text
}

/// Reading with nothing decided beforehand.
#[allow(dead_code)] // each bench has its own copy of this module
pub(crate) fn options(fields: &FieldBook) -> Options<'_> {
    Options {
        fields,
        naming: Naming::Items,
        overrides: &[],
        as_of: jiff::civil::date(2026, 11, 22),
        not_inventories: &[],
        with_sm3: false,
        kept: None,
        progress: &|_, _| {},
    }
}

/// An inventory with a name of its own in every row, as real lists have.
#[allow(dead_code)] // each bench has its own copy of this module
pub(crate) fn with_own_names(rows: usize) -> String {
    let text = inventory(rows);
    let lines = text.lines().enumerate().map(|(at, line)| match line.split_once(',') {
        Some((number, rest)) if at > 0 => format!("{number},{at}号{rest}\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}
