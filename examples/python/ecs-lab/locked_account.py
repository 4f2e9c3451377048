from collections.abc import Callable
from typing import Optional

from aws_cdk import App, CliCredentialsStackSynthesizer, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

# Where the templates are put for CloudFormation: a bucket of your own, since such an account cannot be bootstrapped.
ASSETS = "cdk-assets-${AWS::AccountId}-${AWS::Region}"


def app_for(build: Callable[[App], None]) -> App:
    """The app, and if the setting ``role`` names one, with that role in place of every role that ``build`` would make.

    For accounts in which nobody may make roles. What it has to allow is in ``cdk.out/iam-policy-report.txt`` after each synthesis.
    """
    # At its end the program would synthesize the trial as well, over what is to be deployed.
    trial = App(auto_synth=False)
    role = trial.node.try_get_context("role")
    if role is None:
        return trial
    build(trial)
    paths = [each.node.path for each in trial.node.find_all() if isinstance(each, iam.Role)]
    app = App(default_stack_synthesizer=CliCredentialsStackSynthesizer(file_assets_bucket_name=ASSETS))
    iam.Role.customize_roles(app, use_precreated_roles={path: role for path in [*paths, *_function_roles(trial)]})
    return app


def _function_roles(app: App) -> list[str]:
    """The CDK's function that empties buckets makes its role by itself."""
    stacks = [each for each in app.node.children if isinstance(each, Stack)]
    return [f"{stack.node.path}/Custom::S3AutoDeleteObjectsCustomResourceProvider/Role" for stack in stacks]


def host_profile(scope: Construct, role: Optional[str], instance_profile: Optional[str]) -> Optional[iam.IInstanceProfile]:
    """The instance profile that is there, for instances: the setting ``instanceProfile``, which has the role of the setting ``role``."""
    if instance_profile is None:
        return None
    if role is None:
        raise ValueError(f"instanceProfile is '{instance_profile}', but role is not set: deploy with -c role=… as well")
    return iam.InstanceProfile.from_instance_profile_attributes(
        scope, "HostProfile",
        instance_profile_arn=Stack.of(scope).format_arn(service="iam", region="", resource="instance-profile", resource_name=instance_profile),
        role=iam.Role.from_role_name(scope, "HostRole", role, mutable=False),
    )
