import { libraryShop } from './library-shop';
import { allow, att, findingsIn, ref, resource, role, testFault } from './resources';
import type { Fault, Resources } from './resources';

const SPECIFICATION = `version: 0.2
phases:
  build:
    commands:
      - aws ecr get-login-password | docker login --username AWS --password-stdin $REGISTRY
      - docker build -t $REGISTRY/catalogue .
      - docker push $REGISTRY/catalogue
      - printf '[{"name":"catalogue","imageUri":"%s"}]' $REGISTRY/catalogue > imagedefinitions.json
`;

function pipeline(app: Resources): void {
  app.Binder = role('codebuild.amazonaws.com', [allow(['logs:*', 'ecr:*'])]);
  app.Binding = resource('AWS::CodeBuild::Project', {
    ServiceRole: att('Binder'), Environment: { Type: 'LINUX_CONTAINER', PrivilegedMode: true }, Source: { Type: 'CODEPIPELINE', BuildSpec: SPECIFICATION },
  });
  app.Carrier = role('codepipeline.amazonaws.com', [allow(['codebuild:*', 'ecs:*']), allow('iam:PassRole', att('Librarian'))]);
  const action = (Name: string, Provider: string, Configuration: unknown, inputs: string[], outputs: string[]) => ({
    Name, ActionTypeId: { Provider, Category: 'Any' }, Configuration, InputArtifacts: inputs.map((one) => ({ Name: one })), OutputArtifacts: outputs.map((one) => ({ Name: one })),
  });
  app.Belt = resource('AWS::CodePipeline::Pipeline', {
    RoleArn: att('Carrier'),
    Stages: [
      { Name: 'Source', Actions: [action('Code', 'CodeStarSourceConnection', {}, [], ['code'])] },
      { Name: 'Build', Actions: [action('Bind', 'CodeBuild', { ProjectName: ref('Binding') }, ['code'], ['image'])] },
      { Name: 'Deploy', Actions: [action('Shelve', 'ECS', { ClusterName: ref('Hall'), ServiceName: att('Desk', 'Name') }, ['image'], [])] },
    ],
  });
}

function blueGreen(app: Resources): void {
  app.Desk.Properties.DeploymentController = { Type: 'CODE_DEPLOY' };
  app.Green = resource('AWS::ElasticLoadBalancingV2::TargetGroup', { ...app.Readers.Properties });
  app.Mover = role('codedeploy.amazonaws.com', [], ['AWSCodeDeployRoleForECS']);
  app.Move = resource('AWS::CodeDeploy::DeploymentGroup', {
    ServiceRoleArn: att('Mover'),
    ECSServices: [{ ClusterName: ref('Hall'), ServiceName: att('Desk', 'Name') }],
    LoadBalancerInfo: { TargetGroupPairInfoList: [{ TargetGroups: [{ Name: att('Readers', 'TargetGroupName') }, { Name: att('Green', 'TargetGroupName') }] }] },
  });
}

function alarm(app: Resources): void {
  app.Bell = resource('AWS::SNS::Topic', { Subscription: [{ Protocol: 'email', Endpoint: 'desk@library.example' }] });
  app.Gone = resource('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HealthyHostCount',
    Dimensions: [{ Name: 'LoadBalancer', Value: att('Door', 'LoadBalancerFullName') }, { Name: 'TargetGroup', Value: att('Readers', 'TargetGroupFullName') }],
    Statistic: 'Minimum',
    Period: 60,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
    AlarmActions: [ref('Bell')],
  });
}

type Values = Record<string, unknown>;

/** The alarm with another metric. */
const watching = (Namespace: string, MetricName: string, dimensions: Values, rest: Values = {}) => (app: Resources) => {
  alarm(app);
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  Object.assign(app.Gone.Properties, { Namespace, MetricName, Dimensions, ...rest });
};

