import type { Rule } from './rule';
import { repositoryOf } from '../../app-model/compute/task-needs';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalAt, nameOf } from '../../template/values';

/** ECR does not know which images run: a rule by age takes them away from under a service that has not been deployed for a while. */
export const imagesExpire: Rule = {
  id: 'images-expire',
  severity: 'warning',
  says: 'The lifecycle policy of a repository deletes images by their age, whether they are in use or not.',
  change: 'Let images with tags expire by number (imageCountMoreThan), and by age only those without a tag.',
  leadsTo: 'After a quiet month no new task can start, for its image is gone.',
  evaluate: ({ model, taskDefinitions }) => {
    const used = new Map<Resource, { task: Resource; tag: string }>();
    taskDefinitions.forEach(({ containers, resource }) => containers.forEach(({ image }) => {
      const repository = repositoryOf(model, image);
      const last = image[image.length - 1];
      if (repository !== undefined) used.set(repository, { task: resource, tag: typeof last === 'string' ? /:([^:/]+)$/.exec(last)?.[1] ?? '' : '' });
    }));
    return [...used].flatMap(([at, { task, tag }]) => {
      const rules = rulesIn(literalAt(model, at, 'LifecyclePolicy', 'LifecyclePolicyText') ?? '');
      const aged = rules.find((rule) => dig(rule, 'selection', 'countType') === 'sinceImagePushed' && takes(dig(rule, 'selection'), tag));
      return aged === undefined ? [] : [{
        at, related: [task], saw: `${nameOf(at)} deletes images ${String(dig(aged, 'selection', 'countNumber'))} days after they were pushed`,
      }];
    });
  },
};

function rulesIn(text: string): unknown[] {
  try {
    return asList(dig(JSON.parse(text) as unknown, 'rules'));
  } catch {
    return [];
  }
}

/** Rules for the tags of branches and trials leave releases alone. */
function takes(selection: unknown, tag: string): boolean {
  if (dig(selection, 'tagStatus') === 'any') return true;
  const prefixes = asList(dig(selection, 'tagPrefixList')).map(String);
  return dig(selection, 'tagStatus') === 'tagged' && tag !== '' && prefixes.some((prefix) => tag.startsWith(prefix));
}
