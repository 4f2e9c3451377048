import type { LossReader } from './zone-loss';
import { readableZones } from '../../app-model/compute/zones';

/** A NAT gateway that serves subnets of other zones takes their way to the internet with it. */
export const readNatLoss: LossReader = (app, zones) => app.natGateways.flatMap((gateway) => zones.map((zone) => {
  const { resource, zone: ownZone, regional, serves } = gateway;
  const base = { zone, resource, kind: 'NAT gateway' };
  if (ownZone === undefined) {
    return {
      ...base,
      outcome: regional ? 'survives' : 'unknown',
      why: regional ? 'regional: it has a part in each zone' : 'its zone is not in the templates',
    };
  }
  if (ownZone !== zone) return { ...base, outcome: 'survives', why: 'it is in another zone' };
  const others = [...new Set(serves.flatMap((subnet) => subnet.zone ?? []))].filter((one) => one !== zone);
  return others.length === 0
    ? { ...base, outcome: 'survives', why: 'it serves only this zone' }
    : {
      ...base,
      outcome: 'stops',
      why: `private subnets in ${readableZones(others)} lose their way to the internet with it`,
      rule: 'single-nat-gateway',
    };
}));
