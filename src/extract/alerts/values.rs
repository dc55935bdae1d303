//! Values of YAML, JSON or Jsonnet -> rules.
//!
//! Format: <https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/>. The same groups stand below `spec` in
//! a `PrometheusRule` or `VMRule`, in the items of a list of such objects, in the values of charts, below a tenant's or a
//! namespace's name, and as text in a `ConfigMap`. Rules that Grafana manages itself are provisioned in the same shape
//! (<https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/>): there the
//! alert is the `title`, and `data` has the expressions.

use super::rule::{Language, Pair, Purpose, Rule};
use crate::data::{self, Data, Entry, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};

/// Groups lie no deeper than this in the objects that people wrap around them.
const DEEPEST: usize = 24;

/// Aliases can make a small file wide; a rule file has fewer values than this.
const MOST_VALUES: usize = 2_000_000;

/// The rules in `documents`, in their order, and what is wrong with those that stand in texts. What is no rule is passed over.
pub(super) fn find_rules(file: &SourceFile, documents: &[Value], language: Language) -> (Vec<Rule>, Diagnostics) {
    let mut search = Search { file, left: MOST_VALUES, language, rules: Vec::new(), found: Diagnostics::new() };
    for document in documents {
        let kind = document.get("kind").and_then(Value::as_str).unwrap_or_default();
        search.language = if kind.starts_with("VM") { Language::Alike } else { language };
        search.look_into(document, "", DEEPEST);
    }
    (search.rules, search.found)
}

struct Search<'f> {
    file: &'f SourceFile,
    left: usize,
    language: Language,
    rules: Vec<Rule>,
    found: Diagnostics,
}

