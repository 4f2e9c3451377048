import type { aws_ecs as ecs } from 'aws-cdk-lib';

/**
 * A container beside the application's own.
 */
export interface ISidecar {
  /**
   * The host name or address under which the application's container reaches this one.
   *
   * It is `127.0.0.1` in `awsvpc` mode, where the containers of a task share one network interface and have no names, and the
   * container's name in `bridge` mode, where it is linked to the application's container.
   */
  readonly host: string;

  /** The container, for everything else an L2 offers. */
  readonly container: ecs.ContainerDefinition;
}
