"""CloudFormation types that LocalStack 4.14.0 lacks and that Slipway's stacks and their neighbours hold.

Flow: CloudFormation finds a type by entry point (`plugins`), its provider turns the properties into API arguments
(`arguments`) and calls the service that LocalStack emulates. Nothing outside this package imports it.
"""
