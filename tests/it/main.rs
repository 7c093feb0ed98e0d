//! End-to-end and cross-module tests, in one binary.

mod cli;
mod policy;
mod support;
mod samples;
