//! Stage normalise.
