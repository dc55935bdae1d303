/// Whether the service can be reached.
pub async fn health() -> &'static str {
    "ok"
}
