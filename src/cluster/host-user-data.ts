import { aws_ec2 as ec2 } from 'aws-cdk-lib';

/**
 * The ECS agent's settings. CDK itself adds only `ECS_CLUSTER`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
const AGENT_SETTINGS: Record<string, string> = {
  // A task on its own network interface reaches the metadata service without an extra hop: the hop limit does not stop it.
  ECS_AWSVPC_BLOCK_IMDS: 'true',
  // For containers that name no stop time of their own; the agent's 30 seconds cut off slow shutdowns.
  ECS_CONTAINER_STOP_TIMEOUT: '120s',
  // Stopped tasks keep their file system mounts until they are cleaned up, by default for three hours.
  ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: '10m',
  ECS_IMAGE_CLEANUP_INTERVAL: '30m',
  ECS_IMAGE_MINIMUM_CLEANUP_AGE: '1h',
  ECS_NUM_IMAGES_DELETE_PER_CYCLE: '10',
};

/** At two minutes' notice tasks are stopped in order, and new ones go elsewhere. */
const SPOT_SETTINGS: Record<string, string> = { ECS_ENABLE_SPOT_INSTANCE_DRAINING: 'true' };

/** The start-up script of a container instance. */
export function hostUserData(spot: boolean): ec2.UserData {
  const userData = ec2.UserData.forLinux();
  for (const [name, value] of Object.entries({ ...AGENT_SETTINGS, ...spot ? SPOT_SETTINGS : {} })) {
    userData.addCommands(`echo ${name}=${value} >> /etc/ecs/ecs.config`);
  }
  return userData;
}
