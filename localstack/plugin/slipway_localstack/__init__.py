"""What LocalStack 4.14.0 (host mode) lacks to run Slipway on one machine.

LocalStack loads the parts by entry points (see pyproject.toml): the Lambda executor, the Batch provider,
CloudFormation types, and hooks that patch, each asserted at start, what upstream leaves out.
"""

__version__ = "0.1.0"
