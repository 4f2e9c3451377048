import { Duration, Lazy } from 'aws-cdk-lib';
import type { FlagInputs } from '../../src/database/server-flags';
import { bufferPoolMiB, findFlagProblem, FlagDialect, serverFlags } from '../../src/database/server-flags';

const BASE: FlagInputs = { dialect: FlagDialect.MYSQL, memoryMiB: 2048, requireTls: false, relaxedDurability: false, extraFlags: [] };

describe('buffer pool', () => {
  test.each([
    [1024, 256],
    [1536, 384],
    [2047, 384],
    [2048, 1024],
    [3072, 1536],
    [8192, 4096],
    [16384, 9728],
  ])('of a task with %i MiB is %i MiB', (memory, pool) => {
    expect(bufferPoolMiB(memory)).toBe(pool);
  });

  test.each([1024, 1100, 3000, 5000, 30720])('is a multiple of the 128 MiB chunk for %i MiB, since the server rounds up', (memory) => {
    expect(bufferPoolMiB(memory) % 128).toBe(0);
  });
});

describe.each([['MySQL', FlagDialect.MYSQL], ['MariaDB', FlagDialect.MARIADB]])('%s flags', (_name, dialect) => {
  const flags = serverFlags({ ...BASE, dialect });

  test.each([
    '--innodb-buffer-pool-size=1024M',
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-doublewrite=ON',
    '--innodb-use-native-aio=0',
    '--innodb-temp-data-file-path=../../../tmp/ibtmp1:12M:autoextend:max:1G',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--skip-log-bin',
  ])('contain %s', (flag) => {
    expect(flags).toContain(flag);
  });

  test.each(['authentication', 'native-password', 'skip-host-cache', 'dedicated-server', 'flush-method', 'require-secure-transport'])(
    'contain nothing about %s', (word) => {
      expect(flags.join(' ')).not.toContain(word);
    });

  test('are words without spaces, which the MariaDB installation would drop', () => {
    expect(flags.filter((flag) => !/^--\S+$/.test(flag))).toEqual([]);
  });

  test('require TLS when asked to', () => {
    expect(serverFlags({ ...BASE, dialect, requireTls: true })).toContain('--require-secure-transport=ON');
  });

  test('give up durable commits only when asked to', () => {
    expect(serverFlags({ ...BASE, dialect, relaxedDurability: true })).toContain('--innodb-flush-log-at-trx-commit=2');
  });

  test('sync the binary log at every commit and expire it when it is kept', () => {
    const withLog = serverFlags({ ...BASE, dialect, binaryLogRetention: Duration.days(3) });
    expect(withLog).toEqual(expect.arrayContaining(['--log-bin=binlog', '--sync-binlog=1', '--binlog-expire-logs-seconds=259200']));
    expect(withLog).not.toContain('--skip-log-bin');
  });

  test('end with the flags of the user, of which the last wins', () => {
    expect(serverFlags({ ...BASE, dialect, extraFlags: ['--max-connections=50'] }).at(-1)).toBe('--max-connections=50');
  });
});

test('MySQL does without the X protocol and, under 2 GiB, without the performance schema', () => {
  expect(serverFlags({ ...BASE, memoryMiB: 1024 })).toEqual(expect.arrayContaining(['--mysqlx=OFF', '--performance-schema=OFF']));
  expect(serverFlags(BASE)).not.toContain('--performance-schema=OFF');
});

test('MariaDB gets no flag of MySQL', () => {
  expect(serverFlags({ ...BASE, dialect: FlagDialect.MARIADB, memoryMiB: 1024 }).filter((flag) => /mysqlx|performance/.test(flag))).toEqual([]);
});

describe('a flag of the user', () => {
  test.each(['--max-connections=50', '--skip-show-database', '--innodb_buffer_pool_size=512M', '--innodb-flush-method=fsync'])('%s is taken', (flag) => {
    expect(findFlagProblem(flag)).toBeUndefined();
  });

  test('that is not known yet is taken', () => {
    expect(findFlagProblem(Lazy.string({ produce: () => 'x y' }))).toBeUndefined();
  });

  test.each([
    ['--default-authentication-plugin=mysql_native_password', /MySQL 8.4 removed it/],
    ['--default_authentication_plugin=x', /MySQL 8.4 removed it/],
    ['--mysql-native-password=ON', /caching_sha2_password/],
    ['--authentication-policy=mysql_native_password', /caching_sha2_password/],
    ['--skip-host-cache', /removed it/],
    ['--loose-innodb-dedicated-server=ON', /memory of the host/],
    ['--innodb-flush-method=O_DIRECT_NO_FSYNC', /skips the fsync/],
    ['--innodb_flush_method=nosync', /skips the fsync/],
    ['--datadir=/elsewhere', /rely on it/],
    ['--port=3307', /rely on it/],
    ['--skip-networking', /rely on it/],
    ['--skip-grant-tables', /every login is checked/],
  ])('%s is refused with its reason', (flag, reason) => {
    expect(findFlagProblem(flag)).toMatchObject({ got: `the server flag is '${flag}'`, fix: expect.stringMatching(reason) });
  });

  test.each(['max-connections=50', '--init-connect=SET NAMES utf8', '-v', '--'])('"%s" is refused for its form', (flag) => {
    expect(findFlagProblem(flag)?.allowed).toMatch(/one option as --name or --name=value/);
  });
});
