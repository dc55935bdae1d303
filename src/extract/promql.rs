//! An expression of PromQL -> the metrics and labels in it, and what its value is compared with.
//!
//! The language: <https://prometheus.io/docs/prometheus/latest/querying/basics/>. What a template fills in (`{{ .x }}`,
//! `[[ .x ]]`, `%(x)s`, `$x`) is put in place by something that may stand there, and not told.

use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::sync::LazyLock;

use promql_parser::label::{METRIC_NAME, Matchers};
use promql_parser::parser::token::{T_EQLC, T_GTE, T_GTR, T_LAND, T_LOR, T_LSS, T_LTE, T_LUNLESS, T_NEQ, TokenType};
use promql_parser::parser::{BinaryExpr, Expr, LabelModifier, VectorSelector, parse};

use regex::Regex;

use super::placeholder::{PLACEHOLDER, without_placeholders};
use super::wording::regex;
use crate::source::Interned;

/// Longer expressions are not read: what the parser makes of them grows with their length, and with its square for some.
const LONGEST: usize = 32_000;

/// An expression with more brackets and operators than this is not read: the tree of it is as deep, and whoever walks it
/// or lets it go calls himself as often.
const MOST_PARTS: usize = 600;

/// In whatever unit it is written: milliseconds since 1970, for another three thousand years.
const LONGEST_DURATION: f64 = 1e14;

/// The metrics, labels and the threshold of an expression.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// In alphabetical order.
    pub(crate) metrics: Vec<Interned>,
    /// Those it selects or groups by, in alphabetical order.
    pub(crate) labels: Vec<Interned>,
    /// What its value is compared with: `> 0.05`, `< 2 and > 0`; empty for nothing that is a number.
    pub(crate) threshold: String,
}

/// Why an expression says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is LogQL, has parts that nothing is known of, or uses what only some databases know.
    Other,
    /// It is too long, or too deep.
    TooLarge,
    /// It is no PromQL, and why.
    Invalid(String),
}

/// Reads `text`.
pub(crate) fn read(text: &str) -> Result<Query, Unread> {
    if text.len() > LONGEST || parts(text) > MOST_PARTS {
        return Err(Unread::TooLarge);
    }
    let (filled, is_filled) = without_placeholders(text);
    if has_endless_duration(&filled) {
        return Err(if is_filled { Unread::Other } else { Unread::Invalid("no duration is as long".to_owned()) });
    }
    // The parser's own mistakes cost this expression and nothing else.
    let Ok(parsed) = catch_unwind(|| parse(&filled)) else { return Err(Unread::Other) };
    let tree = parsed.map_err(|message| match is_filled || is_other(&filled) || is_unsure(&message) {
        true => Unread::Other,
        false => Unread::Invalid(message.lines().next().unwrap_or_default().to_owned()),
    })?;
    let mut found = Found::default();
    found.walk(&tree);
    let names = |names: BTreeSet<String>| {
        let told = names.into_iter().filter(|name| !name.contains(PLACEHOLDER));
        told.map(|name| Interned::new(&name)).collect()
    };
    Ok(Query { metrics: names(found.metrics), labels: names(found.labels), threshold: threshold(&tree) })
}

/// Whether a number stands for a duration or a time that is none: the parser takes any, and panics at what is longer than the world.
fn has_endless_duration(text: &str) -> bool {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)(?:\boffset\s|\[|:|@)[\s+-]*(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|0x[0-9a-f]+|nan|inf)(\w*)",
        )
    });
    NUMBER.captures_iter(&outside_of_strings(text)).any(|found| {
        let digits = &found[1];
        if digits.starts_with(char::is_alphabetic) && !found[2].is_empty() {
            return false;
        }
        let seconds = match digits.get(..2).filter(|start| start.eq_ignore_ascii_case("0x")) {
            Some(_) => u64::from_str_radix(&digits[2..], 16).map_or(f64::INFINITY, |number| number as f64),
            None => digits.parse().unwrap_or(f64::INFINITY),
        };
        !(seconds.is_finite() && seconds < LONGEST_DURATION)
    })
}

/// How many brackets and operators there are outside of strings.
fn parts(text: &str) -> usize {
    let mut quote = None;
    let mut escaped = false;
    let mut count = 0;
    let mut word = false;
    for character in text.chars() {
        if let Some(open) = quote {
            if !escaped && character == open {
                quote = None;
            }
            escaped = !escaped && character == '\\' && open != '`';
        } else if matches!(character, '"' | '\'' | '`') {
            quote = Some(character);
        } else {
            let is_word = character.is_alphanumeric() || matches!(character, '_' | ':' | '.' | ' ' | ',' | '\n');
            // A word behind a word may be an operator: `and`, `or`, `offset`.
            count += usize::from(!is_word || (character == ' ' && word));
            word = character.is_alphanumeric();
        }
    }
    count
}

