"""CloudWatch as Slipway needs it: metrics of Lambda, EMF lines as metrics, and the statistics of releases.

Flow: the executor hands every printed line to `emf` and every invocation to `invocations`; `publisher` puts the
values into LocalStack's CloudWatch; `patch` makes its queries exact and adds percentiles, `TC` and `PR`.
"""
