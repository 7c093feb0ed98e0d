//! Stage ingest.
