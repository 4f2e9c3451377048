"""MiniStack's own API, asked over HTTP from the thread in which a stack is deployed: the way a caller would ask it."""
import os
import re

import boto3
from botocore.config import Config
from ministack.core.responses import get_account_id, get_region

_clients = {}
# What the templates hold is what CloudFormation would convert (numbers as text, say); the SDK's own check would refuse that.
_CONFIG = Config(parameter_validation=False, retries={"max_attempts": 1}, s3={"addressing_style": "path"})


def client(service):
    key = (service, get_region())
    if key not in _clients:
        _clients[key] = boto3.client(
            service, region_name=get_region(), endpoint_url=f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
            aws_access_key_id="rehearsal", aws_secret_access_key="rehearsal", config=_CONFIG,
        )
    return _clients[key]


def arn(service, resource, region=None):
    return f"arn:aws:{service}:{get_region() if region is None else region}:{get_account_id()}:{resource}"


def camel(value):
    """Keys as ECS writes them: `ContainerName` becomes `containerName`, `EFSVolumeConfiguration` `efsVolumeConfiguration`."""
    if isinstance(value, list):
        return [camel(one) for one in value]
    if isinstance(value, dict):
        return {_ODD.get(key) or _START.sub(lambda found: found.group().lower(), key): camel(one) for key, one in value.items()}
    return value


# Where CloudFormation and ECS do not write a word alike.
_ODD = {"FilesystemId": "fileSystemId", "PlacementStrategies": "placementStrategy"}
_START = re.compile(r"^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]")


def only(props, *names):
    return {name: props[name] for name in names if props.get(name) not in (None, "", [])}


def lower_tags(props):
    return [{"key": tag["Key"], "value": str(tag["Value"])} for tag in props.get("Tags", [])]
