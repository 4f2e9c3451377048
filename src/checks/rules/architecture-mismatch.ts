import type { Observation, Rule } from './rule';
import { instanceArchitecture, machineImageArchitecture } from '../../private/aws/instance-types';
import type { ScalingGroup } from '../../app-model/compute/scaling-groups';
import { nameOf } from '../../template/values';
import type { CheckedApp } from '../checked-app';

/** An arm64 image on an x86 processor ends in `exec format error`; an arm64 machine image on an x86 instance does not even start. */
export const architectureMismatch: Rule = {
  id: 'architecture-mismatch',
  severity: 'error',
  says: 'The instance type, the machine image and the task\'s runtime platform are not of one processor architecture.',
  change: 'Bring them together: Graviton types (t4g, m7g …) with arm64 images and ARM64, all others with x86_64 images and X86_64.',
  evaluate: (app) => [...app.groups.flatMap(imageAgainstInstance), ...tasksAgainstInstances(app)],
};

function imageAgainstInstance(group: ScalingGroup): Observation[] {
  const image = group.image === undefined ? undefined : machineImageArchitecture(group.image);
  const wrong = image && group.instanceTypes.find((name) => ![undefined, image].includes(instanceArchitecture(name)));
  return !wrong ? [] : [{
    at: group.launchTemplate ?? group.resource,
    related: [group.resource],
    saw: `${wrong} is ${instanceArchitecture(wrong)}, but the machine image ${group.image} is ${image}`,
  }];
}

function tasksAgainstInstances(app: CheckedApp): Observation[] {
  return app.services.flatMap((service) => {
    const platform = service.taskDefinition?.architecture;
    const types = service.groups.flatMap(({ instanceTypes }) => instanceTypes);
    const wrong = platform && types.find((name) => ![undefined, platform].includes(instanceArchitecture(name)));
    return !wrong ? [] : [{
      at: service.taskDefinition!.resource,
      related: [service.resource, ...service.groups.map(({ resource }) => resource)],
      saw: `the task of ${nameOf(service.resource)} asks for ${platform}, but its instances are ${wrong}, which is ${instanceArchitecture(wrong)}`,
    }];
  });
}
