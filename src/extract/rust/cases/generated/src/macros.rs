macro_rules! sections {
    ($(#[$doc:meta])* pub trait $name:ident $($body:tt)*) => {
        plain! { [] $(#[$doc])* pub trait $name $($body)* }
    };
}

macro_rules! plain {
    ([$($done:tt)*]) => { $($done)* };
    ([$($done:tt)*] { $($body:tt)* }) => { $($done)* { inside! { [] $($body)* } } };
    ([$($done:tt)*] $next:tt $($rest:tt)*) => { plain! { [$($done)* $next] $($rest)* } };
}

macro_rules! inside {
    ([$($done:tt)*]) => { $($done)* };
    ([$($done:tt)*] @section $name:ident $($rest:tt)*) => { inside! { [$($done)*] $($rest)* } };
    ([$($done:tt)*] @section type $($rest:tt)*) => { inside! { [$($done)*] $($rest)* } };
    ([$($done:tt)*] @section self $($rest:tt)*) => { inside! { [$($done)*] $($rest)* } };
    ([$($done:tt)*] $next:tt $($rest:tt)*) => { inside! { [$($done)* $next] $($rest)* } };
}

macro_rules! listed {
    ($($(#[doc $($said:tt)*])* #[name($sign:literal)] $name:ident = $value:expr,)*) => {
        $($(#[doc $($said)*])* pub const $name: u8 = $value;)*
    };
}
