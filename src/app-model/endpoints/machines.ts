import type { Endpoint } from './endpoint';
import { InterfaceReader, labelOf } from './interfaces';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { launchResourceOf, launchSettingsOf } from '../compute/launch-settings';

/** EC2 instances, Auto Scaling groups, and launch templates that neither uses. */
export class Machines {
  public readonly endpoints: Endpoint[] = [];
  private readonly byId = new Map<string, Endpoint>();
  private readonly launchOf = new Map<string, Resource>();

  public constructor(private readonly reader: InterfaceReader) {
    const { model } = reader;
    for (const group of model.ofType('AWS::AutoScaling::AutoScalingGroup')) {
      this.add(this.readMachine(group, 'Auto Scaling group', dig(group.properties, 'VPCZoneIdentifier')));
    }
    for (const instance of model.ofType('AWS::EC2::Instance')) {
      const subnet = dig(instance.properties, 'SubnetId') ?? dig(firstInterface(instance.properties), 'SubnetId');
      this.add(this.readMachine(instance, 'EC2 instance', subnet));
    }
    const used = new Set([...this.launchOf.values()].map((launch) => launch.id));
    for (const template of model.ofType('AWS::EC2::LaunchTemplate').filter(({ id }) => !used.has(id))) {
      this.add(this.readMachine(template, 'launch template', undefined));
    }
  }

  /** The endpoint of an instance, an Auto Scaling group or a launch template. */
  public of(resource: Resource | undefined): Endpoint | undefined {
    return resource === undefined ? undefined : this.byId.get(resource.id);
  }

  /** Auto Scaling groups and instances whose start-up script names the cluster: that is how an instance joins it. */
  public joining(cluster: Resource): Endpoint[] {
    return this.endpoints.filter(({ resource }) => {
      const launch = this.launchOf.get(resource!.id) ?? resource!;
      return resource!.type !== 'AWS::EC2::LaunchTemplate' && this.reader.model.mentions(launch, launchSettingsOf(launch).UserData, cluster);
    });
  }

  private add(endpoint: Endpoint): void {
    this.endpoints.push(endpoint);
    this.byId.set(endpoint.id, endpoint);
  }

  private readMachine(resource: Resource, kind: string, subnets: unknown): Endpoint {
    const launch = launchResourceOf(this.reader.model, resource);
    if (launch !== undefined) {
      this.launchOf.set(resource.id, launch);
    }
    const source = statesGroups(launchSettingsOf(resource)) || launch === undefined ? resource : launch;
    const settings = launchSettingsOf(source);
    const interfaces = this.reader.read(source, groupsOf(settings), []);
    const own = this.reader.subnetsOf(resource, subnets);
    const vpc = own.find((subnet) => subnet.vpc !== undefined)?.vpc ?? interfaces.vpc;
    const unknownLaunch = launch === undefined && !statesGroups(settings) && resource.type === 'AWS::AutoScaling::AutoScalingGroup';
    const defaultGroup = !unknownLaunch && !statesGroups(settings) && vpc !== undefined;
    return {
      id: resource.id,
      resource,
      label: labelOf(resource),
      kind,
      aliases: launch === undefined ? [] : [launch.path],
      groups: defaultGroup ? [`${vpc}.DefaultSecurityGroup`] : interfaces.groups,
      doubts: defaultGroup
        ? []
        : unknownLaunch ? [`the launch template of ${labelOf(resource)} is not in any template of this app`] : interfaces.doubts,
      subnets: own,
      vpc,
      publicAddress: publicAddressOf(settings, own),
      hasIpv6: own.some((subnet) => subnet.hasIpv6),
      opensConnections: true,
      listens: [],
    };
  }
}

function groupsOf(settings: Record<string, unknown>): unknown {
  return dig(settings, 'SecurityGroupIds') ?? dig(firstInterface(settings), 'Groups') ?? dig(firstInterface(settings), 'GroupSet')
    ?? dig(settings, 'SecurityGroups');
}

function statesGroups(settings: Record<string, unknown>): boolean {
  return groupsOf(settings) !== undefined;
}

function firstInterface(settings: Record<string, unknown>): unknown {
  return asList(dig(settings, 'NetworkInterfaces'))[0];
}

function publicAddressOf(settings: Record<string, unknown>, subnets: Endpoint['subnets']): Endpoint['publicAddress'] {
  const asked = dig(settings, 'AssociatePublicIpAddress') ?? dig(firstInterface(settings), 'AssociatePublicIpAddress');
  if (asked !== undefined) return asked === true || asked === 'true' ? 'yes' : 'no';
  if (subnets.length === 0 || subnets.some((subnet) => !subnet.known)) return 'unknown';
  return subnets.some((subnet) => subnet.mapsPublicIp) ? 'yes' : 'no';
}
