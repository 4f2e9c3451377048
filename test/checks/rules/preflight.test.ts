import {
  SecretValue, aws_certificatemanager as acm, aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions,
  aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secretsmanager, aws_sns as sns,
} from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { testPair } from './pair';
import { boundedLogs, ec2Cluster, ec2Task, fargateService, fargateTask, fileSystem, image, loadBalancer, mount, network } from './plain';

function https(stack: Stack, sslPolicy?: elbv2.SslPolicy): void {
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc: network(stack) });
  const listener = balancer.addListener('Https', {
    port: 443,
    certificates: [acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:123456789012:certificate/1')],
    sslPolicy,
    defaultAction: elbv2.ListenerAction.fixedResponse(404),
  });
  if (sslPolicy === undefined) {
    // What every app without the CDK's newest feature flag gets.
    (listener.node.defaultChild as elbv2.CfnListener).sslPolicy = undefined;
  }
}

testPair({
  rule: 'weak-tls-policy',
  mistake: 'an HTTPS listener without a policy',
  sees: /no policy, which means ELBSecurityPolicy-2016-08/,
  fails: (stack) => https(stack),
  passes: (stack) => https(stack, elbv2.SslPolicy.TLS13_12_RES_PQ),
});

testPair({
  rule: 'weak-tls-policy',
  mistake: 'the policy that the CDK calls recommended',
  sees: /policy ELBSecurityPolicy-2016-08/,
  fails: (stack) => https(stack, elbv2.SslPolicy.RECOMMENDED),
  passes: (stack) => https(stack, elbv2.SslPolicy.RECOMMENDED_TLS),
});

testPair({
  rule: 'secret-in-environment',
  mistake: 'a database password as an environment variable',
  sees: /container web has MYSQL_PASSWORD, JWT_SECRET in clear/,
  fails: (stack) => fargateTask(stack, { environment: { MYSQL_PASSWORD: 'hunter2', JWT_SECRET: SecretValue.unsafePlainText('x').unsafeUnwrap() } }),
  passes: (stack) => fargateTask(stack, {
    environment: { MYSQL_PASSWORD_FILE: '/run/secrets/db', SECRET_ARN: 'arn', SECRET_NAME: 'db', TOKEN_ISSUER: 'shop', PASSWORD_HASH_ALGORITHM: 'argon2id' },
    secrets: { MYSQL_PASSWORD: ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret')) },
  }),
});

testPair({
  rule: 'secret-in-environment',
  mistake: 'a password inside the address of a database',
  sees: /container web has DATABASE_URL, QUEUE_URL, DB_PASS in clear/,
  fails: (stack) => fargateTask(stack, {
    environment: {
      DATABASE_URL: 'mysql://shop:hunter2@db/shop',
      QUEUE_URL: `amqp://shop:${new secretsmanager.Secret(stack, 'Queue').secretValue.unsafeUnwrap()}@queue`,
      DB_PASS: 'hunter2',
    },
  }),
  passes: (stack) => fargateTask(stack, { environment: { DATABASE_URL: 'mysql://db/shop', QUEUE_URL: 'amqp://queue' } }),
});

function wordpress(stack: Stack, host: string): void {
  const task = fargateTask(stack, { image: image('wordpress:6'), environment: { WORDPRESS_DB_HOST: host } });
  task.addContainer('mariadb', { image: image('mariadb:11.4'), portMappings: [{ containerPort: 3306 }] });
}

testPair({
  rule: 'container-name-as-host',
  mistake: 'WordPress told to find its database under the name of the container',
  sees: /container web has WORDPRESS_DB_HOST=mariadb, the name of its sibling container/,
  fails: (stack) => wordpress(stack, 'mariadb:3306'),
  passes: (stack) => wordpress(stack, '127.0.0.1:3306'),
});

testPair({
  rule: 'localhost-as-database-host',
  mistake: 'WordPress told to find its database on localhost',
  sees: /container web has WORDPRESS_DB_HOST=localhost/,
  fails: (stack) => wordpress(stack, 'localhost:3306'),
  passes: (stack) => wordpress(stack, '127.0.0.1:3306'),
});

function ec2Service(stack: Stack, props: Partial<ecs.Ec2ServiceProps> = {}) {
  const { cluster, strategies } = ec2Cluster(stack);
  return { cluster, service: new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: ec2Task(stack), capacityProviderStrategies: strategies, ...props }) };
}

