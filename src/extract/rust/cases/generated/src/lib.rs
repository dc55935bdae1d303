//! What macros make of tokens, and what stands twice.

#[macro_use]
mod macros;

/// A trait, and a derive of its name.
pub mod query;

bitflags::bitflags! {
    /// What may be done, such as [`Self::WRITE`].
    #[derive(Clone, Copy)]
    pub struct Access: u8 {
        /// To look.
        const READ = 1;
        #[cfg(apple)]
        const LISTEN = 2;
        const WRITE = 4;
        const _ = !0;
    }
}

bitflags::bitflags! {
    impl Mode: u32 {
        /// For all.
        const ALL = 1;
    }
}

/// How it is opened.
pub struct Mode(u32);

sections! {
    /// A trait whose sections go.
    pub trait Walk {
        @section type
        /// What is walked on.
        type Node;
        @section self
        /// One step on, see [the mode](struct.Mode.html#associatedconstant.ALL).
        fn step(&self, node: Self::Node) -> Option<Self::Node>;
    }
}

listed! {
    /// The first.
    #[name("first")]
    First = 1,
    /// The second.
    #[name("second")]
    Second = 2,
}

digest::buffer! {
    /// Takes bytes.
    pub struct Hasher(Core);
    oid: "2.16";
    impl: Debug Clone;
}

/// Gone soon.
#[deprecated(since = "0.1.0", note = "take [`Access`] or [`nothing`] instead")]
pub fn soon() {}

/// There on Linux alone.
#[cfg(linux)]
pub fn here() {}

/// Not there.
#[cfg(apple)]
pub fn elsewhere() {}

#[path = "counter"]
mod small {
    pub type Number = u8;
    mod count;
    pub use count::Count;
}

#[path = "counter"]
mod large {
    pub type Number = u64;
    mod count;
    pub use count::Count;
}

pub use large::Count as LargeCount;
pub use small::Count as SmallCount;

/// How much: [what it was](field@Self::left), [what it is](method@Self::left).
pub struct Rest {
    /// Left at first.
    pub left: u8,
}

impl Rest {
    /// Left now.
    pub fn left(&self) -> u8 {
        self.left
    }
}
