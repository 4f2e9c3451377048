import { spawnSync } from 'child_process';
import { MANAGED } from './managed/managed-fixture';
import { DUMP_SCRIPT } from '../../src/database/dumps/dump-script';
import { MysqlEngine } from '../../src/database/mysql-engine';
import { needing } from '../needing';

const provisioning = MANAGED.map(([name, define]): [string, string, string] => (
  [`the program that defines the user of ${name}`, 'sh', define({}).userProvisioning!.command[2]]));

needing('shellcheck').test.each<[string, string, string]>([
  ['the dump', 'bash', DUMP_SCRIPT],
  ...provisioning,
  ['the health check of MySQL', 'sh', MysqlEngine.MYSQL_8_4.healthCheckCommand[1]],
])('shellcheck has nothing against %s', (_what, shell, script) => {
  const { stdout, status } = spawnSync('shellcheck', [`--shell=${shell}`, '-'], { input: script, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
});
