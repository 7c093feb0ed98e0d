//! End-to-end and cross-module tests, in one binary.

#![allow(clippy::unwrap_used)]

mod audit;
mod cli;
mod clues;
mod diff;
mod draft;
mod functions;
mod generated;
mod history;
mod history_faults;
mod hostile;
mod ingest;
mod inspect;
mod normalise;
mod places;
mod plan;
mod policy;
mod profiles;
mod rules;
mod samples;
mod schedule;
mod screen;
mod support;
mod tables;
mod texts;
mod tidy;
mod views;
mod views_files;
mod views_html;
mod words;
