import type { aws_events as events, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from '../private/errors';

/**
 * The events of a new current value of a secret, as CloudTrail reports them.
 *
 * A rotation stores its new value as pending first, which nobody reads yet: only its success counts.
 */
export function secretChanges(scope: IConstruct, secret: secretsmanager.ISecret): events.EventPattern {
  const arn = secret.secretFullArn;
  if (arn === undefined) {
    fail(scope, {
      got: `secret ${secret.node.path} is imported by a part of its ARN`,
      allowed: 'a secret with its complete ARN, which events name',
      fix: 'import it with Secret.fromSecretCompleteArn(), or by attributes with secretCompleteArn',
    });
  }
  // CloudTrail spells the key in two ways, by the action; and requests name the secret as the caller did.
  const ofSecret = [{ responseElements: { arn: [arn] } }, { responseElements: { aRN: [arn] } }, { requestParameters: { secretId: [arn] } }];
  const current = [{ exists: false }, 'AWSCURRENT'].map((versionStages) => ({
    eventName: ['PutSecretValue'],
    requestParameters: { versionStages: [versionStages] },
  }));
  return {
    source: ['aws.secretsmanager'],
    detailType: ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'],
    detail: {
      eventSource: ['secretsmanager.amazonaws.com'],
      errorCode: [{ exists: false }],
      $or: [
        { eventName: ['RotationSucceeded'], additionalEventData: { SecretId: [arn] } },
        ...[{ eventName: ['UpdateSecret'] }, ...current].flatMap((action) => ofSecret.map((named) => merge(action, named))),
      ],
    },
  };
}

/** Both conditions, also where they are about fields of the same part of the event. */
function merge(action: Pattern, named: Pattern): Pattern {
  return {
    ...action,
    ...named,
    ...(action.requestParameters && named.requestParameters
      ? { requestParameters: { ...action.requestParameters, ...named.requestParameters } } : {}),
  };
}

interface Pattern {
  readonly eventName?: string[];
  readonly requestParameters?: object;
  readonly responseElements?: object;
}
