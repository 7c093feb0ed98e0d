//! Views of a scan.
