import { readFileSync } from 'node:fs';
import { Duration, Size, Token, aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { requireDistinctNames, warnOfCredentials } from '../container-environment';
import { requirePort } from '../container-limits';
import { DatabaseEnvironment } from '../database-environment';
import type { ContainerVariables } from '../database-environment';
import { requireCompose } from './compose-checks';
import { requireNeighbours } from '../neighbours';
import { resolveHealthCheckPath } from '../routing';
import { resolvePlugin } from './compose-plugin';
import type { ComposePlugin } from './compose-plugin';
import { ComposeProxy } from './compose-proxy';
import type { OwnedProxy } from './compose-proxy';
import { requireRanges } from './ec2-ranges';
import type { HaEc2WebAppProps } from './ha-ec2-web-app-props';
import type { IMysqlDatabase } from '../../database/mysql-database';
import type { FrontendHealthCheck, IAlbFrontend } from '../../frontend/alb-frontend';
import { architectureOf } from '../../instances/instance-architecture';
import { fail, isKnown } from '../../private/errors';
import { isWhole, requireWhole } from '../../private/numbers';
import type { ISharedFiles } from '../../storage/shared-files';
import type { WebAppLogOptions, WebAppRoutingOptions } from '../web-app-options';

/** More in one group are refused, or take a quota of their own. */
const MOST_INSTANCES = 5000;

/** The props with every default filled in, checked against each other. */
export interface Ec2WebAppSettings {
  readonly vpc: ec2.IVpc;
  readonly frontend?: IAlbFrontend;
  readonly database?: IMysqlDatabase;
  readonly sharedFiles?: ISharedFiles;
  readonly repositories: ecr.IRepository[];
  readonly logs: WebAppLogOptions;
  readonly composeText: string;
  readonly service: string;
  readonly servicePort: number;
  readonly proxy?: OwnedProxy;
  readonly plugin: Required<ComposePlugin>;
  readonly sharedFilesDirectory: string;
  readonly variables: ContainerVariables;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly instanceType: ec2.InstanceType;
  readonly rootDeviceName: string;
  readonly rootVolumeSize: Size;
  readonly port: number;
  readonly cpuTargetPercent: number;
  readonly startTimeout: Duration;
  readonly maxInstanceLifetime: Duration;
  readonly gracePeriod: Duration;
  readonly healthCheck: FrontendHealthCheck & { readonly path: string };
  readonly routing: WebAppRoutingOptions;
}

/** Fills in the defaults, and throws for what cannot work. */
export function resolveEc2Settings(scope: Construct, props: HaEc2WebAppProps): Ec2WebAppSettings {
  const { compose = {}, instances = {}, routing = {} } = props;
  requireRouting(scope, props);
  requireNeighbours(scope, props.vpc, { frontend: props.frontend, sharedFiles: props.sharedFiles && [{ files: props.sharedFiles }] });
  const settings: Ec2WebAppSettings = {
    vpc: props.vpc,
    frontend: props.frontend,
    database: props.database,
    sharedFiles: props.sharedFiles,
    repositories: compose.repositories ?? [],
    logs: compose.logs ?? {},
    composeText: readComposeText(scope, props),
    service: compose.service ?? 'app',
    servicePort: compose.port ?? 80,
    proxy: (compose.proxy ?? ComposeProxy.nginx())._owned,
    plugin: resolvePlugin(scope, compose.plugin),
    sharedFilesDirectory: compose.sharedFilesDirectory ?? '/mnt/shared',
    variables: resolveVariables(scope, props),
    ...resolveInstanceCounts(scope, props),
    instanceType: instances.instanceType ?? new ec2.InstanceType('t3.small'),
    rootDeviceName: instances.rootDeviceName ?? '/dev/xvda',
    rootVolumeSize: instances.rootVolumeSize ?? Size.gibibytes(30),
    port: instances.port ?? 80,
    cpuTargetPercent: instances.cpuTargetPercent ?? 70,
    startTimeout: instances.startTimeout ?? Duration.minutes(15),
    maxInstanceLifetime: instances.maxInstanceLifetime ?? Duration.days(14),
    gracePeriod: routing.healthCheckGracePeriod ?? Duration.seconds(300),
    healthCheck: { ...routing.healthCheck, path: requireHealthCheckPath(scope, props) },
    routing,
  };
  if (isKnown(settings.port)) requirePort(scope, 'instances.port', settings.port);
  if (isKnown(settings.servicePort)) requirePort(scope, 'compose.port', settings.servicePort);
  architectureOf(`${scope.node.path}: instances`, settings.instanceType);
  requireDirectory(scope, settings.sharedFilesDirectory);
  requireRanges(scope, settings);
  requireCompose(scope, settings);
  return settings;
}

function readComposeText(scope: Construct, { composeFile, composeText: text }: HaEc2WebAppProps): string {
  if (composeFile !== undefined && text === undefined) {
    try {
      return readFileSync(composeFile, 'utf8');
    } catch (error) {
      return fail(scope, {
        got: `composeFile '${composeFile}' (${(error as Error).message})`,
        allowed: `the path of a readable file, relative to ${process.cwd()}`,
        fix: "write it relative to where the CDK app runs, or build it with path.join(__dirname, 'compose.yaml')",
      });
    }
  }
  if (composeFile === undefined && text !== undefined) return text;
  return fail(scope, {
    got: composeFile === undefined ? 'neither composeFile nor composeText' : 'composeFile and composeText',
    allowed: 'one of the two',
    fix: 'set composeFile to the path of the compose file',
  });
}

function resolveInstanceCounts(scope: Construct, props: HaEc2WebAppProps): { minInstances: number; maxInstances: number } {
  const { minInstances = 2 } = props;
  const maxInstances = props.maxInstances ?? (isKnown(minInstances) ? 2 * minInstances : 4);
  requireWhole(
    scope,
    {
      name: 'minInstances',
      value: minInstances,
      min: 2,
      ceiling: MOST_INSTANCES - 1,
      note: ', so that one zone can be lost',
      fix: 'set minInstances to 2 or more',
    },
  );
  if (isKnown(minInstances) && isKnown(maxInstances) && !isWhole(maxInstances, minInstances + 1, MOST_INSTANCES)) {
    fail(scope, {
      got: `maxInstances is ${maxInstances} and minInstances is ${minInstances}`,
      allowed: `a whole number above ${minInstances}${maxInstances > MOST_INSTANCES ? ` and up to ${MOST_INSTANCES}` : ''}, because an update `
        + `starts a new instance while ${minInstances} stay in service`,
      fix: `set maxInstances to ${minInstances + 1} or more`,
    });
  }
  return { minInstances, maxInstances };
}

function resolveVariables(scope: Construct, props: HaEc2WebAppProps): ContainerVariables {
  const names = props.compose?.databaseEnvironment;
  if (names !== undefined && props.database === undefined) {
    fail(scope, {
      got: 'compose.databaseEnvironment without a database',
      allowed: 'compose.databaseEnvironment beside database',
      fix: 'pass the database, or leave compose.databaseEnvironment out',
    });
  }
  const database = props.database && (names ?? DatabaseEnvironment.standard())._bind(props.database);
  const service = props.compose?.service ?? 'app';
  requireDistinctNames(scope, service, props.environment, props.secrets, database?.environment, database?.secrets);
  const found = {
    environment: { ...database?.environment, ...props.environment },
    secrets: { ...database?.secrets, ...props.secrets },
  };
  [...Object.keys(found.environment), ...Object.keys(found.secrets)].forEach((name) => requireVariableName(scope, name));
  Object.entries(found.environment).forEach(([name, value]) => requireOneLine(scope, name, value));
  warnOfCredentials(scope, 'HaEc2WebApp', 'in the launch template, which everybody who may describe it', props.environment ?? {});
  return found;
}

function requireVariableName(scope: Construct, name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !['PATH', 'HOME', 'IFS', 'BASH_ENV'].includes(name)) return;
  fail(scope, {
    got: `the variable '${name}'`,
    allowed: 'letters, digits and underscores, not a digit first, and none that the shell lives by (PATH, HOME, IFS, BASH_ENV)',
    fix: 'choose another name, or set it in the compose file',
  });
}

