use actix_web::{App, get, web};

mod orders {
    use super::*;

    pub fn configure(config: &mut web::ServiceConfig) {
        config.service(one).service(web::resource("").route(web::get().to(list)).post(place));
    }

    #[get("/{order_id}")]
    async fn one(id: web::Path<u64>) {}

    async fn list() {}

    async fn place() {}
}

fn main() {
    let app = App::new().service(web::scope("/api").service(web::scope("/orders").configure(orders::configure)));
}
