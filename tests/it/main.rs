//! End-to-end and cross-module tests, in one binary.

#![allow(clippy::unwrap_used)]

mod apart;
mod audit;
mod clerk;
mod cli;
mod clues;
#[cfg(feature = "net")]
mod collect;
mod decisions;
mod diff;
mod draft;
mod evidence_sample;
mod fill;
mod frozen;
mod functions;
mod generated;
mod history;
mod history_faults;
mod hostile;
mod inert;
mod ingest;
mod inspect;
mod letters;
mod links;
mod matching;
mod mutations;
mod normalise;
mod notify;
mod over_time;
mod owners;
mod places;
mod plan;
mod policy;
mod profiles;
mod readings;
mod reduction;
mod replan;
mod rescans;
#[cfg(feature = "net")]
mod review;
mod rules;
mod samples;
mod sarif;
mod schedule;
mod screen;
mod support;
mod tables;
mod template;
mod texts;
mod tidy;
mod units;
mod views;
mod views_files;
mod views_html;
mod words;
