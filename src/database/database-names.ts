import type { aws_servicediscovery as cloudmap } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { claimName } from '../private/claims';
import { isKnown } from '../private/errors';
import type { Complaint } from '../private/errors';

const RESERVED_DATABASES = ['information_schema', 'mysql', 'performance_schema', 'sys'];

/** Accounts that a server or its official image creates for itself, and those that Amazon RDS keeps: one name then fits every database. */
const RESERVED_USERS = [
  'event_scheduler', 'healthcheck', 'mariadb.sys', 'mysql', 'mysql.infoschema', 'mysql.session', 'mysql.sys', 'public', 'rdsadmin',
  'rdsproxyadmin', 'rdsrepladmin', 'root',
];

const MAX_DATABASE_NAME = 64;
const MAX_USER_NAME = 32;
const MAX_DNS_LABEL = 63;

/** What is wrong with a database name, or undefined when nothing is or it is not known yet. */
export function findDatabaseNameProblem(name: string): Complaint | undefined {
  if (!isKnown(name)) return undefined;
  if (RESERVED_DATABASES.includes(name.toLowerCase())) {
    return {
      got: `databaseName is '${name}', a schema of the server itself`,
      allowed: `any name but ${RESERVED_DATABASES.join(', ')}`,
      fix: 'name the database after the application',
    };
  }
  if (name.length > MAX_DATABASE_NAME || !/^[a-z][a-z0-9_]*$/.test(name)) {
    return {
      got: `databaseName is '${name}'`,
      allowed: `1 to ${MAX_DATABASE_NAME} lower-case letters, digits and underscores, the first a letter`,
      fix: 'rename it; names are case-sensitive on Linux, and other characters need quotes in every statement',
    };
  }
  return undefined;
}

/** What is wrong with the name of the application's database user, or undefined when nothing is or it is not known yet. */
export function findUserNameProblem(name: string): Complaint | undefined {
  if (!isKnown(name)) return undefined;
  if (RESERVED_USERS.includes(name.toLowerCase())) {
    return {
      got: `applicationUser is '${name}', an account of the server itself`,
      allowed: `any name but ${RESERVED_USERS.join(', ')}`,
      fix: 'name the user after the application; it gets all rights on its database and none beyond',
    };
  }
  if (name.length > MAX_USER_NAME || !/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
    return {
      got: `applicationUser is '${name}'`,
      allowed: `1 to ${MAX_USER_NAME} letters, digits and underscores, the first a letter`,
      fix: 'rename it; the image puts the name into SQL as it is',
    };
  }
  return undefined;
}

/** What is wrong with a Cloud Map service name, or undefined when nothing is or it is not known yet. */
export function findServiceNameProblem(name: string): Complaint | undefined {
  if (!isKnown(name) || (name.length <= MAX_DNS_LABEL && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name))) return undefined;
  return {
    got: `serviceName is '${name}'`,
    allowed: `a lower-case DNS label: letters, digits and hyphens, at most ${MAX_DNS_LABEL}, the first a letter, the last no hyphen`,
    fix: /[A-Z]/.test(name) ? `write it as '${name.toLowerCase()}'` : 'rename it',
  };
}

/** Takes a name in a namespace. Throws where another database has it: Cloud Map knows each name once. */
export function claimServiceName(scope: IConstruct, namespace: cloudmap.INamespace, name: string): void {
  claimName(scope, {
    prop: 'serviceName',
    value: name,
    within: namespace.node.path,
    whose: 'namespace',
    allowed: 'a name that no other service of the namespace has',
    fix: 'choose another serviceName, or leave it out for one that is unique',
  });
}
