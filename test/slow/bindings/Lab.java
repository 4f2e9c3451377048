import io.github.cdkhaecs.AlarmRouting;
import io.github.cdkhaecs.AlarmTopic;
import io.github.cdkhaecs.Ec2CapacityOptions;
import io.github.cdkhaecs.EcsCapacity;
import io.github.cdkhaecs.EfsBackedMysqlService;
import io.github.cdkhaecs.FrontendDomain;
import io.github.cdkhaecs.HaEcsCluster;
import io.github.cdkhaecs.HaEcsWebApp;
import io.github.cdkhaecs.HaNetwork;
import io.github.cdkhaecs.HostedZoneDomainOptions;
import io.github.cdkhaecs.PipelineImage;
import io.github.cdkhaecs.PipelineImageBuild;
import io.github.cdkhaecs.PipelineSource;
import io.github.cdkhaecs.SecureAlbFrontend;
import io.github.cdkhaecs.WebAppLogOptions;
import io.github.cdkhaecs.WebAppMonitoring;
import io.github.cdkhaecs.WebAppPipeline;
import io.github.cdkhaecs.WebAppRoutingOptions;
import io.github.cdkhaecs.WebAppTaskOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CrossStackReferences;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.ReferenceStrength;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.CertificateValidation;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.route53.ARecord;
import software.amazon.awscdk.services.route53.AaaaRecord;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.route53.RecordTarget;
import software.amazon.awscdk.services.route53.targets.CloudFrontTarget;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** examples/typescript/ecs-lab with its default settings, in Java: the templates have to be the same. */
public final class Lab {
  private static final StackProps US = StackProps.builder().env(Environment.builder().region("us-east-1").build()).build();
  private static final String ZONE_NAME = "lab.example.com";

