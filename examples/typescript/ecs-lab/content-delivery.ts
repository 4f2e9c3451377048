import { aws_certificatemanager as acm, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_route53 as route53, aws_route53_targets as targets, aws_s3 as s3, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface ContentDeliveryProps {
  readonly zone: route53.IHostedZone;
  /** Covers the apex; CloudFront takes certificates of us-east-1 only, so the lab's default region is that one. */
  readonly certificate: acm.ICertificate;
  /** The name of the load balancer that its certificate covers, never `*.elb.amazonaws.com`. */
  readonly originName: string;
  /** Of the access logs; with DESTROY their bucket is emptied when it goes. */
  readonly removalPolicy: RemovalPolicy;
}

/** CloudFront at the apex of the zone, in front of the load balancer that is reachable under its own name as well. */
export class ContentDelivery extends Construct {
  public readonly distribution: cloudfront.Distribution;

  public constructor(scope: Construct, id: string, props: ContentDeliveryProps) {
    super(scope, id);
    if (Stack.of(this).region !== 'us-east-1') {
      throw new Error(`${this.node.path}: CloudFront takes certificates of us-east-1 only: deploy with -c region=us-east-1`);
    }
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      domainNames: [props.zone.zoneName],
      certificate: props.certificate,
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultBehavior: {
        origin: new origins.HttpOrigin(props.originName, {
          protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
        }),
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER,
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      },
      enableLogging: true,
      logBucket: this.logBucket(props.removalPolicy),
    });
    const apex = { zone: props.zone, target: route53.RecordTarget.fromAlias(new targets.CloudFrontTarget(this.distribution)) };
    new route53.ARecord(this, 'Apex', apex);
    new route53.AaaaRecord(this, 'ApexIpv6', apex);
    Validations.of(this.distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'A lab is open to every country.' },
      { id: 'AwsSolutions-CFR2', reason: 'A web ACL costs more a month than the lab; SecureAlbFrontend takes one by its webAcl prop.' },
    );
  }

  private logBucket(removalPolicy: RemovalPolicy): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Logs', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership: s3.ObjectOwnership.OBJECT_WRITER, // CloudFront writes its standard logs by ACL
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy,
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    });
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'It holds access logs itself; logging them would only make more of them.' });
    return bucket;
  }
}
