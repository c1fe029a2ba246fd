"""Pages of a list: a token holds the position of the next item."""

from collections.abc import Sequence

from slipway_localstack.batch.errors import ClientException

DEFAULT_PAGE = 100


def decode_token(token: str | None) -> int:
    """Return the position behind a token, 0 without one; refuses what is no position."""
    if not token:
        return 0
    if not (token.isascii() and token.isdigit()):
        raise ClientException(f"invalid nextToken: {token}")
    return int(token)


def page[Item](
    items: Sequence[Item], token: str | None, max_results: int | None, limit: int = DEFAULT_PAGE
) -> tuple[list[Item], str | None]:
    """Return one page and the token of the next one (None at the end). `maxResults` is 1 to `limit`."""
    if max_results is not None and not 1 <= max_results <= limit:
        raise ClientException(f"maxResults must be between 1 and {limit}, found {max_results}")
    start = decode_token(token)
    end = start + (max_results or limit)
    return list(items[start:end]), str(end) if end < len(items) else None


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
