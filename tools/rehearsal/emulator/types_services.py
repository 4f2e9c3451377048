"""Types of ECS, Cloud Map, scaling, CodePipeline and alarms that MiniStack lacks or drops half of."""
import ministack.services.cloudwatch as alarm_store
from ministack.core.responses import new_uuid
from ministack.services.cloudformation import provisioners

from api import arn, camel, client, lower_tags, only
from types_registry import handles

# What has nothing behind it: kept here so that it is claimed once and can be looked up.
records = {}


@handles("AWS::ECS::TaskDefinition")
class TaskDefinition:
    """MiniStack's own writes revision 1 again and again."""

    def create(it):
        family = it.props.get("Family") or f"{it.stack}{it.logical_id}"
        wanted = {**camel({key: value for key, value in it.props.items() if key not in ("Family", "Tags")}), "family": family, "tags": lower_tags(it.props)}
        made = client("ecs").register_task_definition(**wanted)["taskDefinition"]["taskDefinitionArn"]
        return made, {"TaskDefinitionArn": made}

    def delete(it):
        client("ecs").deregister_task_definition(taskDefinition=it.physical)


@handles("AWS::ECS::Cluster")
class Cluster:
    def create(it):
        return provisioners._ecs_cluster_create(it.seed, {**it.props, "ClusterSettings": camel(it.props.get("ClusterSettings", []))}, it.stack)

    def update(it):
        client("ecs").update_cluster(cluster=it.physical, settings=camel(it.props.get("ClusterSettings", [])))


@handles("AWS::ECS::Service")
class Service:
    """MiniStack's own drops the network, the registries and the deployment settings, and starts no tasks without Docker; neither does this."""

    CHANGEABLE = ("taskDefinition", "desiredCount", "networkConfiguration", "healthCheckGracePeriodSeconds", "enableExecuteCommand",
                  "deploymentConfiguration", "platformVersion", "loadBalancers", "serviceRegistries", "capacityProviderStrategy")

    def create(it):
        name = it.props.get("ServiceName") or it.generated(limit=255)
        wanted = camel({key: value for key, value in it.props.items() if key not in ("ServiceName", "Tags", "DesiredCount")})
        client("ecs").create_service(**{**wanted, "serviceName": name, "desiredCount": int(it.props.get("DesiredCount", 1)), "tags": lower_tags(it.props)})
        made = arn("ecs", f"service/{it.props['Cluster']}/{name}")
        return made, {"ServiceArn": made, "Name": name}

    def update(it):
        asked = {key: value for key, value in camel(it.props).items() if key in Service.CHANGEABLE}
        client("ecs").update_service(cluster=it.props["Cluster"], service=it.attributes["Name"], **asked)

    def delete(it):
        client("ecs").delete_service(cluster=it.props["Cluster"], service=it.attributes["Name"], force=True)


@handles("AWS::ECS::CapacityProvider")
class CapacityProvider:
    def create(it):
        name = it.generated(it.props.get("Name"), limit=255)
        client("ecs").create_capacity_provider(name=name, autoScalingGroupProvider=camel(it.props["AutoScalingGroupProvider"]))
        return name, {}

    def update(it):
        # The group itself is no parameter of an update: another one makes another provider.
        changed = {key: value for key, value in it.props["AutoScalingGroupProvider"].items() if key != "AutoScalingGroupArn"}
        client("ecs").update_capacity_provider(name=it.physical, autoScalingGroupProvider=camel(changed))

    def delete(it):
        client("ecs").delete_capacity_provider(capacityProvider=it.physical)


@handles("AWS::ECS::ClusterCapacityProviderAssociations")
class ClusterCapacityProviders:
    def create(it):
        ClusterCapacityProviders._put(it.props["Cluster"], it.props["CapacityProviders"], it.props["DefaultCapacityProviderStrategy"])
        return it.props["Cluster"], {}

    def update(it):
        ClusterCapacityProviders._put(it.props["Cluster"], it.props["CapacityProviders"], it.props["DefaultCapacityProviderStrategy"])

    def delete(it):
        ClusterCapacityProviders._put(it.props["Cluster"], [], [])

    @staticmethod
    def _put(cluster, providers, strategy):
        client("ecs").put_cluster_capacity_providers(cluster=cluster, capacityProviders=providers, defaultCapacityProviderStrategy=camel(strategy))


