"""HTTP under /_slipway/batch: settings while LocalStack runs, a Spot reclaim on demand, and a fresh start."""

from typing import Any

from localstack.http import Request, Response, route

from slipway_localstack.batch.provider import BatchProvider
from slipway_localstack.batch.settings import Settings, SettingsError


def _answer(body: dict[str, Any], code: int = 200) -> Response:
    response = Response(status=code)
    response.set_json(body)
    return response


class SettingsEndpoint:
    """The routes."""

    def __init__(self, provider: BatchProvider) -> None:
        self._provider = provider

    @route("/_slipway/batch/settings", methods=["GET"])
    def read(self, _request: Request, **_: object) -> Response:
        """Show the settings in force."""
        return _answer(self._provider.settings.get().to_json())

    @route("/_slipway/batch/settings", methods=["PUT"])
    def change(self, request: Request, **_: object) -> Response:
        """Change the settings that the body names."""
        return self._changed(request.get_json(force=True, silent=True))

    @route("/_slipway/batch/images", methods=["PUT"])
    def change_images(self, request: Request, **_: object) -> Response:
        """Replace the map of image names to argument lists."""
        return self._changed({"images": request.get_json(force=True, silent=True)})

    def _changed(self, values: object) -> Response:
        if not isinstance(values, dict):
            return _answer({"error": "BATCH_SETTING_INVALID: expected a JSON object as body"}, 400)
        try:
            settings: Settings = self._provider.settings.change(values)
        except SettingsError as error:
            return _answer({"error": str(error)}, 400)
        return _answer(settings.to_json())

    @route("/_slipway/batch/reset", methods=["POST"])
    @route("/moto-api/reset", methods=["POST"])
    def reset(self, _request: Request, **_: object) -> Response:
        """Forget everything of Batch. The second path is the one that tests written for moto call between tests."""
        self._provider.reset()
        return _answer({"status": "ok"})

    @route("/_slipway/batch/reclaim/<job_id>", methods=["POST"])
    def reclaim(self, _request: Request, job_id: str, **_: object) -> Response:
        """End a running attempt as if its Spot instance had been reclaimed."""
        job = self._provider.find_job(job_id)
        if job is None or not self._provider.scheduler.reclaim(job):
            return _answer({"error": f"BATCH_JOB_NOT_RUNNING: no running job has the id {job_id}"}, 404)
        return _answer({"jobId": job_id})
