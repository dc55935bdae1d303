/// Words of its own, see [`Frame::Data::length`](crate::wire::Frame::Data::length).
#[doc(cfg(feature = "net"))]
pub struct Socket;
