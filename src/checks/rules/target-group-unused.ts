import type { Rule } from './rule';
import { isComplete } from '../../template/decided';
import { Mentions } from '../../template/mentions';
import { nameOf } from '../../template/values';

const FILLS = ['AWS::ECS::Service', 'AWS::AutoScaling::AutoScalingGroup'];
const WATCHES = ['AWS::CloudWatch::Alarm', 'AWS::ApplicationAutoScaling::ScalingPolicy', 'AWS::CloudWatch::Dashboard'];

/** Targets register, and no request ever comes; ECS refuses such a service, an Auto Scaling group does not. */
export const targetGroupUnused: Rule = {
  id: 'target-group-unused',
  severity: 'warning',
  says: 'Targets register with a target group to which no listener sends anything.',
  change: 'Add the target group to a listener: listener.addTargets(…) or addTargetGroups(…).',
  evaluate: ({ model }) => {
    if (!isComplete(model)) return [];
    const mentions = Mentions.of(model);
    return model.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').filter((group) => !mentions.isHandedOut(group)).flatMap((group) => {
      const users = mentions.of(group);
      const filled = users.filter(({ type }) => FILLS.includes(type));
      return filled.length === 0 || users.some(({ type }) => !FILLS.includes(type) && !WATCHES.includes(type)) || users.some(holdsSpare) ? [] : [{
        at: group,
        related: filled,
        saw: `${filled.map(nameOf).join(', ')} registers with ${nameOf(group)}, which no listener and no rule `
          + 'forwards to',
      }];
    });
  },
};

/** The group of a deployment by CodeDeploy, or the second one of ECS, gets its listener later. */
function holdsSpare({ properties }: { properties: unknown }): boolean {
  return /"CODE_DEPLOY"|"EXTERNAL"|AlternateTargetGroupArn/.test(JSON.stringify(properties));
}
