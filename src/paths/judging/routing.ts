import { agreed, chain, passes, stops, unclear } from './judgement';
import type { Judgement } from './judgement';
import type { NetworkAclFilter } from './network-acl-filter';
import { isEndpoint, isPublicEnd } from './path-end';
import type { OutsideAddresses, PathEnd } from './path-end';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import type { DefaultRoute, Subnet } from '../../app-model/network/subnet';
import type { Subnets } from '../../app-model/network/subnets';
import { contains } from '../../private/aws/ip-range';
import type { PortRange } from '../../private/aws/port-range';
import type { TemplateModel } from '../../template/template-model';

const BRIDGES_BETWEEN_VPCS = ['AWS::EC2::VPCPeeringConnection', 'AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment'];

/** Judges the way between two ends apart from security groups: VPCs, routes, public addresses, network ACLs. */
export class Routing {
  private readonly bridges: boolean;

  public constructor(model: TemplateModel, private readonly subnets: Subnets, private readonly acls: NetworkAclFilter) {
    this.bridges = model.ofType(...BRIDGES_BETWEEN_VPCS).length > 0;
  }

  /** Whether packets find their way. */
  public judge(source: PathEnd, target: PathEnd, ports: PortRange, family: 4 | 6): Judgement {
    if (isEndpoint(source) && isEndpoint(target)) {
      return chain([this.between(source, target), this.acls.judge(source.subnets, target.subnets, ports, family)]);
    }
    if (isEndpoint(target)) return chain([inward(source as OutsideAddresses, target, family), this.acls.judge([], target.subnets, ports, family)]);
    if (isEndpoint(source)) return chain([outward(source, target as OutsideAddresses, family), this.aclsOutward(source, ports, family)]);
    return unclear('neither end is in this app');
  }

  private aclsOutward({ subnets }: Endpoint, ports: PortRange, family: 4 | 6): Judgement {
    if (subnets.length === 0) return passes();
    return agreed(subnets.map((subnet) => {
      const route = subnet.ipv4Route;
      const gateway = family === 4 && route.kind === 'nat' && route.subnet !== undefined ? this.subnets.get(route.subnet) : undefined;
      return gateway === undefined ? this.acls.judge([subnet], [], ports, family) : this.acls.judgeNat(subnet, gateway, ports);
    }));
  }

  private between(source: Endpoint, target: Endpoint): Judgement {
    if (source.vpc === undefined || target.vpc === undefined || source.vpc === target.vpc) return passes();
    if (this.bridges) {
      return unclear(`${source.label} and ${target.label} are in different VPCs; whether the peering of this app joins them is not judged`);
    }
    return target.publicAddress === 'no'
      ? stops(target.label, `${source.label} and ${target.label} are in different VPCs, and nothing in this app joins them`)
      : unclear(`${source.label} and ${target.label} are in different VPCs: only the public addresses of ${target.label} could join them`);
  }
}

function inward(source: OutsideAddresses, target: Endpoint, family: 4 | 6): Judgement {
  if (!isPublicEnd(source)) {
    return isInside(source, target) ? passes() : unclear(`how ${source.label} is joined to the VPC of ${target.label} is not in the templates`);
  }
  if (family === 6) return perSubnet(target, (subnet) => chain([addressedOverIpv6(target, subnet), throughGateway(target, subnet, family)]));
  if (target.publicAddress === 'no') {
    const byCloudFront = target.vpcOrigin === undefined ? '' : `: of the internet, CloudFront alone comes to it, by ${target.vpcOrigin}`;
    return stops(target.label, `${target.label} has no public address${byCloudFront}`);
  }
  const addressed = target.publicAddress === 'yes' ? passes({ path: target.label, text: 'has a public address' })
    : unclear(`whether ${target.label} has a public address is not known`);
  return chain([addressed, perSubnet(target, (subnet) => throughGateway(target, subnet, family))]);
}

/** Every IPv6 address of a VPC is one of the internet: what has one needs no public address besides. */
function addressedOverIpv6(target: Endpoint, subnet: Subnet): Judgement {
  const { label, ipv6FromInternet, publicAddress } = target;
  if (ipv6FromInternet === false) return stops(label, `${label} has no public address`);
  if (ipv6FromInternet === true) return passes({ path: label, text: 'has a public address' });
  if (!subnet.hasIpv6) return stops(label, `${label} has no IPv6 address in ${subnet.path}`);
  return subnet.assignsIpv6 && publicAddress !== 'unknown'
    ? passes({ path: label, text: 'has an IPv6 address' })
    : unclear(`whether ${label} has an IPv6 address in ${subnet.path} is not known`);
}

function outward(source: Endpoint, target: OutsideAddresses, family: 4 | 6): Judgement {
  if (!isPublicEnd(target)) {
    return isInside(target, source) ? passes() : unclear(`how ${target.label} is joined to the VPC of ${source.label} is not in the templates`);
  }
  return perSubnet(source, (subnet) => {
    const route = family === 4 ? subnet.ipv4Route : subnet.ipv6Route;
    if (route.kind === 'nat' || route.kind === 'egress-only') {
      return passes({ path: route.path, text: `leads out through ${route.kind === 'nat' ? 'a NAT gateway' : 'an egress-only gateway'}` });
    }
    if (route.kind === 'internet-gateway' && source.publicAddress !== 'yes' && family === 4) {
      return source.publicAddress === 'unknown'
        ? unclear(`whether ${source.label} has a public address is not known`)
        : stops(source.label, `${source.label} has no public address, and ${subnet.path} leads out only for those that have one`);
    }
    return throughGateway(source, subnet, family);
  });
}

function throughGateway(endpoint: Endpoint, subnet: Subnet, family: 4 | 6): Judgement {
  const route: DefaultRoute = family === 4 ? subnet.ipv4Route : subnet.ipv6Route;
  if (route.kind === 'unknown') return unclear(route.reason);
  return route.kind === 'internet-gateway'
    ? passes({ path: route.path, text: 'leads to the internet gateway' })
    : stops(route.path, `${endpoint.label} is in ${subnet.path}, which has no route to an internet gateway`);
}

function perSubnet(endpoint: Endpoint, judge: (subnet: Subnet) => Judgement): Judgement {
  return endpoint.subnets.length === 0 ? unclear(`the subnets of ${endpoint.label} are not known`) : agreed(endpoint.subnets.map(judge));
}

function isInside(outside: OutsideAddresses, endpoint: Endpoint): boolean {
  return endpoint.subnets.some((subnet) => subnet.range !== undefined && contains(outside.range!, subnet.range));
}
