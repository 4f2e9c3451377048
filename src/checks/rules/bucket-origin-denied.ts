import type { Rule } from './rule';
import type { Statement } from '../../app-model/iam/statement';
import { readStatements, matchesAction } from '../../app-model/iam/statement';
import type { NetworkModel } from '../../paths/judging/network-model';
import { isComplete } from '../../template/decided';
import { asList, asObject, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalOf } from '../../template/text';
import { literalAt, nameOf } from '../../template/values';

/** CloudFront asks the bucket as anybody does, and hands its refusal on to the visitor. */
export const bucketOriginDenied: Rule = {
  id: 'bucket-origin-denied',
  severity: 'error',
  says: 'CloudFront may not read the bucket that is its origin.',
  change: 'Give the origin an origin access control, and let cloudfront.amazonaws.com read the bucket for this distribution: '
    + 'S3BucketOrigin.withOriginAccessControl(bucket).',
  leadsTo: 'Every file is answered with 403 Forbidden.',
  evaluate: ({ model, pointers }) => (isComplete(model) ? model.ofType('AWS::CloudFront::Distribution') : []).flatMap((distribution) => (
    asList(dig(distribution.properties, 'DistributionConfig', 'Origins')).flatMap((origin) => {
      const bucket = model.pointee(distribution, dig(origin, 'DomainName'));
      if (bucket?.type !== 'AWS::S3::Bucket' || dig(origin, 'CustomOriginConfig') !== undefined || isOpen(bucket)
        || isSignedElsewhere(distribution)) return [];
      const policies = pointers.to(bucket, 'AWS::S3::BucketPolicy', 'Bucket');
      if (policies.length === 0 && stray(model)) return [];
      const statements = policies.flatMap((one) => readStatements(model, one, dig(one.properties, 'PolicyDocument')));
      const reading = statements.filter((one) => one.effect !== 'Deny' && matchesAction(one, 's3:GetObject') !== 'no');
      const saw = refused(model, distribution, origin, reading);
      return saw === undefined ? [] : [{ at: distribution, related: [bucket, ...policies], saw: `origin ${nameOf(bucket)}: ${saw}` }];
    })
  )),
};

function refused(model: NetworkModel['model'], distribution: Resource, origin: unknown, reading: readonly Statement[]): string | undefined {
  const identity = dig(origin, 'S3OriginConfig', 'OriginAccessIdentity');
  const control = dig(origin, 'OriginAccessControlId');
  if (reading.some(({ principal }) => principal === '*' || dig(principal, 'AWS') === '*')) return undefined;
  if (control === undefined
    && (identity === undefined || identity === '')) return 'it is asked without a signature, and its policy lets nobody in without one';
  if (reading.length === 0) return 'its policy lets nobody read';
  if (control === undefined) return undefined;
  const own = model.pointee(distribution, control);
  if (own !== undefined && literalAt(model, own, 'OriginAccessControlConfig', 'SigningBehavior') === 'never') return `${nameOf(own)} signs nothing`;
  const services = reading.filter(({ principal }) => dig(principal, 'Service') !== undefined);
  if (services.length === 0) {
    return reading.every(({ principal }) =>
      dig(principal, 'AWS') !== undefined || dig(principal, 'CanonicalUser') !== undefined)
      ? 'its policy does not let cloudfront.amazonaws.com read'
      : undefined;
  }
  const named = services.map(({ condition, holder }) => sourceOf(model, holder, condition));
  return named.every((one) => one !== undefined && one !== distribution) ? 'its policy lets another distribution read' : undefined;
}

/** The distribution that a condition asks for: one of the app, a literal of elsewhere, or undefined where that is not known. */
function sourceOf(model: NetworkModel['model'], holder: Resource, condition: Statement['condition']): Resource | string | undefined {
  const stated = Object.values(condition ?? {}).flatMap((keys) => Object.entries(asObject(keys)))
    .find(([key]) => key.toLowerCase() === 'aws:sourcearn')?.[1];
  if (stated === undefined) return undefined;
  const [text] = model.texts(holder, asList(stated));
  const found = text.map((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) : undefined)).find(Boolean);
  const literal = literalOf(text);
  return found ?? (literal !== undefined && !/[*?]/.test(literal) ? literal : undefined);
}

function isOpen(bucket: Resource): boolean {
  return dig(bucket.properties, 'WebsiteConfiguration') !== undefined || dig(bucket.properties, 'AccessControl') !== undefined;
}

/** A function at the edge may sign what CloudFront does not. */
function isSignedElsewhere({ properties }: Resource): boolean {
  return JSON.stringify(properties).includes('"LambdaFunctionAssociations"');
}

/** A policy for a bucket that is not known may be for this one. */
function stray(model: NetworkModel['model']): boolean {
  return model.ofType('AWS::S3::BucketPolicy').some((one) => model.pointee(one, dig(one.properties, 'Bucket')) === undefined);
}
