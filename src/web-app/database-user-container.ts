import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { MysqlUserProvisioning } from '../database/mysql-database';
import { AddressedImage } from '../private/addressed-image';

/** How the program that defines the application's user runs, wherever it runs: as nobody in particular, and with nothing it does not need. */
export function databaseUserContainer(taskDefinition: ecs.TaskDefinition, program: MysqlUserProvisioning): ecs.ContainerDefinitionOptions {
  const linuxParameters = new ecs.LinuxParameters(taskDefinition, 'databaseUserLinux', { initProcessEnabled: true });
  linuxParameters.dropCapabilities(ecs.Capability.ALL);
  return {
    image: new AddressedImage(program.image),
    entryPoint: program.command.slice(0, 1),
    command: program.command.slice(1),
    environment: program.environment,
    secrets: program.secretEnvironment,
    user: '999:999', // The mysql user of the official images; nothing in the program needs more.
    readonlyRootFilesystem: true,
    linuxParameters,
  };
}
