//! Ships one.
