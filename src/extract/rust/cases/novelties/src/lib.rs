//! What rustc takes and syn does not.

/// An order.
pub struct Order;

#[extension(pub trait Priced)]
pub impl Order {
    /// Its price.
    fn price(&self) -> u32 {
        1
    }
}

unsafe extern "C" {
    /// Pays.
    pub safe fn pay(cents: u32);
    /// The till.
    pub safe static TILL: u32;
}

pub use { ::std::mem, Order as Purchase };

macro_rules! declare {
    ($($name:ident,)*) => { $(pub mod $name;)* };
}

macro_rules! with_all {
    ($callback:ident) => {
        $callback![cart,];
    };
}

with_all!(declare);

/// What is included is an expression.
pub const LEVELS: &[&str] = &include!("levels.txt");

/// Two modules in one.
#[duplicate_item(module reference(kind); [read] [&kind]; [write] [&mut kind])]
pub mod module {
    /// Takes what is given for the argument.
    pub fn take(order: reference([Order]), all: Option<reference([Order])>) -> reference(Order) {
        order
    }

    /// What only the macro can read is passed over.
    pub fn give(order = 1) {}
}

/// Only this module implements it.
pub impl(self) unsafe trait Sealed: Sized {
    /// Its size.
    fn size(&self) -> usize;
}

/// Constants may call it.
pub const trait Counted: [const] Clone {
    /// How many.
    fn count(&self) -> usize;
}

impl<T: [const] Clone> const Counted for Vec<T> {
    fn count(&self) -> usize {
        0
    }
}
