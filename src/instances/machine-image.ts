import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { imageArchitecture, imageParameter } from './instance-architecture';
import { fail } from '../private/errors';

/** What the image a user chose must fit. */
export interface ImageNeeds {
  /** What the user typed before the props' names. */
  readonly prefix?: string;
  readonly instanceType: ec2.InstanceType;
  /** The CPU architecture, as ECS writes it; undefined while the instance type is not known. */
  readonly architecture?: string;
  /** The images that will do, and how to get one. */
  readonly allowed: string;
  readonly fix: string;
}

/**
 * Throws for an image of another operating system or for another CPU architecture than the instances have.
 *
 * @returns the public SSM parameter that the image comes from, where it does: its name says more.
 */
export function requireFittingImage(scope: Construct, launchTemplate: ec2.LaunchTemplate, needs: ImageNeeds): string | undefined {
  const { prefix = '', architecture, allowed, fix } = needs;
  if (launchTemplate.osType !== ec2.OperatingSystemType.LINUX) {
    fail(scope, { got: `${prefix}machineImage is not a Linux image`, allowed, fix });
  }
  const parameter = launchTemplate.imageId === undefined ? undefined : imageParameter(scope, launchTemplate.imageId);
  const has = parameter === undefined ? undefined : imageArchitecture(parameter)?._cpuArchitecture;
  if (has !== undefined && architecture !== undefined && has !== architecture) {
    fail(scope, {
      got: `${prefix}machineImage ${parameter} is built for ${has}, but ${prefix}instanceType ${needs.instanceType} is ${architecture}`,
      allowed: `an image for ${architecture}`,
      fix: 'leave machineImage out, so that the image follows the instance type, or choose another instance type',
    });
  }
  return parameter;
}
