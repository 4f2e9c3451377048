import { CfnParameter, Reference, Stack, Stage, Token, Tokenization, aws_ecs as ecs, aws_ssm as ssm } from 'aws-cdk-lib';
import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail } from '../private/errors';

/** Where the address of an image is kept, and who is told of each container that runs it. */
export interface ParameterImageProps {
  readonly scope: Construct;
  readonly repository: ecr.IRepository;
  readonly parameterName: string;
  readonly onBind: (container: ecs.ContainerDefinition) => void;
}

/**
 * An image whose address CloudFormation reads from an SSM parameter at every deployment of the stack, and not from the template.
 */
export class ParameterImage extends ecs.ContainerImage {
  public constructor(private readonly props: ParameterImageProps) {
    super();
  }

  public bind(_scope: Construct, container: ecs.ContainerDefinition): ecs.ContainerImageConfig {
    this.requireReadable(container);
    this.props.repository.grantPull(container.taskDefinition.obtainExecutionRole());
    this.props.onBind(container);
    return { imageName: ssm.StringParameter.valueForStringParameter(container, this.props.parameterName) };
  }

  /** The template names the parameter and refers to nothing: the order of deployment must be said. */
  private requireReadable(container: ecs.ContainerDefinition): void {
    const { scope, parameterName } = this.props;
    const [reader, owner] = [Stack.of(container), Stack.of(scope)];
    if (reader === owner) {
      fail(container, {
        got: `the image is read from ${parameterName}, a parameter of the same stack`,
        allowed: 'a parameter that exists before the stack is deployed',
        fix: `define ${scope.node.path} in a stack of its own, such as one for images, that is deployed first`,
      });
    }
    if (apart(reader.region, owner.region) || apart(reader.account, owner.account)) {
      fail(container, {
        got: `the image is read from ${parameterName}, a parameter of ${owner.account}/${owner.region}`,
        allowed: `a parameter of the account and region of stack ${reader.stackName}`,
        fix: `define ${scope.node.path} in a stack with the same env`,
      });
    }
    if (Stage.of(reader) === Stage.of(owner)) reader.addStackDependency(owner, `reads the image from ${parameterName}`);
  }
}

/** Whether the next deployment of a container's stack reads the address of its image from a parameter. */
export function readsParameter(container: ecs.ContainerDefinition, parameterName: string): boolean {
  const { firstToken } = Tokenization.reverseString(container.imageName);
  return Reference.isReference(firstToken) && firstToken.target instanceof CfnParameter && firstToken.target.default === parameterName;
}

/** The names of the SSM parameters that a deployment of a stack reads. */
export function parameterNamesOf(stack: Stack): string[] {
  return stack.node.findAll().filter((each): each is CfnParameter => each instanceof CfnParameter && Stack.of(each) === stack)
    .filter(({ type }) => type.startsWith('AWS::SSM::Parameter::Value')).map((parameter) => `${parameter.default}`);
}

function apart(one: string, other: string): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}
