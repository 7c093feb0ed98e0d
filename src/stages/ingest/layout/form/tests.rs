//! Forms as offices fill them in.
//!
//! For: labels, values and what is merged. Not for: tables.
