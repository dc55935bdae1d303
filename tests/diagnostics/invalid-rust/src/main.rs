#!r at the beginning ![of a line] that nobody runs
//! A program.

fn main() {}
