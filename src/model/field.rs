//! The canonical fields of an inventory.
//!
//! For: naming a column once, everywhere the same. Not for: the headers people write, which are
//! data (`src/data/fields.csv`, one line per field; a test keeps the two lists equal).

/// What a field's cells are read as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldType {
    /// Free text.
    Text,
    /// An identifier or address: characters are kept, never read as a number.
    Id,
    /// Several items in one cell.
    List,
    /// A calendar day.
    Date,
    /// A number of people, items or times.
    Count,
    /// Yes or no.
    Flag,
}

macro_rules! fields {
    ($($(#[$meta:meta])* $variant:ident = $name:literal, $type:ident, $personal:literal;)+) => {
        /// A canonical field. Declared in the order in which tables show them.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum Field { $($(#[$meta])* $variant,)+ }

        impl Field {
            /// Every field, in declaration order.
            pub const ALL: &'static [Field] = &[$(Field::$variant,)+];

            /// Canonical English name, as in JSON and CSV headers.
            pub fn as_str(self) -> &'static str {
                match self { $(Field::$variant => $name,)+ }
            }

            /// The field with this canonical name.
            pub fn parse(name: &str) -> Option<Field> {
                match name { $($name => Some(Field::$variant),)+ _ => None }
            }

            /// What its cells are read as.
            pub fn field_type(self) -> FieldType {
                // A table, since this is asked of every cell.
                const TYPES: &[FieldType] = &[$(FieldType::$type,)+];
                TYPES[self.index()]
            }

            /// Whether it holds personal names, telephone numbers or addresses of people, which are
            /// masked in every output.
            pub fn is_personal(self) -> bool {
                match self { $(Field::$variant => $personal,)+ }
            }
        }
    };
}

fields! {
    /// 唯一标识
    Id = "id", Id, false;
    /// 序号
    Seq = "seq", Id, false;
    /// 名称
    Name = "name", Text, false;
    /// 政务应用程序名称
    AppName = "app_name", Text, false;
    /// 新媒体名称
    AccountName = "account_name", Text, false;
    /// 微信群名称
    GroupName = "group_name", Text, false;
    /// 主办(使用)单位
    OwnerUnit = "owner_unit", Text, false;
    /// 主管单位
    SupervisingUnit = "supervising_unit", Text, false;
    /// 承建单位
    BuildContractor = "build_contractor", Text, false;
    /// 主办单位性质
    UnitNature = "unit_nature", Text, false;
    /// 按开设主体分
    Level = "level", Text, false;
    /// 行政区划
    RegionName = "region_name", Text, false;
    /// 行政区划代码
    RegionCode = "region_code", Id, false;
    /// 省份
    Province = "province", Text, false;
    /// 地市
    City = "city", Text, false;
    /// 县区
    County = "county", Text, false;
    /// 乡镇
    Township = "township", Text, false;
    /// 类别
    Kind = "kind", Text, false;
    /// 应用形态
    AppForm = "app_form", Text, false;
    /// 建设方式
    BuildType = "build_type", Text, false;
    /// 服务对象
    Audience = "audience", Text, false;
    /// 使用范围
    ReachLevel = "reach_level", Text, false;
    /// 上线时间
    LaunchDate = "launch_date", Date, false;
    /// 开设时间
    CreatedDate = "created_date", Date, false;
    /// 简介
    Description = "description", Text, false;
    /// 功能设置情况
    FunctionDesc = "function_desc", Text, false;
    /// 功能标签
    Functions = "functions", List, false;
    /// 是否设置打卡签到
    HasCheckin = "has_checkin", Flag, false;
    /// 是否积分排名
    HasPointsRanking = "has_points_ranking", Flag, false;
    /// 是否统计在线时长
    HasOnlineTime = "has_online_time", Flag, false;
    /// 是否强制使用
    ForcedUse = "forced_use", Flag, false;
    /// 是否要求定期登录
    LoginRequired = "login_required", Text, false;
    /// 是否纳入考核
    UsageAssessed = "usage_assessed", Text, false;
    /// 是否上传照片视频轨迹
    RequiresUpload = "requires_upload", Text, false;
    /// 是否填表报数
    HasFormFilling = "has_form_filling", Flag, false;
    /// 填报表格名称
    FormsReported = "forms_reported", List, false;
    /// 是否有经营性内容
    CommercialFeatures = "commercial_features", Text, false;
    /// 设置原因
    MandatoryFeatureNote = "mandatory_feature_note", Text, false;
    /// 特殊场景说明
    SpecialScenario = "special_scenario", Text, false;
    /// 特殊场景依据
    SpecialBasis = "special_basis", Text, false;
    /// 立项审核情况
    ProjectApproval = "project_approval", Text, false;
    /// 上线验收情况
    Acceptance = "acceptance", Text, false;
    /// 运维和安全保障情况
    OpsSecurity = "ops_security", Text, false;
    /// 本单位正在使用的同类政务应用程序情况
    SimilarAppsDeclared = "similar_apps_declared", List, false;
    /// 单位及备案编号
    FilingNoCac = "filing_no_cac", Id, false;
    /// 主体备案号
    FilingNoIcp = "filing_no_icp", Id, false;
    /// 公安联网备案号
    FilingNoPolice = "filing_no_police", Id, false;
    /// 备案情况
    FilingStatus = "filing_status", Text, false;
    /// 是否有投诉建议功能
    ComplaintEntry = "complaint_entry", Flag, false;
    /// 可用性
    Availability = "availability", Text, false;
    /// 用户规模
    UserCount = "user_count", Count, false;
    /// 月活跃用户数
    MonthlyActive = "monthly_active", Count, false;
    /// 日活
    DailyActive = "daily_active", Count, false;
    /// 下载量
    Downloads = "downloads", Count, false;
    /// 包名
    PackageId = "package_id", Id, false;
    /// 账号
    AccountId = "account_id", Id, false;
    /// 抖音主页 url
    Url = "url", Id, false;
    /// 新媒体类型
    Platform = "platform", Text, false;
    /// 认证主体
    VerifiedSubject = "verified_subject", Text, false;
    /// 是否认证
    Verified = "verified", Flag, false;
    /// 粉丝数
    Followers = "followers", Count, false;
    /// 检查时更新日期
    LastUpdate = "last_update", Date, false;
    /// 更新频率
    UpdateFrequency = "update_frequency", Text, false;
    /// 互动功能
    Interaction = "interaction", Flag, false;
    /// 运维人员
    Maintainer = "maintainer", Text, true;
    /// 群主
    GroupOwner = "group_owner", Text, true;
    /// 群主职务
    GroupOwnerPost = "group_owner_post", Text, false;
    /// 管理者
    GroupAdmin = "group_admin", Text, true;
    /// 职能
    GroupPurpose = "group_purpose", Text, false;
    /// 群规
    GroupRules = "group_rules", Text, false;
    /// 成员人数
    MemberCount = "member_count", Count, false;
    /// 成员
    Members = "members", List, true;
    /// 群类别
    GroupKind = "group_kind", Text, false;
    /// 任务结束时间
    TaskEndDate = "task_end_date", Date, false;
    /// 是否实名
    RealName = "real_name", Flag, false;
    /// 是否涉及意识形态内容
    IdeologyRelated = "ideology_related", Flag, false;
    /// 运行状态
    Status = "status", Text, false;
    /// 处置意见
    Disposal = "disposal", Text, false;
    /// 整合至
    DisposalTarget = "disposal_target", Text, false;
    /// 公告时间
    NoticeDate = "notice_date", Date, false;
    /// 下线时间
    OfflineDate = "offline_date", Date, false;
    /// 注销情况
    CancelRecord = "cancel_record", Text, false;
    /// 重大变更时间
    MajorChangeDate = "major_change_date", Date, false;
    /// 变更备案时间
    RefiledDate = "refiled_date", Date, false;
    /// 问题类别
    ProblemCategory = "problem_category", Text, false;
    /// 是否完成指标
    CheckResult = "check_result", Text, false;
    /// 整改措施
    RectifyMeasure = "rectify_measure", Text, false;
    /// 整改责任人
    RectifyOwner = "rectify_owner", Text, true;
    /// 整改时限
    RectifyDeadline = "rectify_deadline", Date, false;
    /// 经办人信息-姓名
    ContactPerson = "contact_person", Text, true;
    /// 职务职级
    ContactPost = "contact_post", Text, false;
    /// 办公电话
    ContactPhone = "contact_phone", Id, true;
    /// 电子邮箱
    ContactEmail = "contact_email", Id, true;
    /// 内容
    ClueText = "clue_text", Text, false;
    /// 政务应用程序或公众账号名称
    ClueSubject = "clue_subject", Text, false;
    /// 反映时间
    ClueDate = "clue_date", Date, false;
    /// 线索来源
    ClueSource = "clue_source", Text, false;
    /// 填写日期
    FillDate = "fill_date", Date, false;
    /// 备注
    Remark = "remark", Text, false;
}

impl Field {
    /// Position in [`Field::ALL`], for tables indexed by field.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether two records hardly ever have the same value: names and identifiers of the items themselves.
    pub fn rarely_repeats(self) -> bool {
        use Field::{AccountId, AccountName, AppName, GroupName, Id, Name, PackageId, Seq, Url};
        matches!(self, Id | Seq | Name | AppName | AccountName | GroupName | Url | AccountId | PackageId)
    }

    /// The name columns of the three object kinds and the general one, most specific first.
    pub const NAMES: [Field; 4] = [Field::AppName, Field::AccountName, Field::GroupName, Field::Name];
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_parse_back_and_are_unique() {
        let mut seen = std::collections::BTreeSet::new();
        for &field in Field::ALL {
            assert_eq!(Field::parse(field.as_str()), Some(field));
            assert!(seen.insert(field.as_str()), "{field} twice");
            assert_eq!(Field::ALL[field.index()], field);
        }
    }
}
