//! What makes a run end with status 1, as the policy says.

use crate::model::Severity;

/// Something that a run can be told to fail on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FailOn {
    /// An open finding of severity *forbidden* (禁止).
    Forbidden,
    /// An open finding of severity *restricted* (限制).
    Restricted,
    /// An open finding of severity *advisory* (提示).
    Advisory,
    /// A file, sheet or row that could not be read (未读).
    Unread,
    /// A forbidden finding that the last scan had not (新增禁止类); only where scans are compared.
    NewForbidden,
    /// An open finding about something that came back (反弹); only where scans are compared.
    Rebound,
    /// An action of the last plan whose deadline is over (逾期); only where scans are compared.
    Overdue,
}

impl FailOn {
    /// Every case, in order.
    pub const ALL: [FailOn; 7] = [
        FailOn::Forbidden,
        FailOn::Restricted,
        FailOn::Advisory,
        FailOn::Unread,
        FailOn::NewForbidden,
        FailOn::Rebound,
        FailOn::Overdue,
    ];

    /// The name in policy files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            FailOn::Forbidden => "forbidden",
            FailOn::Restricted => "restricted",
            FailOn::Advisory => "advisory",
            FailOn::Unread => "unread",
            FailOn::NewForbidden => "new-forbidden",
            FailOn::Rebound => "rebound",
            FailOn::Overdue => "overdue",
        }
    }

    /// Whether only scans that are compared can tell it.
    pub fn needs_history(self) -> bool {
        matches!(self, FailOn::NewForbidden | FailOn::Rebound | FailOn::Overdue)
    }

    /// The case with this name.
    pub fn parse(name: &str) -> Option<FailOn> {
        FailOn::ALL.into_iter().find(|case| case.as_str() == name)
    }

    /// The case that an open finding of this severity belongs to.
    pub fn of(severity: Severity) -> FailOn {
        match severity {
            Severity::Forbidden => FailOn::Forbidden,
            Severity::Restricted => FailOn::Restricted,
            Severity::Advisory => FailOn::Advisory,
        }
    }
}
