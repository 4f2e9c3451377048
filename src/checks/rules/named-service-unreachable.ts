import type { Observation, Rule } from './rule';
import { whyOutOfReach } from './service-route';
import { instanceRole } from '../../app-model/compute/instance-profiles';
import { namedInFunction, namedResources } from '../../app-model/compute/named-resources';
import type { NamedResource } from '../../app-model/compute/named-resources';
import { roleOf } from '../../app-model/compute/task-needs';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import { readVpcEndpoints } from '../../app-model/endpoints/vpc-endpoints';
import { Roles } from '../../app-model/iam/roles';
import { readTaskRuns } from '../../app-model/task-runs';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { isOn, nameOf } from '../../template/values';

interface Need {
  readonly service: string;
  readonly why: string;
  readonly resource?: Resource;
  /** By which it is called. */
  readonly role?: Resource;
}

/** What calls services of AWS from within a VPC. */
interface Caller {
  readonly at: Resource;
  readonly related: readonly Resource[];
  readonly needs: readonly Need[];
  readonly from: readonly Endpoint[];
}

/** Where there is no way out, a call of a service without an endpoint hangs until it times out. */
export const namedServiceUnreachable: Rule = {
  id: 'named-service-unreachable',
  severity: 'warning',
  says: 'Tasks, functions, builds or instances call a service of AWS to which there is no way: neither the internet nor an endpoint that lets them.',
  change: 'Add the VPC endpoint of the service, with private DNS, its security group open on port 443 and a policy that allows the calls.',
  leadsTo: 'The calls hang and time out.',
  evaluate: (app) => {
    const endpoints = readVpcEndpoints(app);
    return [...tasks(app), ...functions(app), ...instances(app), ...builds(app)].flatMap(({ at, related, needs, from }) => {
      const found = new Map<string, Observation>();
      for (const need of needs) {
        const fault = from.flatMap((one) => whyOutOfReach(app, one, need.service, endpoints, need) ?? [])[0];
        const known = found.get(`${need.service} ${fault}`);
        if (fault !== undefined && known === undefined) {
          found.set(`${need.service} ${fault}`,
            { at, related: [need.resource, ...related], saw: `${nameOf(at)} calls ${need.service}, for ${need.why}: ${fault}` });
        }
      }
      return [...found.values()];
    });
  },
};

function tasks(app: NetworkModel): Caller[] {
  return readTaskRuns(app).map(({ resource, taskDefinition, endpoints }) => {
    const shell = isOn(dig(resource.properties, 'EnableExecuteCommand')) ? [{ service: 'ssmmessages', why: 'ECS Exec is on' }] : [];
    const own = told(namedResources(app.model, taskDefinition), roleOf(app.model, taskDefinition, 'TaskRoleArn'));
    return { at: resource, related: [taskDefinition.resource], needs: [...shell, ...own], from: endpoints };
  });
}

function functions(app: NetworkModel): Caller[] {
  return app.model.ofType('AWS::Lambda::Function').filter((one) => app.endpointsOf(one).length > 0)
    .map((at) => {
      const role = app.model.pointee(at, dig(at.properties, 'Role'));
      return { at, related: [], needs: told(namedInFunction(app.model, at), role), from: app.endpointsOf(at) };
    });
}

/** A build in a VPC has no address of the internet, wherever it is. */
function builds(app: NetworkModel): Caller[] {
  return app.model.ofType('AWS::CodeBuild::Project').filter((one) => app.endpointsOf(one).length > 0)
    .map((at) => ({ at, related: [], needs: [{ service: 'logs', why: 'its log' }], from: app.endpointsOf(at) }));
}

/** A machine whose role may open the channels of Session Manager is meant to be reached by it. */
function instances(app: NetworkModel): Caller[] {
  const { model } = app;
  const heldBy = (one: Resource) => {
    const profile = model.pointee(one, dig(one.properties, 'IamInstanceProfile'));
    return profile === undefined ? undefined : model.pointee(profile, asList(dig(profile.properties, 'Roles'))[0]);
  };
  const machines = [
    ...model.ofType('AWS::EC2::Instance').map((one) => ({ at: one, role: heldBy(one) })),
    ...app.scalingGroups.map((group) => ({ at: group.resource, role: instanceRole(model, group) })),
  ];
  return machines.flatMap(({ at, role }) => {
    const managed = role !== undefined && role !== 'none' && role.type === 'AWS::IAM::Role'
      && Roles.of(model).may(role, 'ssmmessages:OpenControlChannel', '*') === 'allowed';
    const needs = ['ssm', 'ssmmessages'].map((service) => ({ service, why: 'its role has Session Manager' }));
    return managed ? [{ at, related: [role], needs, from: app.endpointsOf(at) }] : [];
  });
}

function told(named: readonly NamedResource[], role: Resource | undefined): Need[] {
  const known = role?.type === 'AWS::IAM::Role' ? role : undefined;
  return [...new Map(named.map(({ resource, service, variable }): [Resource, Need] =>
    [resource, { service, why: `${variable} names ${nameOf(resource)}`, resource, role: known }])).values()];
}
