import type { Endpoint, Listening } from './endpoint';
import { InterfaceReader, labelOf } from './interfaces';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { keyOf } from '../../template/text';

/** Application and network load balancers. */
export function readLoadBalancers(reader: InterfaceReader): Endpoint[] {
  const { model } = reader;
  const listening = listenersOf(reader);
  return model.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').map((resource) => {
    const isNetwork = dig(resource.properties, 'Type') === 'network';
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
      kind: isNetwork ? 'network load balancer' : 'load balancer',
      aliases: [],
      publicAddress,
      ipv6FromInternet: publicAddress === 'unknown' ? undefined : publicAddress === 'yes',
      hasIpv6: String(dig(resource.properties, 'IpAddressType')).startsWith('dualstack'),
      opensConnections: true,
      listens: listening.get(resource.id) ?? [],
    };
  });
}

function listenersOf(reader: InterfaceReader): Map<string, Listening[]> {
  const found = new Map<string, Listening[]>();
  for (const listener of reader.model.ofType('AWS::ElasticLoadBalancingV2::Listener')) {
    const balancer = reader.model.pointee(listener, listener.properties.LoadBalancerArn);
    const port = reader.model.resolver.number(listener.properties.Port, listener.stack);
    if (balancer !== undefined && port !== undefined) {
      found.set(balancer.id, [...(found.get(balancer.id) ?? []), { port, ports: { from: port, to: port } }]);
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
