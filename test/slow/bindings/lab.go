// Package main is examples/typescript/ecs-lab with its default settings, in Go: the templates have to be the same.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	acm "github.com/aws/aws-cdk-go/awscdk/v2/awscertificatemanager"
	cloudfront "github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	origins "github.com/aws/aws-cdk-go/awscdk/v2/awscloudfrontorigins"
	ec2 "github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	route53 "github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	targets "github.com/aws/aws-cdk-go/awscdk/v2/awsroute53targets"
	s3 "github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	ha "github.com/cdk-ha-ecs/cdk-ha-ecs-go/cdkhaecs"
)

const zoneName = "lab.example.com"

func main() {
	defer jsii.Close()
	text := jsii.String
	us := &awscdk.StackProps{Env: &awscdk.Environment{Region: text("us-east-1")}}
	keep := awscdk.RemovalPolicy_RETAIN

	app := awscdk.NewApp(nil)
	awscdk.CrossStackReferences_Of(app).Consume(awscdk.ReferenceStrength_WEAK)
	images := awscdk.NewStack(app, text("LabImages"), us)
	webImage := ha.NewPipelineImage(images, text("Frontend"), &ha.PipelineImageProps{RemovalPolicy: keep})
	databaseImage := ha.NewPipelineImage(images, text("Database"), &ha.PipelineImageProps{
		BootstrapImage: text("public.ecr.aws/docker/library/mysql:8.4.6"), RemovalPolicy: keep,
	})

	data := awscdk.NewStack(app, text("LabData"), us)
	network := ha.NewHaNetwork(data, text("Network"), &ha.HaNetworkProps{
		RemovalPolicy: keep,
		IpAddresses:   ec2.IpAddresses_Cidr(text("10.0.0.0/16")),
		SubnetConfiguration: &[]*ec2.SubnetConfiguration{
			{Name: text("Reserved"), SubnetType: ec2.SubnetType_PRIVATE_ISOLATED, CidrMask: jsii.Number(25), Reserved: jsii.Bool(true)},
			{Name: text("Public"), SubnetType: ec2.SubnetType_PUBLIC, CidrMask: jsii.Number(24)},
			{Name: text("Private"), SubnetType: ec2.SubnetType_PRIVATE_WITH_EGRESS, CidrMask: jsii.Number(24)},
		},
	})
	cluster := ha.NewHaEcsCluster(data, text("Cluster"), &ha.HaEcsClusterProps{
		Vpc: network.Vpc(),
		Capacity: ha.EcsCapacity_Ec2(&ha.Ec2CapacityOptions{
			InstanceType: ec2.NewInstanceType(text("t3.medium")), ManagedDraining: jsii.Bool(true),
			MinInstances: jsii.Number(2), MaxInstances: jsii.Number(15),
		}),
		NamespaceName: text("lab.internal"),
		RemovalPolicy: keep,
	})
	database := ha.NewEfsBackedMysqlService(data, text("Database"), &ha.EfsBackedMysqlServiceProps{
		Cluster: cluster, DatabaseName: text("lab"), Image: databaseImage.ContainerImage(),
		ServiceName: text("mysql-service"), DnsTtl: awscdk.Duration_Seconds(jsii.Number(15)), RemovalPolicy: keep,
	})

	web := awscdk.NewStack(app, text("LabWeb"), us)
	zone := route53.HostedZone_FromHostedZoneAttributes(web, text("Zone"), &route53.HostedZoneAttributes{
		ZoneName: text(zoneName), HostedZoneId: text("Z0000000EXAMPLE"),
	})
	certificate := acm.NewCertificate(web, text("Certificate"), &acm.CertificateProps{
		DomainName: text(zoneName), SubjectAlternativeNames: jsii.Strings("*." + zoneName), Validation: acm.CertificateValidation_FromDns(zone),
	})
	frontend := ha.NewSecureAlbFrontend(web, text("Frontend"), &ha.SecureAlbFrontendProps{
		Vpc: network.Vpc(), DeletionProtection: jsii.Bool(true), RemovalPolicy: keep,
		Domain: ha.FrontendDomain_HostedZone(zone, text("alb"), &ha.HostedZoneDomainOptions{Certificate: certificate}),
	})
	distribution := contentDelivery(constructs.NewConstruct(web, text("ContentDelivery")), zone, certificate)
	php := ha.NewHaEcsWebApp(web, text("App"), &ha.HaEcsWebAppProps{
		Cluster: cluster, Frontend: frontend, Database: database, Image: webImage.ContainerImage(),
		Task:    &ha.WebAppTaskOptions{Logs: &ha.WebAppLogOptions{RemovalPolicy: keep}},
		Routing: &ha.WebAppRoutingOptions{HostHeaders: jsii.Strings(zoneName, "alb."+zoneName)},
	})

	outputs := []struct {
		name  string
		value *string
	}{
		{"Url", text("https://" + zoneName)},
		{"LoadBalancerUrl", frontend.Url()},
		{"LoadBalancerName", frontend.LoadBalancer().LoadBalancerDnsName()},
		{"Distribution", distribution.DistributionDomainName()},
		{"Cluster", cluster.Cluster().ClusterName()},
		{"WebService", php.Service().ServiceName()},
		{"TargetGroup", php.TargetGroup().TargetGroupArn()},
		{"DatabaseService", database.Service().ServiceName()},
		{"FileSystem", database.FileSystem().FileSystemId()},
		{"FrontendRepository", webImage.Repository().RepositoryUri()},
		{"DatabaseRepository", databaseImage.Repository().RepositoryUri()},
	}
	for _, output := range outputs {
		awscdk.NewCfnOutput(web, text(output.name), &awscdk.CfnOutputProps{Value: output.value})
	}

	delivery := awscdk.NewStack(app, text("LabDelivery"), us)
	connection := awscdk.Arn_Format(&awscdk.ArnComponents{
		Service: text("codeconnections"), Resource: text("connection"), ResourceName: text("00000000-0000-0000-0000-000000000000"),
		ArnFormat: awscdk.ArnFormat_SLASH_RESOURCE_NAME,
	}, delivery)
	pipeline := ha.NewWebAppPipeline(delivery, text("Pipeline"), &ha.WebAppPipelineProps{
		Source: &ha.PipelineSource{ConnectionArn: connection, Repository: text("owner/ecs-lab"), Branch: text("main")},
		Images: &[]*ha.PipelineImageBuild{
			{Image: webImage, DeployTo: &[]ha.IEcsWebApp{php}},
			{Image: databaseImage, Dockerfile: text("db/Dockerfile"), Directory: text("db")},
		},
		RemovalPolicy: keep,
	})
	alarms := ha.NewAlarmTopic(delivery, text("Alarms"), nil)
	monitoring := ha.NewWebAppMonitoring(delivery, text("Monitoring"), &ha.WebAppMonitoringProps{Routing: ha.AlarmRouting_Topic(alarms.Topic())})
	monitoring.WatchFrontend(frontend, nil)
	monitoring.WatchWebApp(php, nil)
	monitoring.WatchDatabase(database, nil)
	monitoring.WatchCluster(cluster, nil)
	monitoring.WatchPipeline(pipeline.Pipeline())
	app.Synth(nil)
}

