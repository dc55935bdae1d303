//! What the lexer keeps of a file.

use super::{Chunk, outline};

fn describe(text: &str, chunk: &Chunk) -> String {
    let head = chunk.head.map_or_else(|| "nothing".to_owned(), |head| format!("{head:?}"));
    let mut line = format!("{head}: {} | {}", &text[chunk.keywords..chunk.body], &text[chunk.content.clone()]);
    for inner in &chunk.items.chunks {
        line.push_str(&format!(" <{}>", describe(text, inner)));
    }
    line
}

fn read(text: &str) -> (Vec<String>, Option<(usize, String)>) {
    let (outline, problem) = outline(text, 0..text.len());
    let chunks = outline.chunks.iter().map(|chunk| describe(text, chunk)).collect();
    (chunks, problem.map(|problem| (problem.range.start, problem.message)))
}

#[test]
fn items_and_their_bodies() {
    let cases: &[(&str, &[&str])] = &[
        ("fn a() { \"}\" }\npub const fn b() {}", &["Function: fn a()  |  \"}\" ", "Function: pub const fn b()  | "]),
        (
            "const A: fn() = || { 1; };static B: [u8; 2] = [1, 2];",
            &["Constant: const A: fn()  |  || { 1; }", "Static: static B: [u8; 2]  |  [1, 2]"],
        ),
        ("fn a() -> X<{ N + 1 }> { x }", &["Function: fn a() -> X<{ N + 1 }>  |  x "]),
        (
            "struct A<T> where T: B { a: u8 } struct C(u8); enum D { E = 1 << 2, F }",
            &[
                "Struct: struct A<T> where T: B  |  a: u8 ",
                "Struct: struct C(u8) | ",
                "Enum: enum D  |  E = 1 << 2, F ",
            ],
        ),
        (
            "/// d\n#[x(y)] impl<const N: usize> A<{ N }> for B { fn c(); const D: u8; }",
            &[
                "Implementation: impl<const N: usize> A<{ N }> for B  |  fn c(); const D: u8;  <Function: fn c() | > <Constant: const D: u8 | >",
            ],
        ),
        (
            "#![a]\n//! b\nmod c { //! d\n use e; } mod f;",
            &["Module: mod c  |  //! d\n use e;  <Use: use e | >", "Module: mod f | "],
        ),
        (
            "extern \"C\" { fn a(); } extern crate b; extern fn c() {} pub(crate) use d::{e, f};",
            &[
                "ForeignBlock: extern \"C\"  |  fn a();  <Function: fn a() | >",
                "ExternCrate: extern crate b | ",
                "Function: extern fn c()  | ",
                "Use: pub(crate) use d::{e, f} | ",
            ],
        ),
        (
            "macro_rules! a { () => {} } a::b! { mod c; } d!(x); pub macro e($f:ty) { }",
            &[
                "MacroRules: macro_rules! a  |  () => {} ",
                "MacroCall: a::b!  |  mod c; ",
                "MacroCall: d! | x",
                "DeclarativeMacro: pub macro e($f:ty)  |  ",
            ],
        ),
        (
            "union A { b: u8 } fn union() {} type B<T> = C<T>; unsafe extern \"C\" {}",
            &[
                "Union: union A  |  b: u8 ",
                "Function: fn union()  | ",
                "TypeAlias: type B<T> = C<T> | ",
                "ForeignBlock: unsafe extern \"C\"  | ",
            ],
        ),
        ("#!/usr/bin/env cargo\nfn a() {}", &["Function: fn a()  | "]),
        ("{ x } y z", &["nothing:  |  x ", "nothing: y z | "]),
        ("/// only words", &[]),
    ];
    for (text, expected) in cases {
        let (chunks, problem) = read(text);
        assert_eq!(chunks, *expected, "{text}");
        assert_eq!(problem, None, "{text}");
    }
}

#[test]
fn items_around_a_broken_one_stay() {
    let cases = [
        ("fn a() {\nfn b() {}\n", 7, "this `{` is never closed", &["Function: fn b()  | "][..]),
        ("fn a() {}\n}\nfn b() {}\n", 10, "`}` closes nothing", &["Function: fn a()  | ", "Function: fn b()  | "]),
        ("fn a() { ( }\nfn b() {}\n", 11, "`}` does not close the `(` before it", &["Function: fn b()  | "]),
        (
            "fn a() {}\nstatic B: &str = \"x;",
            27,
            "a comment or string has no end",
            &["Function: fn a()  | ", "Static: static B: &str  |  \"x;"],
        ),
    ];
    for (text, at, message, expected) in cases {
        let (chunks, problem) = read(text);
        assert_eq!(problem, Some((at, message.to_owned())), "{text}");
        assert_eq!(chunks, expected, "{text}");
    }
}

#[test]
fn what_would_overflow_a_stack_is_refused() {
    let deep = 100_000;
    let cases = [
        "mod a { ".repeat(deep),
        format!("type A = {}u8;", "&".repeat(deep)),
        format!("type A = {}u8{};", "B<u8, ".repeat(deep), ">".repeat(deep)),
        format!("fn a(b: {}u8{}) {{}}", "(".repeat(deep), ")".repeat(deep)),
        format!("use {}b;", "a::".repeat(deep)),
        format!("use {}b{};", "{a, ".repeat(deep), "}".repeat(deep)),
        format!("enum A {{ B = {}1 }}", "-".repeat(deep)),
        format!("enum A {{ B = {}1 }}", "C::<D, ".repeat(deep)),
        format!("#[a({}b{})] fn c() {{}}", "d(".repeat(deep), ")".repeat(deep)),
    ];
    for text in cases {
        let (chunks, problem) = read(&text);
        let (_, message) = problem.unwrap_or_default();
        assert!(message.starts_with("this is nested more than"), "{}: {message}", &text[..30]);
        assert!(chunks.is_empty(), "{chunks:?}");
    }
}

#[test]
fn bodies_may_be_as_deep_as_they_like() {
    let deep = 100_000;
    let text = format!(
        "fn a() {{ {}{} }} const B: u8 = {}1; fn c() {{}}",
        "(".repeat(deep),
        ")".repeat(deep),
        "-".repeat(deep)
    );
    let (chunks, problem) = read(&text);
    assert_eq!((chunks.len(), problem), (3, None));
}

#[test]
fn long_lists_are_not_deep() {
    let variants: String =
        (0..10_000).map(|number| format!("V{number} = 1 << {number}, W{number} {{ a: Vec<u8> }},")).collect();
    let (chunks, problem) = read(&format!("enum A {{ {variants} }} fn b() {{}}"));
    assert_eq!((chunks.len(), problem), (2, None));
}
