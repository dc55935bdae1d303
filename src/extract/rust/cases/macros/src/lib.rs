//! Macros and conditions.

#[macro_use]
mod rules;

modules! { clock, #[cfg(feature = "net")] wire }

units! {
    /// Lengths, in metres.
    Metre = "m",
    Second = "s"
}

choose! {
    if #[cfg(windows)] {
        pub fn chosen_on_windows() {}
    } else if #[cfg(feature = "extra")] {
        pub fn chosen_with_extra() {}
    } else {
        /// The one that is left.
        pub fn chosen() {}
    }
}

include!("written.rs");

net! {
    /// Stands literally in a macro call.
    pub fn connect() -> Socket {}
}

/// Words at the re-export.
pub use hidden::Socket;

/// Left out by its feature.
#[cfg(feature = "extra")]
pub fn extra() {}

#[cfg_attr(feature = "time", doc = "Said with `time`.")]
#[cfg_attr(feature = "extra", doc = "Said with `extra`.")]
pub struct Told;

impl Told {
    methods!(u8, u16);

    /// Only on some systems.
    #[cfg(any(unix, feature = "extra"))]
    pub fn on_unix(&self) {}
}

/// Not a macro of this crate.
pub fn last() {
    unknown!(nothing);
}

mod hidden;

#[cfg_attr(unknown_flag, path = "elsewhere.rs")]
pub mod moved;

external::units! { Fathom = "fm" }
