"""What single services refuse, in about their own words."""
import ipaddress
import re

import ministack.services.alb as balancers
import ministack.services.autoscaling as groups
import ministack.services.ec2 as network
import ministack.services.ecr as images
import ministack.services.ecs as ecs
import ministack.services.efs as files
import ministack.services.rds as databases
import ministack.services.s3 as buckets
import ministack.services.servicediscovery as cloud_map

BEFORE_CHANGE = {}
BEFORE_DELETION = {}

_DESCRIPTION = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")
_RETENTION = {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}
_FARGATE = {256: range(512, 2049), 512: range(1024, 4097), 1024: range(2048, 8193), 2048: range(4096, 16385), 4096: range(8192, 30721),
            8192: range(16384, 61441), 16384: range(32768, 122881)}


def refuse_unless(holds, words):
    if not holds:
        raise ValueError(words)


def before_change(*kinds):
    return lambda check: [BEFORE_CHANGE.__setitem__(kind, check) for kind in kinds] and check


def before_deletion(*kinds):
    return lambda check: [BEFORE_DELETION.__setitem__(kind, check) for kind in kinds] and check


def zone(subnet):
    return network._subnets[subnet]["AvailabilityZone"]


@before_change("AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress")
def description_of_a_group(it):
    written = [it.props.get("GroupDescription", ""), it.props.get("Description", "")]
    written += [rule.get("Description", "") for key in ("SecurityGroupIngress", "SecurityGroupEgress") for rule in it.props.get(key, [])]
    for text in written:
        refuse_unless(_DESCRIPTION.fullmatch(text), f"Invalid security group or rule description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{{}}!$*. Got '{text}'")
    refuse_unless(it.props.get("GroupId", "") in {"", *network._security_groups}, f"The security group '{it.props.get('GroupId')}' does not exist")


@before_change("AWS::Logs::LogGroup")
def retention(it):
    days = it.props.get("RetentionInDays")
    refuse_unless(days is None or int(days) in _RETENTION, f"{days} is not a valid enum value for retentionInDays")


@before_change("AWS::EC2::Subnet")
def block_of_a_subnet(it):
    if it.old is not None and not {"CidrBlock", "VpcId"} & it.changed():
        return
    block, vpc = ipaddress.ip_network(it.props["CidrBlock"]), network._vpcs[it.props["VpcId"]]
    refuse_unless(block.subnet_of(ipaddress.ip_network(vpc["CidrBlock"])), f"The CIDR '{block}' is invalid: outside {vpc['CidrBlock']} of its VPC")
    for other in network._subnets.values():
        clash = other["VpcId"] == it.props["VpcId"] and block.overlaps(ipaddress.ip_network(other["CidrBlock"]))
        refuse_unless(not clash, f"The CIDR '{block}' conflicts with another subnet")


@before_change("AWS::EC2::Route")
def target_of_a_route(it):
    vpc = network._route_tables[it.props["RouteTableId"]]["VpcId"]
    gateway = network._internet_gateways.get(it.props.get("GatewayId", ""))
    if gateway is not None:
        attached = any(one["VpcId"] == vpc for one in gateway["Attachments"])
        refuse_unless(attached, f"route table and network gateway {it.props['GatewayId']} belong to different networks")
    nat = it.props.get("NatGatewayId")
    refuse_unless(nat is None or network._nat_gateways.get(nat, {}).get("State") == "available", f"The natGateway ID '{nat}' does not exist")
    if "DestinationCidrBlock" in it.changed():
        routes = network._route_tables[it.props["RouteTableId"]]["Routes"]
        clash = any(one.get("DestinationCidrBlock") == it.props.get("DestinationCidrBlock", "") for one in routes)
        refuse_unless(not clash, f"The route identified by {it.props.get('DestinationCidrBlock')} already exists")


@before_change("AWS::EC2::NatGateway")
def way_out_of_a_nat_gateway(it):
    vpc = network._subnets[it.props["SubnetId"]]["VpcId"]
    attached = any(one["VpcId"] == vpc for gateway in network._internet_gateways.values() for one in gateway["Attachments"])
    refuse_unless(attached or it.props.get("ConnectivityType") == "private", f"Network {vpc} has no Internet gateway attached")


@before_change("AWS::EFS::MountTarget")
def one_mount_target_a_zone(it):
    """Also of one that is replaced: the old one is still there when the new one is made."""
    made = "SubnetId" in it.changed()
    for other in files._mount_targets.values():
        clash = made and other["FileSystemId"] == it.props["FileSystemId"] and zone(other["SubnetId"]) == zone(it.props["SubnetId"])
        refuse_unless(not clash, "mount target already exists in this AZ")


