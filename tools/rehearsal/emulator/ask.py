"""What is there, asked through the AWS SDK as an operator would. A line of JSON in (`["state"]`, see `ANSWERS`), a line of JSON out."""
import functools
import json
import sys

import boto3
from botocore.config import Config

_CONFIG = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 2})


@functools.lru_cache
def ask(service):
    return boto3.client(service, config=_CONFIG)


def listed(service, operation, key, **arguments):
    client = ask(service)
    if client.can_paginate(operation):
        return [one for page in client.get_paginator(operation).paginate(**arguments) for one in page.get(key, [])]
    return getattr(client, operation)(**arguments)[key]


def rules(group):
    made = []
    for side, permissions in (("in", group["IpPermissions"]), ("out", group["IpPermissionsEgress"])):
        for one in permissions:
            peers = [part["CidrIp"] for part in one.get("IpRanges", [])] + [part["CidrIpv6"] for part in one.get("Ipv6Ranges", [])]
            peers += [part["GroupId"] for part in one.get("UserIdGroupPairs", [])]
            ports = [one.get("FromPort", 0), one.get("ToPort", 65535)] if one["IpProtocol"] == "tcp" else [0, 65535]
            made += [{"side": side, "protocol": one["IpProtocol"], "peer": peer, "from": ports[0], "to": ports[1]} for peer in peers]
    return sorted(made, key=json.dumps)


def network():
    groups = {one["GroupId"]: {"name": one["GroupName"], "rules": rules(one)} for one in listed("ec2", "describe_security_groups", "SecurityGroups")}
    tables = [one for one in listed("ec2", "describe_route_tables", "RouteTables")]
    routes = {}
    for table in tables:
        ways = [one.get("NatGatewayId") or one.get("GatewayId") for one in table["Routes"] if one.get("DestinationCidrBlock") == "0.0.0.0/0"]
        routes.update({one["SubnetId"]: ways for one in table["Associations"] if "SubnetId" in one})
    nats = [one["NatGatewayId"] for one in listed("ec2", "describe_nat_gateways", "NatGateways") if one["State"] == "available"]
    return {"groups": groups, "waysOut": routes, "nats": nats}


def endpoints():
    """The groups and subnets of whatever has a network interface, by physical id."""
    made = {}
    for one in listed("elbv2", "describe_load_balancers", "LoadBalancers"):
        made[one["LoadBalancerArn"]] = {"groups": one.get("SecurityGroups", []), "subnets": [zone["SubnetId"] for zone in one.get("AvailabilityZones", [])]}
    for one in listed("autoscaling", "describe_auto_scaling_groups", "AutoScalingGroups"):
        template = one.get("LaunchTemplate", {})
        versions = ask("ec2").describe_launch_template_versions(LaunchTemplateId=template["LaunchTemplateId"])["LaunchTemplateVersions"] if template else []
        data = next((part["LaunchTemplateData"] for part in versions if str(part["VersionNumber"]) == str(template["Version"])), {})
        made[one["AutoScalingGroupName"]] = {"groups": data.get("SecurityGroupIds", []), "subnets": one["VPCZoneIdentifier"].split(",")}
    for cluster in listed("ecs", "list_clusters", "clusterArns"):
        hosts = hosts_of(cluster, made)
        names = listed("ecs", "list_services", "serviceArns", cluster=cluster)
        for start in range(0, len(names), 10):
            for one in ask("ecs").describe_services(cluster=cluster, services=names[start:start + 10])["services"]:
                vpc = one.get("networkConfiguration", {}).get("awsvpcConfiguration", {})
                made[one["serviceArn"]] = {"groups": vpc["securityGroups"], "subnets": vpc["subnets"]} if vpc else hosts
    for one in listed("efs", "describe_file_systems", "FileSystems"):
        mounts = listed("efs", "describe_mount_targets", "MountTargets", FileSystemId=one["FileSystemId"])
        held = [ask("efs").describe_mount_target_security_groups(MountTargetId=mount["MountTargetId"])["SecurityGroups"] for mount in mounts]
        made[one["FileSystemId"]] = {"groups": sorted({name for part in held for name in part}), "subnets": [mount["SubnetId"] for mount in mounts]}
    for kind, key in (("db_instances", "DBInstance"), ("db_clusters", "DBCluster")):
        for one in listed("rds", f"describe_{kind}", f"{key}s"):
            groups = [part["VpcSecurityGroupId"] for part in one.get("VpcSecurityGroups", [])]
            made[one[f"{key}Identifier"]] = {"groups": groups, "subnets": []}
    for one in listed("scheduler", "list_schedules", "Schedules"):
        target = ask("scheduler").get_schedule(Name=one["Name"])["Target"]
        vpc = target.get("EcsParameters", {}).get("NetworkConfiguration", {}).get("awsvpcConfiguration", {})
        made[one["Name"]] = {"groups": vpc.get("SecurityGroups", []), "subnets": vpc.get("Subnets", [])}
    return made


