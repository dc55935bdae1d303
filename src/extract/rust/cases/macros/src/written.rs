/// Stands in a file of its own.
pub const WRITTEN: u8 = 1;
