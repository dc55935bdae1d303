/// Of another version than the one that is locked.
pub struct Missing;
