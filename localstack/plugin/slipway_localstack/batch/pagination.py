"""Pages of a list: opaque tokens that hold the position of the next item."""

import base64
import binascii
from collections.abc import Sequence

from slipway_localstack.batch.errors import ClientException

_MARK = b"slipway:"
DEFAULT_PAGE = 100


def encode_token(position: int) -> str:
    """Return the token of the page that starts at that position."""
    return base64.urlsafe_b64encode(_MARK + str(position).encode()).decode()


def decode_token(token: str | None) -> int:
    """Return the position behind a token, 0 without one; refuses a token that was not made here."""
    if not token:
        return 0
    try:
        text = base64.urlsafe_b64decode(token.encode())
        if text.startswith(_MARK):
            return max(0, int(text[len(_MARK) :]))
    except (binascii.Error, ValueError):
        pass  # answered below, with the same words as a token of another service
    raise ClientException(f"invalid nextToken: {token}")


def page[Item](
    items: Sequence[Item], token: str | None, max_results: int | None, limit: int = DEFAULT_PAGE
) -> tuple[list[Item], str | None]:
    """Return one page and the token of the next one (None at the end). `maxResults` is 1 to `limit`."""
    if max_results is not None and not 1 <= max_results <= limit:
        raise ClientException(f"maxResults must be between 1 and {limit}, found {max_results}")
    start = decode_token(token)
    end = start + (max_results or limit)
    return list(items[start:end]), encode_token(end) if end < len(items) else None


def paged[Item](
    key: str, items: Sequence[Item], request: dict[str, object], limit: int = DEFAULT_PAGE
) -> dict[str, object]:
    """Return a response with one page under `key` and `nextToken` if there is more."""
    token, max_results = request.get("nextToken"), request.get("maxResults")
    chosen, following = page(
        items,
        token if isinstance(token, str) else None,
        max_results if isinstance(max_results, int) else None,
        limit,
    )
    return {key: chosen} | ({"nextToken": following} if following else {})
