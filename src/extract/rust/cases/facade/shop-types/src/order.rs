/// What is wanted, with its [`Status`](crate::status::Status) and [`Gone`](crate::Gone).
pub struct Order {
    /// How many.
    #[cfg(feature = "full")]
    pub count: u32,
    /// Left out.
    #[cfg(feature = "more")]
    pub more: u32,
}

impl Order {
    /// What it came to.
    pub fn receipt(&self) -> crate::Receipt {}
}
