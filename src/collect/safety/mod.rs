//! Which addresses may be asked at all.
//!
//! For: a check of every address before every request: its spelling, scheme, port and host, and each network
//! address that its name stands for. Not for: asking. Invariants: what is not allowed is refused; a name's
//! addresses are checked and those very addresses are asked; both hold for every redirect too.

mod address;
mod target;

pub use address::{Forbidden, forbidden};
pub(super) use target::is_host;
pub use target::{Allow, HostPort, Refusal, Target, check};

#[cfg(test)]
mod tests;
