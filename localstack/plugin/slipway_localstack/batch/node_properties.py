"""Node properties of multi-node parallel jobs: their rules, and the container of the main node."""

from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.records import Json

MAX_NODES = 1000


def check_node_properties(properties: Json | None) -> None:
    """Refuse node properties whose ranges do not cover every node or whose main node is not one of them."""
    if not properties:
        raise ClientException("nodeProperties must be provided for a multinode job definition")
    count, main = properties.get("numNodes"), properties.get("mainNode")
    if not isinstance(count, int) or not 1 <= count <= MAX_NODES:
        raise ClientException(f"nodeProperties.numNodes must be between 1 and {MAX_NODES}, found {count}")
    if not isinstance(main, int) or not 0 <= main < count:
        raise ClientException(f"nodeProperties.mainNode must be between 0 and {count - 1}, found {main}")
    ranges = properties.get("nodeRangeProperties") or []
    covered = {index for each in ranges for index in node_range(each.get("targetNodes"), count)}
    missing = sorted(set(range(count)) - covered)
    if missing:
        raise ClientException(f"nodeRangeProperties must cover every node, node {missing[0]} is not covered")


def node_range(text: str | None, count: int) -> range:
    """Return the nodes of `0:3`, `:3`, `4:` or `2`; refuses what lies outside 0 to count - 1."""
    start, colon, end = (text or "").partition(":")
    try:
        first = int(start) if start else 0
        last = first if not colon else int(end) if end else count - 1
    except ValueError:
        raise ClientException(f"targetNodes must look like 0:3, found '{text}'") from None
    if not text or not 0 <= first <= last < count:
        raise ClientException(f"targetNodes is out of bounds for {count} nodes, found '{text}'")
    return range(first, last + 1)


def main_container(properties: Json) -> Json:
    """Return the container of the main node: the last range that covers it wins."""
    found: Json = {}
    for each in properties["nodeRangeProperties"]:
        if properties["mainNode"] in node_range(each.get("targetNodes"), properties["numNodes"]):
            found = each.get("container") or {}
    return found
