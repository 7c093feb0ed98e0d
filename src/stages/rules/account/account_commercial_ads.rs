//! 刊登商业广告: an account that carries advertisements or links to them.

use super::super::app::app_commercial_activity::{EXCEPT, SAYS};
use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::practice::{self, Practice};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-commercial-ads",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-2-ads"],
    severity: Severity::Forbidden,
    exemptions: &["public-fees", "negated"],
    columns: &[
        Field::CommercialFeatures,
        Field::Description,
        Field::FunctionDesc,
        Field::Remark,
        Field::ProblemCategory,
    ],
    fires: &[
        one!(ACCOUNT, Name = "甲县发布", CommercialFeatures = "广告"),
        one!(ACCOUNT, Name = "甲县发布", ProblemCategory = "刊登商业广告、商品推销链接"),
    ],
    quiet: &[
        one!(ACCOUNT, Name = "甲县发布", CommercialFeatures = "无"),
        one!(ACCOUNT, Name = "甲县发布", Remark = "不得刊登商业广告"),
        one!(ACCOUNT, Name = "甲县市监", Description = "曝光虚假广告"),
        one!(ACCOUNT, Name = "甲县发布", CommercialFeatures = "公益广告"),
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    kinds: &[Kind::Account],
    categories: &[Category::Commercial],
    flag: Some(Field::CommercialFeatures),
    says: SAYS,
    except: EXCEPT,
    texts: &[
        Field::Description,
        Field::FunctionDesc,
        Field::Functions,
        Field::Remark,
        Field::ProblemCategory,
    ],
    ..Practice::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    practice::check(case, sink, &PRACTICE);
}
