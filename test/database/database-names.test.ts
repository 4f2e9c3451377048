import { Lazy } from 'aws-cdk-lib';
import { findDatabaseNameProblem, findServiceNameProblem, findUserNameProblem } from '../../src/database/database-names';

const unknown = Lazy.string({ produce: () => 'NOT VALID' });

describe('database name', () => {
  test.each(['shop', 'shop_2', 'a'.repeat(64)])('%s is taken', (name) => {
    expect(findDatabaseNameProblem(name)).toBeUndefined();
  });

  test.each(['mysql', 'sys', 'information_schema', 'performance_schema', 'MySQL'])('%s is reserved', (name) => {
    expect(findDatabaseNameProblem(name)).toMatchObject({
      got: `databaseName is '${name}', a schema of the server itself`,
      fix: 'name the database after the application',
    });
  });

  test.each(['Shop', 'my-shop', '2shop', '', 'a b', 'a`b', 'a'.repeat(65)])('"%s" is refused for its form', (name) => {
    expect(findDatabaseNameProblem(name)?.allowed).toMatch(/1 to 64 lower-case letters, digits and underscores/);
  });

  test('that is not known yet is taken', () => expect(findDatabaseNameProblem(unknown)).toBeUndefined());
});

describe('application user', () => {
  test.each(['app', 'Shop_1', 'admin', 'a'.repeat(32)])('%s is taken', (name) => {
    expect(findUserNameProblem(name)).toBeUndefined();
  });

  test.each(['root', 'ROOT', 'mysql.sys', 'mysql.session', 'mysql.infoschema', 'mariadb.sys', 'healthcheck', 'rdsadmin'])('%s is reserved', (name) => {
    expect(findUserNameProblem(name)).toMatchObject({ got: `applicationUser is '${name}', an account of the server itself` });
  });

  test.each(["o'hara", 'my-app', '', '1app', 'a'.repeat(33)])('"%s" is refused for its form', (name) => {
    expect(findUserNameProblem(name)).toMatchObject({ got: `applicationUser is '${name}'`, allowed: expect.stringMatching(/1 to 32 letters/) });
  });

  test('that is not known yet is taken', () => expect(findUserNameProblem(unknown)).toBeUndefined());
});

describe('service name', () => {
  test.each(['mysql', 'mysql-service', 'a', 'a'.repeat(63)])('%s is taken', (name) => {
    expect(findServiceNameProblem(name)).toBeUndefined();
  });

  test('in capitals is refused with the name to write instead', () => {
    expect(findServiceNameProblem('MySQL-Service')).toMatchObject({ got: "serviceName is 'MySQL-Service'", fix: "write it as 'mysql-service'" });
  });

  test.each(['mysql.lab', '-mysql', 'mysql-', 'my_sql', '', 'a'.repeat(64)])('"%s" is refused', (name) => {
    expect(findServiceNameProblem(name)?.allowed).toMatch(/lower-case DNS label/);
  });

  test('that is not known yet is taken', () => expect(findServiceNameProblem(unknown)).toBeUndefined());
});
