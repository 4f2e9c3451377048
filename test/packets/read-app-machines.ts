import type { Facts, MachineFacts } from './facts';
import type { Found, Lookup } from './templates';

type Kind = Pick<MachineFacts, 'opens' | 'takes'>;

const BOTH: Kind = { opens: true, takes: true };
const TAKES: Kind = { opens: false, takes: true };
const OPENS: Kind = { opens: true, takes: false };

/** What has interfaces in the examples: load balancers, tasks with interfaces of their own, instances, mount targets, managed databases. */
export function readAppMachines(lookup: Lookup, subnets: Facts['subnets']): MachineFacts[] {
  const machine = ({ stack, path }: Found, kind: Kind, ids: unknown, groups: unknown, publicAddress = false): MachineFacts => {
    const own = lookup.targets(stack, ids);
    const ipv6 = own.some((id) => subnets.get(id)!.ipv6);
    return { path, ...kind, subnets: own, groups: lookup.targets(stack, groups), publicAddress, ipv6 };
  };
  const task = (found: Found, kind: Kind, network: any): MachineFacts[] => {
    const own = network?.AwsvpcConfiguration;
    // A task without interfaces of its own is behind those of its instances.
    return own === undefined ? [] : [machine(found, kind, own.Subnets, own.SecurityGroups, own.AssignPublicIp === 'ENABLED')];
  };
  return [
    ...lookup.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
      .map((one) => machine(one, BOTH, one.properties.Subnets, one.properties.SecurityGroups, one.properties.Scheme === 'internet-facing')),
    ...lookup.ofType('AWS::ECS::Service').flatMap((one) => task(one, BOTH, one.properties.NetworkConfiguration)),
    ...lookup.ofType('AWS::Scheduler::Schedule').flatMap((one) => task(one, OPENS, one.properties.Target.EcsParameters.NetworkConfiguration)),
    ...lookup.ofType('AWS::SSM::Document').flatMap((one) => (one.properties.Content.mainSteps as any[]).flatMap(({ inputs }) => {
      const own = inputs.networkConfiguration?.awsvpcConfiguration;
      return own === undefined ? [] : [machine(one, OPENS, own.subnets, own.securityGroups, own.assignPublicIp === 'ENABLED')];
    })),
    ...lookup.ofType('AWS::AutoScaling::AutoScalingGroup').map((one) => {
      const { LaunchTemplateData: launch } = lookup.resource(one.stack, one.properties.LaunchTemplate.LaunchTemplateId)!.properties;
      return machine(one, BOTH, one.properties.VPCZoneIdentifier, launch.SecurityGroupIds ?? launch.NetworkInterfaces[0].Groups);
    }),
    ...lookup.ofType('AWS::EFS::FileSystem').map((one) => mountTargets(lookup, one, machine)),
    ...lookup.ofType('AWS::RDS::DBCluster').map((one) => machine(one, TAKES, subnetGroup(lookup, one), one.properties.VpcSecurityGroupIds)),
    ...lookup.ofType('AWS::RDS::DBInstance').filter(({ properties }) => properties.DBClusterIdentifier === undefined)
      .map((one) => machine(one, TAKES, subnetGroup(lookup, one), one.properties.VPCSecurityGroups)),
  ];
}

/** The mount targets of a file system have the same groups in the examples, and stand for it together. */
function mountTargets(
  lookup: Lookup, fileSystem: Found, machine: (found: Found, kind: Kind, ids: unknown, groups: unknown) => MachineFacts,
): MachineFacts {
  const targets = lookup.ofType('AWS::EFS::MountTarget')
    .filter(({ stack, properties }) => lookup.target(stack, properties.FileSystemId) === fileSystem.id);
  const [first] = targets;
  return { ...machine(first, TAKES, targets.map(({ properties }) => properties.SubnetId), first.properties.SecurityGroups), path: fileSystem.path };
}

function subnetGroup(lookup: Lookup, store: Found): unknown {
  return lookup.resource(store.stack, store.properties.DBSubnetGroupName)!.properties.SubnetIds;
}
