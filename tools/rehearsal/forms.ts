/** One way in which an example is deployed. */
export interface Form {
  readonly example: string;
  readonly name: string;
  /** What is said with `-c name=value`. */
  readonly context: Record<string, string>;
  /** The zone in which the example's records are made; every setting of it is given the id that the emulator hands out. */
  readonly zone: string;
}

/** Every form of every example that makes other resources than the one before it. */
export const FORMS: readonly Form[] = [
  { example: 'ecs-lab', name: 'the lab', context: {}, zone: 'lab.example.com' },
  { example: 'ecs-autoscaling', name: 'Fargate', context: { capacity: 'fargate' }, zone: 'example.com' },
  { example: 'ecs-autoscaling', name: 'EC2', context: { capacity: 'ec2' }, zone: 'example.com' },
  { example: 'ecs-autoscaling', name: 'plain HTTP', context: { httpOnly: 'a first look' }, zone: 'example.com' },
  { example: 'wordpress', name: 'two services, Fargate', context: { form: 'two-services' }, zone: 'example.com' },
  { example: 'wordpress', name: 'two services, EC2', context: { form: 'two-services', capacity: 'ec2' }, zone: 'example.com' },
  { example: 'wordpress', name: 'one task, Fargate', context: { form: 'same-task' }, zone: 'example.com' },
  { example: 'wordpress', name: 'one task, EC2 bridge', context: { form: 'same-task', capacity: 'ec2', networkMode: 'bridge' }, zone: 'example.com' },
  { example: 'flask-shared-files', name: 'instances', context: { form: 'instances' }, zone: 'example.com' },
  { example: 'flask-shared-files', name: 'ECS', context: { form: 'ecs' }, zone: 'example.com' },
  { example: 'bookstore', name: 'instances', context: {}, zone: 'example.org' },
];

/** A way to leave an example, as its README tells it. */
export interface WayToLeave {
  readonly name: string;
  readonly context: Record<string, string>;
  /** Whether the README has the reader empty buckets and repositories by hand first. */
  readonly emptyFirst: boolean;
  /** `clean` where the stacks are gone afterwards; `refused` where protection is meant to stop it. */
  readonly ends: 'clean' | 'refused';
  /** Types of which everything that was there must still be there. */
  readonly keeps: readonly string[];
  /** Types of which something may be left although the stacks are gone, each for the reason that the READMEs give. */
  readonly leaves: readonly string[];
}

const DATA = ['AWS::EFS::FileSystem', 'AWS::ECR::Repository', 'AWS::SecretsManager::Secret', 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'];

export const WAYS_TO_LEAVE: readonly WayToLeave[] = [
  { name: 'destroy', context: { removalPolicy: 'destroy' }, emptyFirst: false, ends: 'clean', keeps: [], leaves: [] },
  {
    name: 'snapshot',
    context: { removalPolicy: 'snapshot' },
    emptyFirst: false,
    ends: 'clean',
    keeps: ['AWS::EFS::FileSystem', 'AWS::SecretsManager::Secret'],
    leaves: ['AWS::EFS::AccessPoint', 'AWS::Logs::LogGroup', 'snapshot of a database'],
  },
  { name: 'retain', context: { removalPolicy: 'retain' }, emptyFirst: false, ends: 'refused', keeps: DATA, leaves: [] },
];

/** The forms of the examples named, or all of them. */
export function formsOf(examples: readonly string[]): readonly Form[] {
  const unknown = examples.filter((name) => !FORMS.some(({ example }) => example === name));
  if (unknown.length === 0) return examples.length === 0 ? FORMS : FORMS.filter(({ example }) => examples.includes(example));
  throw new Error(`'${unknown[0]}' is no example: name some of ${[...new Set(FORMS.map(({ example }) => example))].join(', ')}, or none for all`);
}
