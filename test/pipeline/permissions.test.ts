import { App, aws_ecs as ecs, aws_iam as iam, aws_sns as sns, aws_ssm as ssm } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FLAG_CONTEXTS } from '../fixtures';
import type { Resources } from '../templates';
import { CONNECTION, deliveryWorld, pipelineIn } from './world';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import { SecureAlbFrontend } from '../../src/frontend/secure-alb-frontend';
import { WebAppDeployment } from '../../src/web-app/deployment/web-app-deployment';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';

/** A reference as a person would name it. */
function named(value: any): string {
  if (typeof value === 'string') return value;
  if (value.Ref) return value.Ref.replace(/^AWS::/, '').replace(/[0-9A-F]{8}$/, '');
  if (value['Fn::GetAtt']) return value['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, '');
  if (value['Fn::ImportValue']) return exported(value['Fn::ImportValue']);
  // With the recommended flags, stacks refer to each other without exports.
  if (value['Fn::GetStackOutput']) return exported(`${value['Fn::GetStackOutput'].StackName}:${value['Fn::GetStackOutput'].OutputName}`);
  return value['Fn::Join'][1].map(named).join(value['Fn::Join'][0]).replace('arn:Partition:', 'arn:aws:');
}

function exported(name: string): string {
  return name.replace(/^(\w+):(?:Exports|Publish)Output(?:Ref|FnGetAtt)(\w+?)[0-9A-F]{8}(?:Arn|Name)?[0-9A-F]{8}$/, '$1/$2');
}

function isReference(value: any): boolean {
  return ['Fn::ImportValue', 'Fn::GetStackOutput', 'Fn::GetAtt'].some((name) => value?.[name] !== undefined);
}

/** Everything the role of a logical id may do, as `action on resource`, with conditions. */
function permissionsOf(resources: Resources, role: string): string[] {
  return Object.values(resources)
    .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && Properties.Roles.some(({ Ref }: any) => Ref === role))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .flatMap(({ Effect, Action, Resource, Condition }: any) => [Action].flat().flatMap((action) => [Resource].flat().map((resource) =>
      `${Effect === 'Allow' ? '' : 'not '}${action} on ${named(resource)}${Condition ? ` if ${JSON.stringify(Condition, (_key, inner) => (isReference(inner) ? named(inner) : inner))}` : ''}`)))
    .sort();
}

const PUSH = ['BatchCheckLayerAvailability', 'BatchGetImage', 'CompleteLayerUpload', 'DescribeImages', 'GetDownloadUrlForLayer', 'InitiateLayerUpload', 'PutImage', 'UploadLayerPart'];
const REPOSITORIES = ['Images/WebRepository', 'Images/DatabaseRepository'];

