"""Asks a model as two clients of another language would: Triton's Open Inference Protocol client, and urllib.

Usage: oip_client.py URL MODEL HEADERS REQUEST

URL is the model's base address without a slash at the end, HEADERS a JSON object of what every request carries,
REQUEST an infer request (JSON) with one FP32 input of two rows or more. Prints one JSON object of what was answered.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from typing import Any

import numpy
from tritonclient.http import InferenceServerClient, InferInput, InferRequestedOutput

_OUTPUTS = ("label", "probabilities")


def ask_by_triton(url: str, model: str, headers: dict[str, str], request: dict[str, Any]) -> dict[str, Any]:
    """Ask everything that the protocol has, rows one by one and together, in the protocol's JSON form."""
    given = request["inputs"][0]
    rows = numpy.array(given["data"], dtype=numpy.float32).reshape(given["shape"])
    with InferenceServerClient(url.removeprefix("http://")) as client:
        return {
            "live": client.is_server_live(headers=headers),
            "ready": client.is_server_ready(headers=headers),
            "modelReady": client.is_model_ready(model, headers=headers),
            "server": client.get_server_metadata(headers=headers),
            "model": client.get_model_metadata(model, headers=headers),
            "single": [_infer(client, model, headers, given["name"], row[numpy.newaxis]) for row in rows],
            "batch": _infer(client, model, headers, given["name"], rows),
        }


def _infer(
    client: InferenceServerClient, model: str, headers: dict[str, str], name: str, rows: numpy.ndarray
) -> dict[str, Any]:
    tensor = InferInput(name, list(rows.shape), "FP32")
    tensor.set_data_from_numpy(rows, binary_data=False)
    wanted = [InferRequestedOutput(output, binary_data=False) for output in _OUTPUTS]
    result = client.infer(model, [tensor], outputs=wanted, headers=headers, request_id="triton-1")
    answer = {output: result.as_numpy(output).tolist() for output in _OUTPUTS}
    return answer | {"id": result.get_response()["id"]}


def ask_by_urllib(url: str, model: str, headers: dict[str, str], request: dict[str, Any]) -> dict[str, Any]:
    """Send the request with nothing but the standard library."""
    call = urllib.request.Request(  # noqa: S310 - the address is the model's
        f"{url}/v2/models/{model}/infer",
        data=json.dumps(request).encode(),
        headers=headers | {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(call, timeout=60) as reply:  # noqa: S310
        return {"status": reply.status, "reply": json.load(reply)}


def main() -> None:
    """Read the arguments, ask, print."""
    url, model, headers, request = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), json.loads(sys.argv[4])
    answer = {
        "triton": ask_by_triton(url, model, headers, request),
        "urllib": ask_by_urllib(url, model, headers, request),
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
