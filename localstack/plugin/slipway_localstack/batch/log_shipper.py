"""Carries a process's output to CloudWatch Logs, in batches, without holding the process up."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO, Any

from botocore.exceptions import ClientError

LOG = logging.getLogger(__name__)
FLUSH_SECONDS = 0.25
MAX_BATCH = 1000
MAX_LINE = 200_000  # CloudWatch Logs takes 256 KiB an event; a longer line is cut
LogEvents = list[dict[str, Any]]


class LogTarget:
    """One log stream, made when it is opened."""

    def __init__(self, client: Any, group: str, stream: str) -> None:
        self._client, self._group, self._stream = client, group, stream

    def open(self) -> None:
        """Make group and stream; those that exist stay."""
        self._unless_there(self._client.create_log_group, logGroupName=self._group)
        self._unless_there(self._client.create_log_stream, logGroupName=self._group, logStreamName=self._stream)

    def _unless_there(self, create: Callable[..., object], **names: str) -> None:
        try:
            create(**names)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceAlreadyExistsException":
                raise

    def put(self, events: LogEvents) -> None:
        """Write lines, oldest first."""
        self._client.put_log_events(logGroupName=self._group, logStreamName=self._stream, logEvents=events)


class LogShipper:
    """Reads lines until the pipe closes; `finish` waits until all are written."""

    def __init__(self, source: IO[bytes], put: Callable[[LogEvents], None]) -> None:
        self._source, self._put = source, put
        self._lines: LogEvents = []
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True, name="slipway-batch-read")
        self._writer = threading.Thread(target=self._write, daemon=True, name="slipway-batch-write")

    def start(self) -> None:
        """Begin to read and to write."""
        self._reader.start()
        self._writer.start()

    def finish(self, seconds: float) -> None:
        """Wait for the end of the output, then for the last write, each at most that long."""
        self._reader.join(seconds)
        self._done.set()
        self._writer.join(seconds)

    def _read(self) -> None:
        with self._source:
            for raw in self._source:
                text = raw.decode("utf-8", "replace").rstrip("\r\n")[:MAX_LINE]
                with self._lock:
                    # CloudWatch Logs refuses an empty message.
                    self._lines.append({"timestamp": int(time.time() * 1000), "message": text or " "})

    def _write(self) -> None:
        while not self._done.wait(FLUSH_SECONDS):
            self._flush()
        self._flush()

    def _flush(self) -> None:
        with self._lock:
            lines, self._lines = self._lines, []
        for start in range(0, len(lines), MAX_BATCH):
            self._try_put(lines[start : start + MAX_BATCH])

    def _try_put(self, lines: Sequence[dict[str, Any]]) -> None:
        try:
            self._put(list(lines))
        except Exception:  # lines are lost, the job goes on
            LOG.exception("error=BATCH_LOGS_NOT_WRITTEN lines=%d", len(lines))
