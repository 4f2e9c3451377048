from aws_cdk import Acknowledgment, RemovalPolicy, Validations
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct


def generated_password(scope: Construct, id: str, *, description: str, removal_policy: RemovalPolicy, reason: str) -> secretsmanager.Secret:
    """A password that nobody has typed and no template shows. ``reason`` says why it is not rotated."""
    secret = secretsmanager.Secret(
        scope, id,
        description=description,
        # The images put it between quotes of SQL and of shells.
        generate_secret_string=secretsmanager.SecretStringGenerator(exclude_punctuation=True, password_length=48),
        removal_policy=removal_policy,
    )
    Validations.of(secret).acknowledge(Acknowledgment(id="AwsSolutions-SMG4", reason=reason))
    return secret
