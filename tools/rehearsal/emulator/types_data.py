"""Types of RDS, load balancing, secrets, logs and DNS that MiniStack lacks or cannot change in place."""
import json

import ministack.services.alb as balancer_store
import ministack.services.cloudwatch_logs as log_store
import ministack.services.ecr as image_store
import ministack.services.rds as database_store
from ministack.services.cloudformation import provisioners

from api import client, only
from types_registry import handles


def _group_of_rds(kind, prefix, name_key, family_key):
    """The two parameter groups differ in the names of their calls alone."""
    singular = "DBClusterParameterGroup" if "Cluster" in kind else "DBParameterGroup"

    class ParameterGroup:
        def create(it):
            name = it.generated(it.props.get(name_key), lowercase=True, limit=255)
            rds = client("rds")
            getattr(rds, f"create_{prefix}_parameter_group")(
                **{f"{singular}Name": name, "DBParameterGroupFamily": it.props[family_key], "Description": it.props["Description"]})
            ParameterGroup._put(name, it.props)
            return name, {name_key: name, "DBParameterGroupName": name}

        def update(it):
            ParameterGroup._put(it.physical, it.props)

        def delete(it):
            getattr(client("rds"), f"delete_{prefix}_parameter_group")(**{f"{singular}Name": it.physical})

        @staticmethod
        def _put(name, props):
            wanted = [{"ParameterName": key, "ParameterValue": str(value), "ApplyMethod": "pending-reboot"} for key, value in props.get("Parameters", {}).items()]
            getattr(client("rds"), f"modify_{prefix}_parameter_group")(**{f"{singular}Name": name, "Parameters": wanted})
    return handles(kind)(ParameterGroup)


_group_of_rds("AWS::RDS::DBParameterGroup", "db", "DBParameterGroupName", "Family")
_group_of_rds("AWS::RDS::DBClusterParameterGroup", "db_cluster", "DBClusterParameterGroupName", "Family")


@handles("AWS::RDS::DBSubnetGroup")
class SubnetGroup:
    def create(it):
        name = it.generated(it.props.get("DBSubnetGroupName"), lowercase=True, limit=255)
        client("rds").create_db_subnet_group(
            DBSubnetGroupName=name, DBSubnetGroupDescription=it.props["DBSubnetGroupDescription"], SubnetIds=it.props["SubnetIds"])
        return name, {}

    def update(it):
        client("rds").modify_db_subnet_group(DBSubnetGroupName=it.physical, SubnetIds=it.props["SubnetIds"])

    def delete(it):
        client("rds").delete_db_subnet_group(DBSubnetGroupName=it.physical)


class _Database:
    """In place MiniStack changes nothing of a database: what is read back is written into its record."""

    PLAIN = ("DBInstanceClass", "DeletionProtection", "BackupRetentionPeriod", "MultiAZ", "EngineVersion", "CopyTagsToSnapshot", "PreferredMaintenanceWindow",
             "PreferredBackupWindow", "AutoMinorVersionUpgrade", "StorageType")

    @staticmethod
    def put(stored, props):
        stored.update({key: props[key] for key in _Database.PLAIN if key in props})
        groups = props.get("VPCSecurityGroups") or props.get("VpcSecurityGroupIds") or []
        stored["VpcSecurityGroups"] = [{"VpcSecurityGroupId": one, "Status": "active"} for one in groups]


@handles("AWS::RDS::DBInstance")
class Database:
    def create(it):
        name = it.generated(it.props.get("DBInstanceIdentifier"), lowercase=True, limit=63)
        made = provisioners._rds_db_instance_create(it.logical_id, {**it.props, "DBInstanceIdentifier": name}, it.stack)
        _Database.put(database_store._instances[name], it.props)
        return made

    def update(it):
        _Database.put(database_store._instances[it.physical], it.props)

    def snapshot(it):
        client("rds").create_db_snapshot(DBInstanceIdentifier=it.physical, DBSnapshotIdentifier=f"{it.physical}-last"[:255])


