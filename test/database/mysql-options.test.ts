import { Duration } from 'aws-cdk-lib';
import { FlagDialect, serverFlags } from '../../src/database/server-flags';
import type { FlagInputs } from '../../src/database/server-flags';

const MANUAL = 'https://dev.mysql.com/doc/refman/8.4/en';

/** The options of MySQL 8.4 that the template may give, each with what its manual lets them be and where it says so. */
const DOCUMENTED: Readonly<Record<string, readonly [value: RegExp, page: string]>> = {
  'innodb-buffer-pool-size': [/^\d+M$/, `${MANUAL}/innodb-parameters.html`],
  'innodb-flush-log-at-trx-commit': [/^[012]$/, `${MANUAL}/innodb-parameters.html`],
  'innodb-doublewrite': [/^(ON|OFF|DETECT_AND_RECOVER|DETECT_ONLY)$/, `${MANUAL}/innodb-parameters.html`],
  'innodb-use-native-aio': [/^(ON|OFF|0|1)$/, `${MANUAL}/innodb-parameters.html`],
  'innodb-temp-data-file-path': [/^[^:]+:\d+M:autoextend:max:\d+G$/, `${MANUAL}/innodb-parameters.html`],
  'skip-name-resolve': [/^(ON|OFF|)$/, `${MANUAL}/server-system-variables.html`],
  'character-set-server': [/^utf8mb4$/, `${MANUAL}/server-system-variables.html`],
  'require-secure-transport': [/^(ON|OFF)$/, `${MANUAL}/server-system-variables.html`],
  'log-bin': [/^\w+$/, `${MANUAL}/replication-options-binary-log.html`],
  'skip-log-bin': [/^$/, `${MANUAL}/replication-options-binary-log.html`],
  'sync-binlog': [/^\d+$/, `${MANUAL}/replication-options-binary-log.html`],
  'binlog-expire-logs-seconds': [/^\d+$/, `${MANUAL}/replication-options-binary-log.html`],
  'performance-schema': [/^(ON|OFF)$/, `${MANUAL}/performance-schema-system-variables.html`],
  'mysqlx': [/^(ON|OFF|FORCE|FORCE_PLUS_PERMANENT)$/, `${MANUAL}/x-plugin-options-system-variables.html`],
};

/**
 * Some that 8.2 to 8.4 removed, with which a server does not start:
 * https://dev.mysql.com/doc/mysqld-version-reference/en/optvar-changes-8-4.html and the pages before it.
 */
const REMOVED = [
  'admin-ssl', 'avoid-temporal-upgrade', 'binlog-transaction-dependency-tracking', 'character-set-client-handshake', 'default-authentication-plugin',
  'expire-logs-days', 'have-ssl', 'innodb', 'innodb-api-enable-binlog', 'new', 'old', 'skip-character-set-client-handshake', 'skip-host-cache', 'ssl',
];

const INPUTS: FlagInputs[] = [1024, 4096, 30720].flatMap((memoryMiB) => [true, false].flatMap((strict) => (
  [undefined, Duration.days(3)].map((binaryLogRetention) => ({
    dialect: FlagDialect.MYSQL, memoryMiB, requireTls: strict, relaxedDurability: !strict, binaryLogRetention, extraFlags: [],
  })))));

const given = [...new Set(INPUTS.flatMap((inputs) => serverFlags(inputs)))].map((flag): [string, string] => {
  const [, name, value = ''] = /^--([^=]+)(?:=(.*))?$/.exec(flag)!;
  return [name, value];
});

test.each(given)('--%s=%s is an option that the manual of MySQL 8.4 has, with a value it allows', (name, value) => {
  expect(DOCUMENTED[name]?.[0] ?? 'in no list').toEqual(expect.any(RegExp));
  expect(value).toMatch(DOCUMENTED[name][0]);
});

test.each(Object.keys(DOCUMENTED))('--%s of the list is given by some template', (name) => {
  expect(given.map(([each]) => each)).toContain(name);
});

test('no option is given that MySQL 8.2 to 8.4 removed', () => {
  expect(given.map(([name]) => name).filter((name) => REMOVED.includes(name))).toEqual([]);
});
