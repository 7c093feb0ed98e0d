//! What words mean here.
pub mod fields;