  public static void main(String[] arguments) {
    App app = new App();
    CrossStackReferences.of(app).consume(ReferenceStrength.WEAK);
    Stack images = new Stack(app, "LabImages", US);
    PipelineImage webImage = PipelineImage.Builder.create(images, "Frontend").removalPolicy(RemovalPolicy.RETAIN).build();
    PipelineImage databaseImage = PipelineImage.Builder.create(images, "Database")
        .bootstrapImage("public.ecr.aws/docker/library/mysql:8.4.6").removalPolicy(RemovalPolicy.RETAIN).build();

    Stack data = new Stack(app, "LabData", US);
    HaNetwork network = HaNetwork.Builder.create(data, "Network")
        .removalPolicy(RemovalPolicy.RETAIN)
        .ipAddresses(IpAddresses.cidr("10.0.0.0/16"))
        .subnetConfiguration(List.of(
            SubnetConfiguration.builder().name("Reserved").subnetType(SubnetType.PRIVATE_ISOLATED).cidrMask(25).reserved(true).build(),
            SubnetConfiguration.builder().name("Public").subnetType(SubnetType.PUBLIC).cidrMask(24).build(),
            SubnetConfiguration.builder().name("Private").subnetType(SubnetType.PRIVATE_WITH_EGRESS).cidrMask(24).build()))
        .build();
    EcsCapacity capacity = EcsCapacity.ec2(Ec2CapacityOptions.builder()
        .instanceType(new InstanceType("t3.medium")).managedDraining(true).minInstances(2).maxInstances(15).build());
    HaEcsCluster cluster = HaEcsCluster.Builder.create(data, "Cluster")
        .vpc(network.getVpc()).capacity(capacity).namespaceName("lab.internal").removalPolicy(RemovalPolicy.RETAIN).build();
    EfsBackedMysqlService database = EfsBackedMysqlService.Builder.create(data, "Database")
        .cluster(cluster).databaseName("lab").image(databaseImage.containerImage())
        .serviceName("mysql-service").dnsTtl(Duration.seconds(15)).removalPolicy(RemovalPolicy.RETAIN).build();

    Stack web = new Stack(app, "LabWeb", US);
    IHostedZone zone = HostedZone.fromHostedZoneAttributes(web, "Zone",
        HostedZoneAttributes.builder().zoneName(ZONE_NAME).hostedZoneId("Z0000000EXAMPLE").build());
    Certificate certificate = Certificate.Builder.create(web, "Certificate")
        .domainName(ZONE_NAME).subjectAlternativeNames(List.of("*." + ZONE_NAME)).validation(CertificateValidation.fromDns(zone)).build();
    SecureAlbFrontend frontend = SecureAlbFrontend.Builder.create(web, "Frontend")
        .vpc(network.getVpc()).deletionProtection(true).removalPolicy(RemovalPolicy.RETAIN)
        .domain(FrontendDomain.hostedZone(zone, "alb", HostedZoneDomainOptions.builder().certificate(certificate).build()))
        .build();
    Distribution distribution = contentDelivery(new Construct(web, "ContentDelivery"), zone, certificate);
    HaEcsWebApp php = HaEcsWebApp.Builder.create(web, "App")
        .cluster(cluster).frontend(frontend).database(database).image(webImage.containerImage())
        .task(WebAppTaskOptions.builder().logs(WebAppLogOptions.builder().removalPolicy(RemovalPolicy.RETAIN).build()).build())
        .routing(WebAppRoutingOptions.builder().hostHeaders(List.of(ZONE_NAME, "alb." + ZONE_NAME)).build())
        .build();

    Map<String, String> outputs = new LinkedHashMap<>();
    outputs.put("Url", "https://" + ZONE_NAME);
    outputs.put("LoadBalancerUrl", frontend.getUrl());
    outputs.put("LoadBalancerName", frontend.getLoadBalancer().getLoadBalancerDnsName());
    outputs.put("Distribution", distribution.getDistributionDomainName());
    outputs.put("Cluster", cluster.getCluster().getClusterName());
    outputs.put("WebService", php.getService().getServiceName());
    outputs.put("TargetGroup", php.getTargetGroup().getTargetGroupArn());
    outputs.put("DatabaseService", database.getService().getServiceName());
    outputs.put("FileSystem", database.getFileSystem().getFileSystemId());
    outputs.put("FrontendRepository", webImage.getRepository().getRepositoryUri());
    outputs.put("DatabaseRepository", databaseImage.getRepository().getRepositoryUri());
    outputs.forEach((name, value) -> CfnOutput.Builder.create(web, name).value(value).build());

    Stack delivery = new Stack(app, "LabDelivery", US);
    String connection = Arn.format(ArnComponents.builder().service("codeconnections").resource("connection")
        .resourceName("00000000-0000-0000-0000-000000000000").arnFormat(ArnFormat.SLASH_RESOURCE_NAME).build(), delivery);
    WebAppPipeline pipeline = WebAppPipeline.Builder.create(delivery, "Pipeline")
        .source(PipelineSource.builder().connectionArn(connection).repository("owner/ecs-lab").branch("main").build())
        .images(List.of(
            PipelineImageBuild.builder().image(webImage).deployTo(List.of(php)).build(),
            PipelineImageBuild.builder().image(databaseImage).dockerfile("db/Dockerfile").directory("db").build()))
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
    AlarmTopic alarms = new AlarmTopic(delivery, "Alarms");
    WebAppMonitoring monitoring = WebAppMonitoring.Builder.create(delivery, "Monitoring").routing(AlarmRouting.topic(alarms.getTopic())).build();
    monitoring.watchFrontend(frontend);
    monitoring.watchWebApp(php);
    monitoring.watchDatabase(database);
    monitoring.watchCluster(cluster);
    monitoring.watchPipeline(pipeline.getPipeline());
    app.synth();
  }

  private static Distribution contentDelivery(Construct scope, IHostedZone zone, Certificate certificate) {
    Bucket logs = Bucket.Builder.create(scope, "Logs")
        .encryption(BucketEncryption.S3_MANAGED).blockPublicAccess(BlockPublicAccess.BLOCK_ALL).enforceSsl(true)
        .objectOwnership(ObjectOwnership.OBJECT_WRITER)
        .lifecycleRules(List.of(LifecycleRule.builder().expiration(Duration.days(90)).build()))
        .removalPolicy(RemovalPolicy.RETAIN).autoDeleteObjects(false)
        .build();
    Distribution distribution = Distribution.Builder.create(scope, "Distribution")
        .domainNames(List.of(ZONE_NAME)).certificate(certificate).minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021)
        .defaultBehavior(BehaviorOptions.builder()
            .origin(HttpOrigin.Builder.create("alb." + ZONE_NAME)
                .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY).originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2)).build())
            .allowedMethods(AllowedMethods.ALLOW_ALL).cachePolicy(CachePolicy.CACHING_DISABLED)
            .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER).viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
            .build())
        .enableLogging(true).logBucket(logs)
        .build();
    RecordTarget target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
    ARecord.Builder.create(scope, "Apex").zone(zone).target(target).build();
    AaaaRecord.Builder.create(scope, "ApexIpv6").zone(zone).target(target).build();
    return distribution;
  }
}
