//! What words mean here.