@handles("AWS::RDS::DBCluster")
class DatabaseCluster:
    def create(it):
        name = it.generated(it.props.get("DBClusterIdentifier"), lowercase=True, limit=63)
        port = it.props.get("Port", 3306 if "mysql" in it.props["Engine"] else 5432)
        made, attributes = provisioners._rds_db_cluster_create(it.logical_id, {**it.props, "DBClusterIdentifier": name, "Port": port}, it.stack)
        stored = database_store._clusters[name]
        stored.update({key: stored["ClusterCreateTime"] for key in ("EarliestRestorableTime", "LatestRestorableTime")})
        _Database.put(stored, it.props)
        return made, {**attributes, "DBClusterArn": attributes["Arn"]}

    def update(it):
        _Database.put(database_store._clusters[it.physical], it.props)

    def snapshot(it):
        client("rds").create_db_cluster_snapshot(DBClusterIdentifier=it.physical, DBClusterSnapshotIdentifier=f"{it.physical}-last"[:255])


@handles("AWS::SecretsManager::Secret")
class Secret:
    """`Ref` of a secret is its ARN; MiniStack gives its name, and takes no notice of `ExcludePunctuation`."""

    def create(it):
        props = json.loads(json.dumps(it.props))
        rule = props.get("GenerateSecretString")
        if rule and rule.get("ExcludePunctuation"):
            rule["ExcludeCharacters"] = rule.get("ExcludeCharacters", "") + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
        _, attributes = provisioners._sm_secret_create(it.seed, props, it.stack)
        return attributes["Arn"], {"Id": attributes["Arn"], **attributes}

    def update(it):
        if "GenerateSecretString" in it.changed() or "SecretString" in it.changed():
            raise ValueError("a changed rule would generate the secret anew: not rehearsed")
        client("secretsmanager").update_secret(SecretId=it.physical, Description=it.props.get("Description", ""))

    def delete(it):
        client("secretsmanager").delete_secret(SecretId=it.physical, ForceDeleteWithoutRecovery=True)


@handles("AWS::SecretsManager::SecretTargetAttachment")
class SecretTargetAttachment:
    """Writes where the database is into the secret, as the service does."""

    def create(it):
        manager, target = client("secretsmanager"), it.props["TargetId"]
        value = json.loads(manager.get_secret_value(SecretId=it.props["SecretId"])["SecretString"])
        if it.props["TargetType"] == "AWS::RDS::DBCluster":
            found = client("rds").describe_db_clusters(DBClusterIdentifier=target)["DBClusters"][0]
            value.update({"host": found["Endpoint"], "port": found["Port"], "dbClusterIdentifier": target})
        else:
            found = client("rds").describe_db_instances(DBInstanceIdentifier=target)["DBInstances"][0]
            value.update({"host": found["Endpoint"]["Address"], "port": found["Endpoint"]["Port"], "dbInstanceIdentifier": target})
        manager.put_secret_value(SecretId=it.props["SecretId"], SecretString=json.dumps({**value, "engine": found["Engine"]}))
        return it.props["SecretId"], {"Id": it.props["SecretId"]}

    def delete(it):
        return None


@handles("AWS::Logs::MetricFilter")
class MetricFilter:
    def create(it):
        name = it.generated(it.props.get("FilterName"), limit=512)
        MetricFilter._put(name, it.props)
        return name, {}

    def update(it):
        MetricFilter._put(it.physical, it.props)

    def delete(it):
        client("logs").delete_metric_filter(logGroupName=it.props["LogGroupName"], filterName=it.physical)

    @staticmethod
    def _put(name, props):
        made = [{key[:1].lower() + key[1:]: value for key, value in one.items()} for one in props["MetricTransformations"]]
        client("logs").put_metric_filter(logGroupName=props["LogGroupName"], filterName=name, filterPattern=props["FilterPattern"], metricTransformations=made)


@handles("AWS::Logs::LogGroup")
class LogGroup:
    def create(it):
        name = it.props.get("LogGroupName") or it.generated()
        return provisioners._cwlogs_create(it.logical_id, {**it.props, "LogGroupName": name}, it.stack)

    def update(it):
        log_store._log_groups[it.physical]["retentionInDays"] = it.props.get("RetentionInDays")


@handles("AWS::ECR::Repository")
class Repository:
    def create(it):
        name = it.props.get("RepositoryName") or it.generated(lowercase=True, limit=256)
        image_store._images[name] = []  # without the list no image can be pushed
        return provisioners._ecr_repo_create(it.logical_id, {**it.props, "RepositoryName": name}, it.stack)

    def delete(it):
        image_store._images.pop(it.physical, None)
        provisioners._ecr_repo_delete(it.physical, it.props)

    def update(it):
        image_store._repositories[it.physical]["imageTagMutability"] = it.props.get("ImageTagMutability", "MUTABLE")


