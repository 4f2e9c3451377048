import { Reference, Tokenization } from 'aws-cdk-lib';
import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { DECLARED_PATH, INTERNET_END } from './aws/declared-path';
import type { DeclaredPathRecord } from './aws/declared-path';

export { DECLARED_PATH };

/** One end of a declared connection: anything with security groups, or the internet. */
export type PathEnd = ec2.IConnectable | typeof INTERNET_END;

/** The ports of a declared connection. */
export interface DeclaredPorts {
  readonly fromPort: number;
  readonly toPort?: number;
  readonly why: string;
}

/**
 * Records, on `scope`, that `source` is meant to reach `target` on TCP `ports`. Security groups are named by construct path.
 */
export function declarePath(scope: IConstruct, source: PathEnd, target: PathEnd, ports: DeclaredPorts): void {
  const record: DeclaredPathRecord = {
    source: endNames(source),
    target: endNames(target),
    fromPort: ports.fromPort,
    toPort: ports.toPort ?? ports.fromPort,
    why: ports.why,
  };
  scope.node.addMetadata(DECLARED_PATH, record);
}

function endNames(end: PathEnd): string[] {
  return end === INTERNET_END ? [INTERNET_END] : end.connections.securityGroups.map(groupPath);
}

/** A bridge-mode service holds its instances' groups imported into its own stack: the path is that of the group itself. */
function groupPath(group: ec2.ISecurityGroup): string {
  const { firstToken } = Tokenization.reverseString(group.securityGroupId);
  const owner = Reference.isReference(firstToken) ? firstToken.target.node.scope : undefined;
  return owner?.node.path ?? group.node.path;
}
