import { contentOf, stackTemplate } from './apps';
import { workOf } from './work';
import { NetworkPaths } from '../../src/paths/network-paths';

/** A chain of services, each behind its own group and reaching the next, all of them reaching one database. */
function chainOf(length: number): NetworkPaths {
  const resources: Record<string, unknown> = {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/20' } },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { NetworkMode: 'awsvpc', ContainerDefinitions: [{ PortMappings: [{ ContainerPort: 80 }] }] } },
    DatabaseGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupEgress: [], VpcId: { Ref: 'Vpc' } } },
    Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', VPCSecurityGroups: [{ Ref: 'DatabaseGroup' }] } },
  };
  for (let index = 0; index < length; index += 1) {
    const own = { 'Fn::GetAtt': [`Group${index}`, 'GroupId'] };
    resources[`Group${index}`] = { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: [] } };
    resources[`Service${index}`] = {
      Type: 'AWS::ECS::Service',
      Properties: { TaskDefinition: { Ref: 'Task' }, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'Subnet' }], SecurityGroups: [own] } } },
    };
    const links: Array<[string, unknown, number]> = [['Next', { Ref: `Group${(index + 1) % length}` }, 80], ['Data', { Ref: 'DatabaseGroup' }, 3306]];
    for (const [name, peer, port] of links) {
      const ports = { IpProtocol: 'tcp', FromPort: port, ToPort: port };
      resources[`${name}Out${index}`] = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: own, DestinationSecurityGroupId: peer, ...ports } };
      resources[`${name}In${index}`] = { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: peer, SourceSecurityGroupId: own, ...ports } };
    }
  }
  return NetworkPaths._fromContent(contentOf([stackTemplate('Test', { Resources: resources })]));
}

function workFor(length: number): number {
  return workOf(() => {
    expect(chainOf(length).openPaths()).toHaveLength(2 * length);
  });
}

test('the work grows with the security groups and not with their pairs, up to 2,000 of them', () => {
  const [small, large] = [workFor(250), workFor(2000)];

  expect(small).toBeGreaterThan(10_000);
  // Eight times the groups: linear is 8, quadratic would be 64.
  expect(large / small).toBeLessThan(9);
});
