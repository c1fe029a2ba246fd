"""Entry points of the types: LocalStack loads a class here by the type's name."""

from __future__ import annotations

import importlib

from localstack.services.cloudformation.resource_provider import CloudFormationResourceProviderPlugin


class TypePlugin(CloudFormationResourceProviderPlugin):
    """Loads one provider class on first use, to keep LocalStack's start short."""

    module: str
    provider: str

    def load(self, *_: object, **__: object) -> None:
        """Set the factory that CloudFormation calls."""
        self.factory = getattr(importlib.import_module(f"slipway_localstack.cfn.{self.module}"), self.provider)


class ComputeEnvironmentPlugin(TypePlugin):
    """AWS::Batch::ComputeEnvironment."""

    name, module, provider = "AWS::Batch::ComputeEnvironment", "batch", "ComputeEnvironment"


class JobQueuePlugin(TypePlugin):
    """AWS::Batch::JobQueue."""

    name, module, provider = "AWS::Batch::JobQueue", "batch", "JobQueue"


class JobDefinitionPlugin(TypePlugin):
    """AWS::Batch::JobDefinition."""

    name, module, provider = "AWS::Batch::JobDefinition", "batch", "JobDefinition"


class LaunchTemplatePlugin(TypePlugin):
    """AWS::EC2::LaunchTemplate."""

    name, module, provider = "AWS::EC2::LaunchTemplate", "network", "LaunchTemplate"


class SecurityGroupIngressPlugin(TypePlugin):
    """AWS::EC2::SecurityGroupIngress."""

    name, module, provider = "AWS::EC2::SecurityGroupIngress", "network", "SecurityGroupIngress"


class SecurityGroupEgressPlugin(TypePlugin):
    """AWS::EC2::SecurityGroupEgress."""

    name, module, provider = "AWS::EC2::SecurityGroupEgress", "network", "SecurityGroupEgress"


class DashboardPlugin(TypePlugin):
    """AWS::CloudWatch::Dashboard."""

    name, module, provider = "AWS::CloudWatch::Dashboard", "watching", "Dashboard"


class MetricFilterPlugin(TypePlugin):
    """AWS::Logs::MetricFilter."""

    name, module, provider = "AWS::Logs::MetricFilter", "watching", "MetricFilter"


class CustomResourcePlugin(TypePlugin):
    """AWS::CloudFormation::CustomResource and every Custom:: type."""

    name, module, provider = "AWS::CloudFormation::CustomResource", "custom_resource", "CustomResource"
