//! What the build script makes.

include!(concat!(env!("OUT_DIR"), "/stamp.rs"));
