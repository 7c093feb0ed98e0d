//! What the detector says: categories, polarity, modality, and the label that joins them.

use crate::model::{Message, vocabulary};

vocabulary! {
    /// A practice that burdens the grassroots. Names are binding (`scan.json`, `screen`).
    Category {
        /// 打卡签到
        #[default]
        Checkin = "checkin",
        /// 积分排名
        PointsRanking = "points-ranking",
        /// 统计在线时长
        OnlineTime = "online-time",
        /// 强制下载、安装、注册、登录
        ForcedInstall = "forced-install",
        /// 考核安装使用率
        UsageAssessed = "usage-assessed",
        /// 强制关注、点赞、转发、投票
        ForcedEngagement = "forced-engagement",
        /// 上传照片、视频、轨迹、截图
        TraceUpload = "trace-upload",
        /// 多头填报、重复填报
        DuplicateReporting = "duplicate-reporting",
        /// 空壳、僵尸
        Zombie = "zombie",
        /// 即时响应
        InstantReply = "instant-reply",
        /// 非工作时间布置工作
        OffHours = "off-hours",
        /// 摊派任务、索要材料
        TaskDumping = "task-dumping",
        /// 经营性活动
        Commercial = "commercial",
        /// 把下载、关注作为办事前置条件
        ServicePrecondition = "service-precondition",
    }
}

vocabulary! {
    /// What a text says of a practice.
    Polarity {
        /// It exists, did exist or is demanded.
        #[default]
        Asserted = "asserted",
        /// It does not exist here.
        Negated = "negated",
        /// It was there and has been done away with.
        Abolished = "abolished",
        /// A rule or campaign forbids it.
        Prohibited = "prohibited",
        /// The word means something else here, or another person's duty.
        Unrelated = "unrelated",
    }
}

vocabulary! {
    /// How binding the text makes it.
    Modality {
        /// Nothing is said.
        #[default]
        Unstated = "unstated",
        /// 必须、要求、每日.
        Must = "must",
        /// 可以.
        May = "may",
        /// 自愿、鼓励、不强制.
        Voluntary = "voluntary",
    }
}

/// One mention of a practice, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Which practice.
    pub category: Category,
    /// First byte of the words, in the text as given.
    pub start: usize,
    /// One past their last byte.
    pub end: usize,
    /// What the text says of it.
    pub polarity: Polarity,
    /// Whether the sentence names security, emergency or duty use.
    pub exempt: bool,
    /// Whether the sentence names staff (干部, 网格员, 护林员 …).
    pub staff: bool,
    /// How binding it is.
    pub modality: Modality,
    /// The chance in a hundred that it is right, where only what was learnt speaks for it (see
    /// [`Detector::read`](super::Detector::read)); nothing where words of the data files do.
    pub learned: Option<u8>,
    /// Why, with the deciding words.
    pub reason: Message,
}

impl Label {
    /// The words, as bytes of the text.
    pub fn words(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}