testPair({
  rule: 'launch-type-bypasses-scaling',
  mistake: 'an Ec2Service as the CDK makes it, in a cluster with a capacity provider',
  sees: /LaunchType is EC2, but the cluster has 1 capacity provider/,
  fails: (stack) => ec2Service(stack, { capacityProviderStrategies: undefined }),
  passes: (stack) => ec2Service(stack),
});

testPair({
  rule: 'service-before-capacity',
  mistake: 'a service that can be deleted after its capacity provider',
  sees: /it does not depend on Test\/Cluster/,
  fails: (stack) => ec2Service(stack),
  passes: (stack) => {
    const { cluster, service } = ec2Service(stack);
    service.node.addDependency(cluster);
  },
});

function mounting(stack: Stack) {
  const vpc = network(stack);
  const task = fargateTask(stack);
  const files = fileSystem(stack, vpc);
  mount(task, files, '/uploads');
  const service = fargateService(stack, vpc, task);
  service.connections.allowToDefaultPort(files);
  return { task, files, service };
}

testPair({
  rule: 'service-before-mount-targets',
  mistake: 'a service that does not wait for its mount targets',
  sees: /it depends on 0 of 2 mount targets of its file systems/,
  fails: mounting,
  passes: (stack) => {
    const { files, service } = mounting(stack);
    service.node.addDependency(files.mountTargetsAvailable);
  },
});

function readingSecret(stack: Stack) {
  const task = fargateTask(stack, { secrets: { PASSWORD: ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret')) } });
  return { task, service: fargateService(stack, network(stack), task) };
}

testPair({
  rule: 'service-before-role-policies',
  mistake: 'a service that may start before its execution role can read the secret',
  sees: /it does not depend on Test\/Task\/ExecutionRole\/DefaultPolicy/,
  fails: readingSecret,
  passes: (stack) => {
    const { task, service } = readingSecret(stack);
    service.node.addDependency(task.executionRole!);
  },
});

testPair({
  rule: 'two-scaling-controllers',
  mistake: 'an own CPU policy on a group that ECS scales',
  sees: /TargetTrackingScaling policy on Test\/Asg, which ECS scales/,
  fails: (stack) => ec2Cluster(stack).group.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 70 }),
  passes: (stack) => ec2Cluster(stack),
});

testPair({
  rule: 'log-group-retention',
  mistake: 'the log group that awsLogs makes',
  sees: /no RetentionInDays/,
  fails: (stack) => fargateTask(stack, { logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }) }),
  passes: (stack) => fargateTask(stack, { logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web', logGroup: boundedLogs(stack) }) }),
});

testPair({
  rule: 'image-tag',
  mistake: 'an image without a tag',
  sees: /container web runs amazon\/amazon-ecs-sample/,
  fails: (stack) => fargateTask(stack, { image: ecs.ContainerImage.fromRegistry('amazon/amazon-ecs-sample') }),
  passes: (stack) => fargateTask(stack, { image: ecs.ContainerImage.fromRegistry(`localhost:5000/web@sha256:${'0'.repeat(64)}`) }),
});

testPair({
  rule: 'image-tag',
  mistake: 'the tag latest of a repository of the app',
  sees: /container web runs an image with the tag latest/,
  fails: (stack) => fargateTask(stack, { image: ecs.ContainerImage.fromEcrRepository(new ecr.Repository(stack, 'Images')) }),
  passes: (stack) => fargateTask(stack, { image: ecs.ContainerImage.fromEcrRepository(new ecr.Repository(stack, 'Images'), '1.0') }),
});

function alarmTopic(stack: Stack, masterKey: kms.IKey): void {
  const topic = new sns.Topic(stack, 'Topic', { masterKey });
  const alarm = new cloudwatch.Alarm(stack, 'Alarm', {
    metric: new cloudwatch.Metric({ namespace: 'AWS/ECS', metricName: 'CPUUtilization' }), threshold: 80, evaluationPeriods: 3,
  });
  alarm.addAlarmAction(new actions.SnsAction(topic));
}

testPair({
  rule: 'alarm-topic-key',
  mistake: 'an encrypted topic whose key CloudWatch may not use',
  sees: /Test\/Alarm notify Test\/Topic, whose key Test\/Key has no statement for cloudwatch\.amazonaws\.com/,
  fails: (stack) => alarmTopic(stack, new kms.Key(stack, 'Key')),
  passes: (stack) => {
    const key = new kms.Key(stack, 'Key');
    key.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')], actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'],
    }));
    alarmTopic(stack, key);
  },
});

