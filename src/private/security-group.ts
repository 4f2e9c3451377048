import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { fail, isKnown } from './errors';

/** What EC2 takes in the description of a group or a rule; the CDK lets everything through to the deployment. */
const DESCRIPTION = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

/**
 * Defines a security group that lets nothing in and nothing out until a rule says so.
 *
 * The description is fixed text of ours: changing it replaces the group.
 */
export function closedSecurityGroup(scope: Construct, id: string, vpc: ec2.IVpc, description: string): ec2.SecurityGroup {
  return new ClosedSecurityGroup(scope, id, {
    vpc,
    description,
    allowAllOutbound: false,
    allowAllIpv6Outbound: false,
    disableInlineRules: false,
  });
}

/** Speaks up about a rule of the user where it is written, not in the middle of a deployment. */
class ClosedSecurityGroup extends ec2.SecurityGroup {
  public override addIngressRule(peer: ec2.IPeer, connection: ec2.Port, description?: string, remoteRule?: boolean): void {
    requireDescription(this, description);
    super.addIngressRule(peer, connection, description, remoteRule);
  }

  public override addEgressRule(peer: ec2.IPeer, connection: ec2.Port, description?: string, remoteRule?: boolean): void {
    requireDescription(this, description);
    super.addEgressRule(peer, connection, description, remoteRule);
  }
}

function requireDescription(group: IConstruct, description: string | undefined): void {
  if (!isKnown(description) || DESCRIPTION.test(description)) return;
  const refused = [...new Set([...description].filter((character) => !DESCRIPTION.test(character)))].join(' ');
  fail(group, {
    got: `the rule description '${description.slice(0, 300)}' ${refused === '' ? `has ${description.length} characters` : `has ${refused}`}`,
    allowed: 'at most 255 of the letters a to z and A to Z, digits, spaces and ._-:/()#,@[]+=&;{}!$*, all that EC2 takes in a security group',
    fix: refused === '' ? 'shorten it' : 'write it without accents and signs such as < and >',
  });
}
