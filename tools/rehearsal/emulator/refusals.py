"""What AWS refuses and MiniStack lets pass: before a change, before a deletion, and about names and exports."""
import json

import ministack.services.cloudformation as cfn

import spec
from refusals_of_services import BEFORE_CHANGE, BEFORE_DELETION

# The property that fixes a name, where a type has one: a second resource of that name is refused.
NAMES = {
    "AWS::AutoScaling::AutoScalingGroup": "AutoScalingGroupName", "AWS::CloudWatch::Alarm": "AlarmName", "AWS::CloudWatch::CompositeAlarm": "AlarmName",
    "AWS::CloudWatch::Dashboard": "DashboardName", "AWS::CodeBuild::Project": "Name", "AWS::CodePipeline::Pipeline": "Name",
    "AWS::EC2::LaunchTemplate": "LaunchTemplateName", "AWS::ECR::Repository": "RepositoryName", "AWS::ECS::CapacityProvider": "Name",
    "AWS::ECS::Cluster": "ClusterName", "AWS::ElasticLoadBalancingV2::LoadBalancer": "Name", "AWS::ElasticLoadBalancingV2::TargetGroup": "Name",
    "AWS::Events::Rule": "Name", "AWS::IAM::InstanceProfile": "InstanceProfileName", "AWS::IAM::Role": "RoleName", "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::RDS::DBCluster": "DBClusterIdentifier", "AWS::RDS::DBClusterParameterGroup": "DBClusterParameterGroupName",
    "AWS::RDS::DBInstance": "DBInstanceIdentifier", "AWS::RDS::DBParameterGroup": "DBParameterGroupName", "AWS::RDS::DBSubnetGroup": "DBSubnetGroupName",
    "AWS::S3::Bucket": "BucketName", "AWS::SNS::Topic": "TopicName", "AWS::SQS::Queue": "QueueName", "AWS::SSM::Parameter": "Name",
    "AWS::Scheduler::Schedule": "Name", "AWS::SecretsManager::Secret": "Name",
}
# Names of these are unique within a parent alone.
WITHIN = {
    "AWS::ECS::Service": ("ServiceName", "Cluster"), "AWS::ServiceDiscovery::Service": ("Name", "NamespaceId"),
    "AWS::ServiceDiscovery::PrivateDnsNamespace": ("Name", "Vpc"), "AWS::EC2::SecurityGroup": ("GroupName", "VpcId"),
    "AWS::ApplicationAutoScaling::ScalableTarget": ("ResourceId", "ScalableDimension"), "AWS::ECS::ClusterCapacityProviderAssociations": ("Cluster", "Cluster"),
}
_claimed = {}


def _claim_of(kind, props):
    if kind in WITHIN:
        name, parent = WITHIN[kind]
        return (kind, props[name], str(props.get(parent))) if name in props else None
    name = NAMES.get(kind)
    return (kind, props[name], "") if name in props else None


def claim(record):
    key = _claim_of(record["ResourceType"], record["Properties"])
    if key is not None:
        _claimed[key] = record["PhysicalResourceId"]


def release(record):
    key = _claim_of(record["ResourceType"], record["Properties"])
    if _claimed.get(key) == record["PhysicalResourceId"]:
        del _claimed[key]


def attributes_exist(definition, records):
    """Of MiniStack's resolver one gets the name of the resource where it knows no such attribute."""
    for logical_id, attribute in _attributes_asked(definition):
        record = records.get(logical_id)
        if record is None or attribute in record["Attributes"]:
            continue
        known = spec.attributes(record["ResourceType"])
        if known is not None and attribute.split(".")[0] not in {one.split(".")[0] for one in known}:
            raise ValueError(f"Template error: resource {logical_id} does not support attribute type {attribute} in Fn::GetAtt")
        raise ValueError(f"the rehearsal has no {attribute} for {record['ResourceType']} yet")


def _attributes_asked(value):
    if isinstance(value, list):
        for one in value:
            yield from _attributes_asked(one)
    elif isinstance(value, dict):
        asked = value.get("Fn::GetAtt")
        if asked:
            yield tuple(asked.split(".", 1)) if isinstance(asked, str) else tuple(asked)
        for one in value.values():
            yield from _attributes_asked(one)


def before_change(subject):
    reason = spec.misfit(subject.kind, subject.props)
    if reason:
        raise ValueError(reason)
    key = _claim_of(subject.kind, subject.props)
    taken = _claimed.get(key)
    if taken is not None and (subject.old is None or subject.physical != taken):
        raise ValueError(f"{key[1]} already exists")
    check = BEFORE_CHANGE.get(subject.kind)
    if check:
        check(subject)


def custom_name(subject):
    """A replacement is made before the old one goes, so a name that stays is taken."""
    key = _claim_of(subject.kind, subject.props)
    if key is not None and key == _claim_of(subject.kind, subject.before):
        raise ValueError(f"CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename {key[1]} and update the stack again.")


def before_deletion(subject):
    check = BEFORE_DELETION.get(subject.kind)
    if check:
        check(subject)


def export_in_use(stack_name, outputs, before):
    """An export that another stack imports can neither go nor change."""
    now = {one["ExportName"]: one["OutputValue"] for one in outputs if "ExportName" in one}
    for one in before:
        name = one.get("ExportName")
        if name is None or now.get(name) == one["OutputValue"]:
            continue
        for other, stack in cfn._stacks.items():
            if other != stack_name and stack["StackStatus"] != "DELETE_COMPLETE" and json.dumps(name) in json.dumps(stack.get("_template", {})):
                verb = "updated" if name in now else "deleted"
                raise ValueError(f"Export {name} cannot be {verb} as it is in use by {other}")
