//! The small closed vocabularies: kind, level, audience, form, status.
//!
//! For: values with a fixed set of cases that rules switch on. Not for: open vocabularies such as
//! platforms, units and functions, which are data (`knowledge::lexicon`).

/// Declares a closed vocabulary with canonical English names.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        #[repr(u8)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every case, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The canonical English name used in files and JSON.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }

            /// The case with this canonical name.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// What a row is about (product definition of objects 对象).
    Kind {
        /// 政务应用程序: APP, mini-program (小程序), quick app (快应用).
        App = "app",
        /// 政务公众账号: one account on one platform.
        Account = "account",
        /// 工作群组: a chat group used for work.
        Group = "group",
        /// 非适用对象: websites, desktop systems, whole matrices. No rule, no action.
        #[default]
        Other = "other",
        /// 线索: free text about one of the above; evidence, never an asset.
        Clue = "clue",
    }
}

vocabulary! {
    /// Administrative level 层级 of the owner, highest first; `Unknown` last.
    Level {
        /// 中央
        Central = "central",
        /// 省级
        Province = "province",
        /// 地市级
        Prefecture = "prefecture",
        /// 县级
        County = "county",
        /// 乡镇（街道）
        Township = "township",
        /// 村（社区）
        Village = "village",
        /// Not stated and not derivable.
        #[default]
        Unknown = "unknown",
    }
}

vocabulary! {
    /// For whom (服务对象).
    Audience {
        /// 工作人员: staff and grassroots workers.
        Staff = "staff",
        /// 公众: citizens and businesses.
        Public = "public",
        /// Both of them.
        Both = "both",
        /// Not stated and not derivable.
        #[default]
        Unknown = "unknown",
    }
}

vocabulary! {
    /// How an app is delivered (应用形态).
    AppForm {
        /// An installed app 移动客户端.
        Native = "app",
        /// 小程序
        MiniProgram = "mini-program",
        /// 快应用
        QuickApp = "quick-app",
        /// H5 or a page inside another platform.
        Web = "web",
        /// Not an app, or not stated.
        #[default]
        Unknown = "unknown",
    }
}

vocabulary! {
    /// Where an item stands in its life (运行状态).
    Status {
        /// 在用
        Active = "active",
        /// 停更、闲置: exists but is not kept up.
        Stale = "stale",
        /// 拟关停、注销中
        Closing = "closing",
        /// 已关停、已注销、已解散、下架
        Closed = "closed",
        /// Not stated: treated as in use, and said so.
        #[default]
        Unknown = "unknown",
    }
}

impl Status {
    /// Whether the item must be treated as existing today.
    pub fn is_live(self) -> bool {
        self != Status::Closed
    }
}

impl Level {
    /// 0 for the highest level, 5 for the lowest, `None` when unknown.
    pub fn depth(self) -> Option<u8> {
        (self != Level::Unknown).then_some(self as u8)
    }
}
