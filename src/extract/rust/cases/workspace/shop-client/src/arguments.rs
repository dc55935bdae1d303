/// What was asked for.
pub(crate) struct Arguments {
    /// The order.
    pub(crate) order: shop::Order,
}
