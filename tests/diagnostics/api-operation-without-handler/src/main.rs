use actix_web::get;

#[get("/orders")]
async fn list() {}

#[get("/orders/{id}")]
async fn one() {}

#[get("/orders/{id}/lines")]
async fn lines() {}

fn main() {}
