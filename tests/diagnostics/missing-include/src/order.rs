// ANCHOR: checkout
pub fn checkout() {}
// ANCHOR_END: checkout
