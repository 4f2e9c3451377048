import type { Rule } from './rule';
import { launchResourceOf, launchSettingsOf } from '../../app-model/compute/launch-settings';
import type { NetworkModel } from '../../paths/judging/network-model';
import { isComplete } from '../../template/decided';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** The hook holds each new instance until somebody answers; by default it then gives the instance up. */
export const launchHookUnanswered: Rule = {
  id: 'launch-hook-unanswered',
  severity: 'warning',
  says: 'A lifecycle hook holds new instances, nobody answers it, and then they are given up.',
  change: 'Let something call complete-lifecycle-action, or set the default result to CONTINUE.',
  leadsTo: 'Instances are started and ended for ever, and none takes work.',
  evaluate: (app) => {
    const { model } = app;
    // Somebody may listen to the events of the group.
    const heard = model.ofType('AWS::Events::Rule').some(({ properties }) => JSON.stringify(properties).includes('aws.autoscaling'));
    if (heard || !isComplete(model)) return [];
    return [
      ...model.ofType('AWS::AutoScaling::AutoScalingGroup').flatMap((group) => asList(dig(group.properties, 'LifecycleHookSpecificationList'))
        .filter((hook) => isLost(app, hook, group))
        .map((hook) => ({ at: group, saw: `${String(dig(hook, 'LifecycleHookName'))} of ${nameOf(group)}` }))),
      ...model.ofType('AWS::AutoScaling::LifecycleHook').flatMap((hook) => {
        const group = model.pointee(hook, dig(hook.properties, 'AutoScalingGroupName'));
        return group !== undefined && !hook.conditional && isLost(app, hook.properties, group)
          ? [{ at: hook, related: [group], saw: `${nameOf(hook)} of ${nameOf(group)}` }]
          : [];
      }),
    ].map((one) => ({ ...one, saw: `${one.saw} has no notification target, and nothing in the app answers it` }));
  },
};

function isLost({ model }: NetworkModel, hook: unknown, group: Resource): boolean {
  const launch = launchResourceOf(model, group);
  const userData = launch === undefined ? undefined : dig(launchSettingsOf(launch), 'UserData');
  // A machine image of one's own may answer by itself, and so may a program that user data fetches.
  const plain = JSON.stringify(userData ?? '');
  return dig(hook, 'LifecycleTransition') === 'autoscaling:EC2_INSTANCE_LAUNCHING' && dig(hook, 'NotificationTargetARN') === undefined
    && [undefined, 'ABANDON'].includes(dig(hook, 'DefaultResult') as string | undefined)
    && launch !== undefined && !/lifecycle|curl|wget|s3 cp|cfn-init|\.sh\b|\.py\b/i.test(plain)
    && /\/aws\/service\//.test(JSON.stringify([dig(launchSettingsOf(launch), 'ImageId') ?? '', launch.stack.template.Parameters ?? '']));
}
