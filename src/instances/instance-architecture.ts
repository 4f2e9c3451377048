import { aws_ec2 as ec2, aws_ecs as ecs, CfnElement, Stack } from 'aws-cdk-lib';
import type { CfnParameter } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { machineImageArchitecture } from '../private/aws/instance-types';
import { failAt, isKnown } from '../private/errors';
import { requireWhole } from '../private/numbers';

/** What ECS takes in a cluster. */
const MOST_INSTANCES = 5000;

/**
 * The CPU architecture an instance type has, checked against the one asked for.
 *
 * Throws where both are known and differ, for example ARM64 on t2: the instance would never start.
 */
export function architectureOf(subject: string, instanceType: ec2.InstanceType, asked?: ecs.CpuArchitecture): ecs.CpuArchitecture {
  const name = instanceType.toString();
  if (!isKnown(name)) return asked ?? ecs.CpuArchitecture.X86_64;
  if (!/^[a-z]+\d{1,2}[a-z-]*\.[a-z0-9-]+$/.test(name)) {
    failAt(subject, {
      got: `instanceType is '${name}'`,
      allowed: 'an EC2 instance type such as t3.small or m7g.large',
      fix: 'write family, generation, a dot and the size, in lower case',
    });
  }
  const actual = instanceType.architecture === ec2.InstanceArchitecture.ARM_64 ? ecs.CpuArchitecture.ARM64 : ecs.CpuArchitecture.X86_64;
  if (asked !== undefined && isKnown(asked._cpuArchitecture) && asked._cpuArchitecture !== actual._cpuArchitecture) {
    failAt(subject, {
      got: `cpuArchitecture is ${asked._cpuArchitecture} on instanceType ${name}`,
      allowed: `${actual._cpuArchitecture}, which is what ${name} has`,
      fix: `leave cpuArchitecture out, or choose an instance type of ${asked._cpuArchitecture} such as ${exampleOf(asked)}`,
    });
  }
  return actual;
}

/**
 * The architecture an image is published for, read from its public SSM parameter name; undefined where the name does not tell.
 */
export function imageArchitecture(parameter: string): ecs.CpuArchitecture | undefined {
  const architecture = machineImageArchitecture(parameter);
  return architecture && ecs.CpuArchitecture.of(architecture);
}

/**
 * The SSM parameter that an image id is resolved from at deployment, where it is one.
 */
export function imageParameter(scope: IConstruct, imageId: string): string | undefined {
  const stack = Stack.of(scope);
  const logicalId = stack.resolve(imageId)?.Ref;
  if (typeof logicalId !== 'string') return undefined;
  const element = stack.node.findAll().find((child) => CfnElement.isCfnElement(child) && stack.resolve(child.logicalId) === logicalId);
  const initial = (element as CfnParameter | undefined)?.default;
  return typeof initial === 'string' ? initial : undefined;
}

/**
 * Throws unless the two numbers are whole, not negative and in order.
 */
export function requireInstanceCounts(subject: string, min: number, max: number): void {
  requireWhole(subject, { name: 'minInstances', value: min, min: 0, ceiling: MOST_INSTANCES });
  requireWhole(subject, { name: 'maxInstances', value: max, min: 1, ceiling: MOST_INSTANCES });
  if (isKnown(min) && isKnown(max) && min > max) {
    failAt(subject, {
      got: `minInstances is ${min} and maxInstances is ${max}`,
      allowed: 'minInstances up to maxInstances',
      fix: `raise maxInstances to ${min} or more, or lower minInstances`,
    });
  }
}

function exampleOf(architecture: ecs.CpuArchitecture): string {
  return architecture._cpuArchitecture === ecs.CpuArchitecture.ARM64._cpuArchitecture ? 't4g.medium' : 't3.medium';
}
