//! Inventories drawn at random with known truth: invented places, owners with their short forms, jobs under several
//! names, slips of the keyboard and columns that were left empty.

use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::sync::LazyLock;
use zhijian::knowledge::policy::Policy;
use zhijian::model::{AssetTable, LocalWords};
use zhijian::scan::{Knowledge, understand_all};

/// Knowledge with the invented divisions.
pub(super) static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| Knowledge::load(Some(&divisions()), &LocalWords::default()).unwrap());

const CITIES: [&str; 3] = ["甲市", "乙市", "丙市"];
const FRONTS: [&str; 6] = ["青", "白", "云", "石", "望", "柳"];
const BACKS: [&str; 6] = ["溪", "塔", "岭", "桥", "坪", "渡"];

/// Each with the names it goes by, the official one first.
const OWNERS: [&[&str]; 8] = [
    &["人力资源和社会保障局", "人社局"],
    &["卫生健康局", "卫健局"],
    &["水利局", "水务局"],
    &["教育局", "教育"],
    &["市场监督管理局", "市场监管局"],
    &["应急管理局", "应急局"],
    &["农业农村局", "农业局"],
    &["城市管理局", "城管局"],
];

/// Names and functions of each job, by the position of its owner.
const JOBS: [(usize, &[&str], &[&str]); 16] = [
    (0, &["零工市场", "灵活用工"], &["用工对接", "零工登记", "技能认定"]),
    (0, &["就业服务", "就业创业"], &["招聘岗位", "求职登记", "补贴申领"]),
    (1, &["预约挂号", "挂号"], &["号源查询", "报告查看", "诊间缴费"]),
    (1, &["家庭医生", "家医签约"], &["签约随访", "血压上传", "用药提醒"]),
    (2, &["河长制", "河长巡河"], &["巡查记录", "问题上报", "轨迹回放"]),
    (2, &["农村供水", "饮水安全"], &["水质公示", "停水告知", "管网抢修"]),
    (3, &["校园安全", "平安校园"], &["晨检登记", "门卫值守", "隐患排查"]),
    (3, &["招生报名", "入学报名"], &["学区查询", "材料核验", "录取公示"]),
    (4, &["食品安全", "明厨亮灶"], &["后厨直播", "台账登记", "投诉举报"]),
    (4, &["特种设备", "电梯安全"], &["检验预约", "困人报警", "维保记录"]),
    (5, &["防汛", "防汛抗旱"], &["雨情速报", "转移清单", "值班登记"]),
    (5, &["安全生产", "安监"], &["隐患整改", "企业自查", "执法检查"]),
    (6, &["农技推广", "农技"], &["病虫测报", "测土配方", "专家问答"]),
    (6, &["畜牧兽医", "动物防疫"], &["免疫登记", "检疫出证", "产地申报"]),
    (7, &["停车", "城市停车"], &["泊位查询", "缴费", "违停举报"]),
    (7, &["垃圾分类", "分类投放"], &["积分", "清运预约", "投放指南"]),
];

/// A small generator (splitmix64): the same list on every machine.
pub(super) struct Seeded(u64);

