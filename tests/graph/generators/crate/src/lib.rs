#![doc = include_str!("../README.md")]
#![doc = document_features::document_features!()]

/// Waits for one of two.
pub mod select {}
