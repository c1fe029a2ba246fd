"""Fair-share scheduling policies: create, describe, list, update, delete."""

from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.names import Place, resource_name
from slipway_localstack.batch.pagination import paged
from slipway_localstack.batch.records import Json, SchedulingPolicy
from slipway_localstack.batch.store import BatchStore
from slipway_localstack.batch.validation import SHARE, check_name, check_range, check_tags, require

KIND = "scheduling-policy"
MAX_DECAY_SECONDS = 604_800
MAX_RESERVATION = 99
MAX_SHARES = 500
LEAST_WEIGHT, MOST_WEIGHT = 0.0001, 999.9999


def find(store: BatchStore, arn: str) -> SchedulingPolicy | None:
    """Return the policy with that ARN, None if there is none."""
    name = resource_name(arn, KIND) if arn.startswith("arn:") else None
    found = store.scheduling_policies.get(name) if name else None
    return found if found and found.detail["arn"] == arn else None


def get(store: BatchStore, arn: str) -> SchedulingPolicy:
    """Return the policy with that ARN, or refuse."""
    found = find(store, arn)
    if found is None:
        raise ClientException(f"Scheduling policy {arn} does not exist")
    return found


def check_reference(store: BatchStore, arn: str) -> str:
    """Return a queue's policy ARN; refuses the ARN of a policy that does not exist.

    What is no ARN at all is kept as it is, and every share of the queue then has the weight 1: templates that are only
    being tried out name policies of other places.
    """
    return str(get(store, arn).detail["arn"]) if arn.startswith("arn:") else arn


def create(store: BatchStore, place: Place, request: Json) -> Json:
    """Create a policy."""
    require(request, "name")
    name = request["name"]
    check_name("name", name)
    check_tags(request.get("tags"))
    if name in store.scheduling_policies:
        raise ClientException(f"Scheduling policy {name} already exists")
    detail: Json = {
        "name": name,
        "arn": place.arn(KIND, name),
        "fairsharePolicy": _fair_share(request.get("fairsharePolicy")),
        "tags": dict(request.get("tags") or {}),
    }
    store.scheduling_policies[name] = SchedulingPolicy(name, detail)
    return {"name": name, "arn": detail["arn"]}


def _fair_share(given: Json | None) -> Json:
    policy: Json = {"shareDecaySeconds": 0, "computeReservation": 0, "shareDistribution": []} | (given or {})
    check_range("fairsharePolicy.shareDecaySeconds", policy["shareDecaySeconds"], 0, MAX_DECAY_SECONDS)
    check_range("fairsharePolicy.computeReservation", policy["computeReservation"], 0, MAX_RESERVATION)
    if len(policy["shareDistribution"]) > MAX_SHARES:
        raise ClientException(f"fairsharePolicy.shareDistribution can contain at most {MAX_SHARES} entries")
    for share in policy["shareDistribution"]:
        if not SHARE.match(share.get("shareIdentifier") or ""):
            raise ClientException(f"shareIdentifier must match the pattern {SHARE.pattern}")
        weight = share.get("weightFactor")
        if weight is not None and not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
            raise ClientException(f"weightFactor must be between {LEAST_WEIGHT} and {MOST_WEIGHT}, found {weight}")
    return policy


def describe(store: BatchStore, request: Json) -> Json:
    """Describe the policies with the given ARNs; unknown ones are left out."""
    require(request, "arns")
    found = [policy.detail for arn in request["arns"] if (policy := find(store, arn))]
    return {"schedulingPolicies": found}


def listed(store: BatchStore, request: Json) -> Json:
    """List the ARNs of all policies."""
    arns = [{"arn": store.scheduling_policies[name].detail["arn"]} for name in sorted(store.scheduling_policies)]
    return paged("schedulingPolicies", arns, request)


def update(store: BatchStore, request: Json) -> Json:
    """Replace a policy's fair share."""
    require(request, "arn")
    policy = get(store, request["arn"])
    policy.detail["fairsharePolicy"] = _fair_share(request.get("fairsharePolicy"))
    return {}


def delete(store: BatchStore, request: Json) -> Json:
    """Delete a policy that no queue uses; deleting an unknown one does nothing."""
    require(request, "arn")
    policy = find(store, request["arn"])
    if policy is None:
        return {}
    users = [q.name for q in store.job_queues.values() if q.detail.get("schedulingPolicyArn") == request["arn"]]
    if users:
        raise ClientException(f"Cannot delete, scheduling policy is used by job queue {', '.join(users)}")
    del store.scheduling_policies[policy.name]
    return {}
