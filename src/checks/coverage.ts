import type { EcsService } from '../app-model/compute/services';
import { taskZones } from '../app-model/compute/zones';
import type { Endpoint } from '../app-model/endpoints/endpoint';
import type { NetworkModel } from '../paths/judging/network-model';
import { dig } from '../template/json';
import type { Resource } from '../template/resource';
import type { Problem } from '../template/stack-template';
import { isUndecided, nameOf } from '../template/values';

/** What was looked at of one kind of thing. */
export interface Subject {
  readonly what: string;
  readonly total: number;
  readonly undecided: readonly Problem[];
}

/** What a judgement looked at, so that silence can be told from health. */
export interface Coverage {
  readonly subjects: readonly Subject[];
  /** Types of resources that no rule looks at, with their number. */
  readonly notCovered: readonly string[];
  readonly templates: number;
}

export const NOTHING: Coverage = { subjects: [], notCovered: [], templates: 0 };

/** Read after the rules: what they have judged is known only then. */
export function coverageOf(app: NetworkModel): Coverage {
  return {
    subjects: [
      subject('services', app.services.map((service) => [service.resource.path, whyServiceUndecided(app, service)])),
      subject('listeners', app.model.ofType('AWS::ElasticLoadBalancingV2::Listener').map((one) => [one.path, whyListenerUndecided(app, one)])),
      subject('databases', app.endpoints.filter(({ kind }) => /^(RDS|ElastiCache)/.test(kind)).map((one) => [one.label, whyStoreUndecided(one)])),
      subject('connections', [...app.judge.judged].map(([name, { verdict, reasons }]) => [name, verdict === 'unknown' ? reasons[0] : undefined])),
    ],
    notCovered: [...app.model.unasked()].filter(([type]) => /^AWS::/.test(type) && !/^AWS::(CDK|CloudFormation)::/.test(type))
      .map(([type, amount]) => `${type} (${amount})`).sort(),
    templates: app.model.stacks.length,
  };
}

/** `3 services (1 undecided), 2 listeners, no databases, 14 connections of 2 templates`. */
export function summaryOf({ subjects, notCovered, templates }: Coverage): string {
  const parts = subjects.map(({ what, total, undecided }) => (
    `${total === 0 ? 'no' : total} ${total === 1 ? what.replace(/s$/, '') : what}${undecided.length > 0 ? ` (${undecided.length} undecided)` : ''}`
  ));
  return `Looked at ${parts.join(', ') || 'nothing'} of ${templates} template${templates === 1 ? '' : 's'}`
    + `; ${notCovered.length === 0 ? 'every type of resource is looked at' : `not looked at: ${notCovered.join(', ')}`}.`;
}

function subject(what: string, looked: ReadonlyArray<readonly [string, string | undefined]>): Subject {
  return { what, total: looked.length, undecided: looked.flatMap(([name, reason]) => (reason === undefined ? [] : [{ subject: name, reason }])) };
}

function whyServiceUndecided(app: NetworkModel, service: EcsService): string | undefined {
  if (service.taskDefinition === undefined) return 'its task definition is not in the templates';
  const doubt = app.endpointsOf(service.resource).flatMap(({ doubts }) => doubts)[0];
  if (doubt !== undefined) return doubt;
  if (service.minTasks === undefined && !service.daemon) return 'its number of tasks is decided at deployment';
  return taskZones(service) === undefined ? 'the zones of its tasks are not in the templates' : undefined;
}

function whyListenerUndecided(app: NetworkModel, listener: Resource): string | undefined {
  const balancer = app.model.pointee(listener, dig(listener.properties, 'LoadBalancerArn'));
  if (balancer === undefined) return 'its load balancer is not in the templates';
  if (isUndecided(app.model, listener, 'Port')) return 'its port is decided at deployment';
  const doubt = app.endpointsOf(balancer).flatMap(({ doubts }) => doubts)[0];
  return doubt === undefined ? undefined : `of ${nameOf(balancer)}: ${doubt}`;
}

function whyStoreUndecided({ doubts, listens, subnets }: Endpoint): string | undefined {
  if (doubts.length > 0) return doubts[0];
  if ((listens ?? []).length === 0) return 'its port is decided at deployment';
  return subnets.length === 0 || subnets.some(({ known }) => !known) ? 'its subnets are not in the templates' : undefined;
}