testPair({
  rule: 'alarm-topic-key',
  mistake: 'a topic with the key that AWS manages',
  sees: /alias\/aws\/sns; CloudWatch may never use that one/,
  fails: (stack) => {
    alarmTopic(stack, new kms.Key(stack, 'Key'));
    (stack.node.findChild('Topic').node.defaultChild as sns.CfnTopic).kmsMasterKeyId = 'alias/aws/sns';
  },
  passes: (stack) => {
    alarmTopic(stack, new kms.Key(stack, 'Key'));
    (stack.node.findChild('Topic').node.defaultChild as sns.CfnTopic).kmsMasterKeyId = undefined;
  },
});

function eventTopic(stack: Stack, conditions?: Record<string, unknown>): sns.Topic {
  const topic = new sns.Topic(stack, 'Topic');
  topic.addToResourcePolicy(new iam.PolicyStatement({
    principals: ['cloudwatch', 'events'].map((service) => new iam.ServicePrincipal(`${service}.amazonaws.com`)),
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions,
  }));
  return topic;
}

testPair({
  rule: 'event-topic-condition',
  mistake: 'a topic that lets EventBridge publish under a condition only',
  sees: /Test\/Topic lets events\.amazonaws\.com publish under the condition StringEquals aws:SourceAccount only/,
  fails: (stack) => eventTopic(stack, { StringEquals: { 'aws:SourceAccount': stack.account } }),
  passes: (stack) => eventTopic(stack),
});

testPair({
  rule: 'event-topic-condition',
  mistake: 'conditions in every statement, of which there are two',
  sees: /under the condition ArnLike aws:SourceArn, StringEquals aws:SourceAccount only/,
  fails: (stack) => {
    const topic = eventTopic(stack, { StringEquals: { 'aws:SourceAccount': stack.account } });
    topic.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: ['sns:*'],
      resources: ['*'],
      conditions: { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } },
    }));
  },
  passes: (stack) => {
    const topic = eventTopic(stack, { StringEquals: { 'aws:SourceAccount': stack.account } });
    topic.grantPublish(new iam.ServicePrincipal('events.amazonaws.com'));
  },
});

testPair({
  rule: 'efs-volume-protection',
  mistake: 'an EFS volume as the examples show it',
  sees: /volume data of Test\/Files is without encryption in transit, IAM authorization, an access point/,
  fails: (stack) => {
    const task = fargateTask(stack);
    task.addVolume({ name: 'data', efsVolumeConfiguration: { fileSystemId: fileSystem(stack, network(stack)).fileSystemId } });
    task.defaultContainer!.addMountPoints({ containerPath: '/data', sourceVolume: 'data', readOnly: false });
  },
  passes: (stack) => mount(fargateTask(stack), fileSystem(stack, network(stack)), '/data'),
});

testPair({
  rule: 'public-mount-target',
  mistake: 'mount targets in public subnets',
  sees: /is in Test\/Vpc\/PublicSubnet1, whose default route leads to an internet gateway/,
  fails: (stack) => fileSystem(stack, network(stack), { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }),
  passes: (stack) => fileSystem(stack, network(stack)),
});

