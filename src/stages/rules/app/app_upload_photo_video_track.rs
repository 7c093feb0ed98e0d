//! 非必要强制上传照片、视频、轨迹: work is to be proved by pictures and tracks.

use super::super::case::{Case, is_stated};
use super::super::meta::{RuleMeta, one};
use super::super::practice::{self, Practice, mention};
use super::super::sink::Sink;
use crate::knowledge::detect::{Category, Modality};
use crate::model::{Confidence, Field, Kind, Review, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-upload-photo-video-track",
    kinds: &[Kind::App],
    clauses: &["measures-2026/five-bans-4", "opinions-2023/traces"],
    review: Review::Necessity,
    severity: Severity::Forbidden,
    exemptions: &["enforcement-records", "grounds-stated", "negated", "voluntary"],
    columns: &[
        Field::RequiresUpload,
        Field::FunctionDesc,
        Field::Functions,
        Field::Description,
        Field::Remark,
    ],
    fires: &[
        one!(APP, Name = "甲县走访通", RequiresUpload = "照片、轨迹"),
        one!(APP, Name = "甲县走访通", FunctionDesc = "网格员每次走访须拍照上传、记录巡查轨迹"),
        one!(APP, Name = "甲县走访通", RequiresUpload = "是"),
    ],
    quiet: &[
        one!(APP, Name = "甲县走访通", RequiresUpload = "无"),
        one!(
            APP,
            Name = "甲县执法通",
            RequiresUpload = "照片、视频",
            SpecialBasis = "《行政处罚法》全过程记录要求"
        ),
        one!(APP, Name = "甲县办事通", Description = "申请人上传身份证照片、营业执照"),
        one!(APP, Name = "甲县走访通", RequiresUpload = "不要求上传照片"),
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    categories: &[Category::TraceUpload],
    flag: Some(Field::RequiresUpload),
    says: &["照片", "视频", "轨迹", "截图", "定位", "图片", "录像", "拍照", "留痕", "水印", "影像", "佐证"],
    texts: &[Field::FunctionDesc, Field::Functions, Field::Description, Field::Remark],
    exemptible: true,
    ..Practice::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        // Law enforcement and safety need records; with grounds stated, they are not without need.
        let grounds = [Field::SpecialBasis, Field::MandatoryFeatureNote];
        if !grounds.iter().any(|&field| is_stated(app.text(field))) {
            // A track that is merely there may be part of the work; a demand is more.
            let found = mention(case, app, PRACTICE.texts, PRACTICE.categories);
            let answered = !app.value(Field::RequiresUpload).is_missing();
            let demanded = answered || found.is_some_and(|(_, label)| label.modality == Modality::Must);
            let draft = practice::judge(case, app, &PRACTICE);
            sink.drafts.extend(draft.map(|d| if demanded { d } else { d.confidence(Confidence::Low) }));
        }
    }
}