def hosts_of(cluster, groups):
    """Tasks without a network interface of their own have that of the instance they are on."""
    found = ask("ecs").describe_clusters(clusters=[cluster])["clusters"][0].get("capacityProviders", [])
    providers = ask("ecs").describe_capacity_providers(capacityProviders=found)["capacityProviders"] if found else []
    names = [one["autoScalingGroupProvider"].get("autoScalingGroupArn", "").split("/")[-1] for one in providers if one.get("autoScalingGroupProvider")]
    return next((groups[name] for name in names if name in groups), {"groups": [], "subnets": []})


def records():
    made = []
    for zone in listed("route53", "list_hosted_zones", "HostedZones"):
        found = listed("route53", "list_resource_record_sets", "ResourceRecordSets", HostedZoneId=zone["Id"])
        made += [f"{one['Name']} {one['Type']}" for one in found if one["Type"] not in ("NS", "SOA")]
    return sorted(made)


def inventory():
    """By type of CloudFormation: what the services list, each by a name that says which one it is."""
    balancers = [one["LoadBalancerArn"] for one in listed("elbv2", "describe_load_balancers", "LoadBalancers")]
    listeners = [one["ListenerArn"] for balancer in balancers for one in listed("elbv2", "describe_listeners", "Listeners", LoadBalancerArn=balancer)]
    choices = [one for listener in listeners for one in listed("elbv2", "describe_rules", "Rules", ListenerArn=listener) if not one["IsDefault"]]
    systems = [one["FileSystemId"] for one in listed("efs", "describe_file_systems", "FileSystems")]
    repositories = [one["repositoryName"] for one in listed("ecr", "describe_repositories", "repositories")]
    alarms = ask("cloudwatch").describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"], MaxRecords=100)
    return {
        "AWS::EC2::VPC": [one["VpcId"] for one in listed("ec2", "describe_vpcs", "Vpcs")],
        "AWS::EC2::Subnet": [one["SubnetId"] for one in listed("ec2", "describe_subnets", "Subnets")],
        "AWS::EC2::SecurityGroup": [one["GroupId"] for one in listed("ec2", "describe_security_groups", "SecurityGroups") if one["GroupName"] != "default"],
        "AWS::EC2::NatGateway": network()["nats"],
        "AWS::EC2::EIP": [one["PublicIp"] for one in ask("ec2").describe_addresses()["Addresses"]],
        "AWS::ElasticLoadBalancingV2::LoadBalancer": balancers,
        "AWS::ElasticLoadBalancingV2::Listener": listeners,
        "AWS::ElasticLoadBalancingV2::ListenerRule": [one["RuleArn"] for one in choices],
        "AWS::ElasticLoadBalancingV2::TargetGroup": [one["TargetGroupArn"] for one in listed("elbv2", "describe_target_groups", "TargetGroups")],
        "AWS::ECS::Cluster": listed("ecs", "list_clusters", "clusterArns"),
        "AWS::EFS::FileSystem": systems,
        "AWS::EFS::AccessPoint": [one["AccessPointId"] for system in systems for one in listed("efs", "describe_access_points", "AccessPoints", FileSystemId=system)],
        "AWS::EFS::MountTarget": [one["MountTargetId"] for system in systems for one in listed("efs", "describe_mount_targets", "MountTargets", FileSystemId=system)],
        "AWS::ECR::Repository": repositories,
        "AWS::S3::Bucket": [one["Name"] for one in ask("s3").list_buckets()["Buckets"]],
        "AWS::SecretsManager::Secret": [one["Name"] for one in listed("secretsmanager", "list_secrets", "SecretList")],
        "AWS::SSM::Parameter": [one["Name"] for one in listed("ssm", "describe_parameters", "Parameters")],
        "AWS::Logs::LogGroup": [one["logGroupName"] for one in listed("logs", "describe_log_groups", "logGroups")],
        "AWS::Route53::RecordSet": records(),
        "AWS::RDS::DBInstance": [one["DBInstanceIdentifier"] for one in listed("rds", "describe_db_instances", "DBInstances")],
        "AWS::RDS::DBCluster": [one["DBClusterIdentifier"] for one in listed("rds", "describe_db_clusters", "DBClusters")],
        "snapshot of a database": [one["DBSnapshotIdentifier"] for one in listed("rds", "describe_db_snapshots", "DBSnapshots")]
        + [one["DBClusterSnapshotIdentifier"] for one in listed("rds", "describe_db_cluster_snapshots", "DBClusterSnapshots")],
        "AWS::ServiceDiscovery::Service": [one["Name"] for one in listed("servicediscovery", "list_services", "Services")],
        "AWS::ServiceDiscovery::PrivateDnsNamespace": [one["Name"] for one in listed("servicediscovery", "list_namespaces", "Namespaces")],
        "AWS::CloudWatch::Alarm": [one["AlarmName"] for one in alarms["MetricAlarms"]],
        "AWS::CloudWatch::CompositeAlarm": [one["AlarmName"] for one in alarms["CompositeAlarms"]],
        "AWS::IAM::Role": [one["RoleName"] for one in listed("iam", "list_roles", "Roles")],
    }


