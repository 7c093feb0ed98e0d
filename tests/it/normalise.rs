//! What texts are understood to mean, against a table written by hand.

#![allow(clippy::unwrap_used)]

use zhijian::knowledge::lexicon::Lexicon;
use zhijian::model::{
    AssetTable, Audience, Code, Diagnostic, Field, FileId, InputFile, Kind, Level, LocalWords, Records,
    RowRef, Sheet, SheetId, Status, Value,
};
use zhijian::stages::normalise::normalise;

/// Cells of one row.
type Cells<'a> = &'a [(Field, &'a str)];

const EXTRA: &str = "code,name,level,parent_code\n990000,示例省,,\n990100,甲市,,990000\n990101,乙县,,990100\n\
    990102,丙区,,990100\n990101001,城关镇,,990101\n990102001,城关镇,,990102\n990200,丁市,,990000\n";

pub(crate) fn lexicon() -> Lexicon {
    Lexicon::load(Some(EXTRA), &LocalWords::default()).unwrap()
}

/// One file with one sheet; each row is a list of cells.
pub(crate) fn audit(
    lexicon: &Lexicon,
    path: &str,
    kind: Option<Kind>,
    rows: &[Cells<'_>],
) -> (AssetTable, Vec<Diagnostic>) {
    let mut records = Records::default();
    records.sheets.push(Sheet { header_row: Some(1), kind, ..Sheet::new(FileId(0), "") });
    for (row, cells) in rows.iter().enumerate() {
        records.push(RowRef { sheet: SheetId(0), row: row as u32 + 2 });
        for &(field, text) in *cells {
            let value = Value::Text(records.pool.intern(text));
            records.set(field, value, None);
        }
    }
    normalise(records, lexicon, &[input(path)])
}

fn input(path: &str) -> InputFile {
    let (blake3, sm3) = (String::new(), String::new());
    InputFile { path: path.into(), bytes: 0, blake3, sm3, format: "csv", encoding: None }
}

/// unit text, place it is listed under → canonical, body, office, level
const UNITS: &[(&str, &str, &str, &str, &str, Level)] = &[
    ("贵州省铜仁市碧江区教育局", "", "碧江区教育局", "education", "", Level::County),
    ("铜仁市碧江区教育局", "", "碧江区教育局", "education", "", Level::County),
    ("碧江区教育局办公室", "", "碧江区教育局", "education", "办公室", Level::County),
    ("南京市鼓楼区卫健委", "", "南京市鼓楼区卫生健康局", "health", "", Level::County),
    ("鼓楼区教育局", "江苏省", "鼓楼区教育局", "education", "", Level::County),
    ("鼓楼区教育局", "福建省", "福州市鼓楼区教育局", "education", "", Level::County),
    ("乙县教育", "示例省甲市", "乙县教育局", "education", "", Level::County),
    ("示例省甲市乙县图书", "", "乙县图书馆", "library", "", Level::County),
    ("乙县水利居", "示例省甲市", "乙县水利局", "water", "", Level::County),
    ("乙县退役军人事局", "示例省甲市", "乙县退役军人事务局", "veterans", "", Level::County),
    ("七里诃区水利居", "甘肃省兰州市七里河区", "七里河区水利局", "water", "", Level::County),
    ("甘肃省兰洲市七里河区财政局", "甘肃省兰州市七里河区", "七里河区财政局", "finance", "", Level::County),
    ("己县旅游局", "", "己县文化和旅游局", "culture-tourism", "", Level::County),
    (
        "寿县工业赫信息化局",
        "安徽省淮南市寿县",
        "寿县工业和信息化局",
        "industry-information",
        "",
        Level::County,
    ),
    ("太湖城管", "安徽省安庆市太湖县", "太湖县城市管理局", "urban-management", "", Level::County),
    ("萝龙区财政", "河南省洛阳市洛龙区", "洛龙区财政局", "finance", "", Level::County),
    ("己县盐务局", "示例省甲市", "甲市己县盐务局", "u", "", Level::Prefecture),
    ("城关镇卫院", "示例省甲市乙县", "乙县城关镇卫生院", "u", "", Level::Township),
    ("乙县妇幼", "示例省甲市", "乙县妇幼保健院", "maternal-health", "", Level::County),
    ("黔东南州文旅局", "", "黔东南苗族侗族自治州文化和旅游局", "culture-tourism", "", Level::Prefecture),
    ("四川省教育厅", "", "四川省教育厅", "education", "", Level::Province),
    ("四川省交通运输厅办公室", "", "四川省交通运输厅", "transport", "办公室", Level::Province),
    ("北京市卫生健康委员会", "", "北京市卫生健康委员会", "health", "", Level::Province),
    ("北京市教委", "", "北京市教育委员会", "education", "", Level::Province),
    ("北京市大兴区卫生健康委员会", "", "大兴区卫生健康局", "health", "", Level::County),
    ("甘肅省農牧廳", "", "甘肃省农业农村厅", "agriculture", "", Level::Province),
    ("浙江省卫生和计划生育委员会", "", "浙江省卫生健康委员会", "health", "", Level::Province),
    ("甲市人社局", "", "甲市人力资源和社会保障局", "human-resources", "", Level::Prefecture),
    ("甲市人力资源和社会保障局", "", "甲市人力资源和社会保障局", "human-resources", "", Level::Prefecture),
    ("乙县食药监局", "", "乙县市场监督管理局", "market-regulation", "", Level::County),
    ("乙县工商局", "", "乙县市场监督管理局", "market-regulation", "", Level::County),
    ("乙县国土资源局", "", "乙县自然资源局", "natural-resources", "", Level::County),
    ("乙县扶贫办", "", "乙县乡村振兴局", "rural-revitalization", "", Level::County),
    ("乙县卫计局", "", "乙县卫生健康局", "health", "", Level::County),
    ("中共甲市委宣传部", "", "甲市委宣传部", "publicity", "", Level::Prefecture),
    ("甲市委组织部", "", "甲市委组织部", "organization", "", Level::Prefecture),
    ("市委网信办", "甲市", "甲市互联网信息办公室", "cyberspace", "", Level::Prefecture),
    ("市教育局", "甲市", "甲市教育局", "education", "", Level::Prefecture),
    ("县政府办公室", "乙县", "乙县人民政府办公室", "government-office", "", Level::County),
    ("市场监管局", "乙县", "乙县市场监督管理局", "market-regulation", "", Level::County),
    ("教育局", "乙县", "乙县教育局", "education", "", Level::County),
    ("市政府办公室", "乙县", "甲市人民政府办公室", "government-office", "", Level::Prefecture),
    ("甲市人民政府新闻办公室", "", "甲市人民政府新闻办公室", "press-office", "", Level::Prefecture),
    ("乙县城关镇人民政府", "", "乙县城关镇人民政府", "government", "", Level::Township),
    ("城关镇", "乙县", "乙县城关镇人民政府", "government", "", Level::Township),
    ("城关镇党政办", "丙区", "丙区城关镇人民政府", "government", "党政办", Level::Township),
    ("白河县构朳镇", "", "白河县构朳镇人民政府", "government", "", Level::Township),
    ("构朳镇", "白河县", "白河县构朳镇人民政府", "government", "", Level::Township),
    ("长沙市岳麓区望岳街道", "", "岳麓区望岳街道办事处", "subdistrict-office", "", Level::Township),
    ("望岳街道办事处", "岳麓区", "岳麓区望岳街道办事处", "subdistrict-office", "", Level::Township),
    ("乙县城关镇大湾村村委会", "", "乙县城关镇大湾村村民委员会", "village-committee", "", Level::Village),
    ("丙区城关镇向阳社区", "", "丙区城关镇向阳社区居民委员会", "community-committee", "", Level::Village),
    ("甲市高新区管委会", "", "甲市高新区管理委员会", "zone-committee", "", Level::County),
    ("甲市经济技术开发区教育局", "", "甲市经开区教育局", "education", "", Level::County),
    ("青岛市公安局交警支队", "", "青岛市公安局交通警察支队", "traffic-police", "", Level::Prefecture),
    ("乙县公安局交警大队", "", "乙县公安局交通警察大队", "traffic-police", "", Level::County),
    ("南京市公安局江宁分局", "", "南京市公安局江宁分局", "u", "", Level::County),
    ("徐州公安局泉山分局", "", "徐州市公安局泉山分局", "u", "", Level::County),
    ("增城市教育局", "", "增城区教育局", "education", "", Level::County),
    ("萝岗区教育局", "", "黄埔区教育局", "education", "", Level::County),
    ("黔西县", "", "黔西市人民政府", "government", "", Level::County),
    ("成都市场监管局", "", "成都市市场监督管理局", "market-regulation", "", Level::Prefecture),
    ("成都市市场监管局", "", "成都市市场监督管理局", "market-regulation", "", Level::Prefecture),
    ("成都市民政局", "", "成都市民政局", "civil-affairs", "", Level::Prefecture),
    ("广州铁路职业技术学院", "", "广州铁路职业技术学院", "u", "", Level::Prefecture),
    ("老君镇", "", "老君镇人民政府", "government", "", Level::Township),
    ("城区民政局", "山西省阳泉市城区", "阳泉市城区民政局", "civil-affairs", "", Level::County),
    ("下社镇社会事务办公室", "乙县", "乙县下社镇人民政府", "government", "社会事务办公室", Level::Township),
    ("明水河镇综治中心", "", "阿尔山市明水河镇人民政府", "government", "综治中心", Level::Township),
    ("甲市公安局城东分局", "", "甲市公安局城东分局", "u", "", Level::Prefecture),
    ("镇安县公安局永乐派出所", "", "镇安县公安局永乐派出所", "u", "", Level::County),
    ("甲市第一中学", "", "甲市第一中学", "u", "", Level::Prefecture),
    ("乙县人民医院", "", "乙县人民医院", "u", "", Level::County),
    ("广州大学", "", "广州大学", "u", "", Level::Prefecture),
    ("公安部", "", "公安部", "public-security", "", Level::Central),
    ("国家税务总局", "", "国家税务总局", "tax", "", Level::Central),
    ("国家税务总局甲市税务局", "", "甲市税务局", "tax", "", Level::Prefecture),
    ("国务院办公厅", "", "国务院办公厅", "government-office", "", Level::Central),
    ("教育部新闻办公室", "", "教育部", "education", "新闻办公室", Level::Central),
    ("中华人民共和国海事局", "", "中华人民共和国海事局", "maritime", "", Level::Central),
    ("公安局", "", "公安局", "public-security", "", Level::Unknown),
    ("共青团甲市委员会", "", "甲市团委", "youth-league", "", Level::Prefecture),
    ("西湖区团委", "浙江省", "杭州市西湖区团委", "youth-league", "", Level::County),
    ("甲市总工会", "", "甲市总工会", "trade-union", "", Level::Prefecture),
    ("乙县政务服务局、乙县大数据中心", "", "乙县政务服务管理局", "government-services", "", Level::County),
    ("甲市", "", "甲市人民政府", "government", "", Level::Prefecture),
    ("东莞市委政法委", "", "东莞市委政法委员会", "political-legal", "", Level::Prefecture),
    ("乙县生态局", "", "乙县生态环境局", "ecology-environment", "", Level::County),
    ("乙县医保", "", "乙县医疗保障局", "medical-security", "", Level::County),
    ("乙县司法法局", "", "乙县司法局", "justice", "", Level::County),
    ("乙县农业农村", "", "乙县农业农村局", "agriculture", "", Level::County),
    ("城关镇社卫中心", "乙县", "乙县城关镇社区卫生服务中心", "u", "", Level::Township),
    ("城关镇杜区卫生服务中心", "乙县", "乙县城关镇社区卫生服务中心", "u", "", Level::Township),
    ("乙县新农村合作社", "", "乙县新农村合作社", "u", "", Level::County),
];

#[test]
fn units_are_read_the_same_whatever_of_their_names_is_written() {
    let lexicon = lexicon();
    let mut wrong = Vec::new();
    for &(text, place, canonical, body, office, level) in UNITS {
        let field = if place.ends_with('省') { Field::Province } else { Field::RegionName };
        let (table, _) = audit(
            &lexicon,
            "a.csv",
            Some(Kind::App),
            &[&[(Field::Name, "x"), (Field::OwnerUnit, text), (field, place)]],
        );
        let unit = table.iter().next().unwrap().unit();
        let same_body =
            unit.body == body || body == "u" && unit.body.starts_with('u') && unit.body.len() == 7;
        if unit.canonical != canonical || !same_body || unit.office != office || unit.level != level {
            wrong.push(format!("{text} ({place}): {unit:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), UNITS.len(), wrong.join("\n"));
}

/// name, owner → folded stem, number
const NAMES: &[(&str, &str, &str, &str)] = &[
    ("甲市智慧党建平台APP", "甲市委组织部", "智慧党建", ""),
    ("智慧党建（试运行）", "甲市委组织部", "智慧党建", ""),
    ("智慧黨建2.0", "甲市委组织部", "智慧党建", ""),
    ("乙县教育局公众号", "乙县教育局", "教育局", ""),
    ("乙县教育发布", "乙县教育局", "教育发布", ""),
    ("健康浙江", "浙江省卫健委", "健康", ""),
    ("乙县城关镇第3网格群", "乙县城关镇", "网格", "3"),
    ("乙县城关镇第十二网格工作群", "乙县城关镇", "网格", "12"),
    ("红色驿站群-第2支部（城关镇）", "乙县城关镇", "红色驿站支部", "2"),
    ("城关镇红色驿站第二支部联系群", "乙县城关镇", "红色驿站支部", "2"),
    ("乙县城关镇党群联络群", "乙县城关镇", "党群", ""),
    ("防汛第 3 网各沟通群（测试版）", "乙县水利局", "防汛网格", "3"),
    ("甲市护林通", "甲市林业局", "护林通", ""),
    ("2024年度防汛工作群", "乙县水利局", "防汛", ""),
    ("甲市", "甲市人民政府", "甲市", ""),
    ("铜仁教育官方微信", "铜仁市教育局", "教育", ""),
];

#[test]
fn stems_are_what_is_left_of_a_name() {
    let lexicon = lexicon();
    let mut wrong = Vec::new();
    for &(name, owner, stem, number) in NAMES {
        let (table, _) =
            audit(&lexicon, "a.csv", Some(Kind::App), &[&[(Field::Name, name), (Field::OwnerUnit, owner)]]);
        let meaning = table.iter().next().unwrap().meaning();
        let found = (table.records.pool.get(meaning.stem), table.records.pool.get(meaning.number));
        if found != (stem, number) {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_unit_that_is_only_called_the_bureau_is_not_told() {
    let lexicon = lexicon();
    let rows: &[Cells<'_>] = &[&[(Field::Name, "x"), (Field::OwnerUnit, "乙县市局")]];
    let (table, _) = audit(&lexicon, "a.csv", Some(Kind::App), rows);
    assert_eq!(table.iter().next().unwrap().unit().body, "");
}

/// cells, path → place
#[test]
fn places_come_from_the_most_telling_source_that_names_one() {
    use Field::{City, County, Name, OwnerUnit, Province, RegionCode, Township};
    let lexicon = lexicon();
    let cases: &[(Cells<'_>, &str, &str)] = &[
        (&[(Name, "x"), (RegionCode, "520602")], "a.csv", "贵州省铜仁市碧江区"),
        (&[(Name, "x"), (RegionCode, "520602"), (OwnerUnit, "甲市教育局")], "a.csv", "贵州省铜仁市碧江区"),
        (&[(Name, "x"), (Province, "四川省"), (City, "成都市"), (County, "")], "a.csv", "四川省成都市"),
        (&[(Name, "x"), (Province, "四川"), (City, "成都"), (County, "武侯")], "a.csv", "四川省成都市武侯区"),
        (&[(Name, "x"), (Province, "北京市"), (City, "北京市"), (County, "大兴区")], "a.csv", "北京市大兴区"),
        (&[(Name, "x"), (City, "甲市"), (OwnerUnit, "乙县教育局")], "a.csv", "示例省甲市乙县"),
        (&[(Name, "x"), (County, "乙县"), (Township, "城关镇")], "a.csv", "示例省甲市乙县城关镇"),
        (&[(Name, "x"), (County, "乙县"), (Township, "山前镇")], "a.csv", "示例省甲市乙县山前镇"),
        (
            &[(Name, "x"), (RegionCode, "520602001"), (Township, "山前街道")],
            "a.csv",
            "贵州省铜仁市碧江区山前街道",
        ),
        (
            &[(Name, "x"), (Province, "陕西省"), (Field::RegionName, "西安市长安区")],
            "a.csv",
            "陕西省西安市长安区",
        ),
        (&[(Name, "x"), (County, "乙县"), (OwnerUnit, "山前镇农服中心")], "a.csv", "示例省甲市乙县山前镇"),
        (&[(Name, "x"), (OwnerUnit, "教育局")], "甲市/乙县教育局.csv", "示例省甲市乙县"),
        (&[(Name, "武侯发布")], "a.csv", "四川省成都市武侯区"),
        (&[(Name, "中國敦煌旅游")], "a.csv", "甘肃省酒泉市敦煌市"),
        (&[(Name, "长沙发布")], "a.csv", "湖南省长沙市"),
        (&[(Name, "长安通")], "甲市台账.csv", "示例省甲市"),
        (&[(Name, "平安通")], "a.csv", ""),
        (&[(Name, "x"), (OwnerUnit, "教育部")], "a.csv", ""),
        // Townships, whole and bare, and what texts say together.
        (&[(Name, "x"), (RegionCode, "610929102")], "a.csv", "陕西省安康市白河县构朳镇"),
        (&[(Name, "x"), (OwnerUnit, "构朳镇便民服务中心")], "a.csv", "陕西省安康市白河县构朳镇"),
        (&[(Name, "x"), (County, "白河县"), (OwnerUnit, "构朳党政办")], "a.csv", "陕西省安康市白河县构朳镇"),
        (&[(Name, "x"), (County, "白河县"), (Township, "构朳")], "a.csv", "陕西省安康市白河县构朳镇"),
        (&[(Name, "构朳工作群"), (County, "白河县")], "a.csv", "陕西省安康市白河县构朳镇"),
        (&[(Name, "x"), (County, "乙县"), (OwnerUnit, "构朳镇党政办")], "a.csv", "示例省甲市乙县构朳镇"),
        (
            &[(Name, "x"), (County, "白河县"), (OwnerUnit, "城关镇党政办")],
            "a.csv",
            "陕西省安康市白河县城关镇",
        ),
        (
            &[(Name, "南明望城便民群"), (OwnerUnit, "望城街道党政办"), (Field::RegionName, "望城")],
            "a.csv",
            "贵州省贵阳市南明区望城街道",
        ),
        (&[(Name, "望城党建"), (Field::RegionName, "望城")], "a.csv", "湖南省长沙市望城区"),
        (
            &[(Name, "x"), (Township, "乙县山前镇"), (OwnerUnit, "望城党政办")],
            "a.csv",
            "示例省甲市乙县山前镇",
        ),
    ];
    for (cells, path, expected) in cases {
        let (table, _) = audit(&lexicon, path, Some(Kind::App), &[cells]);
        let place = table.iter().next().unwrap().meaning().place.region;
        assert_eq!(table.regions.path(place).concat(), *expected, "{cells:?} {path}");
    }
}

#[test]
fn ambiguous_places_keep_all_their_candidates() {
    let lexicon = lexicon();
    for (name, owner, count) in [("x", "鼓楼区教育局", 4), ("朝阳发布", "", 4), ("x", "城关镇", 2)]
    {
        let (table, diagnostics) =
            audit(&lexicon, "a.csv", Some(Kind::App), &[&[(Field::Name, name), (Field::OwnerUnit, owner)]]);
        let place = table.iter().next().unwrap().meaning().place;
        assert!(!place.region.is_known(), "{name} {owner}");
        let candidates = &table.region_candidates[place.candidates as usize];
        assert!(candidates.len() >= count, "{name} {owner}: {candidates:?}");
        assert!(diagnostics.iter().any(|d| d.code == Code::AmbiguousRegion), "{name} {owner}");
    }
}

#[test]
fn rows_are_what_they_are_and_not_where_they_were_listed() {
    use Field::{AppForm, Name, Platform};
    let lexicon = lexicon();
    let account = Some(Kind::Account);
    let app = Some(Kind::App);
    let cases: &[(Option<Kind>, Cells<'_>, Kind, &str)] = &[
        (account, &[(Name, "甲市发布"), (Platform, "微信")], Kind::Account, "wechat"),
        (account, &[(Name, "甲市办事小程序"), (Platform, "微信")], Kind::App, "wechat-mini-program"),
        (account, &[(Name, "甲市发布"), (Platform, "移动客户端")], Kind::App, "native-app"),
        (account, &[(Name, "甲市发布"), (Platform, "新浪微博")], Kind::Account, "weibo"),
        (app, &[(Name, "防汛工作群"), (Platform, "微信")], Kind::Group, "wechat-group"),
        (app, &[(Name, "甲市一体化系统"), (AppForm, "网站")], Kind::Other, "website"),
        (app, &[(Name, "智慧社群"), (AppForm, "微信小程序")], Kind::App, "wechat-mini-program"),
        // Whose mini-program it is, nobody says.
        (app, &[(Name, "智慧社群"), (AppForm, "小程序")], Kind::App, ""),
        (app, &[(Name, "甲市通"), (AppForm, "APP")], Kind::App, "native-app"),
        (Some(Kind::Group), &[(Name, "防汛"), (Platform, "钉钉")], Kind::Group, "dingtalk-group"),
        (Some(Kind::Clue), &[(Name, "某工作群")], Kind::Clue, ""),
        (None, &[(Name, "三防群")], Kind::Group, ""),
    ];
    for (listed, cells, kind, platform) in cases {
        let (table, diagnostics) = audit(&lexicon, "a.csv", *listed, &[cells]);
        let meaning = table.iter().next().unwrap().meaning();
        let found = lexicon.platforms.get(meaning.platform).id.as_str();
        assert_eq!((meaning.kind, found), (*kind, *platform), "{cells:?}");
        let told = diagnostics.iter().any(|d| d.code == Code::WrongKind);
        assert_eq!(told, listed.is_some_and(|l| l != *kind), "{cells:?}");
    }
}

#[test]
fn levels_status_and_audience_are_read_and_contradictions_told() {
    use Field::{Audience as For, CancelRecord, Level as At, Name, OwnerUnit, Status as State};
    let lexicon = lexicon();
    let rows: &[&[(Field, &str)]] = &[
        &[(Name, "甲市通"), (OwnerUnit, "甲市教育局"), (At, "省级"), (State, "正常运行"), (For, "公众")],
        &[
            (Name, "乙县河长巡河"),
            (OwnerUnit, "乙县河长办"),
            (At, "县级"),
            (State, "停止更新"),
            (CancelRecord, "已注销"),
        ],
        &[(Name, "教育"), (OwnerUnit, "教育局"), (At, "县直"), (State, "拟注销"), (For, "干部、群众")],
    ];
    let (table, diagnostics) = audit(&lexicon, "a.csv", Some(Kind::App), rows);
    let read: Vec<_> =
        table.iter().map(|a| (a.meaning().level, a.meaning().status, a.meaning().audience)).collect();
    assert_eq!(read[0], (Level::Prefecture, Status::Active, Audience::Public));
    assert_eq!(read[1], (Level::County, Status::Closed, Audience::Staff));
    assert_eq!(read[2], (Level::County, Status::Closing, Audience::Both));
    let conflicts: Vec<_> = diagnostics.iter().filter(|d| d.code == Code::LevelConflict).collect();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].at.row, Some(2));
}

#[test]
fn ids_are_unique_and_do_not_depend_on_the_order_of_rows() {
    use Field::{Name, OwnerUnit, Remark};
    let lexicon = lexicon();
    let rows: [&[(Field, &str)]; 4] = [
        &[(Name, "智慧党建"), (OwnerUnit, "甲市委组织部"), (Remark, "一")],
        &[(Name, "智慧黨建"), (OwnerUnit, "甲市组织部"), (Remark, "二")],
        &[(Name, "智慧党建"), (OwnerUnit, "甲市委组织部"), (Remark, "三")],
        &[(Name, "智慧党建"), (Remark, "四")],
    ];
    let ids = |order: [usize; 4]| {
        let (table, _) = audit(&lexicon, "a.csv", Some(Kind::App), &order.map(|i| rows[i]));
        let mut ids: Vec<_> = table.iter().map(|a| (a.text(Remark).to_owned(), a.id().to_owned())).collect();
        ids.sort();
        ids
    };
    let straight = ids([0, 1, 2, 3]);
    assert_eq!(straight, ids([3, 2, 1, 0]));
    assert_eq!(straight, ids([2, 0, 3, 1]));
    let mut texts: Vec<&str> = straight.iter().map(|i| i.1.as_str()).collect();
    texts.sort_unstable();
    assert_eq!(
        texts,
        [
            "000000-unknown.app.智慧党建",
            "990100-organization.app.智慧党建",
            "990100-organization.app.智慧党建~2",
            "990100-organization.app.智慧党建~3",
        ]
    );
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let lexicon = lexicon();
    let texts: Vec<[String; 2]> = (0..400)
        .map(|i| {
            [
                format!("第{}网格群", i % 37),
                ["甲市教育局", "乙县山前镇", "鼓楼区民政局", "某某公司"][i % 4].to_owned(),
            ]
        })
        .collect();
    let cells: Vec<[(Field, &str); 2]> =
        texts.iter().map(|t| [(Field::Name, t[0].as_str()), (Field::OwnerUnit, t[1].as_str())]).collect();
    let rows: Vec<&[(Field, &str)]> = cells.iter().map(<[_; 2]>::as_slice).collect();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (table, diagnostics) = pool.install(|| audit(&lexicon, "a.csv", Some(Kind::Group), &rows));
        format!("{:?} {:?} {:?} {:?}", table.ids, table.meaning, table.units, diagnostics)
    };
    assert_eq!(run(1), run(4));
}

proptest::proptest! {
    /// Whatever stands in the cells, a record comes out with an id and a name.
    #[test]
    fn no_text_is_too_strange(
        name in "[第一二三0-9vV.()（）年级组群网格市县镇村甲乙a-zA-Z \\PC]{0,24}",
        owner in "[中共省市县区镇乡街道村社区委局办公教育示例甲乙丙、\\PC]{0,20}",
        place in "[省市县区镇乡示例甲乙丙0-9\\PC]{0,12}",
    ) {
        use std::sync::LazyLock;
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(lexicon);
        let cells = [(Field::Name, name.as_str()), (Field::OwnerUnit, &owner), (Field::RegionName, &place),
            (Field::RegionCode, &place), (Field::Platform, &place), (Field::Status, &owner)];
        let (table, _) = audit(&LEXICON, &place, None, &[&cells]);
        proptest::prop_assert_eq!(table.ids.len(), 1);
        proptest::prop_assert_eq!(table.meaning.len(), 1);
    }
}