testPair({
  rule: 'vpc-name-resolution',
  mistake: 'a file system in a VPC without DNS host names',
  sees: /EnableDnsHostnames is off, but Test\/Files/,
  fails: (stack) => fileSystem(stack, network(stack, { enableDnsHostnames: false })),
  passes: (stack) => fileSystem(stack, network(stack)),
});

testPair({
  rule: 'vpc-name-resolution',
  mistake: 'a private namespace in a VPC without DNS',
  sees: /EnableDnsSupport and EnableDnsHostnames is off/,
  fails: (stack) => new ecs.Cluster(stack, 'Cluster', {
    vpc: network(stack, { enableDnsHostnames: false, enableDnsSupport: false }), defaultCloudMapNamespace: { name: 'lab.internal' },
  }),
  // Where nothing is found by a private name, nobody misses it.
  passes: (stack) => loadBalancer(stack, network(stack, { enableDnsHostnames: false })).addAction('None', { action: elbv2.ListenerAction.fixedResponse(404) }),
});


function behindListener(stack: Stack): { task: ecs.FargateTaskDefinition; service: ecs.CfnService; target: elbv2.CfnTargetGroup } {
  const vpc = network(stack);
  const task = fargateTask(stack);
  const service = fargateService(stack, vpc, task);
  const group = loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [service] });
  return { task, service: service.node.findChild('Service') as ecs.CfnService, target: group.node.defaultChild as elbv2.CfnTargetGroup };
}

testPair({
  rule: 'target-container-missing',
  mistake: 'a container that was renamed in the task definition only',
  sees: /container web is none of app/,
  fails: (stack) => {
    const { task } = behindListener(stack);
    (task.node.defaultChild as ecs.CfnTaskDefinition).addPropertyOverride('ContainerDefinitions.0.Name', 'app');
  },
  passes: behindListener,
});

testPair({
  rule: 'target-container-missing',
  mistake: 'a port that the container does not map',
  sees: /port 80 of container web, which maps 8080/,
  fails: (stack) => {
    const { task } = behindListener(stack);
    (task.node.defaultChild as ecs.CfnTaskDefinition).addPropertyOverride('ContainerDefinitions.0.PortMappings.0.ContainerPort', 8080);
  },
  passes: behindListener,
});

testPair({
  rule: 'target-type-mismatch',
  mistake: 'awsvpc tasks registered by instance',
  sees: /Test\/Alb\/Http\/TargetGroup has target type instance, but the tasks of Test\/Service are awsvpc/,
  fails: (stack) => behindListener(stack).target.addPropertyOverride('TargetType', 'instance'),
  passes: behindListener,
});

testPair({
  rule: 'mount-without-volume',
  mistake: 'a mount point for a volume that nobody added',
  sees: /container web mounts uploads at \/uploads, but the volumes are none/,
  fails: (stack) => fargateTask(stack).defaultContainer!.addMountPoints({ containerPath: '/uploads', sourceVolume: 'uploads', readOnly: false }),
  passes: (stack) => mount(fargateTask(stack), fileSystem(stack, network(stack)), '/uploads'),
});

function twoRules(stack: Stack, second: number): void {
  const listener = loadBalancer(stack, network(stack));
  listener.addAction('None', { action: elbv2.ListenerAction.fixedResponse(404) });
  [10, second].forEach((priority, index) => new elbv2.ApplicationListenerRule(stack, `Rule${index}`, {
    listener, priority, conditions: [elbv2.ListenerCondition.pathPatterns([`/${index}`])], action: elbv2.ListenerAction.fixedResponse(200),
  }));
}

testPair({
  rule: 'duplicate-listener-priority',
  mistake: 'two apps that both chose priority 10',
  sees: /priority 10 of Test\/Alb\/Http is also that of Test\/Rule0/,
  fails: (stack) => twoRules(stack, 10),
  passes: (stack) => twoRules(stack, 20),
});
