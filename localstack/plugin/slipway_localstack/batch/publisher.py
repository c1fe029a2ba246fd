"""Sends `Batch Job State Change` events to EventBridge, in order, off the scheduler's thread."""

import json
import logging
import queue
import threading
from collections.abc import Callable
from typing import Any

from slipway_localstack.batch.description import job_detail
from slipway_localstack.batch.names import Place
from slipway_localstack.batch.records import Job, Json

LOG = logging.getLogger(__name__)
SOURCE = "aws.batch"
DETAIL_TYPE = "Batch Job State Change"


def state_change(job: Job) -> Json:
    """Return the event entry that PutEvents takes, with the job as it is now."""
    return {
        "Source": SOURCE,
        "DetailType": DETAIL_TYPE,
        "Resources": [job.arn],
        "Detail": json.dumps(job_detail(job)),
    }


class Publisher:
    """Queues events and sends them one after the other; safe for several threads."""

    def __init__(self, events_client: Callable[[Place], Any]) -> None:
        self._client = events_client
        self._queue: queue.SimpleQueue[tuple[Place, Json]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def announce(self, job: Job) -> None:
        """Take the job's state as it is now and send it soon."""
        self._queue.put((job.place, state_change(job)))
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, name="slipway-batch-events", daemon=True)
                self._thread.start()

    def _loop(self) -> None:
        while True:
            place, entry = self._queue.get()
            try:
                self._client(place).put_events(Entries=[entry])
            except Exception:  # an event is lost, the jobs go on
                LOG.exception("error=BATCH_EVENT_NOT_SENT resource=%s", entry["Resources"])
