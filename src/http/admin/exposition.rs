//! The text of `/metrics`, in the format `OpenMetrics` 1.0.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet, text};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::exemplar::Exemplar;
use prometheus_client::registry::Registry;

use super::super::metrics::Metrics;
use super::super::state::State;
use crate::edition::Edition;
use crate::source::read_file;

pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Formats all metrics of a server.
pub(super) fn expose(state: &Arc<State>) -> Result<String, fmt::Error> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Exposition(Arc::clone(state))));
    let mut out = String::new();
    text::encode(&mut out, &registry).map(|()| out)
}

#[derive(Debug)]
struct Exposition(Arc<State>);

impl Collector for Exposition {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let metrics = self.0.metrics();
        encode_requests(&mut encoder, metrics)?;
        encode_reloads(&mut encoder, metrics)?;
        encode_edition(&mut encoder, &self.0.edition(), self.0.failure().is_some())?;
        match resident_bytes() {
            Some(bytes) => {
                let help = "Memory of the process in RAM";
                encode_gauge(&mut encoder, "process_resident_memory_bytes", help, bytes)
            }
            None => Ok(()),
        }
    }
}

fn encode_requests(encoder: &mut DescriptorEncoder<'_>, metrics: &Metrics) -> fmt::Result {
    let help = "Responses by kind and status";
    let name = "gazette_http_requests";
    let mut family = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (route, status, count) in metrics.responses() {
        let status = status.to_string();
        let labels = [("route", route.name()), ("status", status.as_str())];
        encode_count(&mut family.encode_family(&labels)?, count)?;
    }
    let help = "Time from a complete request head to its response; plain requests by samples";
    let name = "gazette_http_request_duration_seconds";
    let times = metrics.response_times();
    encoder.encode_descriptor(name, help, None, MetricType::Histogram)?.encode_histogram(
        metrics.total_time().as_secs_f64(),
        times.iter().map(|(_, count)| count).sum(),
        &times,
        None::<&HashMap<usize, Exemplar<NoLabelSet, f64>>>,
    )?;
    let help = "Connections that the server closed by a limit";
    let name = "gazette_connections_closed";
    let mut family = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (limit, count) in metrics.closed() {
        encode_count(&mut family.encode_family(&[("limit", limit.name())])?, count)?;
    }
    Ok(())
}

fn encode_reloads(encoder: &mut DescriptorEncoder<'_>, metrics: &Metrics) -> fmt::Result {
    let help = "Reloads by outcome";
    let counter = MetricType::Counter;
    let mut family = encoder.encode_descriptor("gazette_reloads", help, None, counter)?;
    for (outcome, count) in metrics.reloads() {
        encode_count(&mut family.encode_family(&[("outcome", outcome)])?, count)?;
    }
    let compile = metrics.last_compile();
    let help = "Time of each stage of the last compile of the content";
    let gauge = MetricType::Gauge;
    let mut family = encoder.encode_descriptor("gazette_compile_seconds", help, None, gauge)?;
    for (stage, elapsed) in &compile.stages {
        family.encode_family(&[("stage", *stage)])?.encode_gauge(&elapsed.as_secs_f64())?;
    }
    let help = "Diagnostics of the last compile of the content";
    let mut family =
        encoder.encode_descriptor("gazette_diagnostics", help, None, MetricType::Gauge)?;
    for ((severity, code), count) in &compile.diagnostics {
        let labels = [("severity", *severity), ("code", *code)];
        family.encode_family(&labels)?.encode_gauge(count)?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the age of an edition is that of this moment")]
fn encode_edition(
    encoder: &mut DescriptorEncoder<'_>,
    edition: &Edition,
    is_stale: bool,
) -> fmt::Result {
    let (summary, search) = (edition.summary(), edition.search());
    let age = Timestamp::now().duration_since(edition.instant()).as_secs_f64();
    // The type `info` of OpenMetrics is unknown to `promtool check metrics`.
    encoder
        .encode_descriptor("gazette_edition_info", "The edition", None, MetricType::Gauge)?
        .encode_family(&[("id", edition.id())])?
        .encode_gauge(&1.0)?;
    for (name, help, value) in [
        ("gazette_edition_age_seconds", "Time since the instant of the edition", age),
        ("gazette_edition_bytes", "Size of the edition with all codings", as_float(summary.bytes)),
        ("gazette_edition_urls", "Addresses of the edition", as_float(summary.urls)),
        ("gazette_edition_stale", "Whether the last reload failed", as_float(is_stale.into())),
        (
            "gazette_search_ready",
            "Whether searches are answered",
            as_float(search.is_ready().into()),
        ),
        (
            "gazette_search_index_bytes",
            "Size of the search index",
            as_float(search.index_bytes().unwrap_or_default()),
        ),
    ] {
        encode_gauge(encoder, name, help, value)?;
    }
    Ok(())
}

fn encode_gauge(
    encoder: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    value: f64,
) -> fmt::Result {
    encoder.encode_descriptor(name, help, None, MetricType::Gauge)?.encode_gauge(&value)
}

fn encode_count(encoder: &mut MetricEncoder<'_>, count: u64) -> fmt::Result {
    encoder.encode_counter::<NoLabelSet, u64, f64>(&count, None)
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^53")]
fn as_float(number: usize) -> f64 {
    number as f64
}

/// The memory of the process that is in RAM; `None` where the system does not tell.
fn resident_bytes() -> Option<f64> {
    let status = String::from_utf8(read_file(Path::new("/proc/self/status")).ok()??).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u32 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(f64::from(kibibytes) * 1024.0)
}