/// Whether this is no PromQL: pipes are LogQL's, `WITH` and `rollup` are `MetricsQL`'s.
fn is_other(text: &str) -> bool {
    let outside = outside_of_strings(text);
    let upper = outside.trim_start().to_uppercase();
    outside.contains('|')
        || ["WITH ", "WITH(", "SELECT "].iter().any(|word| upper.starts_with(word))
        || outside.contains(" default ")
}

fn outside_of_strings(text: &str) -> String {
    let mut quote = None;
    let mut outside = String::new();
    for character in text.chars() {
        match quote {
            Some(open) if open == character => quote = None,
            Some(_) => {}
            None if matches!(character, '"' | '\'' | '`') => quote = Some(character),
            None => outside.push(character),
        }
    }
    outside
}

/// Whether the parser may only be older, or stricter, than the database.
fn is_unsure(message: &str) -> bool {
    ["unknown function", "expected type", "expected at", "argument", "fill", "duration", "BOOL modifier"]
        .iter()
        .any(|part| message.contains(part))
}

#[derive(Default)]
struct Found {
    metrics: BTreeSet<String>,
    labels: BTreeSet<String>,
}

impl Found {
    fn walk(&mut self, tree: &Expr) {
        match tree {
            Expr::Aggregate(aggregate) => {
                self.grouping(aggregate.modifier.as_ref());
                self.walk(&aggregate.expr);
                aggregate.param.iter().for_each(|param| self.walk(param));
            }
            Expr::Unary(unary) => self.walk(&unary.expr),
            Expr::Binary(binary) => {
                if let Some(modifier) = &binary.modifier {
                    self.grouping(modifier.matching.as_ref());
                    self.labels.extend(modifier.card.labels().into_iter().flat_map(|labels| labels.labels.clone()));
                }
                self.walk(&binary.lhs);
                self.walk(&binary.rhs);
            }
            Expr::Paren(paren) => self.walk(&paren.expr),
            Expr::Subquery(subquery) => self.walk(&subquery.expr),
            Expr::VectorSelector(selector) => self.selector(selector),
            Expr::MatrixSelector(selector) => self.selector(&selector.vs),
            Expr::Call(call) => call.args.args.iter().for_each(|argument| self.walk(argument)),
            Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::Extension(_) => {}
        }
    }

    fn grouping(&mut self, modifier: Option<&LabelModifier>) {
        self.labels.extend(modifier.into_iter().flat_map(|modifier| modifier.labels().labels.clone()));
    }

    fn selector(&mut self, selector: &VectorSelector) {
        self.metrics.extend(selector.name.clone());
        let Matchers { matchers, or_matchers } = &selector.matchers;
        for matcher in matchers.iter().chain(or_matchers.iter().flatten()) {
            if matcher.name != METRIC_NAME {
                self.labels.insert(matcher.name.clone());
            } else if matches!(matcher.op, promql_parser::label::MatchOp::Equal) {
                self.metrics.insert(matcher.value.clone());
            }
        }
    }
}

/// The comparisons with numbers that `tree` as a whole consists of, joined as they are there.
fn threshold(tree: &Expr) -> String {
    match tree {
        Expr::Paren(paren) => threshold(&paren.expr),
        Expr::Binary(BinaryExpr { op, lhs, rhs, .. }) => {
            let id = op.id();
            if let Some(word) = [(T_LAND, "and"), (T_LOR, "or")].iter().find(|(known, _)| *known == id) {
                let (left, right) = (threshold(lhs), threshold(rhs));
                return match (left.is_empty(), right.is_empty()) {
                    (false, false) if left != right => format!("{left} {} {right}", word.1),
                    (true, _) => right,
                    _ => left,
                };
            }
            if id == T_LUNLESS {
                return threshold(lhs);
            }
            match (sign(*op, false), number(lhs), number(rhs)) {
                (Some(sign), None, Some(right)) if !right.is_nan() => format!("{sign} {}", rounded(right)),
                (Some(_), Some(left), None) if !left.is_nan() => sign_of_swapped(*op, left),
                _ => String::new(),
            }
        }
        _ => String::new(),
    }
}

fn sign_of_swapped(op: TokenType, number: f64) -> String {
    sign(op, true).map_or_else(String::new, |sign| format!("{sign} {}", rounded(number)))
}

