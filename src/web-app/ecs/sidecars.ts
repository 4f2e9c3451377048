import { Duration, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { requireDistinctNames } from '../container-environment';
import { requireContainerTimes, requirePort, requireReservation } from '../container-limits';
import type { ISidecar } from './sidecar';
import { containersOf } from '../../private/cdk-internals';
import { fail, isKnown } from '../../private/errors';
import type { SidecarOptions } from '../sidecar-options';

/** The task that sidecars join, and what they have in common with it. */
export interface SidecarsProps {
  /** The construct that a complaint names. */
  readonly scope: Construct;
  readonly app: ecs.ContainerDefinition;
  /** The port the application listens on. */
  readonly appPort: number;
  /** The size of the whole task, which all containers share. */
  readonly taskSize: Reservation;
  readonly logging: (streamPrefix: string) => ecs.LogDriver;
  /** What runs to its end before every other container. */
  readonly initContainer?: InitContainer;
}

/** What a container reserves. */
export interface Reservation {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** A container that has to end well before any other starts. */
export interface InitContainer extends Reservation {
  readonly container: ecs.ContainerDefinition;
}

const MOST_CONTAINERS = 10;

interface Member extends Reservation {
  readonly name: string;
  readonly port?: number;
}

/** The containers beside the application's own. */
export class Sidecars {
  private readonly props: SidecarsProps;
  private readonly taskDefinition: ecs.TaskDefinition;
  /** In bridge mode a linked container has no port mapping, so the template does not say where it listens: it is kept here. */
  private readonly members: Member[] = [];

  public constructor(props: SidecarsProps) {
    this.props = props;
    this.taskDefinition = props.app.taskDefinition;
    if (props.initContainer) {
      const { container, cpu, memoryMiB } = props.initContainer;
      const member = { name: container.containerName, cpu, memoryMiB };
      this.requireRoom(member, 'raise task.cpu and task.memoryMiB');
      this.members.push(member);
      this.waitForInitContainer(props.app);
    }
  }

  /** Adds a container that serves the application. */
  public addSidecar(id: string, options: SidecarOptions): ISidecar {
    const waits = options.waitUntilHealthy ?? true;
    if (waits && options.healthCheck === undefined) {
      fail(this.props.scope, {
        got: `sidecar ${id} has no healthCheck`,
        allowed: 'a healthCheck, because the application waits until the sidecar is healthy',
        fix: 'add a healthCheck, or set waitUntilHealthy: false if the application may start before it',
      });
    }
    const container = this.add(id, options);
    if (waits) {
      this.props.app.addContainerDependencies({ container, condition: ecs.ContainerDependencyCondition.HEALTHY });
    }
    return { container, host: hostOfLinked(this.props.app, container) };
  }

  /** Adds the container that receives the requests in the application's place. */
  public addProxy(options: SidecarOptions): ecs.ContainerDefinition {
    const { app } = this.props;
    const containerPort = this.requireProxyPort(options);
    const proxy = this.add('proxy', options);
    const waits = app.renderContainerDefinition().healthCheck !== undefined;
    proxy.addContainerDependencies({
      container: app,
      condition: waits ? ecs.ContainerDependencyCondition.HEALTHY : ecs.ContainerDependencyCondition.START,
    });
    proxy.addPortMappings({ containerPort, name: 'http', appProtocol: ecs.AppProtocol.http });
    hostOfLinked(proxy, app);
    return proxy;
  }

  /** What the application is left of its task; NaN where only the deployment knows. */
  public get remaining(): Reservation {
    const { taskSize } = this.props;
    const known = (name: keyof Reservation) => this.members.length === 0 || [taskSize, ...this.members].every((each) => isKnown(each[name]));
    const { cpu, memoryMiB } = total(this.members);
    return { cpu: known('cpu') ? taskSize.cpu - cpu : NaN, memoryMiB: known('memoryMiB') ? taskSize.memoryMiB - memoryMiB : NaN };
  }

  private add(name: string, options: SidecarOptions): ecs.ContainerDefinition {
    const { scope, logging } = this.props;
    const member = { name, port: options.containerPort, cpu: options.cpu ?? 128, memoryMiB: options.memoryMiB ?? 256 };
    this.requireName(name);
    this.requireContainerCount();
    requireReservation(scope, name, member.cpu, member.memoryMiB);
    this.requireFreePort(member);
    this.requireRoom(member, `raise task.cpu and task.memoryMiB, or lower cpu and memoryMiB of ${name}`);
    requireContainerTimes(scope, name, this.taskDefinition.isFargateCompatible, options);
    requireDistinctNames(scope, name, options.environment, options.secrets);

    this.members.push(member);
    const container = this.taskDefinition.addContainer(name, {
      containerName: name,
      image: options.image,
      cpu: member.cpu,
      memoryLimitMiB: member.memoryMiB,
      environment: options.environment,
      secrets: options.secrets,
      command: options.command,
      user: options.user,
      healthCheck: options.healthCheck,
      essential: options.essential ?? true,
      startTimeout: options.startTimeout,
      stopTimeout: options.stopTimeout ?? Duration.seconds(30),
      readonlyRootFilesystem: options.readonlyRootFilesystem ?? false,
      linuxParameters: new ecs.LinuxParameters(this.taskDefinition, linuxId(name), { initProcessEnabled: true }),
      logging: logging(name),
    });
    this.waitForInitContainer(container);
    return container;
  }

  private requireProxyPort({ containerPort, waitUntilHealthy }: SidecarOptions): number {
    if (waitUntilHealthy !== undefined) {
      fail(this.props.scope, {
        got: 'routing.proxy sets waitUntilHealthy',
        allowed: 'a sidecar that waits for the application, not the other way round',
        fix: 'leave waitUntilHealthy out; give the application a health check (task.healthCheck) if the proxy is to wait for more than its start',
      });
    }
    return containerPort ?? fail(this.props.scope, {
      got: 'routing.proxy has no containerPort',
      allowed: 'the TCP port on which the proxy listens, which the target group sends requests to',
      fix: 'set containerPort, 80 for instance',
    });
  }

  /** Every container waits, since each may open the database as soon as it runs. */
  private waitForInitContainer(container: ecs.ContainerDefinition): void {
    if (this.props.initContainer === undefined) return;
    container.addContainerDependencies({ container: this.props.initContainer.container, condition: ecs.ContainerDependencyCondition.SUCCESS });
  }

  private requireName(name: string): void {
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
      fail(this.props.scope, {
        got: `the sidecar id '${name}'`,
        allowed: '1 to 64 letters, digits, hyphens and underscores, because it is the name of the container',
        fix: 'choose another id',
      });
    }
    const taken = [name, linuxId(name)].some((id) => this.taskDefinition.node.tryFindChild(id) !== undefined);
    if (taken || this.taskDefinition.findContainer(name) !== undefined) {
      fail(this.props.scope, {
        got: `the sidecar id '${name}' is taken`,
        allowed: 'a name that no other container or part of the task has',
        fix: 'choose another id',
      });
    }
  }

  /** ECS takes no more in one task definition, whatever quota the account has. */
  private requireContainerCount(): void {
    const count = containersOf(this.taskDefinition).length + 1;
    if (count <= MOST_CONTAINERS) return;
    fail(this.props.scope, {
      got: `${count} containers in a task`,
      allowed: `at most ${MOST_CONTAINERS}`,
      fix: 'run what does not belong to every task as a service of its own',
    });
  }

  private requireFreePort({ name, port }: Member): void {
    if (!isKnown(port)) return;
    requirePort(this.props.scope, `containerPort of ${name}`, port);
    if (this.taskDefinition.networkMode !== ecs.NetworkMode.AWS_VPC) return;
    const listening = [{ name: this.props.app.containerName, port: this.props.appPort }, ...this.members];
    const holder = listening.find((other) => other.port === port);
    if (holder !== undefined) {
      fail(this.props.scope, {
        got: `containerPort ${port} of ${name}, where container ${holder.name} listens already`,
        allowed: 'a port of its own, because the containers of a task share one network interface in awsvpc mode',
        fix: `make ${name} or ${holder.name} listen on another port`,
      });
    }
  }

  /** The application must be left something of the task, too. */
  private requireRoom(added: Member, fix: string): void {
    const size = this.props.taskSize;
    const { cpu, memoryMiB } = total([...this.members, added]);
    if ([cpu, memoryMiB, size.cpu, size.memoryMiB].every(isKnown) && (cpu >= size.cpu || memoryMiB >= size.memoryMiB)) {
      fail(this.props.scope, {
        got: `with ${added.name} the containers beside the application take ${cpu} CPU units and ${memoryMiB} MiB of a task of ${size.cpu} and `
          + `${size.memoryMiB}`,
        allowed: 'less than the task has, so that something is left for the application',
        fix,
      });
    }
  }
}

/** The name under which the Linux settings of a container stand beside it. */
function linuxId(container: string): string {
  return `${container}Linux`;
}

function total(members: Reservation[]): Reservation {
  return {
    cpu: members.reduce((sum, member) => sum + member.cpu, 0),
    memoryMiB: members.reduce((sum, member) => sum + member.memoryMiB, 0),
  };
}

/** Links containers where that is what makes one reach the other, and returns the host to use. */
function hostOfLinked(from: ecs.ContainerDefinition, to: ecs.ContainerDefinition): string {
  if (from.taskDefinition.networkMode !== ecs.NetworkMode.BRIDGE) return '127.0.0.1';
  from.addLink(to, to.containerName);
  return to.containerName;
}
