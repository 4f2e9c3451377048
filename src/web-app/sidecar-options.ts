import type { Duration, aws_ecs as ecs } from 'aws-cdk-lib';
import type { WebAppSharedFiles } from './shared-files-options';

/**
 * A container that runs beside the application's own, in every task, and serves it.
 */
export interface SidecarOptions {
  /** The image to run. Pin it to a version or a digest. */
  readonly image: ecs.ContainerImage;

  /**
   * CPU units reserved for it; 1024 are one vCPU. They come out of the task's.
   *
   * @default 128
   */
  readonly cpu?: number;

  /**
   * Memory it may use, in MiB; it is stopped when it uses more. It comes out of the task's.
   *
   * @default 256
   */
  readonly memoryMiB?: number;

  /**
   * Plain environment variables. Not for credentials.
   *
   * @default - none
   */
  readonly environment?: Record<string, string>;

  /**
   * Environment variables whose values come from Secrets Manager or the SSM Parameter Store.
   *
   * @default - none
   */
  readonly secrets?: Record<string, ecs.Secret>;

  /**
   * The command, in place of the image's own.
   *
   * @default - the image's own
   */
  readonly command?: string[];

  /**
   * The user it runs as (`uid` or `uid:gid`).
   *
   * @default - the image's own
   */
  readonly user?: string;

  /**
   * How to find out that it is ready. ECS ignores a health check that is written into the image.
   *
   * @default - none
   */
  readonly healthCheck?: ecs.HealthCheck;

  /**
   * Whether the whole task is replaced when this container stops.
   *
   * @default true
   */
  readonly essential?: boolean;

  /**
   * How long it may take to become healthy before the task is given up. On Fargate at most 2 minutes.
   *
   * @default - ECS decides: 3 minutes
   */
  readonly startTimeout?: Duration;

  /**
   * How long it may take to end on its own before it is killed. On Fargate at most 2 minutes.
   *
   * @default Duration.seconds(30)
   */
  readonly stopTimeout?: Duration;

  /**
   * Whether its root file system is read-only.
   *
   * @default false
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * The TCP port it listens on. In `awsvpc` mode no two containers of a task can listen on the same port.
   *
   * @default - it listens on none; a proxy needs one
   */
  readonly containerPort?: number;

  /**
   * Whether the application's container starts only when this one is healthy; it then needs a `healthCheck`. Not for a proxy, which waits for the
   * application.
   *
   * @default - true, save for a proxy, and for a sidecar of a `SingleTaskWebApp` on Fargate that writes files: its first start may take longer than Fargate waits
   */
  readonly waitUntilHealthy?: boolean;

  /**
   * File systems that it mounts: uploads that it serves itself, or, in a `SingleTaskWebApp`, the data of a database server.
   *
   * @default - none
   */
  readonly files?: WebAppSharedFiles[];
}
