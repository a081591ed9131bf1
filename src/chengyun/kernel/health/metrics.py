"""Metrics as Prometheus text: requests of this process, and the state of the installation."""

import time
from collections.abc import Callable, Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from chengyun.kernel.health.state import state

REGISTRY = CollectorRegistry()
_requests = Counter(
    "chengyun_requests", "Requests answered by this process.", ("method", "route", "status"), registry=REGISTRY
)
_seconds = Histogram(
    "chengyun_request_seconds",
    "Time that this process took to answer.",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    registry=REGISTRY,
)


class Measured:
    """First of the middleware: counts and times each request by its route, never by its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = self._answer(request)
        route = request.resolver_match.route if request.resolver_match else "unknown"
        method = request.method if request.method in _METHODS else "other"
        _requests.labels(method, route, str(response.status_code)).inc()
        _seconds.labels(method, route).observe(time.perf_counter() - begun)
        return response


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class _State(Collector):
    """The numbers of the state as gauges: chengyun_<part>_<name>."""

    def collect(self) -> Iterator[Metric]:
        now = state()
        yield GaugeMetricFamily("chengyun_ready", "Whether people can work.", value=float(now["ready"]))
        for part, numbers in now["parts"].items():
            for name, value in numbers.items():
                if isinstance(value, bool | int | float):
                    yield GaugeMetricFamily(f"chengyun_{part}_{name}", f"{part}: {name}.", value=float(value))


REGISTRY.register(_State())


def text() -> bytes:
    """All metrics, in the text format of Prometheus."""
    return generate_latest(REGISTRY)