const FAULTS: Fault[] = [
  { rule: 'build-without-docker', mistake: 'docker in an unprivileged build', sees: /calls "docker build", and PrivilegedMode is off/, right: pipeline, wrong: (app) => { delete app.Binding.Properties.Environment.PrivilegedMode; } },
  { rule: 'build-role-rights', mistake: 'a build that may not push', sees: /Test\/Binder may not ecr:InitiateLayerUpload, .*ecr:PutImage/, right: pipeline, wrong: (app) => { app.Binder.Properties.Policies[0].PolicyDocument.Statement[0].Action = ['logs:*', 'ecr:Get*']; } },
  { rule: 'build-role-rights', mistake: 'a build that may not write its log', sees: /may not logs:CreateLogStream/, right: pipeline, wrong: (app) => { app.Binder.Properties.Policies[0].PolicyDocument.Statement[0].Action = 'ecr:*'; } },
  { rule: 'deploy-role-rights', mistake: 'a pipeline that may not hand over roles', sees: /action Shelve of stage Deploy: Test\/Carrier may not iam:PassRole/, right: pipeline, wrong: (app) => { app.Carrier.Properties.Policies[0].PolicyDocument.Statement.pop(); } },
  { rule: 'pipeline-names', mistake: 'an artifact that nothing makes', sees: /action Shelve of stage Deploy takes images, which no action before it makes/, right: pipeline, wrong: (app) => { app.Belt.Properties.Stages[2].Actions[0].InputArtifacts[0].Name = 'images'; } },
  { rule: 'pipeline-names', mistake: 'an image for a container that is not there', sees: /is given an image for container web, but Test\/Catalogue has catalogue/, right: pipeline, wrong: (app) => { app.Binding.Properties.Source.BuildSpec = SPECIFICATION.replace('"name":"catalogue"', '"name":"web"'); } },
  {
    rule: 'pipeline-names',
    mistake: 'the cluster next door',
    sees: /deploys Test\/Desk in Test\/Annex, but it is in Test\/Hall/,
    right: (app) => { pipeline(app); app.Annex = resource('AWS::ECS::Cluster'); },
    wrong: (app) => { app.Belt.Properties.Stages[2].Actions[0].Configuration.ClusterName = ref('Annex'); },
  },
  { rule: 'deployment-group-names', mistake: 'one group for blue and green', sees: /blue and green of Test\/Move are the same target group/, right: blueGreen, wrong: (app) => { app.Move.Properties.LoadBalancerInfo.TargetGroupPairInfoList[0].TargetGroups[1] = { Name: att('Readers', 'TargetGroupName') }; } },
  { rule: 'deployment-group-names', mistake: 'a service that ECS deploys itself', sees: /Test\/Desk has deployment controller ECS/, right: blueGreen, wrong: (app) => { delete app.Desk.Properties.DeploymentController; } },

  { rule: 'alarm-cannot-ring', mistake: 'the ARN of a load balancer', sees: /dimension LoadBalancer is the Ref of Test\/Door, and must be its attribute LoadBalancerFullName/, right: alarm, wrong: (app) => { app.Gone.Properties.Dimensions[0].Value = ref('Door'); } },
  { rule: 'alarm-cannot-ring', mistake: 'Container Insights that are off', sees: /Container Insights of Test\/Hall is off/, right: watching('ECS/ContainerInsights', 'RunningTaskCount', { ClusterName: ref('Hall'), ServiceName: att('Desk', 'Name') }), wrong: (app) => { app.Hall.Properties.ClusterSettings = [{ Name: 'containerInsights', Value: 'disabled' }]; } },
  { rule: 'alarm-cannot-ring', mistake: 'CloudFront watched from Ireland', sees: /CloudFront has its metrics in us-east-1, and the alarm is in eu-west-1/, right: alarm, wrong: watching('AWS/CloudFront', '5xxErrorRate', { DistributionId: 'E1', Region: 'Global' }) },
  { rule: 'alarm-unknown-metric', mistake: 'a slip of the pen', sees: /AWS\/ApplicationELB has no metric HTTPCode_Target_5xx_Count; it has HTTPCode_Target_5XX_Count/, right: watching('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', { LoadBalancer: att('Door', 'LoadBalancerFullName') }), wrong: (app) => { app.Gone.Properties.MetricName = 'HTTPCode_Target_5xx_Count'; } },
  { rule: 'alarm-unknown-metric', mistake: 'a metric that only Container Insights have', sees: /AWS\/ECS has no metric RunningTaskCount/, right: watching('AWS/ECS', 'CPUUtilization', { ClusterName: ref('Hall') }), wrong: (app) => { app.Gone.Properties.MetricName = 'RunningTaskCount'; } },
  { rule: 'alarm-unknown-metric', mistake: 'health without the target group', sees: /HealthyHostCount is not kept without dimension TargetGroup/, right: alarm, wrong: (app) => { app.Gone.Properties.Dimensions.pop(); } },
  { rule: 'alarm-unknown-metric', mistake: 'a dimension of another namespace', sees: /AWS\/EFS has no dimension FileSystem; it has FileSystemId/, right: watching('AWS/EFS', 'PercentIOLimit', { FileSystemId: 'fs-1' }), wrong: (app) => { app.Gone.Properties.Dimensions[0].Name = 'FileSystem'; } },
  {
    rule: 'alarm-unknown-metric',
    mistake: 'a metric that the log filter writes under another name',
    sees: /no log filter writes LateBook into Library; one writes LateBooks/,
    right: (app) => {
      watching('Library', 'LateBooks', {})(app);
      app.Late = resource('AWS::Logs::MetricFilter', { LogGroupName: ref('Journal'), FilterPattern: 'late', MetricTransformations: [{ MetricNamespace: 'Library', MetricName: 'LateBooks', MetricValue: '1' }] });
    },
    wrong: (app) => { app.Gone.Properties.MetricName = 'LateBook'; },
  },
  { rule: 'alarm-threshold', mistake: 'more than all of it', sees: /CPUUtilization GreaterThanThreshold 100 is never met/, right: watching('AWS/RDS', 'CPUUtilization', {}, { ComparisonOperator: 'GreaterThanThreshold', Threshold: 90 }), wrong: (app) => { app.Gone.Properties.Threshold = 100; } },
  { rule: 'alarm-threshold', mistake: 'less than nothing', sees: /HealthyHostCount LessThanThreshold 0 is never met/, right: alarm, wrong: (app) => { app.Gone.Properties.Threshold = 0; } },
  { rule: 'alarm-threshold', mistake: 'gigabytes where bytes are counted', sees: /FreeStorageSpace LessThanThreshold 10 counts bytes/, right: watching('AWS/RDS', 'FreeStorageSpace', {}, { Threshold: 1e10 }), wrong: (app) => { app.Gone.Properties.Threshold = 10; } },
  { rule: 'alarm-threshold', mistake: 'milliseconds where seconds are counted', sees: /counts seconds, not milliseconds/, right: watching('AWS/ApplicationELB', 'TargetResponseTime', { LoadBalancer: att('Door', 'LoadBalancerFullName') }, { ComparisonOperator: 'GreaterThanThreshold', Threshold: 0.5 }), wrong: (app) => { app.Gone.Properties.Threshold = 500; } },
  { rule: 'alarm-threshold', mistake: 'more datapoints than periods', sees: /5 datapoints of 3 periods/, right: alarm, wrong: (app) => { app.Gone.Properties.DatapointsToAlarm = 5; } },
  { rule: 'alarm-without-action', mistake: 'an alarm that calls nobody', sees: /Test\/Gone has no alarm action/, right: alarm, wrong: (app) => { delete app.Gone.Properties.AlarmActions; } },
  { rule: 'alarm-without-action', mistake: 'actions that are off', sees: /the actions of Test\/Gone are switched off/, right: alarm, wrong: (app) => { app.Gone.Properties.ActionsEnabled = false; } },
  { rule: 'alarm-without-action', mistake: 'a topic that nobody reads', sees: /Test\/Gone notifies Test\/Bell, to which nothing is subscribed/, right: alarm, wrong: (app) => { delete app.Bell.Properties.Subscription; } },
  { rule: 'alarm-missing-data', mistake: 'no targets taken for health', sees: /watches HealthyHostCount and has TreatMissingData notBreaching/, right: alarm, wrong: (app) => { app.Gone.Properties.TreatMissingData = 'notBreaching'; } },
];

FAULTS.forEach((fault) => testFault(libraryShop, fault));

test('an alarm that stops a deployment needs no action of its own', () => {
  const app = libraryShop();
  alarm(app);
  delete app.Gone.Properties.AlarmActions;
  app.Desk.Properties.DeploymentConfiguration.Alarms = { AlarmNames: [ref('Gone')], Enable: true, Rollback: true };
  expect(findingsIn(app).filter(({ rule }) => rule === 'alarm-without-action')).toEqual([]);
});

test('a namespace that no table has is left alone', () => {
  const app = libraryShop();
  watching('AWS/Braket', 'Shots', { Anything: 'arn:aws:braket' }, { Threshold: -5 })(app);
  expect(findingsIn(app).filter(({ rule }) => rule.startsWith('alarm-'))).toEqual([]);
});
