"""Bodies and headers of what the gateway answers by itself."""

from __future__ import annotations

from slipway_localstack.patches.gateway_answers import body, headers


def test_body_with_variables_is_filled_in() -> None:
    error = {"message": 'no "key"', "responseType": "INVALID_API_KEY"}

    assert body('{"error":"REFUSED ($context.error.responseType)"}', error) == '{"error":"REFUSED (INVALID_API_KEY)"}'
    assert body('{"message":$context.error.messageString}', error) == '{"message":"no \\"key\\""}'
    assert body('{"error":"$context.error.nothing"}', error) == '{"error":""}'


def test_headers_with_fixed_text_are_set_and_others_left_out() -> None:
    parameters = {
        "gatewayresponse.header.Retry-After": "'5'",
        "gatewayresponse.header.Origin": "method.request.header.Origin",
        "other": "'x'",
    }

    assert headers(parameters) == {"Retry-After": "5"}
