//! End-to-end and cross-module tests, in one binary.

// Helpers of tests may unwrap as the tests themselves do; the lint's own exception stops at `#[test]`.
#![allow(clippy::unwrap_used)]

mod generated;
mod views;
mod views_files;
