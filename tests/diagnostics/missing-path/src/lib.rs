//! A shop.

pub mod http;
