//! A shop.

fn main() {}
