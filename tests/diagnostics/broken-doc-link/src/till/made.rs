#[component(Receipt)]
pub fn receipt() {}
