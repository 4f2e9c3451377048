import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Lazy, Stack } from 'aws-cdk-lib';
import { MANAGED } from './managed-fixture';
import type { MysqlUserProvisioning } from '../../../src/database/mysql-database';

const PASSWORD = 'Abc123';
const directory = mkdtempSync(join(tmpdir(), 'user-provisioning-'));

/** A client program that notes its arguments, its password and its input, and fails as often as it is told. */
const CLIENT = `#!/bin/sh
echo "$@" >> "${directory}/arguments"
echo "$MYSQL_PWD" > "${directory}/password"
echo x >> "${directory}/calls"
cat > "${directory}/sql"
[ "$(wc -l < "${directory}/calls")" -gt "\${FAILURES:-0}" ]
`;

const noted = (name: string): string => readFileSync(join(directory, name), 'utf8');

/** Runs the program as a container would, with the fake client first on its path. */
function run(program: MysqlUserProvisioning, variables: Record<string, string> = {}): { status: number | null; stderr: string } {
  for (const name of ['arguments', 'calls', 'sql', 'password']) writeFileSync(join(directory, name), '');
  const [command, ...args] = program.command;
  return spawnSync(command, args, {
    encoding: 'utf8',
    env: {
      PATH: `${directory}:${process.env.PATH}`,
      RETRY_SECONDS: '0',
      ...program.environment,
      DB_HOST: 'db.example.com',
      MYSQL_PWD: 'Admin123',
      APP_PASSWORD: PASSWORD,
      ...variables,
    },
  });
}

beforeAll(() => writeFileSync(join(directory, 'mysql'), CLIENT, { mode: 0o755 }));
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(MANAGED)('%s', (_name, define) => {
  const database = define({ databaseName: 'my_shop', applicationUser: 'shop_app' });
  const program = database.userProvisioning!;
  const stack = Stack.of(database);

  test('the program is told what is no secret in plain variables', () => {
    expect(program.environment).toEqual({
      DB_HOST: database.host, DB_PORT: '3306', ADMIN_USER: 'dbadmin', APP_USER: 'shop_app', APP_DATABASE: 'my_shop',
    });
  });

  test('it alone gets the administrator\'s password, as a secret', () => {
    expect(program.secretEnvironment.MYSQL_PWD.arn).toBe(`${database.administratorSecret.secretArn}:password::`);
    expect(program.secretEnvironment.APP_PASSWORD.arn).toBe(`${database.secret.secretArn}:password::`);
    expect(stack.resolve(database.secret.secretArn)).not.toEqual(stack.resolve(database.administratorSecret.secretArn));
  });

  test('it runs in a pinned image of the official client', () => expect(program.image).toMatch(/^public\.ecr\.aws\/docker\/library\/mysql:8\.4\.\d+$/));

  test('it defines the user, makes the secret its password, and grants it that database alone', () => {
    expect(run(program)).toMatchObject({ status: 0, stderr: '' });
    expect(noted('sql').split('\n')).toEqual([
      `CREATE USER IF NOT EXISTS 'shop_app'@'%' IDENTIFIED BY '${PASSWORD}';`,
      `ALTER USER 'shop_app'@'%' IDENTIFIED BY '${PASSWORD}';`,
      expect.stringMatching(/^GRANT SELECT, INSERT, [A-Z, ]+, TRIGGER ON `my\\_shop`\.\* TO 'shop_app'@'%';$/),
      '',
    ]);
  });

  test('it grants nothing beyond a database: no GRANT OPTION, and nothing of an administrator', () => {
    run(program);
    expect(noted('sql')).not.toMatch(/GRANT OPTION|SUPER|PROCESS|RELOAD|CREATE USER (?!IF)|FILE|ON \*/);
  });

  test('it connects by TLS, and no password is on a command line', () => {
    run(program);
    expect(noted('arguments')).toContain('--host=db.example.com --port=3306 --user=dbadmin --protocol=tcp --ssl-mode=REQUIRED');
    expect(noted('arguments')).not.toMatch(new RegExp(`${PASSWORD}|Admin123`));
    expect(noted('password').trim()).toBe('Admin123');
  });

  test('it tries again while the database fails over', () => {
    expect(run(program, { FAILURES: '5' }).status).toBe(0);
    expect(noted('calls').trim().split('\n')).toHaveLength(6);
  });

  test('fails after six attempts, within the two minutes that a container may wait for it', () => {
    expect(run(program, { FAILURES: '99' }).status).toBe(1);
    expect(noted('calls').trim().split('\n')).toHaveLength(6);
  });

  test.each([
    ['APP_PASSWORD', "x'; DROP USER 'dbadmin'"], ['APP_PASSWORD', ''], ['APP_USER', "a'b"], ['APP_DATABASE', 'a`b'], ['APP_DATABASE', 'a\nb'], ['APP_USER', 'a\\'],
  ])('fails before any SQL when %s is "%s"', (name, value) => {
    expect(run(program, { [name]: value })).toMatchObject({ status: 1, stderr: `${name} may hold letters, digits and underscores only\n` });
    expect(noted('calls')).toBe('');
  });

  test('names that are only known at deployment go to the program as they are', () => {
    const databaseName = Lazy.string({ produce: () => 'later' });
    expect(define({ databaseName }).userProvisioning!.environment.APP_DATABASE).toBe(databaseName);
  });

  test('another image can be used', () => expect(define({ clientImage: 'example.com/mysql:9.1' }).userProvisioning!.image).toBe('example.com/mysql:9.1'));

  test('somebody else can define the user', () => expect(define({ provisionApplicationUser: false }).userProvisioning).toBeUndefined());
});
