import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { HTTPS_PORT } from './aws/engine-ports';
import { declarePath } from './declared-paths';

/** A connection to open: from where, to where, and why, which becomes the description of the rules. */
export interface PathToOpen {
  readonly source: ec2.IConnectable;
  readonly target: ec2.IConnectable;
  readonly port: number;
  readonly why: string;
}

/** Opens a TCP port from the side of the source, in whose stack both rules land, and records on `scope` that it is meant to be open. */
export function openPath(scope: IConstruct, { source, target, port, why }: PathToOpen): void {
  source.connections.allowTo(target, ec2.Port.tcp(port), why);
  declarePath(scope, source, target, { fromPort: port, why });
}

/** Opens HTTPS to anywhere over IPv4, by which AWS APIs and image registries are reached, and records on `scope` that it is meant to be open. */
export function openHttpsOut(scope: IConstruct, source: ec2.IConnectable, why: string): void {
  source.connections.allowTo(ec2.Peer.anyIpv4(), ec2.Port.tcp(HTTPS_PORT), why);
  declarePath(scope, source, 'internet', { fromPort: HTTPS_PORT, why });
}
