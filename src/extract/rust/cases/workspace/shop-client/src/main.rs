//! Orders from the command line, through [`shop::Order`].

mod arguments;

/// Runs. Private items of a program are documented.
fn main() {
    let _ = arguments::Arguments { order: shop::Order::default() };
}
