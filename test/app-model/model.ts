import { AppModel } from '../../src/app-model/app-model';
import type { StackTemplate } from '../../src/template/stack-template';
import { contentOf, stackTemplate } from '../checks/apps';

type Resources = Record<string, { Type: string; Properties?: object; [key: string]: unknown }>;

/** The facts of hand-written resources in one template, `Test`. */
export function modelOf(resources: Resources, rest: Record<string, unknown> = {}): AppModel {
  return modelOfStacks(stackTemplate('Test', { Resources: resources, ...rest }));
}

export function modelOfStacks(...stacks: StackTemplate[]): AppModel {
  return new AppModel(contentOf(stacks));
}

/** A VPC with one subnet for each zone: `SubnetA`, `SubnetB`. */
export const NETWORK: Resources = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  SubnetA: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24', AvailabilityZone: 'eu-west-1a' } },
  SubnetB: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'eu-west-1b' } },
};
