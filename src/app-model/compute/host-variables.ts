import type { Container } from './task-definitions';
import { hostIn, namesHost, portOf } from '../../private/aws/host-variables';
import { oncePer } from '../../template/once-per';
import { rewritten } from '../../template/text';
import type { Text } from '../../template/text';

/** An environment variable that names a host. */
export interface HostVariable {
  readonly variable: string;
  /** Without scheme, login, port or path. */
  readonly host: Text;
  /** The port in the same value. */
  readonly port?: number;
}

/** The plain environment variables of a container that name a host, by their own name. */
export const hostVariables = oncePer((container: Container): readonly HostVariable[] => [...container.environment]
  .filter(([variable]) => namesHost(variable))
  .map(([variable, value]) => ({ variable, host: rewritten(value, hostIn), port: portOf(known(value)) })));

function known(value: Text): string {
  return value.map((part) => (typeof part === 'string' ? part : 'x')).join('');
}
