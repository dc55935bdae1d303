//! The server: reads the [`Settings`], listens, and expires reservations every ten seconds.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use shop::checkout::Checkout;
use shop::events::deliver;
use shop::http::{App, now, router};
use shop::inventory::{MemoryStock, StockItem};
use shop::metrics::{Metrics, ORDERS_EXPIRED};
use shop::orders::MemoryOrders;
use shop::payments::SandboxGateway;
use shop::settings::Settings;
use tokio::net::TcpListener;
use tokio::sync::mpsc::unbounded_channel;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("level=error msg=\"shop cannot start\" reason={:?}", error.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let settings = Settings::read(|name| std::env::var(name).ok())?;
    let (sender, receiver) = unbounded_channel();
    let metrics = Arc::new(Metrics::default());
    let mut checkout = Checkout::new(
        Box::<MemoryOrders>::default(),
        Box::<MemoryStock>::default(),
        Box::new(SandboxGateway),
        sender,
        settings.policy,
    );
    if let Some(path) = &settings.stock_file {
        for item in stock_in(path)? {
            checkout.set_stock(item.sku, item.unit_price, item.on_hand);
        }
    }
    let app = App::new(checkout, Arc::clone(&metrics));
    tokio::spawn(deliver(receiver, settings.webhook_url, metrics));
    tokio::spawn(expire_reservations(app.clone()));
    let listener = TcpListener::bind(settings.listen).await?;
    eprintln!("level=info msg=\"shop listens\" address={}", listener.local_addr()?);
    axum::serve(listener, router(app)).with_graceful_shutdown(interrupted()).await?;
    Ok(())
}

fn stock_in(path: &Path) -> Result<Vec<StockItem>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?)
}

async fn expire_reservations(app: App) {
    let mut tick = tokio::time::interval(Duration::from_secs(10));
    loop {
        tick.tick().await;
        let expired = app.checkout().expire(now());
        app.metrics().add(ORDERS_EXPIRED, &[], expired as u64);
    }
}

async fn interrupted() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        eprintln!("level=warn msg=\"Ctrl-C is not heard\" reason={:?}", error.to_string());
        std::future::pending::<()>().await;
    }
}
