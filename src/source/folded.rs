//! Names -> what is the same of them however people write them.

/// `text` without what people write differently: `High error rate`, `high-error-rate` and `HighErrorRate` are one name.
pub fn folded(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
