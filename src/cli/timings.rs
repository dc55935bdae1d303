//! `--timings` and `--trace`: where the time goes.
//!
//! Enters: the spans of the pipeline. Leaves: a table of stages on standard error, and a file that `chrome://tracing` and
//! <https://ui.perfetto.dev> show.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Level, Subscriber};
use tracing_chrome::{ChromeLayerBuilder, FlushGuard};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

use super::Failure;
use super::report::remark;

/// What watches the pipeline, until it is dropped.
pub(super) struct Watching {
    sums: Option<Sums>,
    _trace: Option<FlushGuard>,
    begun: Instant,
}

/// By name of the stage or the piece of one.
type Sums = Arc<Mutex<BTreeMap<&'static str, Sum>>>;

/// What the spans of one name cost together.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// Place in the order in which stages began.
    order: usize,
    is_piece: bool,
    count: u64,
    processor: Duration,
    wall: Duration,
    items: u64,
    bytes: u64,
}

/// Watches from now on: sums up with `timings`, writes every span to the file `trace`.
pub(super) fn watch(timings: bool, trace: Option<&Path>) -> Result<Watching, Failure> {
    let sums = timings.then(Sums::default);
    let mut guard = None;
    let chrome = match trace {
        Some(path) => {
            // Whether it can be written is found out before the work begins.
            let file = std::fs::File::create(path)
                .map_err(|error| Failure::machine(format!("`{}` cannot be written: {error}", path.display())))?;
            let (layer, flush) = ChromeLayerBuilder::new().writer(std::io::BufWriter::new(file)).build();
            guard = Some(flush);
            Some(layer)
        }
        None => None,
    };
    if sums.is_some() || chrome.is_some() {
        let adding = sums.clone().map(Adding);
        // There is one subscriber to a process, and this is the only place that sets it.
        let _ = tracing::subscriber::set_global_default(Registry::default().with(chrome).with(adding));
    }
    Ok(Watching { sums, _trace: guard, begun: Instant::now() })
}

impl Watching {
    /// Prints the table, if one was asked for.
    pub(super) fn report(&self) {
        if let Some(sums) = &self.sums {
            remark(&table(&lock(sums), self.begun.elapsed(), processor_time()));
        }
    }
}

fn lock(sums: &Sums) -> MutexGuard<'_, BTreeMap<&'static str, Sum>> {
    sums.lock().unwrap_or_else(PoisonError::into_inner)
}

fn table(sums: &BTreeMap<&'static str, Sum>, wall: Duration, processor: Duration) -> String {
    let mut rows: Vec<(&str, Sum)> = sums.iter().map(|(name, sum)| (*name, *sum)).collect();
    rows.sort_by_key(|(_, sum)| (sum.order, sum.is_piece));
    let mut text = format!("{:<12} {:>12} {:>10} {:>10} {:>10}\n", "stage", "processor ms", "wall ms", "items", "MB");
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    for (name, sum) in rows {
        let name = if sum.is_piece { format!("  {name}") } else { name.to_lowercase() };
        let items = if sum.items > 0 { sum.items } else { sum.count };
        let wall = if sum.is_piece { String::new() } else { format!("{:.1}", milliseconds(sum.wall)) };
        let bytes = if sum.bytes > 0 { format!("{:.1}", sum.bytes as f64 / 1e6) } else { String::new() };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{name:<12} {:>12.1} {wall:>10} {items:>10} {bytes:>10}", milliseconds(sum.processor));
    }
    let _ = write!(text, "{:<12} {:>12.1} {:>10.1}", "all", milliseconds(processor), milliseconds(wall));
    text
}

/// Adds up what spans cost. A stage has the process to itself; a piece of one runs on one thread.
struct Adding(Sums);

/// What is noted at a span while it runs.
struct Running {
    processor: Duration,
    wall: Instant,
    sum: Sum,
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Adding {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let is_piece = *attributes.metadata().level() == Level::DEBUG;
        if !is_piece {
            let mut sums = lock(&self.0);
            let order = sums.len();
            sums.entry(span.name()).or_insert(Sum { order, ..Sum::default() });
        }
        let sum = Sum { is_piece, count: 1, ..Sum::default() };
        span.extensions_mut().insert(Running { processor: Duration::ZERO, wall: Instant::now(), sum });
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(running) = span.extensions_mut().get_mut::<Running>() {
            values.record(&mut running.sum);
        }
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(running) = span.extensions_mut().get_mut::<Running>() {
            running.wall = Instant::now();
            running.processor = clock(running.sum.is_piece);
        }
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(running) = span.extensions_mut().get_mut::<Running>() {
            running.sum.processor += clock(running.sum.is_piece).saturating_sub(running.processor);
            running.sum.wall += running.wall.elapsed();
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        let Some(Running { sum, .. }) = span.extensions_mut().remove::<Running>() else { return };
        let mut sums = lock(&self.0);
        // A piece stands behind the stage that is running.
        let order = sums.values().filter(|sum| !sum.is_piece).map(|sum| sum.order).max().unwrap_or(0);
        let all = sums.entry(span.name()).or_insert(Sum { order, is_piece: sum.is_piece, ..Sum::default() });
        all.count += sum.count;
        all.processor += sum.processor;
        all.wall += sum.wall;
        all.items += sum.items;
        all.bytes += sum.bytes;
    }
}

impl Visit for Sum {
    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "items" => self.items = value,
            "bytes" => self.bytes = value,
            _ => {}
        }
    }

    fn record_debug(&mut self, _field: &Field, _value: &dyn std::fmt::Debug) {}
}

/// The processor time that this thread, or else this process, has used.
#[cfg(unix)]
fn clock(of_thread: bool) -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let clock = if of_thread { ClockId::ThreadCPUTime } else { ClockId::ProcessCPUTime };
    Duration::try_from(clock_gettime(clock)).unwrap_or_default()
}

/// Where the system does not tell, the time on the wall.
#[cfg(not(unix))]
fn clock(_of_thread: bool) -> Duration {
    use std::sync::OnceLock;
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    BEGUN.get_or_init(Instant::now).elapsed()
}

/// The processor time that this process has used.
fn processor_time() -> Duration {
    clock(false)
}
