//! The shop. Why it is one service: [adr:2].
pub mod orders;