def stacks():
    made = {}
    for one in listed("cloudformation", "list_stacks", "StackSummaries"):
        if one["StackStatus"] == "DELETE_COMPLETE":
            continue
        resources = ask("cloudformation").describe_stack_resources(StackName=one["StackName"])["StackResources"]
        events = ask("cloudformation").describe_stack_events(StackName=one["StackName"])["StackEvents"]
        made[one["StackName"]] = {
            "status": one["StackStatus"],
            "resources": {part["LogicalResourceId"]: {"type": part["ResourceType"], "physical": part["PhysicalResourceId"]} for part in resources},
            "events": [{"id": part["EventId"], "logical": part["LogicalResourceId"], "type": part["ResourceType"], "status": part["ResourceStatus"],
                        "reason": part.get("ResourceStatusReason", "")} for part in events],
        }
    return made


def values():
    """What a rollback must bring back to the letter."""
    described = {one["AlarmName"]: [one["Threshold"], one["EvaluationPeriods"]] for one in listed("cloudwatch", "describe_alarms", "MetricAlarms")}
    targets = [{key: one[key] for key in ("TargetGroupName", "Port", "HealthCheckPath", "HealthCheckIntervalSeconds", "TargetType")}
               for one in listed("elbv2", "describe_target_groups", "TargetGroups")]
    services = {}
    for cluster in listed("ecs", "list_clusters", "clusterArns"):
        for name in listed("ecs", "list_services", "serviceArns", cluster=cluster):
            one = ask("ecs").describe_services(cluster=cluster, services=[name])["services"][0]
            services[name] = [one["taskDefinition"], one["desiredCount"], one["networkConfiguration"], one["loadBalancers"]]
    return {
        "groups": network()["groups"], "waysOut": network()["waysOut"], "alarms": described, "targets": targets, "services": services,
        "logs": {one["logGroupName"]: one.get("retentionInDays") for one in listed("logs", "describe_log_groups", "logGroups")},
        "parameters": {one["Name"]: ask("ssm").get_parameter(Name=one["Name"])["Parameter"]["Value"] for one in listed("ssm", "describe_parameters", "Parameters")},
        "sizes": {one["AutoScalingGroupName"]: [one["MinSize"], one["MaxSize"]] for one in listed("autoscaling", "describe_auto_scaling_groups", "AutoScalingGroups")},
    }


def own(names):
    return [one for one in names if not one.startswith("cdk-")]


def fill():
    """What a system has after its first day: logs in its buckets, images in its repositories."""
    for bucket in own(inventory()["AWS::S3::Bucket"]):
        ask("s3").put_object(Bucket=bucket, Key="first/day.log", Body=b"one visitor")
    for repository in own(inventory()["AWS::ECR::Repository"]):
        ask("ecr").put_image(repositoryName=repository, imageManifest='{"schemaVersion": 2}', imageTag="rehearsed")


def empty():
    for bucket in own(inventory()["AWS::S3::Bucket"]):
        for one in listed("s3", "list_objects_v2", "Contents", Bucket=bucket):
            ask("s3").delete_object(Bucket=bucket, Key=one["Key"])
    for repository in own(inventory()["AWS::ECR::Repository"]):
        ask("ecr").batch_delete_image(repositoryName=repository, imageIds=ask("ecr").list_images(repositoryName=repository)["imageIds"] or [{"imageTag": "rehearsed"}])


def put(name, value):
    ask("ssm").put_parameter(Name=name, Value=value, Type="String", Overwrite=True)


def prepare(zone):
    """What an account has before the first deployment: a hosted zone and a certificate."""
    hosted = ask("route53").create_hosted_zone(Name=zone, CallerReference=zone)["HostedZone"]["Id"].split("/")[-1]
    certificate = ask("acm").request_certificate(DomainName=f"*.{zone}")["CertificateArn"].split("/")[-1]
    return {"hostedZoneId": hosted, "certificateId": certificate}


ANSWERS = {
    "state": lambda: {"stacks": stacks(), "network": network(), "endpoints": endpoints(), "inventory": inventory(), "values": values()},
    "fill": fill,
    "empty": empty,
    "prepare": prepare,
    "images": lambda *names: [put(name, "ami-0123456789abcdef0") for name in names],
    "take": lambda name: put(name, "somebody else's"),
}

if __name__ == "__main__":
    for line in sys.stdin:
        word, *arguments = json.loads(line)
        try:
            answer = {"answer": ANSWERS[word](*arguments)}
        except Exception as problem:  # the one who asked decides what that means
            answer = {"problem": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer, default=str), flush=True)
