import { aws_servicediscovery as cloudmap, Names } from 'aws-cdk-lib';
import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { claimName } from '../private/claims';
import { fail, isKnown } from '../private/errors';

const SUFFIX = '.internal';
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Defines a private DNS namespace in which "no such name" is soon forgotten: while the only task of a service is replaced its
 * name does not exist, and clients must not remember that for longer than a few seconds.
 */
export function definePrivateNamespace(scope: Construct, id: string, vpc: ec2.IVpc, name?: string): cloudmap.PrivateDnsNamespace {
  claimNamespaceName(scope, vpc, name);
  const namespace = new cloudmap.PrivateDnsNamespace(scope, id, { name: name ?? defaultName(scope), vpc });
  const resource = namespace.node.defaultChild as cloudmap.CfnPrivateDnsNamespace;
  resource.properties = { dnsProperties: { soa: { ttl: 10 } } };
  return namespace;
}

/**
 * Throws unless the name can be a private DNS namespace: DNS knows no case, but Cloud Map and many clients do.
 */
export function requireNamespaceName(scope: Construct, name: string): void {
  if (!isKnown(name) || (name.length <= 253 && name.split('.').every((label) => LABEL.test(label)))) return;
  const suggestion = name.toLowerCase().replace(/[^a-z0-9.-]/g, '-').split('.')
    .map((label) => label.slice(0, 63).replace(/^-+|-+$/g, '')).filter((label) => label !== '').join('.').slice(0, 253);
  fail(scope, {
    got: `namespaceName is '${name}'`,
    allowed: 'lower-case letters, digits and hyphens, in labels of up to 63 characters parted by dots',
    fix: suggestion === '' ? 'choose a name such as shop.internal' : `use '${suggestion}'`,
  });
}

/** Route 53 takes a name once in a VPC; CloudFormation would find out only during the deployment. */
function claimNamespaceName(scope: Construct, vpc: ec2.IVpc, name?: string): void {
  claimName(scope, {
    prop: 'namespaceName',
    value: name,
    within: vpc.node.path,
    whose: 'VPC',
    allowed: 'a name of its own for each namespace of a VPC',
    fix: 'choose another name, or share the namespace: leave namespaceName out and pass the other cluster\'s namespace',
  });
}

function defaultName(scope: Construct): string {
  const unique = Names.uniqueResourceName(scope, { maxLength: 63, separator: '-' });
  return `${unique.toLowerCase().replace(/^-+|-+$/g, '')}${SUFFIX}`;
}
