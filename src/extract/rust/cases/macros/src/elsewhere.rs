//! In another place.
