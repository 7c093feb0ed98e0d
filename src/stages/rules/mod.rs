//! Stage rules.