@before_change("AWS::ElasticLoadBalancingV2::LoadBalancer")
def zones_of_a_load_balancer(it):
    zones = {zone(one) for one in it.props["Subnets"]}
    refuse_unless(len(zones) > 1 or it.props.get("Type") == "network", "At least two subnets in two different Availability Zones must be specified")


@before_change("AWS::ElasticLoadBalancingV2::Listener")
def certificate_of_a_listener(it):
    secure = it.props.get("Protocol") in ("HTTPS", "TLS")
    refuse_unless(not secure or it.props.get("Certificates"), "A certificate must be specified for HTTPS listeners")
    for other in balancers._listeners.values():
        clash = it.old is None and other["LoadBalancerArn"] == it.props["LoadBalancerArn"] and other["Port"] == int(it.props["Port"])
        refuse_unless(not clash, f"A listener already exists on this port for this load balancer: {it.props['Port']}")


@before_change("AWS::ElasticLoadBalancingV2::ListenerRule")
def priority_of_a_rule(it):
    for other in balancers._rules.values():
        same = other["ListenerArn"] == it.props["ListenerArn"] and other["Priority"] == str(it.props["Priority"])
        refuse_unless(not same or (it.old is not None and other["RuleArn"] == it.physical), f"Priority '{it.props['Priority']}' is currently in use")


@before_change("AWS::ECS::TaskDefinition")
def size_of_a_task(it):
    names = [one["Name"] for one in it.props.get("ContainerDefinitions", [])]
    refuse_unless(len(names) == len(set(names)), "Container.name contains duplicate container names")
    if "FARGATE" in it.props.get("RequiresCompatibilities", []):
        allowed = _FARGATE.get(int(it.props.get("Cpu", 0)), ())
        refuse_unless(int(it.props.get("Memory", 0)) in allowed, "No Fargate configuration exists for given values: "
                      f"{it.props.get('Cpu')} CPU, {it.props.get('Memory')} memory. See the Amazon ECS documentation for the valid values.")


@before_change("AWS::ECS::Service")
def targets_of_a_service(it):
    definition = ecs._task_defs[it.props["TaskDefinition"].split("/")[-1]]
    cluster = ecs._clusters[it.props["Cluster"].split("/")[-1]]
    for used in it.props.get("CapacityProviderStrategy", []):
        refuse_unless(used["CapacityProvider"] in cluster["capacityProviders"], f"The specified capacity provider {used['CapacityProvider']} was not found")
    for one in it.props.get("LoadBalancers", []):
        target = balancers._tgs[one["TargetGroupArn"]]
        addresses = definition["networkMode"] == "awsvpc"
        refuse_unless(not addresses or target["TargetType"] == "ip", f"The provided target group {target['TargetGroupArn']} has target type {target['TargetType']}, which is incompatible with the awsvpc network mode specified in the task definition.")
        container = next((part for part in definition["containerDefinitions"] if part["name"] == one["ContainerName"]), None)
        refuse_unless(container is not None, f"The container {one['ContainerName']} does not exist in the task definition.")
        ports = {int(part["containerPort"]) for part in container.get("portMappings", [])}
        refuse_unless(int(one["ContainerPort"]) in ports, f"The container {one['ContainerName']} did not have a container port {one['ContainerPort']} defined.")
        asked = [rule for rule in balancers._rules.values() if one["TargetGroupArn"] in str(rule["Actions"])]
        refuse_unless(asked, f"The target group with targetGroupArn {one['TargetGroupArn']} does not have an associated load balancer.")


@before_change("AWS::RDS::DBSubnetGroup")
def zones_of_a_subnet_group(it):
    refuse_unless(len({zone(one) for one in it.props["SubnetIds"]}) > 1, "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: 1. Add subnets to cover at least 2 AZs.")


@before_deletion("AWS::ElasticLoadBalancingV2::LoadBalancer")
def protected_load_balancer(it):
    attributes = {one["Key"]: one["Value"] for one in balancers._lb_attrs.get(it.physical, [])}
    refuse_unless(attributes.get("deletion_protection.enabled") != "true", f"Load balancer '{it.physical}' cannot be deleted because deletion protection is enabled")


@before_deletion("AWS::ElasticLoadBalancingV2::TargetGroup")
def target_group_in_use(it):
    asked = [rule for rule in balancers._rules.values() if it.physical in str(rule["Actions"])]
    refuse_unless(not asked, f"Target group '{it.physical}' is currently in use by a listener or a rule")


@before_deletion("AWS::RDS::DBInstance", "AWS::RDS::DBCluster")
def protected_database(it):
    store = databases._instances if it.kind.endswith("Instance") else databases._clusters
    stored = store.get(it.physical, {})
    refuse_unless(not stored.get("DeletionProtection"), f"Cannot delete protected {it.kind.split('::')[-1]}, please disable deletion protection and try again.")
    refuse_unless(not stored.get("DBClusterMembers"), "Cluster cannot be deleted, it still contains DB instances in non-deleting state.")


