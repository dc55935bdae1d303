struct Api;

#[OpenApi]
impl Api {
    #[oai(path = "/orders", method = "get")]
    async fn list(&self) {}

    #[oai(path = "/orders", method = "post")]
    async fn place(&self) {}
}

#[handler]
fn one(Path(id): Path<u64>) {}

fn main() {
    let app = Route::new().nest("/api", Route::new().at("/orders/:id", get(one)));
}
