import { aws_codepipeline as codepipeline, aws_codepipeline_actions as actions, aws_ec2 as ec2, aws_iam as iam } from 'aws-cdk-lib';
import type { aws_codebuild as codebuild, aws_ecr as ecr, aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { defineArtifactStore } from './artifact-store';
import { defineProjects } from './build-projects';
import type { BuildProjects } from './build-projects';
import { connectionSource } from './connection-source';
import type { ConnectionSource } from './connection-source';
import { acknowledgeProject, acknowledgeWriter } from './pipeline-acknowledgements';
import { resolvePipelineSettings } from './pipeline-settings';
import type { PipelineSettings } from './pipeline-settings';
import type { PipelineSource, WebAppPipelineProps } from './web-app-pipeline-props';
import { requireInput } from '../private/input/require-input';

/**
 * Defines a pipeline that builds images from a Git repository and deploys them to web applications.
 *
 * A push to the branch builds every image for the architectures of its applications, tags it with the commit, has it scanned, and waits for
 * approval where that is wanted. Then its address, by digest, is written to the parameter of the `PipelineImage`, and CloudFormation updates
 * the stacks of the applications as they are, reading the parameters again: so what it goes back to, in this or any later deployment that
 * fails, is the last image that worked. Where the update fails, the parameters get their former values back. A database's image is built and
 * written down as a candidate, which a person promotes.
 *
 * It deploys within its own account and region. A commit is built once: to build again with newer base images, push another commit.
 * Define it in a stack that is deployed last; it starts when it is created, so the connection must be confirmed by then.
 *
 * Throws for what is no connection, for branches and paths that mean more than one thing, for containers that are not there, and for
 * architectures that lack that of an application, for containers that do not read their image from the parameter, and for applications in
 * nested stacks.
 *
 * @example
 * declare const app: HaEcsWebApp;
 * declare const webImage: PipelineImage;
 * declare const databaseImage: PipelineImage;
 * new WebAppPipeline(this, 'Pipeline', {
 *   source: {
 *     connectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/0a1b2c3d-0000-4000-8000-000000000000',
 *     repository: 'example/shop',
 *   },
 *   images: [
 *     { image: webImage, deployTo: [app] },
 *     { image: databaseImage, dockerfile: 'db/Dockerfile', directory: 'db' },
 *   ],
 * });
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 */
export class WebAppPipeline extends Construct implements ec2.IConnectable {
  /** The pipeline. */
  public readonly pipeline: codepipeline.Pipeline;

  /** The projects that build (one for each architecture), join and deploy images. */
  public readonly projects: codebuild.Project[];

  /** The repositories of the images, in the order of the props. */
  public readonly repositories: ecr.IRepository[];

  /** The parameters the pipeline writes, in the order of the props. */
  public readonly parameters: ssm.IStringParameter[];

  /** The security group of the builds; empty outside a VPC. */
  public readonly connections: ec2.Connections;

  private readonly settings: PipelineSettings;
  private readonly actionRoles: iam.Role[] = [];
  private readonly images = new codepipeline.Artifact('Images');

  public constructor(scope: Construct, id: string, props: WebAppPipelineProps) {
    super(scope, id);
    requireInput(this, 'WebAppPipelineProps', props);
    this.settings = resolvePipelineSettings(this, props);

    const projects = defineProjects(this, this.settings);
    this.pipeline = new codepipeline.Pipeline(this, 'Pipeline', {
      pipelineType: codepipeline.PipelineType.V2,
      executionMode: codepipeline.ExecutionMode.SUPERSEDED,
      artifactBucket: props.artifactBucket ?? defineArtifactStore(this, this.settings.removalPolicy),
      crossAccountKeys: false,
      restartExecutionOnUpdate: false,
      role: props.role,
    });

    const source = this.addSourceStage(props.source);
    this.addBuildStage(source, projects);
    if (props.approval) this.addApprovalStage(props.approval);
    this.addDeployStage(projects);
    this.waitForPolicies(projects);
    if (props.role === undefined) acknowledgeWriter(this.pipeline.role, this.pipeline.artifactBucket);

    this.projects = projects.all;
    this.repositories = props.images.map(({ image }) => image.repository);
    this.parameters = props.images.map(({ image }) => image.parameter);
    this.connections = new ec2.Connections({ securityGroups: projects.network.securityGroups });
  }

  private addSourceStage(props: PipelineSource): ConnectionSource {
    const role = this.actionRole('Source');
    const source = connectionSource(props, role);
    this.pipeline.addStage({ stageName: 'Source', actions: [source.action] });
    this.pipeline.addTrigger(source.trigger);
    acknowledgeWriter(role, this.pipeline.artifactBucket);
    return source;
  }

  private addBuildStage({ action, output }: ConnectionSource, { native, merge }: BuildProjects): void {
    const build = (name: string, project: codebuild.Project, runOrder: number, outputs: codepipeline.Artifact[]) => new actions.CodeBuildAction({
      actionName: name,
      project,
      input: output,
      outputs,
      runOrder,
      role: this.actionRole(name),
      environmentVariables: { COMMIT_ID: { value: action.variables.commitId } },
    });
    this.pipeline.addStage({
      stageName: 'Build',
      actions: [
        ...[...native].map(([name, project]) => build(name === 'arm64' ? 'BuildArm64' : 'BuildAmd64', project, 1, merge ? [] : [this.images])),
        ...(merge ? [build('Merge', merge, 2, [this.images])] : []),
      ],
    });
    [...native.values(), ...(merge ? [merge] : [])].forEach((project) =>
      acknowledgeProject(
        project,
        this.pipeline.artifactBucket,
        'ecr:GetAuthorizationToken knows no resource; pushing is limited to the repositories',
      ));
  }

  private addApprovalStage(approval: actions.ManualApprovalActionProps): void {
    const action = new actions.ManualApprovalAction({ ...approval, role: approval.role ?? this.actionRole(approval.actionName) });
    this.pipeline.addStage({ stageName: 'Approve', actions: [action] });
  }

  /** Without a rollback of the stage: it would bring back the last image of the pipeline, though a person may have gone back further. */
  private addDeployStage({ deploy }: BuildProjects): void {
    this.pipeline.addStage({
      stageName: 'Deploy',
      actions: [new actions.CodeBuildAction({ actionName: 'Deploy', project: deploy, input: this.images, role: this.actionRole('Deploy') })],
    });
    acknowledgeProject(deploy, this.pipeline.artifactBucket, 'ecs:DescribeTaskDefinition knows no resource');
  }

  /** The CDK's own action roles trust the whole account unless a feature flag says otherwise. */
  private actionRole(action: string): iam.Role {
    const role = new iam.Role(this, `${action}Role`, {
      assumedBy: new iam.ArnPrincipal(this.pipeline.role.roleArn),
      description: `The action ${action} of a pipeline`,
    });
    this.actionRoles.push(role);
    return role;
  }

  /** It starts when it is created. Only the resource can wait: the roles of the actions trust the role beside it. */
  private waitForPolicies({ all, stackUpdateRole }: BuildProjects): void {
    this.pipeline.node.defaultChild!.node.addDependency(...this.actionRoles, ...all, stackUpdateRole);
  }
}
