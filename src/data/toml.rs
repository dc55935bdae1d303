//! TOML 1.1 with places, read by the `toml` crate. What stands around an error is kept.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Data, Entry, Map, Value, report};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::SourceFile;

/// Reads the TOML document in `range` of `file` as a map. What is wrong with it is found as `invalid-toml`.
pub fn read_toml(file: &SourceFile, range: Range<usize>) -> (Option<Value>, Diagnostics) {
    let shift = range.start;
    let Some(text) = file.text().get(range.clone()) else { return (None, Diagnostics::new()) };
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut diagnostics = Diagnostics::new();
    for error in errors {
        let place = error.span().unwrap_or(text.len()..text.len());
        let span = file.span(place.start + shift..place.end + shift);
        report(&mut diagnostics, Diagnostic::new(Code::InvalidToml, error.message().trim(), span));
    }
    let data = table_data(file, shift, text, table.into_inner());
    (Some(Value { data, span: file.span(range) }), diagnostics)
}

fn table_data(file: &SourceFile, shift: usize, text: &str, table: DeTable<'_>) -> Data {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| {
            let place = key.span();
            Entry {
                key: Arc::from(key.into_inner().as_ref()),
                key_span: file.span(place.start + shift..place.end + shift),
                value: spanned(file, shift, text, value),
            }
        })
        .collect();
    // The crate sorts by key; people read from top to bottom.
    entries.sort_by_key(|entry| entry.key_span);
    Data::Map(Map::new(entries))
}

fn spanned(file: &SourceFile, shift: usize, text: &str, value: Spanned<DeValue<'_>>) -> Value {
    let place = value.span();
    let data = match value.into_inner() {
        DeValue::String(string) => Data::String(Arc::from(string.as_ref())),
        DeValue::Boolean(truth) => Data::Bool(truth),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Data::Number(Arc::from(number.as_str())), Data::Integer),
        DeValue::Float(number) => Data::Number(Arc::from(number.as_str())),
        DeValue::Datetime(_) => Data::String(Arc::from(text.get(place.clone()).unwrap_or_default())),
        DeValue::Array(items) => Data::List(items.into_iter().map(|item| spanned(file, shift, text, item)).collect()),
        DeValue::Table(table) => table_data(file, shift, text, table),
    };
    Value { data, span: file.span(place.start + shift..place.end + shift) }
}
