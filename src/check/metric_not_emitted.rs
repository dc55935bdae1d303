//! A metric that alerts or dashboards use and that the code no longer emits.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use super::in_code::InCode;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};
use crate::graph::{EmittedMetrics, End, Link, Target, names_of_series};

/// What metrics begin with that exporters and runtimes have, whoever emits some of the like himself.
#[rustfmt::skip]
const OF_OTHERS: &[&str] = &[
    "ALERTS", "aggregator", "alertmanager", "apiserver", "aws", "blackbox", "cadvisor", "certmanager", "cloudwatch", "container",
    "controller", "coredns", "elasticsearch", "envoy", "etcd", "go", "grafana", "grpc", "haproxy", "http", "istio", "jvm", "kafka",
    "kube", "kubelet", "loki", "machine", "mongodb", "mysql", "namespace", "net", "nginx", "node", "nodejs", "otelcol", "pg",
    "postgres", "probe", "process", "prometheus", "promhttp", "promtail", "python", "rabbitmq", "redis", "rest", "rpc", "scrape",
    "scheduler", "storage", "target", "traefik", "up", "volume", "windows", "workqueue",
];

/// So many metrics of a namespace have to be emitted before one that nobody has a name for is missed, where none of those that are used
/// is known; else a known one is enough.
const ENOUGH: usize = 3;

/// Metrics of a namespace that the code emits itself, where nothing in the code may be the name.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let mut used: BTreeMap<&str, BTreeMap<&str, (bool, Vec<&Link>)>> = BTreeMap::new();
    for (link, end) in subject.resolved.links() {
        let Target::Named { scheme, text } = &link.target else { continue };
        if scheme.as_str() != "metric" || text.contains(':') {
            continue;
        }
        let metrics = used.entry(namespace(text)).or_default();
        let (is_known, links) = metrics.entry(text).or_default();
        *is_known |= matches!(end, End::Node { .. });
        links.push(link);
    }
    used.retain(|namespace, _| !OF_OTHERS.contains(namespace));
    if used.is_empty() {
        return Diagnostics::new();
    }
    let emitted = EmittedMetrics::of(&subject.resolved.graph);
    let mut lost: Vec<(&str, Vec<Diagnostic>)> = Vec::new();
    for (own, metrics) in used {
        let names: BTreeSet<&str> =
            emitted.names.iter().map(String::as_str).filter(|name| namespace(name) == own).collect();
        let is_lent = |metric: &str| emitted.is_of_library(metric) || emitted.is_lent(metric);
        let metrics = metrics.into_iter().filter(|(metric, (is_known, _))| *is_known || !is_lent(metric));
        let (known, missing): (Vec<_>, Vec<_>) = metrics.partition(|(_, (is_known, _))| *is_known);
        if names.is_empty() || known.is_empty() && names.len() < ENOUGH {
            continue;
        }
        let near = NearestNames::new(names);
        for (metric, (_, links)) in missing.into_iter().filter(|(metric, _)| !emitted.may_have(metric)) {
            let hint = match near.find(metric).as_slice() {
                [] => "emit it again, or remove it from the expression".to_owned(),
                near => did_you_mean(near),
            };
            let found = links.into_iter().map(|link| {
                let message = format!("`{}` uses the metric `{metric}`, which no code emits", link.from);
                Diagnostic::new(Code::MetricNotEmitted, message, link.span).hint(hint.clone())
            });
            lost.push((metric, found.collect()));
        }
    }
    if lost.is_empty() {
        return Diagnostics::new();
    }
    // Something in another language may emit it.
    let names = lost.iter().flat_map(|(metric, _)| names_of_series(metric)).map(str::to_owned).collect();
    let in_code = subject.tree.ask(&InCode { names });
    lost.retain(|(metric, _)| !names_of_series(metric).any(|name| in_code.contains(name)));
    lost.into_iter().flat_map(|(_, found)| found).collect()
}

/// What a name begins with.
fn namespace(metric: &str) -> &str {
    metric.split('_').next().unwrap_or(metric)
}
