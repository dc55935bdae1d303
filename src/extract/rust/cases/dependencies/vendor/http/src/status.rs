/// The code of an answer, which may be an [`Error`](crate::Error) or lead to a [`Uri`](base::Uri), but not [`crate::Nowhere`].
pub struct StatusCode(u16);

impl StatusCode {
    /// Whether it is 200. See [the book](../docs/book.md).
    pub fn is_ok(&self) -> bool {}
}
