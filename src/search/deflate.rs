//! Bytes -> raw DEFLATE, which every browser unpacks. Every file of the index is packed so.

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress, Status};

thread_local! {
    /// A state is large and there are thousands of files.
    static STATE: RefCell<Compress> = RefCell::new(Compress::new(Compression::fast(), false));
}

/// `bytes`, packed.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 2 + 64);
    STATE.with_borrow_mut(|state| {
        state.reset();
        loop {
            // What was read so far is no more than there is.
            let read = state.total_in() as usize;
            match state.compress_vec(&bytes[read..], &mut packed, FlushCompress::Finish) {
                Ok(Status::Ok | Status::BufError) => packed.reserve(bytes.len() / 2 + 64),
                Ok(Status::StreamEnd) | Err(_) => break,
            }
        }
    });
    packed.shrink_to_fit();
    packed
}
