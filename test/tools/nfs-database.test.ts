import { whyNoNfs } from '../../tools/nfs-database';

const WITH_CLIENT = 'nodev\tproc\nnodev\tnfs4\n';

test('a kernel without an NFS client is the reason', () => {
  expect(whyNoNfs('/mnt', 'nodev\tproc\n\text4\n', () => 'nfs')).toMatch(/has no NFS client/);
});

test('no directory is the reason', () => {
  expect(whyNoNfs(undefined, WITH_CLIENT, () => 'nfs')).toMatch(/no export is mounted/);
});

test('a directory on a disk is the reason', () => {
  expect(whyNoNfs('/mnt', WITH_CLIENT, () => 'ext2/ext3')).toBe('DATABASE_DIRECTORY /mnt is on ext2/ext3, not on NFS');
});

test('a directory on NFS will do', () => {
  expect(whyNoNfs('/mnt', WITH_CLIENT, () => 'nfs')).toBeUndefined();
});
