import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { WebAppSharedFiles } from './shared-files-options';
import type { IAlbFrontend } from '../frontend/alb-frontend';
import { requireSameVpc } from '../private/same-vpc';

/** What an application works with. */
export interface Neighbours {
  readonly frontend?: IAlbFrontend;
  readonly sharedFiles?: ReadonlyArray<Pick<WebAppSharedFiles, 'files'>>;
}

/** Throws for a frontend or files in another VPC than the application's. */
export function requireNeighbours(scope: IConstruct, vpc: ec2.IVpc, { frontend, sharedFiles = [] }: Neighbours): void {
  requireSameVpc(scope, vpc, 'frontend', frontend?.loadBalancer.vpc);
  sharedFiles.forEach(({ files }) => requireSameVpc(scope, vpc, 'sharedFiles', files.vpc));
}