@handles("AWS::Route53::RecordSet")
class RecordSet:
    def create(it):
        return provisioners._r53_record_set_create(it.logical_id, it.props, it.stack)

    def update(it):
        provisioners._r53_record_set_delete(it.physical, it.before)
        provisioners._r53_record_set_create(it.logical_id, it.props, it.stack)


class _Overwritten:
    """A type that MiniStack makes under a name: made again under the same name, it is what the properties now say."""

    def create(it):
        return provisioners._provision_resource(it.kind, it.seed, it.props, it.stack)

    def update(it):
        made, attributes = provisioners._provision_resource(it.kind, it.logical_id, it.props, it.stack)
        if made != it.physical:
            raise ValueError(f"{it.kind} came out as {made} instead of {it.physical}")
        return attributes


for _kind in ("AWS::IAM::Role", "AWS::IAM::Policy", "AWS::Events::Rule", "AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"):
    handles(_kind)(type(_kind.split("::")[-1], (_Overwritten,), {}))


def _moved(kind, store, id_key):
    """A type that MiniStack makes under an id of its own: made again, and put where the old one was."""
    def update(it):
        made, _ = provisioners._provision_resource(it.kind, it.logical_id, it.props, it.stack)
        kept = store().pop(made)
        kept[id_key] = it.physical
        for rule in [one for one in balancer_store._rules.values() if one.get("ListenerArn") == made]:
            balancer_store._rules.pop(rule["RuleArn"])
        store()[it.physical] = kept
        _kept_attributes(it, made)

    def create(it):
        made = provisioners._provision_resource(it.kind, it.seed, it.props, it.stack)
        _listener_extras(made[0], it.props)
        return made
    handles(kind)(type(kind.split("::")[-1], (), {"create": staticmethod(create), "update": staticmethod(update)}))


def _listener_extras(listener, props):
    """MiniStack drops the certificates and the TLS policy of a listener."""
    stored = balancer_store._listeners.get(listener)
    if stored is not None:
        stored.update({"Certificates": props.get("Certificates", []), "SslPolicy": props.get("SslPolicy", "")})


def _kept_attributes(it, made):
    _listener_extras(it.physical, it.props)
    if made in balancer_store._tg_attrs:
        balancer_store._tg_attrs[it.physical] = balancer_store._tg_attrs.pop(made)
        balancer_store._targets.pop(made, None)


_moved("AWS::ElasticLoadBalancingV2::Listener", lambda: balancer_store._listeners, "ListenerArn")
_moved("AWS::ElasticLoadBalancingV2::ListenerRule", lambda: balancer_store._rules, "RuleArn")
_moved("AWS::ElasticLoadBalancingV2::TargetGroup", lambda: balancer_store._tgs, "TargetGroupArn")


@handles("AWS::ElasticLoadBalancingV2::LoadBalancer")
class LoadBalancer:
    def create(it):
        return provisioners._elbv2_load_balancer_create(it.seed, {**it.props, "VpcId": _vpc_of(it.props)}, it.stack)

    def update(it):
        balancer = client("elbv2")
        if "LoadBalancerAttributes" in it.changed():
            balancer.modify_load_balancer_attributes(LoadBalancerArn=it.physical, Attributes=it.props["LoadBalancerAttributes"])
        if "SecurityGroups" in it.changed():
            balancer.set_security_groups(LoadBalancerArn=it.physical, SecurityGroups=it.props["SecurityGroups"])


def _vpc_of(props):
    subnets = client("ec2").describe_subnets(SubnetIds=props["Subnets"])["Subnets"]
    return subnets[0]["VpcId"]


@handles("Custom::S3AutoDeleteObjects")
class EmptiedBucket:
    """Behind it is a function of the CDK, which does not run here."""

    def create(it):
        return it.generated(), {}

    def delete(it):
        s3 = client("s3")
        for one in s3.list_objects_v2(Bucket=it.props["BucketName"]).get("Contents", []):
            s3.delete_object(Bucket=it.props["BucketName"], Key=one["Key"])
