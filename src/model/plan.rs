//! One action for every asset.
//!
//! For: what a leadership meeting signs. Not for: how it is found (`plan::solve`) or proven
//! (`plan::check`).

use super::{AssetIx, Message, kinds::vocabulary};
use jiff::civil::Date;

vocabulary! {
    /// What to do with an asset.
    ActionKind {
        /// 保留
        Keep = "keep",
        /// 保留整改
        KeepFix = "keep-fix",
        /// 整合: into another asset of the plan.
        Merge = "merge",
        /// 迁移归并: to a platform above.
        Migrate = "migrate",
        /// 关停注销
        Close = "close",
        /// 解散
        Dissolve = "dissolve",
        /// 人工复核
        Refer = "refer",
        /// Nothing to do: already closed, or out of scope.
        #[default]
        None = "none",
    }
}

impl ActionKind {
    /// Whether the asset still exists once the plan is carried out. A referred asset stays until a
    /// person decides.
    pub fn leaves(self) -> bool {
        matches!(self, ActionKind::Keep | ActionKind::KeepFix | ActionKind::Refer)
    }

    /// Whether the asset goes and its job goes somewhere else.
    pub fn has_target(self) -> bool {
        matches!(self, ActionKind::Merge | ActionKind::Migrate)
    }
}

/// Where an asset's job goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// Another asset of the scan.
    Asset(AssetIx),
    /// A platform above, by name.
    Platform(String),
}

/// One step of carrying an action out; the wording is `step.<key>` in the catalogue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// 发布公告
    Announce,
    /// 申请上级平台开通
    AskForAccess,
    /// 迁移用户和数据
    MoveUsers,
    /// 注销完成前保持更新
    KeepUpdating,
    /// 办理注销
    Deregister,
    /// 整改问题
    Repair,
    /// 通知成员、归档、解散
    DissolveGroup,
    /// 报送
    Report,
    /// 下次扫描确认
    Confirm,
}

impl Step {
    /// Catalogue key and JSON name.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Announce => "announce",
            Step::AskForAccess => "ask-for-access",
            Step::MoveUsers => "move-users",
            Step::KeepUpdating => "keep-updating",
            Step::Deregister => "deregister",
            Step::Repair => "repair",
            Step::DissolveGroup => "dissolve",
            Step::Report => "report",
            Step::Confirm => "confirm",
        }
    }
}

/// What to do with one asset, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    /// The asset.
    pub asset: AssetIx,
    /// What to do.
    pub kind: ActionKind,
    /// Where its job goes, for merge and migrate.
    pub target: Option<Target>,
    /// Where the rest of its job goes, when the target does not do all of it.
    pub also: Vec<Target>,
    /// Why, in one sentence.
    pub reason: Message,
    /// For `refer`: the question a person must answer.
    pub question: Option<Message>,
    /// For `refer`: what follows when the answer is yes.
    pub proposal: Option<(ActionKind, Option<AssetIx>)>,
    /// For `refer`: what yes and what no would change.
    pub answers: Vec<Answer>,
    /// Clause ids it rests on.
    pub clauses: Vec<&'static str>,
    /// What must happen, in order.
    pub steps: Vec<Step>,
    /// By when, where anything says so.
    pub deadline: Option<Deadline>,
    /// Items whose own actions must be settled before.
    pub waits_for: Vec<AssetIx>,
}

/// Days by which a user wants things done; nothing where none is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deadlines {
    /// All of the plan.
    pub plan: Option<Date>,
    /// Filing of apps that were there before filing was asked for.
    pub filing: Option<Date>,
}

/// A day by which an action is to be carried out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deadline {
    /// The day.
    pub day: Date,
    /// What says so.
    pub from: DeadlineFrom,
}

/// What sets a deadline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeadlineFrom {
    /// The item's own row.
    Inventory,
    /// A clause, by its id.
    Clause(&'static str),
    /// The policy.
    Policy,
}

/// What one answer to the question of a referred item leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Yes, or no.
    pub is_yes: bool,
    /// What is then done.
    pub kind: ActionKind,
    /// Where the item then goes.
    pub target: Option<AssetIx>,
    /// What that changes: staff burden, items, users who move, repairs.
    pub change: [i64; 4],
}

/// A platform above that is in nobody's inventory and does the job of an item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Covered {
    /// The item.
    pub asset: AssetIx,
    /// The platform, with its owner.
    pub platform: String,
    /// What it does.
    pub functions: Vec<super::FunctionId>,
    /// For whom.
    pub audience: super::Audience,
}

/// What the plan achieves, in its strict order of importance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Objective {
    /// Kept staff-facing items, each weighted by how far down it reaches.
    pub staff_burden: u64,
    /// Items that stay.
    pub items: u64,
    /// Users who must move.
    pub users_moved: u64,
    /// Kept items that need repair.
    pub repairs: u64,
}

/// The connected parts of a plan that were solved on their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Components {
    /// Parts with a choice to make.
    pub count: usize,
    /// Those solved to a proven optimum.
    pub proven: usize,
    /// Items of the largest.
    pub largest: usize,
    /// What all parts together might be better by at most, level by level of the objective; zero when all are proven.
    pub gap: [i64; 5],
}

/// The whole plan.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    /// One action per asset, in table order.
    pub actions: Vec<Action>,
    /// What it achieves.
    pub objective: Objective,
    /// The best any plan could achieve, when known.
    pub bound: Option<Objective>,
    /// The parts it was solved in.
    pub components: Components,
    /// Whether `objective` is proven to be the best.
    pub proven: bool,
    /// For each cap asked for, how many may stay: what it says or, where that cannot be had, the fewest found.
    pub caps: Vec<usize>,
}