function logsOf(project: string): string[] {
  const group = `arn:aws:logs:eu-west-1:AccountId:log-group:/aws/codebuild/${project}`;
  return [group, `${group}:*`].flatMap((resource) => ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents'].map((action) => `logs:${action} on ${resource}`))
    .concat(['logs:CreateLogStream on PipelineBuildLogs', 'logs:PutLogEvents on PipelineBuildLogs']);
}

function builder(project: string, more: string[]): string[] {
  return [
    ...logsOf(project),
    'ecr:GetAuthorizationToken on *',
    ...REPOSITORIES.flatMap((repository) => [...PUSH, ...more].map((action) => `ecr:${action} on ${repository}`)),
  ].sort();
}

/** CloudFormation reads all of them again at an update. */
const PARAMETERS_OF_STACK = ['Images/Web', 'cdk-bootstrap/hnb659fds/version'].map((name) => `ssm:GetParameters on arn:aws:ssm:eu-west-1:AccountId:parameter/${name}`);

function running(project: string): string[] {
  return ['BatchGetBuilds', 'StartBuild', 'StopBuild'].map((action) => `codebuild:${action} on ${project}`);
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  let resources: Resources;
  let actions: any[];
  beforeAll(() => {
    const world = deliveryWorld(new App({ context }));
    pipelineIn(world, {
      architectures: [ecs.CpuArchitecture.X86_64, ecs.CpuArchitecture.ARM64],
      approval: { actionName: 'Approve', notificationTopic: new sns.Topic(world.delivery, 'Topic') },
    });
    resources = Template.fromStack(world.delivery).toJSON().Resources;
    actions = pipeline().Stages.flatMap((stage: any) => stage.Actions);
  });

  function pipeline(): any {
    return Object.values(resources).find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')!.Properties;
  }

  function roleOf(action: string): string {
    return actions.find(({ Name }) => Name === action).RoleArn['Fn::GetAtt'][0];
  }

  /** What a role may do beside handing artifacts on and taking them. */
  function own(role: string): string[] {
    return [...new Set(permissionsOf(resources, role).filter((permission) => !/^(s3|kms):/.test(permission)))];
  }

  function projectRole(id: string): string {
    const [, project] = Object.entries(resources).find(([name, { Type }]) => Type === 'AWS::CodeBuild::Project' && name.startsWith(`Pipeline${id}`))!;
    return project.Properties.ServiceRole['Fn::GetAtt'][0];
  }

  test('the pipeline may take the roles of its actions, each of which trusts the pipeline alone', () => {
    const pipelineRole = pipeline().RoleArn['Fn::GetAtt'][0];
    const roles = actions.map(({ Name }) => roleOf(Name));
    expect(new Set(roles).size).toBe(actions.length);
    expect(own(pipelineRole)).toEqual(roles.map((role) => `sts:AssumeRole on ${role.slice(0, -8)}`).sort());
    for (const role of roles) {
      expect(resources[role].Properties.AssumeRolePolicyDocument.Statement).toEqual([
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: { 'Fn::GetAtt': [pipelineRole, 'Arn'] } } },
      ]);
    }
  });

  test('the source may use one connection, by both names of the action', () => {
    expect(own(roleOf('Source'))).toEqual([`codeconnections:UseConnection on ${CONNECTION}`, `codestar-connections:UseConnection on ${CONNECTION}`]);
  });

  test.each(['BuildAmd64', 'BuildArm64', 'Merge', 'Deploy'])('the action %s may run one project', (action) => {
    expect(own(roleOf(action))).toEqual(running(`Pipeline${action}`));
  });

  test.each(['BuildAmd64', 'BuildArm64'])('the project %s may push to its repositories and read what their scans found', (project) => {
    expect(own(projectRole(project))).toEqual(builder(`Pipeline${project}`, ['DescribeImageScanFindings']));
  });

  test('joining needs no scans', () => {
    expect(own(projectRole('Merge'))).toEqual(builder('PipelineMerge', []));
  });

  test('approval may tell its topic', () => {
    expect(own(roleOf('Approve'))).toEqual(['sns:Publish on Topic']);
  });

  test('deployment may have one stack updated, by one role, and write the parameter that it reads', () => {
    const stack = 'arn:aws:cloudformation:eu-west-1:AccountId:stack/Web/*';
    const parameters = ['Images/Web', 'Images/Database', 'Images/Database/candidate'].map((name) => `arn:aws:ssm:eu-west-1:AccountId:parameter/${name}`);
    const [web, , candidate] = parameters;
    const byRole = ' if {"StringEquals":{"cloudformation:RoleArn":"PipelineStackUpdateRole"}}';
    const toCloudFormation = ' if {"StringEquals":{"iam:PassedToService":"cloudformation.amazonaws.com"}}';
    expect(own(projectRole('Deploy'))).toEqual([
      ...logsOf('PipelineDeploy'),
      `cloudformation:CancelUpdateStack on ${stack}`,
      `cloudformation:DescribeStackEvents on ${stack}`,
      `cloudformation:DescribeStacks on ${stack}`,
      `cloudformation:UpdateStack on ${stack}${byRole}`,
      `iam:PassRole on PipelineStackUpdateRole${toCloudFormation}`,
      ...REPOSITORIES.flatMap((repository) => ['BatchGetImage', 'DescribeImages', 'PutImage'].map((action) => `ecr:${action} on ${repository}`)),
      'ecs:DescribeServices on Web/AppService',
      'ecs:DescribeTaskDefinition on *',
      ...parameters.map((parameter) => `ssm:GetParameter on ${parameter}`),
      ...PARAMETERS_OF_STACK,
      `ssm:PutParameter on ${candidate}`,
      `ssm:PutParameter on ${web}`,
    ].sort());
  });

  test('CloudFormation may deploy a new image to one service for it, and hand its two roles to tasks', () => {
    const toTasks = ' if {"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}';
    const [role] = Object.keys(resources).filter((id) => /^PipelineStackUpdateRole[0-9A-F]{8}$/.test(id));
    expect(resources[role].Properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'cloudformation.amazonaws.com' } },
    ]);
    expect(own(role)).toEqual([
      ...['Web', 'Data', 'Images'].map((name) => `cloudformation:DescribeStacks on arn:aws:cloudformation:eu-west-1:AccountId:stack/${name}/*`),
      ...['DeregisterTaskDefinition', 'DescribeTaskDefinition', 'RegisterTaskDefinition'].map((action) => `ecs:${action} on *`),
      ...['DescribeServiceDeployments', 'StopServiceDeployment']
        .map((action) => `ecs:${action} on arn:aws:ecs:eu-west-1:AccountId:service-deployment/Data/Cluster/Web/AppService/*`),
      ...['DescribeServices', 'ListServiceDeployments', 'ListTagsForResource', 'UpdateService'].map((action) => `ecs:${action} on Web/AppService`),
      'ecs:TagResource on arn:aws:ecs:eu-west-1:AccountId:task-definition/WebAppTaskE9451B6C:* if {"StringEquals":{"ecs:CreateAction":"RegisterTaskDefinition"}}',
      'iam:GetRole on Web/AppTaskExecutionRole',
      'iam:GetRole on Web/AppTaskTaskRole',
      `iam:PassRole on Web/AppTaskExecutionRole${toTasks}`,
      `iam:PassRole on Web/AppTaskTaskRole${toTasks}`,
      ...PARAMETERS_OF_STACK,
    ].sort());
  });

  test('artifacts and their key are all that anybody reaches in S3 and KMS', () => {
    const roles = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role').map(([id]) => id);
    const reached = roles.flatMap((role) => permissionsOf(resources, role)).filter((permission) => /^(s3|kms):/.test(permission)).map((permission) => permission.split(' on ')[1]);
    expect([...new Set(reached)].sort()).toEqual(['PipelineArtifactKey', 'PipelineArtifacts', 'PipelineArtifacts/*']);
  });

  test('the actions that deploy and ask cannot write artifacts', () => {
    for (const action of ['Deploy', 'Approve']) {
      expect(permissionsOf(resources, roleOf(action)).filter((permission) => /s3:(Put|Delete)|kms:(Encrypt|Generate)/.test(permission))).toEqual([]);
    }
  });

  test('nothing of ECS is done to anything but the one service, and nothing to a database', () => {
    const all = Object.keys(resources).flatMap((role) => permissionsOf(resources, role));
    expect([...new Set(all.filter((permission) => /^ecs:(Update|Create|Delete|Run|Stop|Start)/.test(permission)))]).toEqual([
      'ecs:StopServiceDeployment on arn:aws:ecs:eu-west-1:AccountId:service-deployment/Data/Cluster/Web/AppService/*', 'ecs:UpdateService on Web/AppService',
    ]);
  });
});

