import { launchSettings } from './instance-profiles';
import type { ScalingGroup } from './scaling-groups';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { reasonOf } from '../../template/text';
import { literalAt } from '../../template/values';

/** What the user data of a group's instances says of the cluster they join. */
export type Joined =
  | { readonly kind: 'cluster'; readonly cluster: Resource }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'default' };

const OPTIMIZED = /\/aws\/service\/ecs\/optimized-ami\/amazon-linux/;

/** The cluster that the instances join by `ECS_CLUSTER`; undefined where the template does not decide it. */
export function joinedCluster(model: TemplateModel, group: ScalingGroup): Joined | undefined {
  const { launchTemplate, image } = group;
  const settings = launchTemplate && launchSettings(launchTemplate);
  if (launchTemplate === undefined || settings === undefined || image === undefined || !OPTIMIZED.test(image)) return undefined;
  const stated = dig(settings, 'UserData');
  if (stated === undefined) return { kind: 'default' };
  const text = model.text(launchTemplate, stated);
  if (reasonOf(text) !== undefined) return undefined;
  const plain = text.map((part) => (typeof part === 'string' ? part : '\u0000')).join('');
  // Encoded by hand, or a script that takes the name from elsewhere.
  if (!/[\s#]/.test(plain) || /S3|aws |source /i.test(plain)) return undefined;
  const found = [...plain.matchAll(/ECS_CLUSTER=["']?([^\s"'>;]*)/g)].pop();
  if (found === undefined) return { kind: 'default' };
  if (!found[1].includes('\u0000')) return /[$`]/.test(found[1]) || found[1] === '' ? undefined : { kind: 'name', name: found[1] };
  if (found[1] !== '\u0000') return undefined;
  const before = plain.slice(0, found.index + found[0].indexOf('\u0000')).split('\u0000').length - 1;
  const reference = text.filter((part) => typeof part !== 'string')[before];
  const cluster = typeof reference === 'object' && 'target' in reference ? model.resource(reference.target) : undefined;
  return cluster?.type === 'AWS::ECS::Cluster' ? { kind: 'cluster', cluster } : undefined;
}

/** True where that is another cluster, for sure. */
export function isElsewhere(model: TemplateModel, joined: Joined, cluster: Resource): boolean {
  const name = literalAt(model, cluster, 'ClusterName');
  if (joined.kind === 'cluster') return joined.cluster !== cluster;
  const stated = dig(cluster.properties, 'ClusterName') !== undefined;
  // A name that CloudFormation makes up is never one that somebody wrote.
  if (stated && name === undefined) return false;
  return (joined.kind === 'name' ? joined.name : 'default') !== name;
}
