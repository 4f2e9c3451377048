import type { Rule } from './rule';
import { nameOf } from '../../template/values';
import { dig } from '../../template/json';

export const publicMountTarget: Rule = {
  id: 'public-mount-target',
  severity: 'warning',
  says: 'An EFS mount target stands in a subnet with a route to the internet gateway.',
  change: 'Put mount targets into private subnets, one in each zone where tasks run.',
  evaluate: (app) => app.model.ofType('AWS::EFS::MountTarget').flatMap((target) => {
    const subnet = app.subnetOf(target, 'SubnetId');
    return subnet?.ipv4Route.kind !== 'internet-gateway' ? [] : [{
      at: target,
      related: [app.model.pointee(target, dig(target.properties, 'FileSystemId'))],
      saw: `${nameOf(target)} is in ${subnet.path}, whose default route leads to an internet gateway`,
    }];
  }),
};