@before_deletion("AWS::RDS::DBSubnetGroup")
def subnet_group_in_use(it):
    used = [one for one in [*databases._instances.values(), *databases._clusters.values()] if it.physical in str(one.get("DBSubnetGroup"))]
    refuse_unless(not used, f"Cannot delete the subnet group '{it.physical}' because at least one database instance is still using it.")


@before_deletion("AWS::S3::Bucket")
def filled_bucket(it):
    refuse_unless(not buckets._buckets.get(it.physical, {}).get("objects"), f"The bucket you tried to delete is not empty: {it.physical}")


@before_deletion("AWS::ECR::Repository")
def filled_repository(it):
    refuse_unless(it.props.get("EmptyOnDelete") is True or not images._images.get(it.physical),
                  f"The repository with name '{it.physical}' cannot be deleted because it still contains images")


@before_deletion("AWS::EC2::SecurityGroup")
def group_in_use(it):
    users = [one["GroupId"] for one in network._security_groups.values() if one["GroupId"] != it.physical
             and it.physical in str([one["IpPermissions"], one["IpPermissionsEgress"]])]
    users += [one["MountTargetId"] for one in files._mount_targets.values() if it.physical in one["SecurityGroups"]]
    users += [one["LoadBalancerName"] for one in balancers._lbs.values() if it.physical in one["SecurityGroups"]]
    users += [one["serviceName"] for one in ecs._services.values() if one["status"] == "ACTIVE" and it.physical in str(one["networkConfiguration"])]
    users += [name for name, one in databases._instances.items() if it.physical in str(one["VpcSecurityGroups"])]
    refuse_unless(not users, f"resource {it.physical} has a dependent object: {', '.join(users)}")


@before_deletion("AWS::EC2::Subnet")
def subnet_in_use(it):
    users = [one["NatGatewayId"] for one in network._nat_gateways.values() if one["SubnetId"] == it.physical and one["State"] != "deleted"]
    users += [one["MountTargetId"] for one in files._mount_targets.values() if one["SubnetId"] == it.physical]
    users += [one["LoadBalancerName"] for one in balancers._lbs.values() if it.physical in one["Subnets"]]
    users += [one["serviceName"] for one in ecs._services.values() if one["status"] == "ACTIVE" and it.physical in str(one["networkConfiguration"])]
    users += [name for name, one in groups._asgs.items() if it.physical in one["VPCZoneIdentifier"]]
    refuse_unless(not users, f"The subnet '{it.physical}' has dependencies and cannot be deleted: {', '.join(users)}")


@before_deletion("AWS::EC2::VPC")
def vpc_in_use(it):
    users = [one["SubnetId"] for one in network._subnets.values() if one["VpcId"] == it.physical]
    users += [one["GroupId"] for one in network._security_groups.values() if one["VpcId"] == it.physical and one["GroupName"] != "default"]
    users += [name for name, one in network._internet_gateways.items() if it.physical in str(one["Attachments"])]
    refuse_unless(not users, f"The vpc '{it.physical}' has dependencies and cannot be deleted: {', '.join(users)}")


@before_deletion("AWS::EC2::VPCGatewayAttachment")
def addresses_still_mapped(it):
    mapped = [one["NatGatewayId"] for one in network._nat_gateways.values() if one["VpcId"] == it.props["VpcId"] and one["State"] != "deleted"]
    refuse_unless(not mapped, f"Network {it.props['VpcId']} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.")


@before_deletion("AWS::EC2::EIP")
def address_in_use(it):
    used = [one["NatGatewayId"] for one in network._nat_gateways.values() if one["AllocationId"] == it.attributes["AllocationId"] and one["State"] != "deleted"]
    refuse_unless(not used, f"Address {it.physical} is in use by {', '.join(used)}")


@before_deletion("AWS::ECS::Cluster")
def cluster_in_use(it):
    used = [one["serviceName"] for one in ecs._services.values() if one["status"] == "ACTIVE" and one["clusterArn"].endswith(f"/{it.physical}")]
    refuse_unless(not used, f"The Cluster cannot be deleted while Services are active: {', '.join(used)}")


@before_deletion("AWS::ECS::CapacityProvider")
def provider_in_use(it):
    used = [name for name, one in ecs._clusters.items() if it.physical in one["capacityProviders"]]
    refuse_unless(not used, f"The specified capacity provider is in use and cannot be removed: {', '.join(used)}")


@before_deletion("AWS::ServiceDiscovery::PrivateDnsNamespace")
def namespace_in_use(it):
    used = [one["Name"] for one in cloud_map._services.values() if one["NamespaceId"] == it.physical]
    refuse_unless(not used, f"Namespace {it.physical} still contains services: {', '.join(used)}")
