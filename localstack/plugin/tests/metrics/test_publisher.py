"""The publisher's batches."""

from __future__ import annotations

import threading
from typing import Any

from slipway_localstack.metrics.datum import Datum
from slipway_localstack.metrics.publisher import Publisher


class RecordingStore:
    """Keeps what was put; fails for a namespace named `broken`."""

    def __init__(self) -> None:
        self.puts: list[tuple[str, str, str, list[Any]]] = []
        self.arrived = threading.Event()

    def put(self, account: str, region: str, namespace: str, members: list[dict[str, Any]]) -> None:
        if namespace == "broken":
            raise OSError("no store")
        self.puts.append((account, region, namespace, [member["MetricName"] for member in members]))
        self.arrived.set()


def datum(namespace: str, name: str) -> Datum:
    return Datum(namespace, name, (), (1.0,), "Count", 0.0)


def test_publish_puts_one_batch_per_namespace() -> None:
    store = RecordingStore()

    Publisher(store.put).publish("1", "r", [datum("a", "x"), datum("a", "y")])

    assert store.arrived.wait(5)
    assert store.puts == [("1", "r", "a", ["x", "y"])]


def test_publish_after_failure_goes_on() -> None:
    store = RecordingStore()
    publisher = Publisher(store.put)

    publisher.publish("1", "r", [datum("broken", "x"), datum("a", "y")])

    assert store.arrived.wait(5)
    assert store.puts == [("1", "r", "a", ["y"])]


def test_to_api_of_values_counts_each_once() -> None:
    member = Datum("n", "Latency", (("Model", "m"),), (1.0, 2.0), "Milliseconds", 5.5, 1).to_api()

    assert member["Values"] == [1.0, 2.0]
    assert member["Counts"] == [1.0, 1.0]
    assert member["StorageResolution"] == 1
    assert member["Dimensions"] == [{"Name": "Model", "Value": "m"}]
