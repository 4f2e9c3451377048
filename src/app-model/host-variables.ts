import type { Container } from './task-definitions';
import { literalOf, split } from '../template/text';
import type { Text } from '../template/text';

/** An environment variable that names a host. */
export interface HostVariable {
  readonly variable: string;
  /** Without scheme, port or path. */
  readonly host: Text;
}

const HOST_NAME = /(^|_)(HOST|HOSTNAME|HOSTS|SERVER|ENDPOINT|ADDRESS|ADDR|URL|URI|DSN)$/i;

/** The plain environment variables of a container that name a host, by their own name. */
export function hostVariables(container: Container): HostVariable[] {
  return [...container.environment]
    .filter(([variable]) => HOST_NAME.test(variable))
    .map(([variable, value]) => ({ variable, host: hostOf(value) }));
}

/** `mysql://user:pw@host:3306/shop` and `host:3306` both name `host`. */
function hostOf(value: Text): Text {
  const afterScheme = split(value, '://').at(-1)!;
  const afterUser = split(split(afterScheme, '/')[0], '@').at(-1)!;
  const whole = literalOf(afterUser);
  return whole?.includes('::') ? afterUser : split(afterUser, ':')[0];
}
