import type { Observation, Rule } from './rule';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { isOn, nameOf } from '../../template/values';

/** ECS refuses some of these task definitions, and with the others the task waits for what never comes. */
export const containerOrder: Rule = {
  id: 'container-order',
  severity: 'error',
  says: 'The containers of a task cannot start in the order that they ask for, or none of them is essential.',
  change: 'Wait for a container that is there; give it a health check where HEALTHY is waited for; make one container essential.',
  evaluate: ({ taskDefinitions }) => taskDefinitions.flatMap(({ resource }) => {
    const bodies = asList(dig(resource.properties, 'ContainerDefinitions'));
    const wrong = bodies.flatMap((body) => asList(dig(body, 'DependsOn')).flatMap((wait) => problem(bodies, body, wait)));
    const none = bodies.length > 0 && bodies.every((body) => [false, 'false'].includes(dig(body, 'Essential') as string | boolean));
    return [...wrong, ...(none ? ['no container is essential'] : [])].slice(0, 1).map((saw): Observation => ({
      at: resource as Resource,
      saw: `${nameOf(resource)}: ${saw}`,
    }));
  }),
};

function problem(bodies: readonly unknown[], body: unknown, wait: unknown): string[] {
  const [name, condition, waiting] = [dig(wait, 'ContainerName'), dig(wait, 'Condition'), String(dig(body, 'Name'))];
  if (typeof name !== 'string' || bodies.some((one) => typeof dig(one, 'Name') !== 'string')) return [];
  const found = bodies.find((one) => dig(one, 'Name') === name);
  if (found === undefined) return [`container ${waiting} waits for ${name}, which is not there`];
  if (condition === 'HEALTHY' && dig(found, 'HealthCheck') === undefined) {
    return [`container ${waiting} waits for ${name} to be HEALTHY, which has no health check`];
  }
  const ends = condition === 'SUCCESS' || condition === 'COMPLETE';
  const essential = dig(found, 'Essential') === undefined || isOn(dig(found, 'Essential'));
  if (ends && essential) return [`container ${waiting} waits for the end of ${name}, which is essential: the task ends with it`];
  const back = asList(dig(found, 'DependsOn')).some((one) => dig(one, 'ContainerName') === waiting);
  return back ? [`containers ${waiting} and ${name} wait for each other`] : [];
}
