use actix_web::{delete, get};

#[get("/orders")]
async fn list() {}

#[get("/orders/{id}")]
async fn one() {}

#[delete("/orders/{id}")]
async fn cancel() {}

fn main() {}
