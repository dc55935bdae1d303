//! The value of `#[doc = …]` -> a piece of documentation.

use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, LitStr, Token};

use super::DocPart;
use super::attributes::{Origin, literal};

/// The value of `#[doc = …]`: a literal, `include_str!` of one, or `concat!` of several.
pub(super) fn part(value: &Expr, origin: Origin<'_>) -> Option<DocPart> {
    if let Some(text) = literal(value) {
        return Some(DocPart::Text(text.value(), origin.place(text.span())));
    }
    let Expr::Macro(call) = value else { return None };
    let place = origin.place(call.mac.path.segments.last()?.ident.span());
    if call.mac.path.is_ident("include_str") {
        let path: LitStr = call.mac.parse_body().ok()?;
        return Some(DocPart::Include(path.value(), origin.place(path.span())));
    }
    let mut text = String::new();
    push_value(value, &mut text, 0)?;
    Some(DocPart::Text(text, place))
}

/// Calls within calls are followed this far.
const DEEPEST_CALL: usize = 8;

/// Adds the value of a literal, of `concat!` and of `stringify!`. `None` for what is none of them.
fn push_value(value: &Expr, text: &mut String, depth: usize) -> Option<()> {
    match value {
        Expr::Lit(ExprLit { lit, .. }) => match lit {
            Lit::Str(part) => text.push_str(&part.value()),
            Lit::Char(part) => text.push(part.value()),
            Lit::Int(part) => text.push_str(part.base10_digits()),
            Lit::Float(part) => text.push_str(part.base10_digits()),
            Lit::Bool(part) => text.push_str(&part.value().to_string()),
            _ => return None,
        },
        Expr::Macro(call) if call.mac.path.is_ident("stringify") => text.push_str(&call.mac.tokens.to_string()),
        Expr::Macro(call) if call.mac.path.is_ident("concat") && depth < DEEPEST_CALL => {
            let parts = call.mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()?;
            for part in &parts {
                push_value(part, text, depth + 1)?;
            }
        }
        _ => return None,
    }
    Some(())
}
