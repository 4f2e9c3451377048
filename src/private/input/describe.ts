import { MADE_BY } from './shapes';

/** What a caller passed, in words. A text is quoted only where it can be no secret, which is what `quoted` says. */
export function describeValue(value: unknown, quoted: boolean): string {
  if (typeof value === 'string') return quoted && value.length <= 80 ? `the text '${value}'` : 'a text';
  if (typeof value === 'number' || typeof value === 'boolean') return quoted ? `${value}` : `a ${typeof value}`;
  if (typeof value === 'function') return value.name === '' ? 'a function' : `${value.name} itself, not a value of it`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object' || value === null) return String(value);
  // The CDK's compiler numbers the names that two of its classes have.
  return isPlain(value) ? 'an object' : `a ${value.constructor.name.replace(/\d+$/, '')}`;
}

/** Whether an object was written as `{ … }`, and made by no class. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** What a prop takes, in words. */
export function describeType(type: string): string {
  const plain: Record<string, string> = { string: 'a text', number: 'a number', boolean: 'true or false' };
  if (plain[type] !== undefined) return plain[type];
  if (type.startsWith('[')) return `a list, of ${describeMany(inner(type))}`;
  if (type.startsWith('{')) return `an object of names, each with ${describeType(inner(type))}`;
  return `${/^(aws_)?[aeiou]/i.test(shown(type)) ? 'an' : 'a'} ${shown(type)}`;
}

/** The type of the elements of a list or a map. */
export function inner(type: string): string {
  return type.slice(1, -1);
}

/** A type as programs write it: `ec2.IVpc`. */
export function shown(type: string): string {
  return type.replace(/^interfaces\./, '').replace(/^aws_/, '').replace('elasticloadbalancingv2', 'elbv2').replace('certificatemanager', 'acm');
}

/** What to do about a value of another type; `value` is quoted in it where it can be no secret. */
export function typeFix(type: string, value: unknown, quoted: boolean): string {
  const text = typeof value === 'string' && quoted && value.length <= 80 ? value : '…';
  const count = typeof value === 'number' && Number.isFinite(value) ? value : 30;
  const makers = MADE_BY[type];
  if (makers !== undefined) return `make one with ${makers.split(' ').map((maker) => `${type}.${maker}`).join(' or ')}`;
  const hint = HINTS[type]?.(text, count, value);
  if (hint !== undefined) return hint;
  if (type === 'string') return quoted && typeof value === 'number' ? `write '${value}'` : 'write it as a text, in quotes';
  if (type === 'number') return isNumeral(value) ? `write ${Number(value)}` : 'write a number';
  if (type === 'boolean') return 'write true or false, without quotes';
  if (type.startsWith('[')) return 'write it in square brackets, also where it is one';
  return `pass ${describeType(type)}`;
}

/** The one call that most callers look for. */
const HINTS: Readonly<Record<string, (text: string, count: number, value: unknown) => string>> = {
  'Duration': (_text, count) => `write Duration.seconds(${count}), or minutes, hours, days`,
  'Size': (_text, count) => `write Size.gibibytes(${count})`,
  'IHaEcsCluster': () => "pass a HaEcsCluster; around a cluster that is there it is new HaEcsCluster(this, 'Cluster', { vpc, existingCluster })",
  'aws_ec2.InstanceType': (text) => `write new ec2.InstanceType('${text}')`,
  'aws_ec2.IVpc': () => "pass the VPC, such as network.vpc of a HaNetwork, or ec2.Vpc.fromLookup(this, 'Vpc', { vpcId })",
  'aws_ecs.ContainerImage': (text) => `write ecs.ContainerImage.fromRegistry('${text}')`,
  'aws_ecs.Secret': () => 'write ecs.Secret.fromSecretsManager(secret), or ecs.Secret.fromSsmParameter(parameter)',
  'aws_ecs.CpuArchitecture': (text) => `write ecs.CpuArchitecture.${/arm/i.test(text) ? 'ARM64' : 'X86_64'}`,
  'aws_certificatemanager.ICertificate': () => "pass a certificate, such as acm.Certificate.fromCertificateArn(this, 'Certificate', arn)",
  'aws_route53.IHostedZone': () => "pass a zone, such as route53.HostedZone.fromLookup(this, 'Zone', { domainName })",
  'aws_iam.IRole': () => "pass a role, such as iam.Role.fromRoleName(this, 'Role', name)",
  'aws_logs.ILogGroup': () => "pass a log group, such as logs.LogGroup.fromLogGroupName(this, 'Logs', name)",
  'aws_secretsmanager.ISecret': () => "pass a secret, such as secretsmanager.Secret.fromSecretNameV2(this, 'Secret', name)",
};

function isNumeral(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
}

function describeMany(type: string): string {
  return type === 'string' ? 'texts' : type === 'number' ? 'numbers' : describeType(type).replace(/^an? /, '');
}