test('roles that ECS uses itself, to shift traffic, are handed to it and to nobody else', () => {
  const world = deliveryWorld(new App());
  const frontend = new SecureAlbFrontend(world.web, 'Frontend', { vpc: world.vpc, domain: FrontendDomain.httpOnly('a test') });
  const app = new HaEcsWebApp(world.web, 'Blue', {
    cluster: world.cluster, frontend, image: world.webImage.containerImage(), deployment: WebAppDeployment.blueGreen(),
  });
  pipelineIn(world, { images: [{ image: world.webImage, deployTo: [app] }] });
  const { Resources } = Template.fromStack(world.delivery).toJSON();
  const [role] = Object.keys(Resources).filter((id) => /^PipelineStackUpdateRole[0-9A-F]{8}$/.test(id));
  expect(permissionsOf(Resources, role).filter((permission) => permission.includes('ecs.amazonaws.com'))).toEqual([
    'iam:PassRole on Web/BlueInfrastructureRole if {"StringEquals":{"iam:PassedToService":"ecs.amazonaws.com"}}',
  ]);
});

test('a role from elsewhere that ECS shifts traffic with is handed over, too', () => {
  const world = deliveryWorld(new App());
  const frontend = new SecureAlbFrontend(world.web, 'Frontend', { vpc: world.vpc, domain: FrontendDomain.httpOnly('a test') });
  const infrastructureRole = iam.Role.fromRoleArn(world.web, 'Shared', 'arn:aws:iam::111122223333:role/shared');
  const app = new HaEcsWebApp(world.web, 'Blue', {
    cluster: world.cluster, frontend, image: world.webImage.containerImage(), deployment: WebAppDeployment.blueGreen({ infrastructureRole }),
  });
  pipelineIn(world, { images: [{ image: world.webImage, deployTo: [app] }] });
  const { Resources } = Template.fromStack(world.delivery).toJSON();
  const [role] = Object.keys(Resources).filter((id) => /^PipelineStackUpdateRole[0-9A-F]{8}$/.test(id));
  expect(permissionsOf(Resources, role)).toContain(
    'iam:PassRole on arn:aws:iam::111122223333:role/shared if {"StringEquals":{"iam:PassedToService":"ecs.amazonaws.com"}}',
  );
});

test('a public parameter that the stack reads is named without an account', () => {
  const world = deliveryWorld(new App());
  ssm.StringParameter.valueForStringParameter(world.web, '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id');
  pipelineIn(world);
  const { Resources } = Template.fromStack(world.delivery).toJSON();
  const [role] = Object.keys(Resources).filter((id) => /^PipelineStackUpdateRole[0-9A-F]{8}$/.test(id));
  expect(permissionsOf(Resources, role)).toContain('ssm:GetParameters on arn:aws:ssm:eu-west-1::parameter/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id');
});
