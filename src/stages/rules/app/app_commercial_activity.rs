//! 利用政务应用从事经营性活动: shops, advertisements, paid membership.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::practice::{self, Practice};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-commercial-activity",
    kinds: &[Kind::App],
    clauses: &["measures-2026/five-bans-5"],
    severity: Severity::Forbidden,
    exemptions: &["public-fees", "negated"],
    columns: &[
        Field::CommercialFeatures,
        Field::FunctionDesc,
        Field::Functions,
        Field::Description,
        Field::Remark,
    ],
    fires: &[
        one!(APP, Name = "甲县通", CommercialFeatures = "商城、广告"),
        one!(APP, Name = "甲县通", FunctionDesc = "在线商城、会员充值、直播带货"),
        one!(APP, Name = "甲县通", CommercialFeatures = "是"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", CommercialFeatures = "无"),
        one!(APP, Name = "甲县通", CommercialFeatures = "仅公益广告"),
        one!(APP, Name = "甲县缴费", FunctionDesc = "水费电费充值缴费"),
        one!(APP, Name = "甲县通", CommercialFeatures = "不含广告和商城"),
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    categories: &[Category::Commercial],
    flag: Some(Field::CommercialFeatures),
    says: SAYS,
    except: EXCEPT,
    texts: &[Field::FunctionDesc, Field::Functions, Field::Description, Field::Remark],
    ..Practice::BASE
};

/// What is for sale or sold by it.
pub(in super::super) const SAYS: &[&str] = &[
    "商城", "广告", "付费", "会员", "引流", "带货", "电商", "打赏", "充值", "销售", "团购", "购物", "商品",
    "推广",
];
/// What sounds like it and is none.
pub(in super::super) const EXCEPT: &[&str] = &[
    "公益广告",
    "户外广告",
    "水费充值",
    "电费充值",
    "燃气充值",
    "公交充值",
    "饭卡充值",
    "政策推广",
    "技术推广",
];

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    practice::check(case, sink, &PRACTICE);
}