/** Docker reads variables line by line. Tokens stay one line: their text is not known yet. */
function requireOneLine(scope: Construct, name: string, value: string): void {
  if (!value.includes('\n')) return;
  fail(scope, {
    got: `the variable ${name} has ${value.split('\n').length} lines`,
    allowed: 'one line',
    fix: 'encode it, or put it into the image or the compose file',
  });
}

function requireRouting(scope: Construct, { routing, frontend }: HaEc2WebAppProps): void {
  if (routing !== undefined && frontend === undefined) {
    fail(scope, {
      got: 'routing without a frontend',
      allowed: 'routing beside frontend, whose requests it is about',
      fix: 'pass the frontend, or leave routing out',
    });
  }
  if (routing?.proxy !== undefined) {
    fail(scope, {
      got: 'routing.proxy, a container of an ECS task',
      allowed: 'compose.proxy on EC2 instances',
      fix: 'leave routing.proxy out: NGINX is in front already; compose.proxy changes that',
    });
  }
}

function requireHealthCheckPath(scope: Construct, props: HaEc2WebAppProps): string {
  const path = resolveHealthCheckPath(scope, props);
  if (isKnown(path) && !/^\/[\w.~%/-]*(\?[\w.~%&=/-]*)?$/.test(path)) {
    fail(scope, {
      got: `healthCheckPath is '${path}'`,
      allowed: 'a path that starts with /, of letters, digits and . _ ~ % -',
      fix: "write it like '/health'",
    });
  }
  return path;
}

function requireDirectory(scope: Construct, directory: string): void {
  if (Token.isUnresolved(directory) || /^(\/[A-Za-z0-9._-]*[A-Za-z0-9_-])+$/.test(directory)) return;
  fail(scope, {
    got: `compose.sharedFilesDirectory is '${directory}'`,
    allowed: 'an absolute path of letters, digits, dots, dashes and underscores',
    fix: "write it like '/mnt/shared'",
  });
}
