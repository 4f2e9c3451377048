import { RemovalPolicy, aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { allowPublishing, allowUseOfKey } from './topic-access';
import { fail, isKnown } from '../private/errors';
import { requireInput } from '../private/input/require-input';

/** Properties of an `AlarmTopic`. */
export interface AlarmTopicProps {
  /**
   * The name that e-mails and text messages come from, at most 100 characters.
   *
   * @default - none
   */
  readonly displayName?: string;

  /**
   * The key that encrypts the messages. What alarms and event rules need is added to its policy; an imported key has to have it already.
   *
   * @default - a key of its own, rotated once a year
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * An encrypted SNS topic that alarms and EventBridge rules really reach.
 *
 * They may only publish to an encrypted topic when they may use its key, and SNS drops their messages silently otherwise: so it has a
 * customer key whose policy lets them. It is reached by TLS only. Subscribe people or a paging service to `topic`; a queue or function that is
 * subscribed needs no right to the key.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * @example
 * const alarms = new AlarmTopic(this, 'Alarms');
 * new WebAppMonitoring(this, 'Monitoring', { routing: AlarmRouting.topic(alarms.topic) });
 */
export class AlarmTopic extends Construct {
  /** The topic. */
  public readonly topic: sns.ITopic;

  /** The key that encrypts its messages. */
  public readonly encryptionKey: kms.IKey;

  public constructor(scope: Construct, id: string, props: AlarmTopicProps = {}) {
    super(scope, id);
    requireInput(this, 'AlarmTopicProps', props);
    if (isKnown(props.displayName) && props.displayName.length > 100) {
      fail(this, { got: `displayName has ${props.displayName.length} characters`, allowed: 'at most 100', fix: 'shorten it' });
    }
    this.encryptionKey = props.encryptionKey ?? new kms.Key(this, 'Key', {
      description: 'Encrypts the messages of alarms',
      enableKeyRotation: true,
      // A topic keeps no messages: once it is gone, nothing is left that needs the key.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    allowUseOfKey(this.encryptionKey);
    this.topic = new sns.Topic(this, 'Topic', { displayName: props.displayName, masterKey: this.encryptionKey, enforceSSL: true });
    allowPublishing(this.topic);
  }
}
