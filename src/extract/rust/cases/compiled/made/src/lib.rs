//! The macros of the gates.

use proc_macro::TokenStream;

/// Makes a builder.
#[proc_macro_derive(Builder)]
pub fn builder(_: TokenStream) -> TokenStream {
    r#"
    /// Builds a [`Gate`].
    #[derive(Clone, Default)]
    #[must_use]
    pub struct GateBuilder { width: Option<u32> }

    impl GateBuilder {
        /// Sets the width of the gate.
        pub fn width(mut self, width: u32) -> Self { self.width = Some(width); self }
        /// The gate.
        ///
        /// # Errors
        /// No width was given.
        pub fn build(&self) -> ::core::result::Result<Gate, &'static str> { todo!() }
        fn check(&self) {}
    }

    impl Gate {
        /// A builder.
        pub fn builder() -> GateBuilder { GateBuilder::default() }
        const SECRET: u8 = 1;
    }

    impl From<Gate> for GateBuilder { fn from(gate: Gate) -> Self { Self { width: Some(gate.width) } } }
    impl Drop for Gate { fn drop(&mut self) {} }
    "#.parse().unwrap()
}

/// Logs calls.
#[proc_macro_attribute]
pub fn logged(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut all: TokenStream = "/// How often all gates were closed.\npub static CLOSED: ::std::sync::atomic::AtomicU64 = ::std::sync::atomic::AtomicU64::new(0);".parse().unwrap();
    all.extend(item);
    all
}

/// Makes a table.
#[proc_macro]
pub fn table(_: TokenStream) -> TokenStream {
    r#"
    /// Rows of the table.
    pub mod rows {
        use super::*;
        /// A row.
        #[non_exhaustive]
        pub enum Row<'a, T: Iterator<Item = u8> + ?Sized, const N: usize = 4> where T: 'a {
            /// Nothing.
            Empty,
            /// With a gate.
            Full(&'a Gate, #[doc(hidden)] u8, [u8; N]),
            /// With names.
            Named { /** The iterator. */ r#type: &'a T, other: Option<&'a (dyn std::fmt::Debug + Send)> },
        }
        /// Codes.
        #[repr(u8)]
        pub enum Code { A = 3, B = 1 << 4 }
        /// A pair, or not.
        pub union Bits { pub float: f32, pub whole: u32 }
        /// Positions.
        pub struct Position(pub i32, i32, pub (u8,));
        /// Nothing in it.
        pub struct Unit;
        /// Sources of rows.
        pub unsafe trait Source<T = u8>: Send + for<'a> From<&'a str> where Self: Sized {
            /// How many at most.
            const MOST: usize = 10 * 2;
            /// No default.
            const LEAST: usize;
            /// What comes out.
            type Out<'a>: Clone + 'a where Self: 'a;
            /// The next.
            fn next(&mut self) -> Option<Self::Out<'_>>;
            /// All of them.
            fn all(self: Box<Self>, limit: impl Into<usize> + 'static) -> Vec<<Self as Source<T>>::Out<'static>> where T: Copy { todo!() }
        }
        /// Reads rows.
        pub async fn read<R, E>(from: &mut R, then: fn(u8, &u8) -> bool, (a, b): (u8, *const u8)) -> Result<impl Iterator<Item = u8> + use<R, E>, E>
        where R: Source + ?Sized + 'static, E: 'static, for<'x> &'x R: Into<E>, R::Out<'static>: Into<u8> { Ok([0u8].into_iter()) }
        /// For C.
        pub unsafe extern "C" fn raw(row: *mut u8) -> ! { todo!() }
        /// So many.
        pub const COUNT: usize = 12;
        /// Words.
        pub static mut WORDS: [&str; 2] = ["a", "b"];
        /// Short for it.
        #[deprecated(since = "1.1.0", note = "use `Row`")]
        pub type Short<'a> = Row<'a, std::vec::IntoIter<u8>, { 1 + 1 }>;
        pub use super::Gate as Door;
        pub use super::stamp::*;
        impl super::Gate {
            /// The row that it stands in.
            pub const ROW: usize = 1;
            /// Its row.
            pub fn row(&self) -> Row<'_, std::vec::IntoIter<u8>> { Row::Empty }
        }
        impl<T: Copy> PartialEq<T> for Unit { fn eq(&self, _: &T) -> bool { true } }
    }

    /// Counts its arguments.
    #[macro_export]
    macro_rules! count { () => { 0 }; ($one:expr $(, $more:expr)*) => { 1 + $crate::count!($($more),*) }; }
    "#.parse().unwrap()
}
