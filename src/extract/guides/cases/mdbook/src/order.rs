// ANCHOR: all
pub struct Order;
impl Order {
    // ANCHOR: new
    pub fn new() -> Self {
        // ANCHOR: body
        Self
        // ANCHOR_END: body
    }
    // ANCHOR_END: new
}
// ANCHOR_END: all
