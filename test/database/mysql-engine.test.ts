import { MysqlEngine } from '../../src/database/mysql-engine';

const IMAGE = 'registry.example.com/mysql:8.4.10';

test.each([
  ['MYSQL_8_4', MysqlEngine.MYSQL_8_4, /^public\.ecr\.aws\/docker\/library\/mysql:8\.4\.\d+$/],
  ['MARIADB_11_4', MysqlEngine.MARIADB_11_4, /^public\.ecr\.aws\/docker\/library\/mariadb:11\.4\.\d+$/],
])('%s runs a pinned image of a public registry without pull limits', (_name, engine, image) => {
  expect(engine.image).toMatch(image);
});

test('MySQL proves over TCP, without a password, that it accepts connections', () => {
  const command = MysqlEngine.MYSQL_8_4.healthCheckCommand.join(' ');
  expect(command).toMatch(/mysqladmin ping -h 127\.0\.0\.1 .*--protocol=tcp/);
  expect(command).not.toMatch(/ -p\S|password/);
});

test('MariaDB uses the script of its image', () => {
  expect(MysqlEngine.MARIADB_11_4.healthCheckCommand).toEqual(['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized']);
});

test('an engine of the user takes what it does not say from the one it is based on', () => {
  const engine = MysqlEngine.of({ basedOn: MysqlEngine.MARIADB_11_4, image: IMAGE });
  expect(engine).toMatchObject({ environmentPrefix: 'MARIADB', dumpProgram: 'mariadb-dump', dataDirectory: '/var/lib/mysql', uid: 999, gid: 999 });
});

test('an engine of the user can differ in everything', () => {
  const options = {
    image: IMAGE,
    environmentPrefix: 'DB',
    healthCheckCommand: ['CMD', 'ok'],
    serverFlags: ['--max-connections=9'],
    dumpProgram: 'my-dump',
    dataDirectory: '/data',
    uid: 1001,
    gid: 1002,
  };
  expect(MysqlEngine.of({ basedOn: MysqlEngine.MYSQL_8_4, ...options })).toMatchObject(options);
});

test('an engine that is based on one of the user takes what that one says', () => {
  const own = MysqlEngine.of({ basedOn: MysqlEngine.MARIADB_11_4, image: IMAGE, uid: 1001, serverFlags: ['--max-connections=9'] });
  expect(MysqlEngine.of({ basedOn: own, image: IMAGE })).toMatchObject({ dumpProgram: 'mariadb-dump', uid: 1001, serverFlags: ['--max-connections=9'] });
});

test.each(['mysql:latest', 'mysql', 'registry.example.com:5000/mysql', '123.dkr.ecr.eu-west-1.amazonaws.com/db:latest'])(
  'fails on the image %s, which says no version', (image) => {
    expect(() => MysqlEngine.of({ basedOn: MysqlEngine.MYSQL_8_4, image }))
      .toThrow(new RegExp(`MysqlEngine.of: the image is '${image}', but must be an image with a version tag or a digest, never latest: pin the version`));
  });

test.each(['mysql:8.4.10', 'mysql@sha256:0123', 'registry.example.com:5000/mysql:8.4'])('takes the image %s', (image) => {
  expect(MysqlEngine.of({ basedOn: MysqlEngine.MYSQL_8_4, image }).image).toBe(image);
});

test.each([0, -1, 1.5])('fails on uid %d', (uid) => {
  expect(() => MysqlEngine.of({ basedOn: MysqlEngine.MYSQL_8_4, image: IMAGE, uid })).toThrow(/uid is .*whole number from 1.*refuses to run as root/);
});

test('fails on a flag the server would not start with', () => {
  expect(() => MysqlEngine.of({ basedOn: MysqlEngine.MYSQL_8_4, image: IMAGE, serverFlags: ['--skip-host-cache'] }))
    .toThrow(/the server flag is '--skip-host-cache'.*leave it out/);
});
