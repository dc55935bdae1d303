//! `#[allow(rustdoc::…)]`, `[lints.rustdoc]` and the like -> of which links in documentation somebody wants to be told.

use syn::punctuated::Punctuated;
use syn::{Meta, MetaList, Token};

/// Whether links are allowed to be broken, as far as attributes, manifests or settings say so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lints {
    /// `broken_intra_doc_links`.
    broken: Option<bool>,
    /// `private_intra_doc_links`.
    private: Option<bool>,
}

impl Lints {
    /// Takes what the attribute `level`, one of `allow`, `expect`, `warn`, `deny` and `forbid`, says by `list`.
    pub(super) fn read(&mut self, level: &str, list: &MetaList) {
        let lints = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        for lint in lints.iter().flatten() {
            let names: Vec<String> = lint.path().segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.set(level, &names.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    /// Takes that the lint with that path, `["rustdoc", "all"]`, has that `level`.
    pub(crate) fn set(&mut self, level: &str, lint: &[&str]) {
        let is_allowed = Some(matches!(level, "allow" | "expect"));
        match lint {
            ["rustdoc", "all"] => (self.broken, self.private) = (is_allowed, is_allowed),
            // Without the tool they are older names of the same.
            ["rustdoc", "broken_intra_doc_links"] | ["broken_intra_doc_links"] => self.broken = is_allowed,
            ["rustdoc", "private_intra_doc_links"] | ["private_intra_doc_links"] => self.private = is_allowed,
            _ => {}
        }
    }

    /// These where they say something, else those of what is around.
    pub(crate) fn within(self, around: Self) -> Self {
        Self { broken: self.broken.or(around.broken), private: self.private.or(around.private) }
    }

    /// Whether nobody wants to be told of links that lead nowhere.
    pub(crate) fn allow_broken(self) -> bool {
        self.broken == Some(true)
    }

    /// Whether nobody wants to be told of links to what has no page.
    pub(crate) fn allow_private(self) -> bool {
        self.private == Some(true) || self.allow_broken()
    }
}

#[cfg(test)]
mod tests {
    use super::Lints;

    #[test]
    fn what_attributes_allow() {
        // The attributes from the outside in; whether broken links and links to what is private are allowed then.
        let cases = [
            ("#[deny(missing_docs)]", false, false),
            ("#[allow(rustdoc::private_intra_doc_links, unused)]", false, true),
            ("#[expect(rustdoc::broken_intra_doc_links, reason = \"soon\")]", true, true),
            ("#[allow(rustdoc::all)]", true, true),
            ("#[allow(rustdoc::all)] #[deny(rustdoc::broken_intra_doc_links)]", false, true),
            ("#[warn(rustdoc::all)] #[allow(broken_intra_doc_links)]", true, true),
        ];
        for (written, broken, private) in cases {
            let attributes = syn::parse::Parser::parse_str(syn::Attribute::parse_outer, written);
            let mut lints = Lints::default();
            for attribute in attributes.iter().flatten() {
                let mut inner = Lints::default();
                if let (Some(level), syn::Meta::List(list)) = (attribute.path().get_ident(), &attribute.meta) {
                    inner.read(&level.to_string(), list);
                }
                lints = inner.within(lints);
            }
            assert_eq!((lints.allow_broken(), lints.allow_private()), (broken, private), "{written}");
        }
    }
}
