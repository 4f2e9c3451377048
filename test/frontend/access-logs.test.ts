import { App, Duration, RemovalPolicy, Stack, aws_kms as kms, aws_s3 as s3 } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { frontendIn, only } from './helpers';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe('the own bucket', () => {
    let template: Template;
    beforeAll(() => {
      const stack = testStack(context);
      frontendIn(stack);
      template = Template.fromStack(stack);
    });

    test('is private, encrypted by S3, bounded, and stays', () => {
      template.hasResource('AWS::S3::Bucket', {
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 90, Status: 'Enabled' })] },
          BucketName: Match.absent(),
        },
      });
    });

    test('keeps its logical id', () => {
      expect(Object.keys(template.findResources('AWS::S3::Bucket'))).toEqual(['FrontendAccessLogs40989220']);
    });

    test('is written by the load balancer only, and over TLS only', () => {
      const statements: any[] = only(template, 'AWS::S3::BucketPolicy').PolicyDocument.Statement;
      expect(statements.filter((statement) => statement.Effect === 'Deny')).toEqual([
        expect.objectContaining({ Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]);
      const writers = statements.filter((statement) => statement.Effect === 'Allow' && statement.Action === 's3:PutObject');
      expect(JSON.stringify(writers.map((statement) => statement.Principal))).toMatch(/156460612806:root.*delivery\.logs\.amazonaws\.com/);
      expect(JSON.stringify(writers.map((statement) => statement.Resource))).toMatch(/AWSLogs/);
    });

    test('has its policy before the load balancer writes', () => {
      template.hasResource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
        DependsOn: Match.arrayWith([Match.stringLikeRegexp('^FrontendAccessLogsPolicy')]),
      });
    });
  });

  test('connection logs go to the same bucket and folder', () => {
    const stack = testStack(context);
    frontendIn(stack, { accessLogsPrefix: 'web' });
    const attributes: any[] = only(Template.fromStack(stack), 'AWS::ElasticLoadBalancingV2::LoadBalancer').LoadBalancerAttributes;
    const [bucket] = attributes.filter(({ Key }) => Key === 'access_logs.s3.bucket');
    expect(attributes).toEqual(expect.arrayContaining([
      { Key: 'connection_logs.s3.enabled', Value: 'true' },
      { Key: 'connection_logs.s3.bucket', Value: bucket.Value },
      { Key: 'connection_logs.s3.prefix', Value: 'web' },
    ]));
  });

  test('connection logs ask for no statement of their own in the policy of the bucket', () => {
    const stack = testStack(context);
    frontendIn(stack);
    const statements: any[] = only(Template.fromStack(stack), 'AWS::S3::BucketPolicy').PolicyDocument.Statement;
    expect(new Set(statements.map((statement) => JSON.stringify(statement))).size).toBe(statements.length);
  });

  test('connection logs can be left out', () => {
    const stack = testStack(context);
    frontendIn(stack, { loadBalancerAttributes: { 'connection_logs.s3.enabled': 'false' } });
    expect(only(Template.fromStack(stack), 'AWS::ElasticLoadBalancingV2::LoadBalancer').LoadBalancerAttributes)
      .toContainEqual({ Key: 'connection_logs.s3.enabled', Value: 'false' });
  });

  test('retention, prefix and removal policy are the user’s', () => {
    const stack = testStack(context);
    frontendIn(stack, { accessLogsPrefix: 'web', accessLogsRetention: Duration.days(7), removalPolicy: RemovalPolicy.DESTROY });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Delete', Properties: { LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 7 })] } },
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([{ Key: 'access_logs.s3.prefix', Value: 'web' }]),
    });
  });

  describe('an own bucket that goes with its stack', () => {
    const stack = testStack(context);
    frontendIn(stack, { removalPolicy: RemovalPolicy.DESTROY });
    const template = Template.fromStack(stack);
    const [emptying] = Object.entries(template.findResources('Custom::S3AutoDeleteObjects'));

    test('is emptied first: CloudFormation deletes none with anything in it', () => {
      expect(emptying[1].Properties.BucketName).toEqual({ Ref: Object.keys(template.findResources('AWS::S3::Bucket'))[0] });
    });

    test('is emptied after the load balancer is gone, which writes to it until then', () => {
      template.hasResource('AWS::ElasticLoadBalancingV2::LoadBalancer', { DependsOn: Match.arrayWith([emptying[0]]) });
    });
  });

  test('an own bucket that stays needs no function', () => {
    const stack = testStack(context);
    frontendIn(stack);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('a bucket of the app gets the policy it needs', () => {
    const stack = testStack(context);
    const frontend = frontendIn(stack, { accessLogsBucket: new s3.Bucket(stack, 'Logs', { encryption: s3.BucketEncryption.S3_MANAGED }) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::S3::Bucket', 1);
    template.resourceCountIs('AWS::S3::BucketPolicy', 1);
    expect(frontend.accessLogsBucket?.node.path).toBe('Test/Logs');
  });

  test('an imported bucket is used, with a warning about its policy', () => {
    const stack = testStack(context);
    frontendIn(stack, { accessLogsBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'central-logs') });
    Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([{ Key: 'access_logs.s3.bucket', Value: 'central-logs' }]),
    });
    Annotations.fromStack(stack).hasWarning('/Test/Frontend', Match.stringLikeRegexp('cdk-ha-ecs::SecureAlbFrontend.accessLogsBucketPolicy'));
  });
});

test('fails for a bucket encrypted with a KMS key', () => {
  const stack = testStack();
  const bucket = new s3.Bucket(stack, 'Logs', { encryptionKey: new kms.Key(stack, 'Key') });
  expect(() => frontendIn(stack, { accessLogsBucket: bucket })).toThrow(/accessLogsBucket Test\/Logs is encrypted with a KMS key.*S3_MANAGED/);
});

test('a region without an account of its own for logs uses the service principal', () => {
  const stack = new Stack(new App(), 'Test', { env: { region: 'ap-southeast-4' } });
  frontendIn(stack);
  expect(JSON.stringify(only(Template.fromStack(stack), 'AWS::S3::BucketPolicy'))).toContain('logdelivery.elasticloadbalancing.amazonaws.com');
});