@handles("AWS::ServiceDiscovery::PrivateDnsNamespace")
class PrivateDnsNamespace:
    def create(it):
        cloud_map = client("servicediscovery")
        operation = cloud_map.create_private_dns_namespace(Name=it.props["Name"], Vpc=it.props["Vpc"], CreatorRequestId=new_uuid())["OperationId"]
        made = cloud_map.get_operation(OperationId=operation)["Operation"]["Targets"]["NAMESPACE"]
        found = cloud_map.get_namespace(Id=made)["Namespace"]
        return made, {"Id": made, "Arn": found["Arn"], "HostedZoneId": found["Properties"]["DnsProperties"]["HostedZoneId"]}

    def delete(it):
        client("servicediscovery").delete_namespace(Id=it.physical)
        provisioners._r53_hosted_zone_delete(it.attributes["HostedZoneId"], {})


@handles("AWS::ServiceDiscovery::Service")
class DiscoveryService:
    def create(it):
        wanted = only(it.props, "Name", "NamespaceId", "Description", "DnsConfig", "HealthCheckConfig", "HealthCheckCustomConfig")
        made = client("servicediscovery").create_service(**wanted)["Service"]
        return made["Id"], {"Id": made["Id"], "Arn": made["Arn"], "Name": made["Name"]}

    def update(it):
        client("servicediscovery").update_service(Id=it.physical, Service=only(it.props, "Description", "DnsConfig", "HealthCheckConfig"))

    def delete(it):
        client("servicediscovery").delete_service(Id=it.physical)


@handles("AWS::ApplicationAutoScaling::ScalableTarget", records_only=True)
class ScalableTarget:
    def create(it):
        key = f"{it.props['ResourceId']}|{it.props['ScalableDimension']}|{it.props['ServiceNamespace']}"
        records[key] = it.props
        return key, {"Id": key}

    def update(it):
        records[it.physical] = it.props

    def delete(it):
        records.pop(it.physical, None)


@handles("AWS::ApplicationAutoScaling::ScalingPolicy", records_only=True)
class ScalingPolicy:
    def create(it):
        if it.props["ScalingTargetId"] not in records:
            raise ValueError(f"No scalable target registered for {it.props['ScalingTargetId']}")
        made = arn("autoscaling", f"scalingPolicy:{new_uuid()}:policyName/{it.props['PolicyName']}")
        records[made] = it.props
        return made, {"Arn": made}

    def update(it):
        records[it.physical] = it.props

    def delete(it):
        records.pop(it.physical, None)


@handles("AWS::AutoScaling::ScalingPolicy", records_only=True)
class GroupScalingPolicy:
    """MiniStack has the policies of a group, but none that tracks a target."""

    def create(it):
        made, attributes = provisioners._asg_policy_create(it.seed, it.props, it.stack)
        return made, {**attributes, "Arn": made}

    def update(it):
        return None


@handles("AWS::CodePipeline::Pipeline", records_only=True)
class Pipeline:
    def create(it):
        name = it.generated(it.props.get("Name"), limit=100)
        records[name] = it.props
        return name, {"Version": "1"}

    def update(it):
        records[it.physical] = it.props
        return {"Version": str(int(it.attributes["Version"]) + 1)}

    def delete(it):
        records.pop(it.physical, None)


@handles("AWS::SSM::Document", records_only=True)
class Document:
    def create(it):
        name = it.generated(it.props.get("Name"), limit=128)
        records[name] = it.props
        return name, {}

    def update(it):
        records[it.physical] = it.props

    def delete(it):
        used = [one["Name"] for one in records.values() if one.get("WaitForSuccessTimeoutSeconds") and one["Name"] == it.physical]
        if used:
            raise ValueError(f"You must disassociate a document from all resources before you delete it: {it.physical}")
        records.pop(it.physical, None)


