import type { Rule } from './rule';
import type { EcsService } from '../../app-model/compute/services';
import { nameOf } from '../../template/values';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { CheckedApp } from '../checked-app';

/** A task that starts before its role may read the secret or mount the file system fails with AccessDenied. */
export const serviceBeforeRolePolicies: Rule = {
  id: 'service-before-role-policies',
  severity: 'warning',
  says: 'The service does not wait for the policies of its task or execution role: the first tasks may fail with AccessDenied.',
  change: 'Call service.node.addDependency(taskDefinition.taskRole, taskDefinition.executionRole).',
  evaluate: (app) => app.services.flatMap((service) => {
    const early = policiesOf(app, service).filter((policy) => !app.dependencies.isAfter(service.resource, policy));
    return early.length === 0 ? [] : [{
      at: service.resource,
      related: [service.taskDefinition?.resource, ...early],
      saw: `it does not depend on ${early.map(nameOf).join(' and ')}`,
    }];
  }),
};

function policiesOf({ model, pointers }: CheckedApp, { taskDefinition }: EcsService): Resource[] {
  const roles = ['TaskRoleArn', 'ExecutionRoleArn']
    .map((key) => taskDefinition && model.pointee(taskDefinition.resource, dig(taskDefinition.resource.properties, key)))
    .filter((role) => role !== undefined);
  return [...new Set(roles.flatMap((role) => pointers.to(role, 'AWS::IAM::Policy', 'Roles')))];
}
