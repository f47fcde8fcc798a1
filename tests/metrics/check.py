"""Checks the metrics of the real binary, and the files of `deploy/` that read them, with promtool.

Usage: python3 tests/metrics/check.py BINARY. It needs promtool, which comes with Debian's package `prometheus`.
"""

import contextlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
# Metrics of Prometheus itself, and words of PromQL that look like metrics.
OTHERS = {"up", "sum", "by", "rate", "increase", "max", "count", "le", "histogram_quantile"}


def promtool(*arguments, text=None):
    done = subprocess.run(["promtool", *map(str, arguments)], input=text, text=True, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"promtool {' '.join(map(str, arguments))} failed:\n{done.stdout}{done.stderr}")


@contextlib.contextmanager
def running(binary):
    """Runs the binary; gives the site's address and the operator's."""
    command = [binary, "serve", "--content", ROOT / "tests/fixtures/rimewater", "--listen", "127.0.0.1:0",
               "--admin-listen", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            _, site, admin = (process.stdout.readline().strip() for _ in range(3))
            yield site, admin.removeprefix("admin: ")
        finally:
            process.terminate()


def read(url):
    with urllib.request.urlopen(url, timeout=20) as response:
        return response.read().decode()


def as_text_format(metrics):
    """Names counters as the older text format does, which promtool reads."""
    counters = re.findall(r"^# TYPE (\S+) counter$", metrics, re.MULTILINE)
    for name in counters:
        metrics = re.sub(rf"^# (HELP|TYPE) {name} ", rf"# \1 {name}_total ", metrics, flags=re.MULTILINE)
    return metrics


def names_in(expression):
    bare = re.sub(r"\{[^}]*\}|\[[^]]*\]|\b(by|without) \([^)]*\)", " ", expression)
    return set(re.findall(r"[a-z_]{2,}", bare)) - OTHERS


def main():
    with running(pathlib.Path(sys.argv[1]).resolve()) as (site, admin):
        read(f"{site}/")
        metrics = as_text_format(read(f"{admin}/metrics"))
    promtool("check", "metrics", text=metrics)
    known = set(re.findall(r"^([a-z_]+)[ {]", metrics, re.MULTILINE)) | {"gazette_diagnostics"}

    rules = DEPLOY / "prometheus-alerts.yaml"
    promtool("check", "config", DEPLOY / "prometheus.yaml")
    promtool("check", "rules", rules)
    promtool("test", "rules", ROOT / "tests/metrics/alerts_test.yaml")

    dashboard = json.loads((DEPLOY / "grafana-dashboard.json").read_text())
    expressions = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    queries = [one.replace("$__rate_interval", "5m").replace("$instance", ".*") for one in expressions]
    records = [{"record": f"panel:{index}", "expr": query} for index, query in enumerate(queries)]
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        # JSON is YAML.
        json.dump({"groups": [{"name": "dashboard", "rules": records}]}, file)
        file.flush()
        promtool("check", "rules", file.name)

    alerts = re.findall(r"gazette_[a-z_]+", rules.read_text())
    used = set(alerts).union(*map(names_in, queries))
    assert used <= known, f"no such metric: {used - known}"
    shown = {name for name in known if not re.search("_(sum|count)$", name)}
    assert shown <= used, f"in no panel and no alert: {shown - used}"
    print(f"{len(known)} metrics, {len(expressions)} queries of the dashboard and all alerts hold")


main()
