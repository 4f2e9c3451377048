import { open, refused, ruled, undecidable } from './relation';
import type { Relation } from './relation';

const SERVICE = 'AWS::ECS::Service';
const TASK = 'AWS::ECS::TaskDefinition';
const CLUSTER = 'AWS::ECS::Cluster, CapacityProvider';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup, AWS::EC2::LaunchTemplate';
const SCALING = 'AWS::ApplicationAutoScaling::*';

export const COMPUTE: readonly Relation[] = [
  ruled(SERVICE, 'load balancer → container and port that are not there', 'target-container-missing'),
  ruled(SERVICE, 'load balancer cannot reach the tasks', 'target-unreachable'),
  ruled(SERVICE, 'target type against network mode', 'target-type-mismatch'),
  ruled(SERVICE, 'starts before listener, capacity, mount targets, policies', 'service-before-listener', 'service-before-capacity', 'service-before-mount-targets', 'service-before-role-policies'),
  ruled(SERVICE, 'percentages that let no deployment proceed', 'deployment-cannot-proceed'),
  ruled(SERVICE, 'more tasks than all hosts hold, at rest or in a deployment', 'too-few-hosts', 'distinct-instance-room', 'blue-green-capacity', 'network-interfaces-for-tasks', 'host-port-collision', 'task-larger-than-instance'),
  ruled(SERVICE, 'constraint that no host meets: instance type, zone, processor', 'placement-constraint-unmet'),
  open(SERVICE, 'constraint on an attribute of the customer', 'attributes are also set by hand and by API'),
  ruled(SERVICE, 'capacity provider not associated with the cluster', 'provider-not-associated'),
  ruled(SERVICE, 'launch type for which the task is not made', 'launch-type-incompatible'),
  ruled(SERVICE, 'launch type EC2 beside managed scaling', 'launch-type-bypasses-scaling'),
  ruled(SERVICE, 'Spot for everything', 'spot-only'),
  ruled(SERVICE, 'one task, one zone, one subnet', 'one-task-service', 'one-zone-service'),
  ruled(SERVICE, 'public addresses behind a load balancer', 'public-task-address'),
  ruled(SERVICE, 'ECS Exec without the rights for it', 'execute-command-rights'),
  ruled(SERVICE, 'grace period shorter than the start', 'health-check-too-early'),
  ruled(SERVICE, 'record type against network mode', 'record-type-mismatch'),
  ruled(SERVICE, 'CODE_DEPLOY, with the family as a literal', 'target-container-missing', 'deployment-group-names'),
  open(SERVICE, 'no circuit breaker: a failed deployment lasts three hours', 'advice that half of all apps would get'),
  open(SERVICE, 'Service Connect: alias port, missing port name, namespace of another cluster', 'read by the rules of reachability only'),
  refused(SERVICE, 'Service Connect names a port mapping that is not there'),
  refused(SERVICE, 'zone rebalancing with a maximum of 100 % or with a Classic Load Balancer'),
  undecidable(SERVICE, 'whether the application answers its health check', 'it is in the image'),

  ruled(TASK, 'size that Fargate does not offer', 'fargate-task-size'),
  ruled(TASK, 'containers larger than the task', 'containers-larger-than-task'),
  ruled(TASK, 'execution role missing, or without rights for image, logs, secrets and keys', 'execution-role-missing', 'execution-role-rights'),
  ruled(TASK, 'role that ECS may not take on', 'role-not-assumable'),
  ruled(TASK, 'no way to registry, logs and secrets', 'image-pull-route', 'endpoint-not-usable'),
  ruled(TASK, 'processor architecture', 'architecture-mismatch'),
  undecidable(TASK, 'architecture of the image', 'it is in the registry'),
  ruled(TASK, 'floating image tag', 'image-tag'),
  ruled(TASK, 'container order, health checks waited for, none essential', 'container-order'),
  ruled(TASK, 'database sibling: volume, essential, START', 'database-sibling', 'two-writers', 'one-task-database', 'one-writer-on-instances'),
  ruled(TASK, 'names of siblings and localhost as hosts', 'container-name-as-host', 'localhost-as-database-host'),
  ruled(TASK, 'host of the private namespace that nobody registers', 'private-name-missing'),
  ruled(TASK, 'database or service that is named and not reachable', 'named-host-unreachable'),
  open(TASK, 'port or scheme of a variable against the engine of its database', 'only asked as reachability'),
  ruled(TASK, 'field of a secret that is not there', 'secret-field-missing'),
  ruled(TASK, 'credential in clear', 'secret-in-environment'),
  ruled(TASK, 'password that is rotated while tasks run', 'rotated-secret-at-start'),
  ruled(TASK, 'log group of another name or region', 'log-group-missing'),
  ruled(TASK, 'the same setting twice', 'duplicate-settings'),
  ruled(TASK, 'mount without volume', 'mount-without-volume'),
  ruled(TASK, 'EFS volume: network, policies, access point, protection', 'file-system-unreachable', 'file-system-access-denied', 'access-point-mismatch', 'efs-volume-protection', 'mount-target-missing-in-zone'),
  open(TASK, 'port on which an official image listens against its port mapping', 'a mounted configuration may change it'),
  open(TASK, 'bind mounts and Docker volumes on replaced instances', 'whether the data matters is not in the template'),
  undecidable(TASK, 'memory that the application needs', 'it is in the image'),

  ruled(CLUSTER, 'instances that join another cluster', 'instances-join-elsewhere'),
  ruled(CLUSTER, 'managed scaling beside a policy of the group', 'two-scaling-controllers'),
  refused(CLUSTER, 'managed termination protection without protection from scale-in'),
  open(CLUSTER, 'ECS Managed Instances: requirements that no instance type meets', 'no table of attributes'),

  ruled(GROUP, 'one zone, one instance', 'one-zone-capacity', 'one-instance-group'),
  ruled(GROUP, 'health asked of EC2 alone behind a load balancer', 'group-health-check'),
  ruled(GROUP, 'instance role: trust, rights, missing profile', 'role-not-assumable', 'instance-role-rights'),
  ruled(GROUP, 'no instance ever', 'too-few-hosts'),
  open(GROUP, 'new launch template that replaces no instance', 'often meant: instances are refreshed by hand'),
  undecidable(GROUP, 'what user data does', 'a program of its own'),
  open(GROUP, 'metadata hop limit 1 with bridge tasks', 'bridge tasks seldom ask the instance'),

  ruled(SCALING, 'bounds without a policy', 'scaling-without-policy'),
  open(SCALING, 'policy on a metric that does not exist', 'customized metrics are rare'),
  refused(SCALING, 'minimum above maximum'),
];
