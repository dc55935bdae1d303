//! Macros.

/// Gives prices.
#[proc_macro_derive(Priced)]
pub fn priced(input: TokenStream) -> TokenStream {}
