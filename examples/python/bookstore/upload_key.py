from aws_cdk import Acknowledgment, CfnOutput, RemovalPolicy, Stack, Validations
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_secretsmanager as secretsmanager


def upload_key(stack: Stack, removal_policy: RemovalPolicy) -> ecs.Secret:
    """What a writer has to know, or anybody on the internet could fill the files. Nobody has typed it, and no template shows it."""
    key = secretsmanager.Secret(
        stack, "UploadKey",
        description="What a writer has to know",
        generate_secret_string=secretsmanager.SecretStringGenerator(exclude_punctuation=True, password_length=32),
        removal_policy=removal_policy,
    )
    reason = "Its writers would have to be told each time; whoever wants another one replaces it by hand."
    Validations.of(key).acknowledge(Acknowledgment(id="AwsSolutions-SMG4", reason=reason))
    CfnOutput(stack, "UploadKeySecret", value=key.secret_name)
    return ecs.Secret.from_secrets_manager(key)