/// A number without what computing with binary fractions added to it.
fn rounded(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

fn sign(op: TokenType, is_swapped: bool) -> Option<&'static str> {
    let signs = [
        (T_GTR, ">", "<"),
        (T_LSS, "<", ">"),
        (T_GTE, ">=", "<="),
        (T_LTE, "<=", ">="),
        (T_EQLC, "==", "=="),
        (T_NEQ, "!=", "!="),
    ];
    let found = signs.iter().find(|(id, ..)| *id == op.id())?;
    Some(if is_swapped { found.2 } else { found.1 })
}

/// The number that `tree` is, when it consists of numbers.
fn number(tree: &Expr) -> Option<f64> {
    use promql_parser::parser::token::{T_ADD, T_DIV, T_MUL, T_SUB};
    match tree {
        Expr::NumberLiteral(literal) => Some(literal.val),
        Expr::Paren(paren) => number(&paren.expr),
        Expr::Unary(unary) => number(&unary.expr).map(|value| -value),
        Expr::Binary(BinaryExpr { op, lhs, rhs, .. }) => {
            let (left, right) = (number(lhs)?, number(rhs)?);
            let id = op.id();
            let of: [(_, f64); 4] =
                [(T_ADD, left + right), (T_SUB, left - right), (T_MUL, left * right), (T_DIV, left / right)];
            of.into_iter().find(|(known, _)| *known == id).map(|(_, value)| value)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Unread, read};

    #[test]
    fn expressions() {
        let cases: [(&str, &[&str], &[&str], &str); 14] = [
            (r#"rate(a_total{job="x"}[5m]) > 0.05"#, &["a_total"], &["job"], "> 0.05"),
            ("sum by (b) (x) / on(c) y >= 60 * 60", &["x", "y"], &["b", "c"], ">= 3600"),
            ("2 > (up)", &["up"], &[], "< 2"),
            ("(a > 1) and (b < 2)", &["a", "b"], &[], "> 1 and < 2"),
            ("absent(up) unless on() z", &["up", "z"], &[], ""),
            (r#"{__name__="x:y", d!="e"} == 0"#, &["x:y"], &["d"], "== 0"),
            (r#"a{b="{{ .c }}", d=~".*"} > {{ .e }}"#, &["a"], &["b", "d"], ""),
            ("max_over_time(a{%(one)s%(two)s, b=\"c\"}[%(d)s:1m]) > 14.4 * 0.001", &["a"], &["b"], "> 0.0144"),
            ("rate(a{%(s)s}[%(w)s]) > %(t)s", &["a"], &[], ""),
            ("count(up) by ({{ range .l }}{{ . }},{{ end }}cluster, job) > 1", &["up"], &["cluster", "job"], "> 1"),
            ("rate(a{x=~\"$y\"}[$__rate_interval]) > 5", &["a"], &["x"], "> 5"),
            ("a_{{ .b }}_total > 1", &[], &[], "> 1"),
            ("a - a offset $__interval > 1", &["a"], &[], "> 1"),
            (r#"job:inflight:sum{b=~".*:123456789012345678"} offset 1h > 1"#, &["job:inflight:sum"], &["b"], "> 1"),
        ];
        for (text, metrics, labels, threshold) in cases {
            let Ok(query) = read(text) else { panic!("{text}: {:?}", read(text)) };
            let names = |names: &[crate::source::Interned]| names.iter().map(|name| name.as_str()).collect::<Vec<_>>();
            assert_eq!(names(&query.metrics), metrics, "{text}");
            assert_eq!(names(&query.labels), labels, "{text}");
            assert_eq!(query.threshold, threshold, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read() {
        let deep = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
        let just = format!("{}a{}", "(".repeat(299), ")".repeat(299));
        assert!(read(&just).is_ok());
        assert_eq!(read(&deep), Err(Unread::TooLarge));
        assert_eq!(read(&"a+".repeat(1000)), Err(Unread::TooLarge));
        assert_eq!(read(&"a or ".repeat(5000)), Err(Unread::TooLarge));
        assert_eq!(read(&"-".repeat(20_000)), Err(Unread::TooLarge));
        assert!(read(&("a".to_owned() + &" or a".repeat(280))).is_ok());
        let endless =
            ["a offset 1e30", "sum(rate(a[1e100]))", "a offset -NaN", "a[5m:inf]", "a @ 1e40", "a[0xffffffffffffffff]"];
        for text in ["sum(", "a >", "", "rate(a[5m)"].into_iter().chain(endless) {
            assert!(matches!(read(text), Err(Unread::Invalid(_))), "{text}: {:?}", read(text));
        }
        for text in [r#"sum(rate({app="x"} |= "error" [5m]))"#, "WITH (x = 1) a", "a{{ b }}{ > 1", "%(whole)s > > 1"] {
            assert_eq!(read(text), Err(Unread::Other), "{text}");
        }
    }
}
