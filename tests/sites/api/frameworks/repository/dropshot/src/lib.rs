//! The shop as a trait.

/// What the shop does.
#[dropshot::api_description]
pub trait ShopApi {
    /// All orders.
    #[endpoint { method = GET, path = "/orders" }]
    async fn list();

    #[endpoint { method = POST, path = "/orders", operation_id = "place", versions = ..V2 }]
    async fn place_v1();

    #[endpoint { method = POST, path = "/orders", versions = V2.. }]
    async fn place();

    #[endpoint { method = GET, path = "/orders/{order}" }]
    async fn one();
}
