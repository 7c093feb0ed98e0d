//! `collect` against a fake world on loopback: every case ends in its own state, within its limits.

mod audit;
mod command;
mod kept;
mod run;
mod tls;
mod upkeep;
mod world;
