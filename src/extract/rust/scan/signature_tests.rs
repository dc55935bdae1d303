//! Declarations as they are written -> how they are shown.

use super::Signature;

fn paths(signature: &Signature) -> Vec<&str> {
    signature.paths.iter().map(|path| &signature.text[path.start as usize..path.end as usize]).collect()
}

#[test]
fn one_form_for_every_way_of_writing() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "pub fn a<T:Into<String>>( &self ,b:& mut  T , ) ->Result <(),Error>",
            "pub fn a<T: Into<String>>(&self, b: &mut T) -> Result<(), Error>",
            &["Into", "String", "T", "Result", "Error"],
        ),
        (
            "pub(crate) async unsafe fn a(x: [u8; 3], y: *const u8, z: &'a [T]) -> !",
            "pub(crate) async unsafe fn a(x: [u8; 3], y: *const u8, z: &'a [T]) -> !",
            &["u8", "u8", "T"],
        ),
        ("fn a(mut b: u8, mut e: &mut u8)", "fn a(b: u8, e: &mut u8)", &["u8", "u8"]),
        ("fn a(mut self)", "fn a(self)", &[]),
        (
            "fn a() -> impl Iterator<Item = crate::b::C> + Send + 'static",
            "fn a() -> impl Iterator<Item = crate::b::C> + Send + 'static",
            &["Iterator", "crate::b::C", "Send"],
        ),
        (
            "fn a<F>(f: F) -> F::Out where F: Fn(u8) -> bool, for<'a> &'a F: ?Sized",
            "fn a<F>(f: F) -> F::Out\nwhere\n    F: Fn(u8) -> bool,\n    for<'a> &'a F: ?Sized",
            &["F", "F", "F::Out", "Fn", "u8", "bool", "Sized"],
        ),
        (
            "impl<const N: usize, T> !Send for ::a::B<{ N + 1 }, (T,)>",
            "impl<const N: usize, T> !Send for ::a::B<{ N + 1 }, (T,)>",
            &["usize", "T", "Send", "::a::B", "N", "T"],
        ),
        ("const A: Option<fn(u8) -> u8>", "const A: Option<fn(u8) -> u8>", &["Option", "u8", "u8"]),
        ("type A<'a> = <B as C<'a>>::D", "type A<'a> = <B as C<'a>>::D", &["B", "C"]),
        (
            "pub /* x */ #[a(b)] /// c\n d: dyn Fn(&str) -> Box<dyn E>",
            "pub d: dyn Fn(&str) -> Box<dyn E>",
            &["Fn", "str", "Box", "E"],
        ),
        ("extern \"C\" fn a(b: c_int, ...)", "extern \"C\" fn a(b: c_int, ...)", &["c_int"]),
        ("trait A: B + ?Sized + for<'a> C<'a>", "trait A: B + ?Sized + for<'a> C<'a>", &["B", "Sized", "C"]),
        ("fn r#type(r#in: u8)", "fn r#type(r#in: u8)", &["u8"]),
    ];
    for (written, expected, links) in cases {
        let signature = Signature::function(written, 0..written.len());
        assert_eq!(signature.text, *expected, "{written}");
        assert_eq!(paths(&signature), *links, "{written}");
    }
}

#[test]
fn long_ones_are_broken() {
    let written = "pub fn reconcile_everything<T>(first_argument: Vec<Option<T>>, second_argument: fn(u8, u8) -> u8) -> Result<Outcome, Error> where T: Clone";
    let expected = "pub fn reconcile_everything<T>(\n    first_argument: Vec<Option<T>>,\n    second_argument: fn(u8, u8) -> u8,\n) -> Result<Outcome, Error>\nwhere\n    T: Clone";
    assert_eq!(Signature::function(written, 0..written.len()).text, expected);
}

#[test]
fn long_ones_without_parameters_stay_in_line() {
    let written =
        "pub fn everything_there_is_to_know() -> impl Iterator<Item = Result<Vec<Outcome>, Box<dyn Error>>> + Send";
    assert_eq!(Signature::function(written, 0..written.len()).text, written);
}
