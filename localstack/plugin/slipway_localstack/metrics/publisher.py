"""Puts metrics into CloudWatch from a thread of its own, in batches, so that no invocation waits for it."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any

from slipway_localstack.metrics.datum import Datum, by_namespace

LOG = logging.getLogger(__name__)
FLUSH_SECONDS = 0.2
MAX_BATCH = 1000
"""Members of one PutMetricData (AWS, CloudWatch quotas)."""
type Put = Callable[[str, str, str, list[dict[str, Any]]], None]


class Publisher:
    """Takes data of any account and region; `put(account, region, namespace, members)` stores them. Thread-safe."""

    def __init__(self, put: Put) -> None:
        self._put = put
        self._waiting: queue.Queue[tuple[str, str, list[Datum]]] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def publish(self, account: str, region: str, data: list[Datum]) -> None:
        """Store data soon, within about `FLUSH_SECONDS`."""
        if data:
            self._waiting.put((account, region, data))
            self._start()

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="slipway-metrics")
                self._thread.start()

    def _run(self) -> None:
        pause = threading.Event()
        while True:
            first = self._waiting.get()
            pause.wait(FLUSH_SECONDS)
            self._flush([first, *self._rest()])

    def _rest(self) -> list[tuple[str, str, list[Datum]]]:
        found = []
        while True:
            try:
                found.append(self._waiting.get_nowait())
            except queue.Empty:
                return found

    def _flush(self, batch: list[tuple[str, str, list[Datum]]]) -> None:
        places: dict[tuple[str, str], list[Datum]] = {}
        for account, region, data in batch:
            places.setdefault((account, region), []).extend(data)
        for (account, region), data in places.items():
            for namespace, group in by_namespace(data).items():
                for start in range(0, len(group), MAX_BATCH):
                    self._try_put(account, region, namespace, group[start : start + MAX_BATCH])

    def _try_put(self, account: str, region: str, namespace: str, group: list[Datum]) -> None:
        try:
            self._put(account, region, namespace, [datum.to_api() for datum in group])
        except Exception:  # values are lost, the function goes on
            LOG.exception("error=METRICS_NOT_STORED namespace=%s count=%d", namespace, len(group))
