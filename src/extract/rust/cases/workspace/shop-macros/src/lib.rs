//! Macros.

extern crate proc_macro;

use proc_macro::TokenStream;

/// Prices things.
#[proc_macro]
pub fn priced(input: TokenStream) -> TokenStream {
    input
}

/// Marks things.
#[proc_macro_attribute]
pub fn marked(_arguments: TokenStream, input: TokenStream) -> TokenStream {
    input
}

/// Derives things.
#[proc_macro_derive(Priced, attributes(price))]
pub fn derive_priced(input: TokenStream) -> TokenStream {
    input
}
