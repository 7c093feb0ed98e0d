//! zhijian (指尖): audits what a place has built for people's fingertips.

pub mod cli;
pub mod knowledge;
pub mod model;
pub mod scan;
pub mod stages;
pub mod views;
