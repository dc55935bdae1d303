use actix_web::get;

#[get("/orders")]
async fn list() {}

#[get("/orders/{id}")]
async fn one() {}

fn main() {}
