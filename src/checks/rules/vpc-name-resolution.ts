import type { Rule } from './rule';
import { vpcKey } from '../../app-model/network/security-groups';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { isOn } from '../../template/values';

/** EFS, private namespaces and interface endpoints are found by names that only such a VPC resolves. */
export const vpcNameResolution: Rule = {
  id: 'vpc-name-resolution',
  severity: 'error',
  says: 'DNS support or DNS hostnames are off in a VPC whose file systems, namespaces or endpoints are found by private names.',
  change: 'Set EnableDnsSupport and EnableDnsHostnames to true.',
  evaluate: (app) => app.model.ofType('AWS::EC2::VPC').flatMap((vpc) => {
    const off = [
      isOn(dig(vpc.properties, 'EnableDnsSupport') ?? true) ? undefined : 'EnableDnsSupport',
      // A VPC made by CloudFormation has no host names unless it says so.
      isOn(dig(vpc.properties, 'EnableDnsHostnames')) ? undefined : 'EnableDnsHostnames',
    ].filter((one) => one !== undefined);
    const needed = off.length === 0 ? [] : neededBy(app, vpc);
    return needed.length === 0
      ? []
      : [{
        at: vpc,
        related: needed,
        saw: `${off.join(' and ')} is off, but ${needed.map(({ path }) => path).slice(0, 3).join(', ')} is found by name`,
      }];
  }),
};

function neededBy({ model, subnets }: NetworkModel, vpc: Resource): Resource[] {
  const inVpc = (resource: Resource, value: unknown) => value !== undefined && vpcKey(model, resource, value) === vpc.id;
  return [
    ...model.ofType('AWS::EFS::MountTarget').filter((target) => subnets.named(model.text(
      target,
      dig(target.properties, 'SubnetId') ?? '',
    ))?.vpc === vpc.id),
    ...model.ofType('AWS::ServiceDiscovery::PrivateDnsNamespace').filter((one) => inVpc(one, dig(one.properties, 'Vpc'))),
    ...model.ofType('AWS::EC2::VPCEndpoint').filter((one) => isOn(dig(one.properties, 'PrivateDnsEnabled')) && inVpc(
      one,
      dig(one.properties, 'VpcId'),
    )),
  ];
}
