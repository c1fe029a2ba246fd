"""The nodes of multi-node parallel jobs: how many, which container each one has, and their records."""

import copy

from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.node_properties import MAX_NODES, node_range
from slipway_localstack.batch.records import Job, Json
from slipway_localstack.batch.references import substitute


def node_count(properties: Json, override: Json) -> int:
    """Return the number of nodes; an override needs a range that is open at its end, and room for the main node."""
    count = override.get("numNodes")
    if count is None:
        return int(properties["numNodes"])
    if not any(str(each["targetNodes"]).endswith(":") for each in properties["nodeRangeProperties"]):
        raise ClientException("nodeOverrides.numNodes needs a node range without an upper bound, for example 1:")
    if not isinstance(count, int) or not properties["mainNode"] < count <= MAX_NODES:
        least = properties["mainNode"] + 1
        raise ClientException(f"nodeOverrides.numNodes must be between {least} and {MAX_NODES}, found {count}")
    return count


def node_containers(properties: Json, override: Json) -> list[tuple[Json, list[Json]]]:
    """Return each node's container, of the last range that covers it, and the overrides that are meant for it."""
    count = node_count(properties, override)
    found: list[tuple[Json, list[Json]]] = [({}, []) for _ in range(count)]
    for each in properties["nodeRangeProperties"]:
        for index in node_range(each.get("targetNodes"), max(count, properties["numNodes"])):
            if index < count:
                found[index] = (each.get("container") or {}, [])
    for each in override.get("nodePropertyOverrides") or []:
        for index in node_range(each.get("targetNodes"), count):
            found[index][1].append(each.get("containerOverrides") or {})
    return found


def add_nodes(job: Job, containers: list[Json], main: int) -> None:
    """Give a job its nodes; the job itself shows the container of the main one."""
    for index, container in enumerate(containers):
        node = copy.copy(job)
        node.id, node.parent, node.node_index = f"{job.id}#{index}", job, index
        node.container = container | {"command": substitute(container.get("command") or [], job.parameters)}
        node.nodes, node.attempts, node.tags = [], [], dict(job.tags)
        job.nodes.append(node)
    job.container = copy.deepcopy(job.nodes[main].container)
    job.main_node = main
