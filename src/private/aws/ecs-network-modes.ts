import { EPHEMERAL_PORTS } from './port-range';
import type { PortRange } from './port-range';

/** The network mode of a task definition that states none: a Fargate task can only be awsvpc, any other is bridged on Linux. */
export function networkModeWhereNoneIsStated(fargate: boolean): string {
  return fargate ? 'awsvpc' : 'bridge';
}

/** True where each task has a network interface, with an address and security groups, of its own; else it uses those of its instance. */
export function hasOwnInterface(mode: string): boolean {
  return mode === 'awsvpc';
}

/** The kind of target group that reaches tasks of the mode, or undefined where nothing reaches them. */
export function targetTypeOf(mode: string): 'ip' | 'instance' | undefined {
  if (hasOwnInterface(mode)) return 'ip';
  return mode === 'bridge' || mode === 'host' ? 'instance' : undefined;
}

/** The ports of the interface that stand for one port of a container. A bridged one that asks for none of the host gets any of the ephemeral. */
export function portsOnInterface(mode: string, containerPort: number, hostPort: number | undefined): PortRange {
  if (mode !== 'bridge') return { from: containerPort, to: containerPort };
  return hostPort === undefined || hostPort === 0 ? EPHEMERAL_PORTS : { from: hostPort, to: hostPort };
}

/** The port of its instance that a container takes for itself, or undefined where it takes none of its own choice. */
export function fixedHostPort(mode: string, containerPort: number, hostPort: number | undefined): number | undefined {
  if (mode !== 'bridge' && mode !== 'host') return undefined;
  const { from, to } = portsOnInterface(mode, containerPort, hostPort);
  return from === to && from > 0 ? from : undefined;
}
