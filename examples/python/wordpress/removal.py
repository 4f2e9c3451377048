from aws_cdk import RemovalPolicy

POLICIES = {"retain": RemovalPolicy.RETAIN, "snapshot": RemovalPolicy.SNAPSHOT, "destroy": RemovalPolicy.DESTROY}


class Removal:
    """What ``cdk destroy`` leaves in the account: everything (``retain``), a last copy of the data (``snapshot``), or nothing (``destroy``)."""

    def __init__(self, setting: str) -> None:
        if setting not in POLICIES:
            raise ValueError(f"removalPolicy is '{setting}', but must be retain, snapshot or destroy: deploy with -c removalPolicy=retain")
        # Of databases on RDS.
        self.database = POLICIES[setting]
        # Of files, and of the passwords of what is in them. CloudFormation takes no snapshot of EFS: there the file system itself is the last copy.
        self.files = RemovalPolicy.DESTROY if setting == "destroy" else RemovalPolicy.RETAIN
        # Of what can be made again: images, logs, what a pipeline hands on.
        self.rest = RemovalPolicy.RETAIN if setting == "retain" else RemovalPolicy.DESTROY
        # Whether load balancers and databases refuse to be deleted, and instances wait for their tasks.
        self.protection = setting == "retain"
