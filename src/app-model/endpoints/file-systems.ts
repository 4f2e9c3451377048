import { NFS_PORT } from '../../private/aws/engine-ports';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { keyOf } from '../../template/text';
import type { Endpoint } from './endpoint';
import { InterfaceReader, labelOf } from './interfaces';

/** EFS file systems, by their mount targets. Mount targets behind the same security groups are one endpoint with several subnets. */
export function readFileSystems(reader: InterfaceReader): Endpoint[] {
  const bundles = new Map<string, Resource[]>();
  for (const target of reader.model.ofType('AWS::EFS::MountTarget')) {
    const fileSystem = keyOf(reader.model.text(target, target.properties.FileSystemId)) ?? target.id;
    const groups = reader.model.texts(target, dig(target.properties, 'SecurityGroups')).map((text) => keyOf(text) ?? target.id);
    const key = [fileSystem, ...groups.sort()].join(' ');
    bundles.set(key, [...(bundles.get(key) ?? []), target]);
  }
  return [...bundles.values()].map((targets) => fileSystemOf(reader, targets));
}

function fileSystemOf(reader: InterfaceReader, targets: readonly Resource[]): Endpoint {
  const [first] = targets;
  const subnets = targets.flatMap((target) => reader.subnetsOf(target, [dig(target.properties, 'SubnetId')]));
  const fileSystem = reader.model.pointee(first, first.properties.FileSystemId);
  return {
    ...reader.read(first, dig(first.properties, 'SecurityGroups'), subnets),
    id: first.id,
    resource: first,
    label: labelOf(fileSystem ?? first),
    kind: 'EFS mount targets',
    aliases: [...(fileSystem === undefined ? [] : [fileSystem.path]), ...targets.map(({ path }) => path)],
    publicAddress: 'no',
    opensConnections: false,
    listens: [{ port: NFS_PORT, ports: { from: NFS_PORT, to: NFS_PORT } }],
  };
}