impl Search<'_> {
    fn look_into(&mut self, value: &Value, group: &str, depth: usize) {
        if depth == 0 || self.left == 0 {
            return;
        }
        self.left -= 1;
        if let Some(rule) = self.read_rule(value, group) {
            self.check_types(value, &rule);
            self.rules.push(rule);
            return;
        }
        let own = value.get("name").and_then(Value::to_text).filter(|_| value.get("rules").is_some());
        let group = own.as_deref().map_or(group, str::trim);
        for entry in value.entries() {
            match entry.value.as_str() {
                Some(text) if is_rule_file(text) => self.look_into_text(&entry.value, text, depth),
                Some(_) => {}
                None => self.look_into(&entry.value, group, depth - 1),
            }
        }
        for item in value.items() {
            self.look_into(item, group, depth - 1);
        }
    }

    /// A rule file as the text of another one.
    fn look_into_text(&mut self, value: &Value, text: &str, depth: usize) {
        let whole = self.file.text();
        let range = value.span.range();
        let written = whole.get(range.clone()).unwrap_or_default();
        let is_quoted = written.starts_with(['"', '\'']);
        if is_quoted {
            // Its lines stand nowhere as they are.
            let inner = SourceFile::new(self.file.path(), text.to_owned());
            let (documents, _) = data::read_yaml(&inner, 0..text.len());
            let from = self.rules.len();
            documents.iter().for_each(|document| self.look_into(document, "", depth - 1));
            self.rules[from..].iter_mut().for_each(|rule| rule.stand_at(value.span));
            return;
        }
        let header = if written.starts_with(['|', '>']) { written.find('\n').map_or(0, |end| end + 1) } else { 0 };
        let start = range.start + header;
        let start = whole[..start].rfind('\n').map_or(0, |end| end + 1);
        let (documents, found) = data::read_yaml(self.file, start..range.end);
        if found.iter().any(|found| found.code == Code::InvalidYaml) {
            self.rules.extend(super::template::scan(self.file, start..range.end));
            return;
        }
        self.found.extend(found);
        documents.iter().for_each(|document| self.look_into(document, "", depth - 1));
    }

    fn read_rule(&self, value: &Value, group: &str) -> Option<Rule> {
        let named = |key: &str| value.get(key).filter(|name| name.to_text().is_some());
        let (purpose, name) = match (named("alert"), named("record")) {
            (Some(name), _) => (Purpose::Alert, name),
            (None, Some(name)) if value.get("expr").is_some() => (Purpose::Recording, name),
            _ => return self.read_provisioned(value, group),
        };
        if value.get("expr").is_none() && group.is_empty() {
            return None;
        }
        let (expr, expr_span) =
            value.get("expr").map_or((String::new(), name.span), |expr| (self.text(expr), expr.span));
        Some(Rule {
            purpose,
            name: name.to_text()?.trim().to_owned(),
            span: name.span,
            group: group.to_owned(),
            expr: expr.trim().to_owned(),
            expr_span,
            language: self.language,
            wait: value.get("for").map(|wait| self.text(wait).trim().to_owned()).unwrap_or_default(),
            labels: self.pairs(value, "labels"),
            annotations: self.pairs(value, "annotations"),
        })
    }

    /// Says which of a rule's values are of no use. Templates and programs put others in their place.
    fn check_types(&mut self, value: &Value, rule: &Rule) {
        if self.language != Language::PromQl || value.get("condition").is_some() {
            return;
        }
        let name = &rule.name;
        let mut report = |message: String, span: Span| {
            let hint = "Prometheus refuses the file as it is";
            self.found.push(Diagnostic::new(Code::InvalidRule, message, span).hint(hint));
        };
        if rule.expr.is_empty() {
            report(format!("the rule `{name}` has no expression"), rule.expr_span);
        }
        let is_null = |value: &Value| value.data == Data::Null;
        if let Some(wait) = value.get("for").filter(|wait| rule.wait.is_empty() && !is_null(wait)) {
            report(format!("`for` of the rule `{name}` is no length of time"), wait.span);
        }
        for key in ["labels", "annotations"] {
            let Some(pairs) = value.get(key).filter(|pairs| !is_null(pairs)) else { continue };
            if !matches!(pairs.data, Data::Map(_)) {
                report(format!("the {key} of the rule `{name}` are no names with values"), pairs.span);
            }
            let structures = pairs.entries().iter().filter(|entry: &&Entry| entry.value.to_text().is_none());
            let filled: Vec<&str> =
                rule.labels.iter().chain(&rule.annotations).map(|pair| pair.name.as_str()).collect();
            for entry in structures.filter(|entry| !is_null(&entry.value) && !filled.contains(&&*entry.key)) {
                report(format!("`{}` among the {key} of the rule `{name}` is no text", entry.key), entry.value.span);
            }
        }
    }

    /// A rule that Grafana manages itself.
    fn read_provisioned(&self, value: &Value, group: &str) -> Option<Rule> {
        let title = value.get("title").filter(|_| value.get("condition").is_some())?;
        let queries = value.get("data").map(Value::items).unwrap_or_default();
        let expr = queries.iter().find_map(|query| {
            let model = query.get("model")?;
            model.get("expr").or_else(|| model.get("expression").filter(|_| queries.len() == 1))
        });
        Some(Rule {
            purpose: Purpose::Alert,
            name: title.to_text()?.trim().to_owned(),
            span: title.span,
            group: group.to_owned(),
            expr: expr.map(|expr| self.text(expr).trim().to_owned()).unwrap_or_default(),
            expr_span: expr.map_or(title.span, |expr| expr.span),
            language: Language::Alike,
            wait: value.get("for").map(|wait| self.text(wait)).unwrap_or_default(),
            labels: self.pairs(value, "labels"),
            annotations: self.pairs(value, "annotations"),
        })
    }

    fn pairs(&self, rule: &Value, key: &str) -> Vec<Pair> {
        let pairs = rule.get(key).map(Value::entries).unwrap_or_default().iter().filter(|entry| !entry.key.is_empty());
        let pairs = pairs.filter_map(|entry| {
            let text = self.text(&entry.value);
            (!text.is_empty()).then(|| Pair { name: entry.key.to_string(), text, span: entry.value.span })
        });
        pairs.collect()
    }

    /// The text of a value. What a template fills in may read like a map of YAML.
    fn text(&self, value: &Value) -> String {
        if let Some(text) = value.to_text() {
            return text;
        }
        let written = self.file.text().get(value.span.range()).unwrap_or_default();
        let is_filled_in = written.starts_with("{{") || written.starts_with("[[");
        if is_filled_in && value.span.file == self.file.path() { written.to_owned() } else { String::new() }
    }
}

impl Rule {
    /// Gives all of its places up for `span`.
    fn stand_at(&mut self, span: Span) {
        self.span = span;
        self.expr_span = span;
        self.labels.iter_mut().chain(&mut self.annotations).for_each(|pair| pair.span = span);
    }
}

/// Whether a text may be a rule file.
fn is_rule_file(text: &str) -> bool {
    text.contains('\n') && text.contains("expr:") && (text.contains("alert:") || text.contains("record:"))
}
