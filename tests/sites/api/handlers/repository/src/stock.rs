pub async fn level() {}

pub struct Stock;

impl Stock {
    pub async fn set() {}
}
