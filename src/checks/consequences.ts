import type { Rule } from './rules/rule';

/** What each fault leads to, as its victims see it. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  'target-unreachable': 'The targets never become healthy, and the deployment fails after hours.',
  'named-host-unreachable': 'The application starts, waits for the other side, and times out.',
  'file-system-unreachable': 'The tasks cannot mount their files and never start.',
  'image-pull-route': 'The tasks stop with CannotPullContainerError before they start.',
  'data-store-open-to-internet': 'Whoever finds a way to its address may try to log in.',
  'data-store-open-to-addresses': 'Whatever is taken over in that network may try to log in.',
  'open-egress': 'A task that is taken over may send data anywhere.',
  'declared-path-missing': 'What the construct is for does not work.',
  'undeclared-path': 'Somebody reaches what was meant to be closed.',
  'single-nat-gateway': 'With one zone, the other zones lose the internet: no image, secret or log from there.',
  'one-zone-load-balancer': 'With that zone, nobody reaches the application.',
  'one-zone-service': 'With that zone, the service is away.',
  'one-zone-capacity': 'With that zone, all instances are away.',
  'one-zone-file-system': 'With that zone, nobody can mount the files.',
  'one-zone-database': 'With its zone, the database is away until it has been restored.',
  'one-task-service': 'With its zone or instance, the service is away until a new task has started.',
  'one-instance-group': 'With its zone, the application is away until a new instance has started.',
  'one-task-database': 'With its zone, the database is away for some minutes.',
  'mount-target-missing-in-zone': 'Tasks that start in that zone fail.',
  'fewer-than-two-zones': 'With that zone, everything is away.',
  'distinct-instance-room': 'A deployment at full size waits for instances that never come.',
  'blue-green-capacity': 'A deployment at full size waits for room that never comes.',
  'network-interfaces-for-tasks': 'Tasks stay pending for want of a network interface.',
  'task-larger-than-instance': 'The tasks stay pending for ever.',
  'host-port-collision': 'Some tasks never start.',
  'architecture-mismatch': 'The instances or the containers do not start.',
  'fargate-task-size': 'The task definition is refused.',
  'two-writers': 'Two servers on one data directory refuse to start, or ruin the data.',
  'one-writer-on-instances': 'The database is stopped whenever its instance is taken away: by scale-in, or by age.',
  'event-topic-condition': 'Events are refused without a word: nobody hears of what failed.',
  'shared-data-directory': 'The data may be ruined, or a copy of it cannot be used.',
  'target-container-missing': 'ECS refuses the service.',
  'target-type-mismatch': 'ECS refuses the service, or no target is ever registered.',
  'duplicate-listener-priority': 'The load balancer refuses the second rule.',
  'mount-without-volume': 'The task definition is refused.',
  'service-before-mount-targets': 'The first tasks fail, and on deletion the files go while they are in use.',
  'service-before-capacity': 'Deleting the stack fails.',
  'service-before-role-policies': 'The first tasks may fail with AccessDenied.',
  'launch-type-bypasses-scaling': 'Tasks stay pending while no instance is added.',
  'two-scaling-controllers': 'Instances come and go without end.',
  'container-name-as-host': 'The name does not resolve, and the container fails.',
  'localhost-as-database-host': 'The client looks for a socket file that is not there.',
  'secret-in-environment': 'Whoever may read the task definition reads the credential.',
  'image-tag': 'Tasks of one service run different programs, and a rollback changes nothing.',
  'efs-volume-protection': 'Whoever is on the network may read the files, or mount them.',
  'public-mount-target': 'A rule that is too wide opens the files to the internet.',
  'vpc-name-resolution': 'The private names do not resolve: mounts and connections fail.',
  'weak-tls-policy': 'Old clients connect with ciphers that are broken.',
  'alarm-topic-key': 'The alarm fires, and nobody hears of it.',
  'log-group-retention': 'The logs are paid for without end.',
};

const BY_SEVERITY = { error: 'It will not work as written, or lies open.', warning: 'It works until something fails.' };

/** What the fault that a rule finds leads to. */
export function consequenceOf({ id, severity, leadsTo }: Pick<Rule, 'id' | 'severity' | 'leadsTo'>): string {
  return leadsTo ?? CONSEQUENCES[id] ?? BY_SEVERITY[severity];
}
