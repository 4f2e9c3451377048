import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { HaEcsCluster, SecureAlbFrontend, SharedFileSystem } from 'cdk-ha-ecs';
import type { Removal } from './removal';

/** What both forms of the site are made of. */
export interface Site {
  readonly cluster: HaEcsCluster;
  readonly frontend: SecureAlbFrontend;
  readonly image: ecs.ContainerImage;
  /** The uploads, where WordPress looks for them. */
  readonly uploads: SharedFileSystem;
  /** From which every task makes the same keys, so that a visitor who logged in at one is known to the other. */
  readonly secrets: Record<string, ecs.Secret>;
  readonly networkMode: ecs.NetworkMode;
  readonly onInstances: boolean;
  readonly removal: Removal;
}

export const UPLOADS = '/var/www/html/wp-content/uploads';