impl Seeded {
    pub(super) fn new(seed: u64) -> Seeded {
        Seeded(seed)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn percent(&mut self, p: usize) -> bool {
        self.below(100) < p
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

fn divisions() -> String {
    let mut text = "code,name,level,parent_code\n980000,示例省,province,\n".to_owned();
    // Two counties of one name.
    text.push_str("980140,砚峤县,county,980100\n980240,砚峤县,county,980200\n");
    for (c, city) in CITIES.iter().enumerate() {
        let _ = writeln!(text, "980{}00,{city},prefecture,980000", c + 1);
        for county in 0..12 {
            let name = county_name(county + c * 12);
            let _ = writeln!(text, "980{}{:02},{name},county,980{}00", c + 1, county + 21, c + 1);
        }
    }
    text
}

fn county_name(at: usize) -> String {
    format!("{}{}县", FRONTS[at % 6], BACKS[at / 6 % 6])
}

/// An item and the real thing it stands for.
pub(super) struct Row {
    /// Columns as typed.
    pub(super) cells: Map<String, Value>,
    /// The real thing.
    pub(super) truth: usize,
}

/// Draws about so many rows.
pub(super) fn draw(seed: u64, rows: usize) -> Vec<Row> {
    let mut seeded = Seeded::new(seed);
    let mut drawn = Vec::new();
    let mut truth = 0;
    while drawn.len() < rows {
        let county = seeded.below(36);
        let (owner, names, functions) = JOBS[seeded.below(JOBS.len())];
        let kind = seeded.below(3);
        let number = if kind == 2 && seeded.percent(40) { seeded.below(9) + 1 } else { 0 };
        let copies = [1, 1, 1, 1, 2, 2, 3][seeded.below(7)];
        for copy in 0..copies {
            let cells = row(&mut seeded, county, OWNERS[owner], names, functions, (kind, number, copy));
            drawn.push(Row { cells, truth });
        }
        truth += 1;
    }
    drawn.truncate(rows);
    drawn
}

fn row(
    seeded: &mut Seeded,
    county: usize,
    owner: &[&str],
    names: &[&str],
    functions: &[&str],
    (kind, number, copy): (usize, usize, usize),
) -> Map<String, Value> {
    let place = county_name(county);
    let short = place.trim_end_matches('县').to_owned();
    let city = CITIES[county / 12];
    let in_name = if seeded.percent(50) { &place } else { &short };
    let name_at = usize::from(seeded.percent(25));
    let stem = slip(seeded, names[name_at]);
    let number = if number > 0 { format!("第{number}网格") } else { String::new() };
    let name = match kind {
        0 => format!(
            "{in_name}{}{stem}{}",
            seeded.pick(&["", "智慧", "掌上"]),
            seeded.pick(&["平台", "通", "APP"])
        ),
        1 => format!("{in_name}{stem}{}", seeded.pick(&["", "发布", "服务号"])),
        _ => format!("{in_name}{stem}{number}{}", seeded.pick(&["工作群", "联络群", "群"])),
    };
    let platform = match kind {
        0 => seeded.pick(&["安卓APP", "微信小程序"]),
        1 => ["微信公众号", "微博", "抖音"][copy % 3],
        _ => seeded.pick(&["微信群", "钉钉群"]),
    };
    let unit = format!(
        "{}{}",
        if seeded.percent(70) { format!("{city}{place}") } else { place.clone() },
        owner[usize::from(seeded.percent(30))]
    );
    let unit = slip(seeded, &unit);
    let mut list: Vec<&str> = functions.to_vec();
    list.rotate_left(seeded.below(functions.len()));
    let kind_name = ["应用程序", "公众账号", "工作群组"][kind];
    let cells = json!({
        "名称": name,
        "类别": kind_name,
        "主办单位": if seeded.percent(8) { String::new() } else { unit },
        "行政区划": if seeded.percent(8) { String::new() } else { format!("示例省{city}{place}") },
        "平台": platform,
        "功能": if seeded.percent(12) { String::new() } else { list.join("、") },
    });
    match cells {
        Value::Object(cells) => cells,
        _ => Map::new(),
    }
}

/// One character doubled or left out, now and then.
fn slip(seeded: &mut Seeded, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    if chars.len() > 3 && seeded.percent(6) {
        let at = 1 + seeded.below(chars.len() - 2);
        if seeded.percent(50) {
            chars.insert(at, chars[at]);
        } else {
            chars.remove(at);
        }
    }
    chars.into_iter().collect()
}

/// What the rows are understood to be.
pub(super) fn understood(rows: &[Row]) -> AssetTable {
    let cells = rows.iter().map(|row| row.cells.clone()).collect();
    let as_of = "2026-11-22".parse().unwrap();
    let (assets, _) = understand_all(cells, &KNOWLEDGE, &Policy::default(), as_of);
    assert_eq!(assets.len(), rows.len());
    assets
}
