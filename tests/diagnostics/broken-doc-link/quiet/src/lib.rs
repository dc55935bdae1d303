//! What is private may be linked to: [`hidden::count`]; what is nowhere may not: [`nowhere::count`](crate::hidden::nowhere).

mod hidden {
    pub fn count() {}
}
