//! A call of a macro by example -> the text that it stands for
//! (<https://doc.rust-lang.org/reference/macros-by-example.html>).
//!
//! Enters: the rules of a macro and the tokens of a call, both as text. Leaves: an [`Expansion`], whose text is read like
//! a file. Fragments end where the language lets them end, without being parsed; names have no hygiene. What goes
//! beyond that has no expansion.

mod expansion;
mod fragment;
mod matching;
mod rules;
mod tokens;
mod transcribe;

use std::ops::Range;

pub(crate) use expansion::Expansion;
use rules::Rule;
use tokens::Tokens;

/// Longer calls and longer expansions are left alone.
const LONGEST: usize = 4 * 1024 * 1024;

/// What a call whose tokens are `call[arguments]` stands for, by the macro whose rules are `definition[rules]`. `None`
/// when no rule fits it.
pub(crate) fn expand(definition: &str, rules: Range<usize>, call: &str, arguments: Range<usize>) -> Option<Expansion> {
    if arguments.len() > LONGEST || rules.len() > LONGEST {
        return None;
    }
    let definition = Tokens::of(definition, rules)?;
    let arguments = Tokens::of(call, arguments)?;
    for rule in Rule::all(&definition)? {
        if let Some(bound) = matching::matched(&rule.matcher, &arguments) {
            return transcribe::transcribe(&definition, rule.template, &arguments, &bound);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::expand;

    fn expanded(rules: &str, call: &str) -> Option<String> {
        let text = expand(rules, 0..rules.len(), call, 0..call.len())?.text;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn calls_and_what_they_stand_for() {
        let cases: &[(&str, &str, Option<&str>)] = &[
            ("() => { pub mod a; }", "", Some("pub mod a;")),
            ("($name:ident) => { pub struct $name; }", "A", Some("pub struct A;")),
            ("($name:ident) => { pub struct $name; }", "A B", None),
            ("($($n:ident),* $(,)?) => { $(fn $n() {})* }", "a, b,", Some("fn a() {}fn b() {}")),
            (
                "($($n:ident = $t:ty;)+) => { $(type $n = $t;)+ }",
                "A = Vec<u8>; B = [u8; 2];",
                Some("type A = Vec<u8>;type B = [u8; 2];"),
            ),
            (
                "($(#[$m:meta])* $v:vis struct $n:ident;) => { $(#[$m])* $v struct $n {} }",
                "#[a(b)] pub(crate) struct X;",
                Some("#[a(b)] pub(crate) struct X {}"),
            ),
            (
                "($(#[$m:meta])* $v:vis struct $n:ident;) => { $(#[$m])* $v struct $n {} }",
                "/// Words.\n struct X;",
                Some("/// Words. struct X {}"),
            ),
            (
                "($n:ident { $($k:ident: $e:expr),* }) => { $(const $k: u8 = $e;)* }",
                "A { B: f::<u8, u8>(1), C: 2 + 3 }",
                Some("const B: u8 = f::<u8, u8>(1);const C: u8 = 2 + 3;"),
            ),
            ("(a) => { one } (b) => { two }", "b", None),
            ("(a) => { one }; (b) => { two };", "b", Some("two")),
            (
                "($($i:item)*) => { $(#[cfg(a)] $i)* }",
                "fn a() {} struct B;",
                Some("#[cfg(a)] fn a() {}#[cfg(a)] struct B;"),
            ),
            ("($($t:tt)*) => { inner! { $($t)* } }", "a (b, c) => d", Some("inner! { a (b, c) => d }")),
            ("($l:literal $lt:lifetime) => { f($l, $lt) $crate::x }", "-1 'a", Some("f(-1, 'a) crate::x")),
            (
                "($($a:ident: [$($b:ident),*]);*) => { $(mod $a { $(use $b;)* })* }",
                "x: [p, q]; y: []",
                Some("mod x { use p;use q; }mod y { }"),
            ),
            ("($p:path, $b:block) => { impl $p for X $b }", "a::B<C>, { }", Some("impl a::B<C> for X { }")),
            (
                "($($(#[$m:meta])* fn $n:ident -> $($t:ident)*;)*) => { $($(#[$m])* fn $n() -> $($t)*<u8> { $($t)*::new() })* }",
                "fn a -> B; fn c -> D;",
                Some("fn a() -> B<u8> { B::new() } fn c() -> D<u8> { D::new() }"),
            ),
            ("($($a:ident)*) => { $a }", "x", None),
            ("($a:ident) => { $( $a )* }", "x", None),
            (
                "($($l:literal #[doc = $d:literal])*) => { $(#[doc = $d] struct $l;)* }",
                "1 /// One",
                Some("#[doc = \" One\"] struct 1;"),
            ),
            ("($(#[$($m:tt)*])*) => { $(#[$($m)*])* fn a(); }", "/// One", Some("#[doc=\" One\"] fn a();")),
            (
                "($(#[doc $($m:tt)*])* #[a]) => { $(#[doc $($m)*])* fn b(); }",
                "/// One\n#[a]",
                Some("#[doc =\" One\"] fn b();"),
            ),
            (
                "($(#[$a:ident $($m:tt)*])* $n:ident) => { $(#[$a $($m)*])* fn $n(); }",
                "/// One\n#[a(b)] c",
                Some("#[doc =\" One\"]#[a (b)] fn c();"),
            ),
            ("() => { macro_rules! a { ($b:expr) => { $b } } }", "", Some("macro_rules! a { ($b:expr) => { $b } }")),
            (
                "($t:ty [$c:ty]) => { type A = $t; type B = $c; }",
                "impl X + '_ [Y]",
                Some("type A = impl X + '_; type B = Y;"),
            ),
            ("(", "x", None),
        ];
        for (rules, call, expected) in cases {
            assert_eq!(expanded(rules, call).as_deref(), *expected, "{rules} on {call}");
        }
    }

    #[test]
    fn what_is_copied_from_the_call_is_found_there() {
        let (rules, call) = ("($n:ident) => { pub struct $n; }", "  Name");
        let expansion = expand(rules, 0..rules.len(), call, 0..call.len()).expect("the rule fits");
        let at = expansion.text.find("Name").expect("it was copied");
        assert_eq!(expansion.origin(at..at + 4), Some(2..6));
        assert_eq!(expansion.origin(0..3), None, "that is the macro's own");
    }
}
