import { describe as describeApp } from '../../src/page/describe';
import type { Drawing } from '../../src/page/drawing';
import { NetworkModel } from '../../src/paths/judging/network-model';
import { readAssembly } from '../../src/template/assembly-reader';
import { folder } from '../tool/terminal';

/** The drawing of a template. */
export function drawingOf(template: string | object, title = 'Shop'): Drawing {
  const directory = typeof template === 'string' ? folder({ 'shop.yaml': template }) : folder({ 'shop.json': JSON.stringify(template) });
  return describeApp(new NetworkModel(readAssembly(directory)), { title, lineOf: () => '' });
}

/** Servers in one network that the first of them all reach, to see what many things come to. */
export function manyServers(amount: number): object {
  const servers = Array.from({ length: amount }, (_item, index) => [`Server${index}`, {
    Type: 'AWS::EC2::Instance',
    Properties: { ImageId: 'ami-1', SubnetId: { Ref: 'Subnet' }, SecurityGroupIds: [{ 'Fn::GetAtt': [index < 3 ? 'Front' : 'Back', 'GroupId'] }] },
  }]);
  const group = (peer: object) => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'g', VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...peer }] } });
  return {
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/20', AvailabilityZone: 'eu-west-1a' } },
      Front: group({ CidrIp: '10.0.0.0/8' }),
      Back: group({ SourceSecurityGroupId: { 'Fn::GetAtt': ['Front', 'GroupId'] } }),
      ...Object.fromEntries(servers),
    },
  };
}

/** Servers in one network, each of which many blocks of addresses reach, on a port for each block. */
export function manyBlocks(servers: number, blocks: number): object {
  const rules = Array.from({ length: blocks }, (_item, index) => ({ IpProtocol: 'tcp', FromPort: 1000 + index, ToPort: 1000 + index, CidrIp: `10.${index}.0.0/16` }));
  const { Resources } = manyServers(servers) as { Resources: Record<string, { Properties: object }> };
  const open = { ...Resources.Front, Properties: { ...Resources.Front.Properties, SecurityGroupIngress: rules } };
  return { Resources: { ...Resources, Front: open, Back: open } };
}

/** Servers in two zones, of which those of each group reach those of the next one and of their own: each connects to many. */
export function crowdOf(groups: number, members: number): object {
  const admits = (peer: number) => ({ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: { 'Fn::GetAtt': [`Group${peer}`, 'GroupId'] } });
  const group = (index: number) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: 'g', VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: [admits(index), admits((index + 1) % groups)] },
  });
  const subnet = (zone: string, third: number) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: `10.0.${third}.0/20`, AvailabilityZone: `eu-west-1${zone}` } });
  const server = (index: number) => ({
    Type: 'AWS::EC2::Instance',
    Properties: { ImageId: 'ami-1', SubnetId: { Ref: `Subnet${index % 2}` }, SecurityGroupIds: [{ 'Fn::GetAtt': [`Group${index % groups}`, 'GroupId'] }] },
  });
  return {
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Subnet0: subnet('a', 0),
      Subnet1: subnet('b', 16),
      ...Object.fromEntries(Array.from({ length: groups }, (_item, index) => [`Group${index}`, group(index)])),
      ...Object.fromEntries(Array.from({ length: groups * members }, (_item, index) => [`Server${index}`, server(index)])),
    },
  };
}

/** What a name must not become. */
export const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>]]>&\'`';

/** A template in which everything that has a name has a hostile one. */
export function hostileTemplate(): object {
  return {
    Resources: {
      [`Queue${HOSTILE}`]: { Type: 'AWS::SQS::Queue' },
      [`Kind${HOSTILE}`]: { Type: `Custom::${HOSTILE}` },
      Record: { Type: 'AWS::Route53::RecordSet', Properties: { Name: HOSTILE, Type: 'A' } },
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/20', AvailabilityZone: HOSTILE } },
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: HOSTILE, VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8', Description: HOSTILE }] } },
      [`Server${HOSTILE}`]: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', SubnetId: { Ref: 'Subnet' }, SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } },
    },
  };
}
