//! Links of pages that Documenter.jl publishes.

/// Whether `written` is a reference that it looks up by the words of the link, a mark for a heading or a citation, and no path (Documenter,
/// "`@ref` link"; DocumenterCitations).
pub(super) fn is_reference(written: &str) -> bool {
    matches!(written, "@ref" | "@extref" | "@id" | "@cite" | "@citet" | "@citep" | "@Citet" | "@Citep")
}
