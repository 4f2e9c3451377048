import type { Endpoint, Listening } from './endpoint';
import { InterfaceReader, labelOf } from './interfaces';
import { readVpcOrigins } from './vpc-origins';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { keyOf } from '../../template/text';
import { namedOrKnownPort } from '../network/store-ports';

/** Application and network load balancers. */
export function readLoadBalancers(reader: InterfaceReader): Endpoint[] {
  const { model } = reader;
  const listening = listenersOf(reader);
  const origins = readVpcOrigins(model);
  return model.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').map((resource) => {
    const type = dig(resource.properties, 'Type');
    const isNetwork = type === 'network' || type === 'gateway';
    const groups = dig(resource.properties, 'SecurityGroups');
    const unfiltered = isNetwork && groups === undefined;
    const interfaces = reader.read(resource, groups, reader.subnetsOf(resource, subnetsOf(resource)));
    const publicAddress = schemeOf(reader, resource);
    return {
      ...interfaces,
      groups: unfiltered ? [] : interfaces.groups,
      doubts: unfiltered ? [] : interfaces.doubts,
      unfiltered,
      id: resource.id,
      resource,
      label: labelOf(resource),
      kind: type === 'gateway' ? 'gateway load balancer' : isNetwork ? 'network load balancer' : 'load balancer',
      aliases: [],
      publicAddress,
      ipv6FromInternet: publicAddress === 'unknown' ? undefined : publicAddress === 'yes',
      hasIpv6: String(dig(resource.properties, 'IpAddressType')).startsWith('dualstack'),
      vpcOrigin: origins.find(({ endpoint }) => endpoint === resource)?.resource.path,
      opensConnections: true,
      listens: (listening.get(resource.id) ?? []).filter(({ ports }) => ports.name === undefined),
      listensOnly: isNetwork && !(listening.get(resource.id) ?? []).some(({ ports }) => ports.name !== undefined),
    };
  });
}

function listenersOf(reader: InterfaceReader): Map<string, Listening[]> {
  const found = new Map<string, Listening[]>();
  for (const listener of reader.model.ofType('AWS::ElasticLoadBalancingV2::Listener')) {
    const balancer = reader.model.pointee(listener, listener.properties.LoadBalancerArn);
    const ports = namedOrKnownPort(reader.model, reader.model.text(listener, listener.properties.Port));
    const isTcp = !['UDP', 'QUIC'].includes(String(dig(listener.properties, 'Protocol')));
    if (balancer !== undefined && isTcp) {
      found.set(balancer.id, [...(found.get(balancer.id) ?? []), { port: ports.from, ports }]);
    }
  }
  return found;
}

/** A load balancer without a scheme faces the internet. */
function schemeOf(reader: InterfaceReader, resource: Resource): Endpoint['publicAddress'] {
  const scheme = dig(resource.properties, 'Scheme');
  const known = scheme === undefined ? 'internet-facing' : keyOf(reader.model.text(resource, scheme));
  return known === undefined ? 'unknown' : known === 'internet-facing' ? 'yes' : 'no';
}

function subnetsOf(resource: Resource): unknown {
  const mappings = dig(resource.properties, 'SubnetMappings');
  return dig(resource.properties, 'Subnets') ?? (Array.isArray(mappings) ? mappings.map((mapping) => dig(mapping, 'SubnetId')) : undefined);
}
