import { decided } from '../../template/decided';
import { asList, dig } from '../../template/json';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalAt, numberAt } from '../../template/values';

/** A listener of a load balancer, as far as a template decides it. */
export interface Listener {
  readonly resource: Resource;
  readonly balancer?: Resource;
  readonly port?: number;
  /** Undefined where it is not known. */
  readonly protocol?: string;
  readonly rules: readonly Resource[];
}

/** Every listener of an app with the rules on it. */
export const readListeners = oncePer((model: TemplateModel): readonly Listener[] => {
  const rules = new Map<string, Resource[]>();
  for (const rule of model.ofType('AWS::ElasticLoadBalancingV2::ListenerRule')) {
    const listener = model.pointee(rule, dig(rule.properties, 'ListenerArn'));
    if (listener !== undefined) {
      rules.set(listener.id, [...rules.get(listener.id) ?? [], rule]);
    }
  }
  return model.ofType('AWS::ElasticLoadBalancingV2::Listener').map((resource) => ({
    resource,
    balancer: model.pointee(resource, dig(resource.properties, 'LoadBalancerArn')),
    port: numberAt(model, resource, 'Port'),
    protocol: literalAt(model, resource, 'Protocol'),
    rules: rules.get(resource.id) ?? [],
  }));
});

/** The kinds of the actions: `forward`, `redirect`, `fixed-response`; `undefined` in the list for one that is not known. */
export function actionTypes(model: TemplateModel, holder: Resource, key: 'Actions' | 'DefaultActions'): Array<string | undefined> {
  return asList(dig(holder.properties, key)).map((action) => {
    const type = decided(model, holder, dig(action, 'Type'));
    return typeof type === 'string' ? type : undefined;
  });
}
