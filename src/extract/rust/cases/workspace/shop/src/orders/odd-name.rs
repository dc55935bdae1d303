#![doc = "Found by `#[path]`."]
#![doc = include_str!("../../README.md")]
