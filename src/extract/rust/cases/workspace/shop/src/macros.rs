macro_rules! with_feature {
    ($($item:item)*) => { $( #[cfg(feature = "extra")] $item )* };
}

/// Makes an [`Order`](crate::Order).
#[macro_export]
macro_rules! order {
    () => { $crate::Order::default() };
    ($total:expr $(,)?) => {{ $crate::Order::new($total) }};
}
