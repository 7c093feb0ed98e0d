//! Stage matching.
