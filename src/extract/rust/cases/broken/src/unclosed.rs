/// Is kept.
pub struct First;

pub fn open() {
    if true {

/// Is kept too.
pub struct Second;
