import { readFileSystemLoss } from '../../../src/checks/zones/file-system-loss';
import { NetworkModel } from '../../../src/paths/judging/network-model';
import { NETWORK } from '../../app-model/model';
import { contentOf, stackTemplate } from '../apps';

/** What becomes of a file system in zones a and b, with mount targets in the subnets named. */
function outcomes(properties: object, ...subnets: string[]): string[] {
  const mounts = subnets.map((id): [string, object] => [`Mount${id}`, {
    Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'Files' }, SubnetId: { Ref: id } },
  }]);
  const resources = { ...NETWORK, Files: { Type: 'AWS::EFS::FileSystem', Properties: properties }, ...Object.fromEntries(mounts) };
  const app = new NetworkModel(contentOf([stackTemplate('Test', { Resources: resources })]));
  return readFileSystemLoss(app, ['eu-west-1a', 'eu-west-1b']).map(({ outcome }) => outcome);
}

test('a One Zone file system stops with its zone', () => {
  expect(outcomes({ AvailabilityZoneName: 'eu-west-1a' }, 'SubnetA')).toEqual(['stops', 'survives']);
});

test('a One Zone file system whose zone is a parameter stops with the zone of its mount target', () => {
  expect(outcomes({ AvailabilityZoneName: { Ref: 'Zone' } }, 'SubnetB')).toEqual(['survives', 'stops']);
});

test('a regional file system with mount targets in both zones survives', () => {
  expect(outcomes({}, 'SubnetA', 'SubnetB')).toEqual(['survives', 'survives']);
});

test('a regional file system with one mount target stops with the zone of that', () => {
  expect(outcomes({}, 'SubnetA')).toEqual(['stops', 'survives']);
});

test('a file system without mount targets is lost to nobody', () => {
  expect(outcomes({ AvailabilityZoneName: 'eu-west-1a' })).toEqual([]);
});
