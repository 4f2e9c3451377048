"""Types of EC2 and EFS that MiniStack lacks or drops half of, each by its own API."""
import ministack.services.ec2 as ec2_store

from api import client, only
from types_registry import handles


def permission(rule):
    """A rule as CloudFormation writes it, in the words of EC2's API."""
    made = {"IpProtocol": str(rule.get("IpProtocol", "tcp"))}
    for key in ("FromPort", "ToPort"):
        if key in rule:
            made[key] = int(rule[key])
    note = only(rule, "Description")
    group = rule.get("SourceSecurityGroupId") or rule.get("DestinationSecurityGroupId")
    prefix = rule.get("SourcePrefixListId") or rule.get("DestinationPrefixListId")
    if group:
        made["UserIdGroupPairs"] = [{"GroupId": group, **note}]
    if prefix:
        made["PrefixListIds"] = [{"PrefixListId": prefix, **note}]
    if "CidrIp" in rule:
        made["IpRanges"] = [{"CidrIp": rule["CidrIp"], **note}]
    if "CidrIpv6" in rule:
        made["Ipv6Ranges"] = [{"CidrIpv6": rule["CidrIpv6"], **note}]
    return made


def authorize(group, rule, egress):
    ec2 = client("ec2")
    ask = ec2.authorize_security_group_egress if egress else ec2.authorize_security_group_ingress
    known = {one["SecurityGroupRuleId"] for one in rules_of(group, egress)}
    answer = ask(GroupId=group, IpPermissions=[permission(rule)])["SecurityGroupRules"][0]["SecurityGroupRuleId"]
    if answer in known:
        raise ValueError(f"InvalidPermission.Duplicate: the specified rule already exists in {group}")
    return answer


def revoke(group, ids, egress):
    ec2 = client("ec2")
    if ids:
        (ec2.revoke_security_group_egress if egress else ec2.revoke_security_group_ingress)(GroupId=group, SecurityGroupRuleIds=ids)


def rules_of(group, egress):
    answer = client("ec2").describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    return [one for one in answer["SecurityGroupRules"] if one["IsEgress"] == egress]


@handles("AWS::EC2::SecurityGroup")
class SecurityGroup:
    """MiniStack ignores inline egress and IPv6; without inline egress AWS leaves the rule that lets everything out."""

    def create(it):
        made = client("ec2").create_security_group(
            GroupName=it.generated(it.props.get("GroupName"), limit=255), Description=it.props["GroupDescription"], VpcId=it.props["VpcId"])
        group = made["GroupId"]
        if it.props.get("SecurityGroupEgress"):
            revoke(group, [one["SecurityGroupRuleId"] for one in rules_of(group, True)], True)
        SecurityGroup._put(group, it.props)
        return group, {"GroupId": group, "Id": group, "VpcId": it.props["VpcId"]}

    def update(it):
        for key, egress in (("SecurityGroupIngress", False), ("SecurityGroupEgress", True)):
            before, after = it.before.get(key, []), it.props.get(key, [])
            for rule in (one for one in before if one not in after):
                wanted = permission(rule)
                ec2 = client("ec2")
                (ec2.revoke_security_group_egress if egress else ec2.revoke_security_group_ingress)(GroupId=it.physical, IpPermissions=[wanted])
            for rule in (one for one in after if one not in before):
                authorize(it.physical, rule, egress)

    def delete(it):
        client("ec2").delete_security_group(GroupId=it.physical)

    @staticmethod
    def _put(group, props):
        for rule in props.get("SecurityGroupIngress", []):
            authorize(group, rule, False)
        for rule in props.get("SecurityGroupEgress", []):
            authorize(group, rule, True)


class _Rule:
    egress = False

    def create(it):
        rule = authorize(it.props["GroupId"], it.props, _direction(it))
        return rule, {"Id": rule}

    def update(it):
        revoke(it.before["GroupId"], [it.physical], _direction(it))
        authorize(it.props["GroupId"], it.props, _direction(it))

    def delete(it):
        revoke(it.props["GroupId"], [it.physical], _direction(it))


def _direction(subject):
    return subject.kind.endswith("Egress")


handles("AWS::EC2::SecurityGroupIngress")(type("SecurityGroupIngress", (_Rule,), {}))
handles("AWS::EC2::SecurityGroupEgress")(type("SecurityGroupEgress", (_Rule,), {}))


@handles("AWS::EC2::EIP")
class ElasticIp:
    def create(it):
        made = client("ec2").allocate_address(Domain="vpc")
        return made["PublicIp"], {"AllocationId": made["AllocationId"], "PublicIp": made["PublicIp"]}

    def delete(it):
        client("ec2").release_address(AllocationId=it.attributes["AllocationId"])


