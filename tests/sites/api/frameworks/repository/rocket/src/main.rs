#[macro_use]
extern crate rocket;

#[get("/?<page>")]
fn list(page: u32) {}

#[post("/", data = "<order>")]
fn place(order: Order) {}

#[get("/<id>")]
fn one(id: u64) {}

#[launch]
fn rocket() -> _ {
    rocket::build().mount("/api/orders", routes![list, place, one])
}
