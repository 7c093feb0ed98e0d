//! End-to-end and cross-module tests, in one binary.

mod generated;
mod views;
mod views_files;
