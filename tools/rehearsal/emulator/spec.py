"""What CloudFormation knows of each type, read from the data that the CDK command carries (`db.json.gz`)."""
import gzip
import json
import os

_types = {}


def load():
    with gzip.open(os.environ["REHEARSAL_SPEC"]) as packed:
        entities = json.load(packed)["schema"]["resource"]["entities"]
    for entity in entities:
        _types[entity["cloudFormationType"]] = entity


def _properties(resource_type):
    return _types.get(resource_type, {}).get("properties", {})


def attributes(resource_type):
    entity = _types.get(resource_type)
    return None if entity is None else set(entity.get("attributes", {})) | set(entity.get("properties", {}))


def replaces(resource_type, changed):
    """Of the changed properties, those that CloudFormation cannot change in place."""
    known = _properties(resource_type)
    return sorted(name for name in changed if known.get(name, {}).get("causesReplacement") == "yes")


def misfit(resource_type, props):
    """Why CloudFormation refuses the properties before it asks the service, or nothing."""
    known = _properties(resource_type)
    if not known:
        return None
    unknown = sorted(set(props) - set(known))
    if unknown:
        return f"Encountered unsupported property {unknown[0]}"
    missing = sorted(name for name, one in known.items() if one.get("required") and name not in props)
    return f"Property {missing[0]} cannot be empty." if missing else None
