"""AWS Batch: the control plane as the API reference says, and jobs as processes of this machine.

Requests enter at `provider`, are checked in `validation`, change the records of `records` (kept per account
and region in `store`), and the `scheduler` moves jobs through their states and hands attempts to `runner`.
"""
