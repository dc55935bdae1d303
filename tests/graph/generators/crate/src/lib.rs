#![doc = include_str!("../README.md")]
#![doc = document_features::document_features!()]

/// Waits for one of two.
pub mod select {}

/// Where events go: [how it is asked](#method.request_paint), [gone](#method.request_sleep).
pub struct EventContext;

with_methods!(EventContext, {
    pub fn request_paint(&mut self) {}
});

/// How it is answered: [well](answers::Answer#method.ok).
pub mod answers {
    /// An answer.
    pub struct Answer;

    macro_rules! shorthand {
        ($name:ident) => {
            paste::paste! {
                pub fn [<$name:lower>]() -> Answer {
                    Answer
                }
            }
        };
    }

    impl Answer {
        shorthand!(OK);
    }
}

/// Its [functions](#functions) are headed by their implementation, there are no [others](#others).
pub struct Headed;

/// # Functions
impl Headed {
    /// Counts.
    pub fn count(&self) {}
}
