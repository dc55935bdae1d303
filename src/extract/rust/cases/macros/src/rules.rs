macro_rules! modules {
    ($($(#[$attribute:meta])* $name:ident),*) => { $($(#[$attribute])* pub mod $name;)* };
}

macro_rules! units {
    ($($(#[$attribute:meta])* $name:ident = $sign:literal),* $(,)?) => {
        $(
            $(#[$attribute])*
            #[doc = concat!("Written `", $sign, "`, called ", stringify!($name), ".")]
            pub struct $name {
                /// How many.
                pub count: u64,
            }

            impl $name {
                /// So many.
                pub fn new(count: u64) -> Self { Self { count } }
            }
        )*
    };
}

macro_rules! methods {
    ($first:ident $(, $rest:ident)*) => {
        /// As this number.
        pub fn $first(&self) -> $first { 0 }
        methods!($($rest),*);
    };
    () => {};
}

macro_rules! net {
    ($($item:item)*) => { $( #[cfg(feature = "net")] $item )* };
}
