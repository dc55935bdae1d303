pub use generated_macros::Query;
pub use own::*;

mod own {
    /// Asked for.
    pub trait Query {
        /// Asks.
        fn ask(&self);
    }
}
