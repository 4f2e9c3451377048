import type { Observation, Rule } from './rule';
import { whyOutOfReach } from './service-route';
import { launchSettingsOf } from '../../app-model/compute/launch-settings';
import type { ScalingGroup } from '../../app-model/compute/scaling-groups';
import { readVpcEndpoints } from '../../app-model/endpoints/vpc-endpoints';
import type { NetworkModel } from '../../paths/judging/network-model';
import { nameOf } from '../../template/values';

/** What user data call, by the words that call it, and what for. */
const CALLS: ReadonlyArray<{ readonly words: RegExp; readonly service: string; readonly why: string }> = [
  { words: /\bcfn-signal\b|\bcloudformation\s+signal-resource\b/, service: 'cloudformation', why: 'to signal that they have started' },
  { words: /\bautoscaling\s+complete-lifecycle-action\b/, service: 'autoscaling', why: 'to complete the lifecycle hook of their launch' },
];

/** Without them the agent of ECS neither registers its instance nor hears of tasks. */
const AGENT_SERVICES = ['ecs', 'ecs-agent'];

/** Then it is not known which way the calls take. */
const OTHER_WAY = /https?_proxy\s*=|--https?-proxy|--endpoint-url/i;

/** The group waits for word of an instance that has no way to say it. */
export const instanceServiceUnreachable: Rule = {
  id: 'instance-service-unreachable',
  severity: 'error',
  says: 'Instances have to call a service of AWS when they start, and there is no way to it: neither the internet nor an endpoint that lets them.',
  change: 'Add the VPC endpoint of the service, with private DNS, its security group open on port 443; or give the subnets a NAT gateway.',
  evaluate: (app) => {
    const endpoints = readVpcEndpoints(app);
    const hosts = new Set(app.services.flatMap(({ groups }) => groups.map(({ resource }) => resource.id)));
    return app.scalingGroups.flatMap((group) => {
      const [machine] = app.endpointsOf(group.resource);
      const missing = machine === undefined ? [] : needsOf(app, group, hosts.has(group.resource.id)).flatMap(({ service, why }) => {
        const fault = whyOutOfReach(app, machine, service, endpoints);
        return fault === undefined ? [] : [{ service, why, fault }];
      });
      if (missing.length === 0) return [];
      const calls = missing.map(({ service, why }) => `${service}, ${why}`).join('; ');
      const observation: Observation = {
        at: group.resource,
        related: [group.launchTemplate],
        saw: `the instances of ${nameOf(group.resource)} call ${calls}: ${missing[0].fault}`,
      };
      return [observation];
    });
  },
};

function needsOf({ model }: NetworkModel, { launchTemplate }: ScalingGroup, ofCluster: boolean): Array<{ service: string; why: string }> {
  if (launchTemplate === undefined) return [];
  const parts = model.text(launchTemplate, launchSettingsOf(launchTemplate).UserData ?? '');
  const text = parts.map((part) => (typeof part === 'string' ? part : ' ')).join('');
  if (OTHER_WAY.test(text)) return [];
  return [
    ...CALLS.filter(({ words }) => words.test(text)),
    ...ofCluster ? AGENT_SERVICES.map((service) => ({ service, why: 'to join their cluster' })) : [],
  ];
}