@handles("AWS::EC2::NatGateway")
class NatGateway:
    def create(it):
        wanted = only(it.props, "SubnetId", "AllocationId", "ConnectivityType")
        nat = client("ec2").create_nat_gateway(**wanted)["NatGateway"]["NatGatewayId"]
        return nat, {"NatGatewayId": nat}

    def delete(it):
        client("ec2").delete_nat_gateway(NatGatewayId=it.physical)


@handles("AWS::EC2::FlowLog")
class FlowLog:
    def create(it):
        wanted = only(it.props, "ResourceType", "TrafficType", "LogDestinationType", "LogDestination", "LogGroupName")
        made = client("ec2").create_flow_logs(ResourceIds=[it.props["ResourceId"]], **wanted)["FlowLogIds"][0]
        return made, {"Id": made}

    def delete(it):
        client("ec2").delete_flow_logs(FlowLogIds=[it.physical])


@handles("AWS::EC2::VPC")
class Vpc:
    """MiniStack leaves the default group, network ACL and route table of a deleted VPC behind."""

    def create(it):
        from ministack.services.cloudformation import provisioners
        return provisioners._ec2_vpc_create(it.logical_id, it.props, it.stack)

    def update(it):
        return None

    def delete(it):
        vpc = ec2_store._vpcs.pop(it.physical)
        ec2_store._security_groups.pop(vpc["DefaultSecurityGroupId"], None)
        ec2_store._network_acls.pop(vpc["DefaultNetworkAclId"], None)
        ec2_store._route_tables.pop(vpc["MainRouteTableId"], None)


@handles("AWS::EC2::LaunchTemplate")
class LaunchTemplate:
    def create(it):
        from ministack.services.cloudformation import provisioners
        named = {**it.props, "LaunchTemplateName": it.generated(it.props.get("LaunchTemplateName"))}
        return provisioners._ec2_launch_template_create(it.seed, named, it.stack)

    def update(it):
        answer = client("ec2").create_launch_template_version(LaunchTemplateId=it.physical, LaunchTemplateData={})
        number = answer["LaunchTemplateVersion"]["VersionNumber"]
        stored = ec2_store._launch_templates[it.physical]
        stored["Versions"][-1]["LaunchTemplateData"] = it.props.get("LaunchTemplateData", {})
        return {**it.attributes, "LatestVersionNumber": str(number)}


@handles("AWS::EFS::FileSystem")
class FileSystem:
    def create(it):
        wanted = only(it.props, "PerformanceMode", "ThroughputMode", "Encrypted", "KmsKeyId", "ProvisionedThroughputInMibps")
        efs = client("efs")
        made = efs.create_file_system(CreationToken=it.generated(), Tags=it.props.get("FileSystemTags", []), **wanted)
        FileSystem._policies(made["FileSystemId"], it.props)
        return made["FileSystemId"], {"FileSystemId": made["FileSystemId"], "Arn": made["FileSystemArn"]}

    def update(it):
        if {"ThroughputMode", "ProvisionedThroughputInMibps"} & it.changed():
            client("efs").update_file_system(FileSystemId=it.physical, **only(it.props, "ThroughputMode", "ProvisionedThroughputInMibps"))
        FileSystem._policies(it.physical, it.props)

    def delete(it):
        client("efs").delete_file_system(FileSystemId=it.physical)

    @staticmethod
    def _policies(file_system, props):
        efs = client("efs")
        if "LifecyclePolicies" in props:
            efs.put_lifecycle_configuration(FileSystemId=file_system, LifecyclePolicies=props["LifecyclePolicies"])
        if "BackupPolicy" in props:
            efs.put_backup_policy(FileSystemId=file_system, BackupPolicy=props["BackupPolicy"])


@handles("AWS::EFS::MountTarget")
class MountTarget:
    def create(it):
        made = client("efs").create_mount_target(**only(it.props, "FileSystemId", "SubnetId", "SecurityGroups"))
        return made["MountTargetId"], {"Id": made["MountTargetId"], "IpAddress": made["IpAddress"]}

    def update(it):
        client("efs").modify_mount_target_security_groups(MountTargetId=it.physical, SecurityGroups=it.props["SecurityGroups"])

    def delete(it):
        client("efs").delete_mount_target(MountTargetId=it.physical)


@handles("AWS::EFS::AccessPoint")
class AccessPoint:
    def create(it):
        made = client("efs").create_access_point(ClientToken=it.generated(), **only(it.props, "FileSystemId", "PosixUser", "RootDirectory"))
        return made["AccessPointId"], {"AccessPointId": made["AccessPointId"], "Arn": made["AccessPointArn"]}

    def delete(it):
        client("efs").delete_access_point(AccessPointId=it.physical)