@handles("AWS::SSM::Association", records_only=True)
class Association:
    """The run that it stands for is taken for one that succeeds."""

    def create(it):
        if it.props["Name"] not in records:
            raise ValueError(f"The specified document does not exist: {it.props['Name']}")
        made = new_uuid()
        records[made] = it.props
        return made, {"AssociationId": made}

    def update(it):
        if it.props["Name"] not in records:
            raise ValueError(f"The specified document does not exist: {it.props['Name']}")
        records[it.physical] = it.props

    def delete(it):
        records.pop(it.physical, None)


@handles("AWS::CloudWatch::CompositeAlarm")
class CompositeAlarm:
    def create(it):
        name = it.generated(it.props.get("AlarmName"), limit=255)
        CompositeAlarm._put(name, it.props)
        return name, {"Arn": arn("cloudwatch", f"alarm:{name}")}

    def update(it):
        CompositeAlarm._put(it.physical, it.props)

    def delete(it):
        client("cloudwatch").delete_alarms(AlarmNames=[it.physical])

    @staticmethod
    def _put(name, props):
        wanted = only(props, "AlarmDescription", "AlarmRule", "AlarmActions", "OKActions", "InsufficientDataActions")
        client("cloudwatch").put_composite_alarm(AlarmName=name, ActionsEnabled=props.get("ActionsEnabled", True), **wanted)


@handles("AWS::CloudWatch::Alarm")
class Alarm:
    """MiniStack refuses metric math, which AWS takes; it is kept beside the alarm as it is written."""

    def create(it):
        name = it.generated(it.props.get("AlarmName"), limit=255)
        return Alarm._put(it, name)

    def update(it):
        Alarm._put(it, it.physical)

    @staticmethod
    def _put(it, name):
        plain = {key: value for key, value in it.props.items() if key not in ("Metrics", "ThresholdMetricId")}
        if "Metrics" in it.props:
            plain.update({"MetricName": "(metric math)", "Namespace": "(metric math)"})
        made = provisioners._cw_metric_alarm_create(it.logical_id, {**plain, "AlarmName": name}, it.stack)
        alarm_store._alarms[name]["Metrics"] = it.props.get("Metrics", [])
        return made


@handles("AWS::AutoScaling::AutoScalingGroup")
class AutoScalingGroup:
    FIXED = ("MinSize", "MaxSize", "DesiredCapacity", "HealthCheckType", "HealthCheckGracePeriod")

    def create(it):
        name = it.generated(it.props.get("AutoScalingGroupName"), limit=255)
        return provisioners._asg_create(it.logical_id, {**it.props, "AutoScalingGroupName": name}, it.stack)

    def update(it):
        sizes = {key: int(it.props[key]) if key != "HealthCheckType" else it.props[key] for key in AutoScalingGroup.FIXED if key in it.props}
        template = {"LaunchTemplate": it.props["LaunchTemplate"]} if "LaunchTemplate" in it.props else {}
        client("autoscaling").update_auto_scaling_group(AutoScalingGroupName=it.physical, **sizes, **template)


@handles("AWS::Scheduler::Schedule")
class Schedule:
    """MiniStack's own keeps the network of a task under a key that its API does not show."""

    def create(it):
        name = it.generated(it.props.get("Name"), limit=64)
        client("scheduler").create_schedule(Name=name, **Schedule._wanted(it.props))
        return name, {"Arn": arn("scheduler", f"schedule/default/{name}")}

    def update(it):
        client("scheduler").update_schedule(Name=it.physical, **Schedule._wanted(it.props))

    def delete(it):
        client("scheduler").delete_schedule(Name=it.physical)

    @staticmethod
    def _wanted(props):
        wanted = {key: value for key, value in props.items() if key != "Name"}
        task = dict(wanted["Target"].get("EcsParameters", {}))
        if "NetworkConfiguration" in task:
            task["NetworkConfiguration"] = {"awsvpcConfiguration": task["NetworkConfiguration"]["AwsvpcConfiguration"]}
        for key in ("CapacityProviderStrategy", "PlacementConstraints", "PlacementStrategy"):
            if key in task:
                task[key] = camel(task[key])
        if task:
            wanted["Target"] = {**wanted["Target"], "EcsParameters": task}
        return wanted
