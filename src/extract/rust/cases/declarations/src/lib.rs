//! Declarations, and what types implement.

use std::fmt;
use std::ops::Deref;

/// Draws many things.
#[macro_export]
macro_rules! draw {
    () => {};
    {
        $(
            biased;
        )?
        $( $shape:expr, at $x:expr, $y:expr )*

        $( else $nothing:expr, and a little more that is long )?
    } => { $($shape)* };
}

/// What has a boundary.
pub trait Bounded {
    const DIMENSIONS: usize;
    fn a(&self);
    fn b(&self);
    fn c(&self);
    fn d(&self);
    fn e(&self);
    fn f(&self);
    fn g(&self);
    type Point;
    fn h(&self) {}
    fn i(&self) {}
    fn j(&self) {}
    fn k(&self) {}
    fn l(&self) {}
    fn m(&self, mut many: Vec<Self::Point>) {}
}

/// A variant is called like a type.
pub enum Corner {
    Option,
    Vec(Option<u8>),
    C,
    D,
    E,
    F,
    G,
    H,
    I,
    J,
    K,
    L,
    M,
}

/// A shape.
#[derive(Clone, PartialEq)]
pub struct Polygon<'a, T: fmt::Debug = u8, const N: usize = 3>
where
    T: Send,
{
    corners: &'a [T; N],
}

/// A shape with a name.
#[derive(Debug, Default)]
pub struct Named {
    polygon: Vec<u8>,
}

impl Named {
    /// How many corners it has.
    pub fn corners(&self) -> usize {
        self.polygon.len()
    }

    /// Removes all corners.
    pub fn clear(&mut self) {}

    pub fn new() -> Self {
        Self::default()
    }
}

/// A shape on paper.
pub struct Drawn(Named);

impl Deref for Drawn {
    type Target = Named;

    fn deref(&self) -> &Named {
        &self.0
    }
}

impl<'a, T: fmt::Debug + Send, const N: usize> Bounded for Polygon<'a, T, N> {
    const DIMENSIONS: usize = 2;
    /// Words that stand with the trait.
    type Point = (T, Option<Named>);
    #[cfg(windows)]
    type Extra = u8;

    fn a(&self) {}
}

impl<T> From<Vec<T>> for Named
where
    T: Into<u8>,
{
    fn from(corners: Vec<T>) -> Self {
        Self::default()
    }
}

impl std::iter::IntoIterator for Named {
    type Item = u8;
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.polygon.into_iter()
    }
}

impl Bounded for &[u8] {
    const DIMENSIONS: usize = 1;
    type Point = u8;
}