func contentDelivery(scope constructs.Construct, zone route53.IHostedZone, certificate acm.Certificate) cloudfront.Distribution {
	logs := s3.NewBucket(scope, jsii.String("Logs"), &s3.BucketProps{
		Encryption:        s3.BucketEncryption_S3_MANAGED,
		BlockPublicAccess: s3.BlockPublicAccess_BLOCK_ALL(),
		EnforceSSL:        jsii.Bool(true),
		ObjectOwnership:   s3.ObjectOwnership_OBJECT_WRITER,
		LifecycleRules:    &[]*s3.LifecycleRule{{Expiration: awscdk.Duration_Days(jsii.Number(90))}},
		RemovalPolicy:     awscdk.RemovalPolicy_RETAIN,
		AutoDeleteObjects: jsii.Bool(false),
	})
	distribution := cloudfront.NewDistribution(scope, jsii.String("Distribution"), &cloudfront.DistributionProps{
		DomainNames:            jsii.Strings(zoneName),
		Certificate:            certificate,
		MinimumProtocolVersion: cloudfront.SecurityPolicyProtocol_TLS_V1_2_2021,
		DefaultBehavior: &cloudfront.BehaviorOptions{
			Origin: origins.NewHttpOrigin(jsii.String("alb."+zoneName), &origins.HttpOriginProps{
				ProtocolPolicy:     cloudfront.OriginProtocolPolicy_HTTPS_ONLY,
				OriginSslProtocols: &[]cloudfront.OriginSslPolicy{cloudfront.OriginSslPolicy_TLS_V1_2},
			}),
			AllowedMethods:       cloudfront.AllowedMethods_ALLOW_ALL(),
			CachePolicy:          cloudfront.CachePolicy_CACHING_DISABLED(),
			OriginRequestPolicy:  cloudfront.OriginRequestPolicy_ALL_VIEWER(),
			ViewerProtocolPolicy: cloudfront.ViewerProtocolPolicy_REDIRECT_TO_HTTPS,
		},
		EnableLogging: jsii.Bool(true),
		LogBucket:     logs,
	})
	target := route53.RecordTarget_FromAlias(targets.NewCloudFrontTarget(distribution))
	route53.NewARecord(scope, jsii.String("Apex"), &route53.ARecordProps{Zone: zone, Target: target})
	route53.NewAaaaRecord(scope, jsii.String("ApexIpv6"), &route53.AaaaRecordProps{Zone: zone, Target: target})
	return distribution
}
