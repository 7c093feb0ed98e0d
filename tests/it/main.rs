//! End-to-end and cross-module tests, in one binary.
mod normalise;
