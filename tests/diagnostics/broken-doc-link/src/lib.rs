//! Orders: see [`Order`](crate::Ordr), or [`paid`](fn@fn@till::paid).

pub mod till {
    //! The till: [`shelf::Shelf`] and [`crate::till::shelf::Shelf`] are seen from here.

    mod shelf {
        /// A shelf.
        pub struct Shelf;
        impl Shelf {
            /// Fills it.
            pub fn fill(&self) {}
        }
    }
    pub use shelf::Shelf;

    mod made;
    pub use made::Receipt;

    fn count() {}

    /// Takes the money.
    pub fn paid() {}
}

pub use till::*;

/// Through a list of all names [`crate::Receipt`] is what a macro makes, [`crate::Reciept`] is nothing.
pub struct Seen;

/// From here [`till::shelf::Shelf`], [its method](till::shelf::Shelf::fill) and [`till::count`] are not.
/// Who makes [`till::Receipt`] is known to a macro alone.
pub struct Order;

/// Nobody wants to be told.
#[allow(rustdoc::private_intra_doc_links)]
pub mod quiet {
    /// Of [`till::count`](crate::till::count), but of [`till::cuont`](crate::till::cuont).
    pub struct Private {
        /// Of [`till::cuont`](crate::till::cuont), neither.
        #[expect(rustdoc::broken_intra_doc_links, reason = "soon")]
        pub all: u8,
    }

    /// Of [`till::cuont`](crate::till::cuont), neither.
    #[allow(rustdoc::all)]
    pub fn all() {}
}
