import { Tokenization, aws_ecs as ecs } from 'aws-cdk-lib';
import type { IMysqlDatabase } from '../database/mysql-database';
import { requireArgument } from '../private/input/require-input';
import { requireOwnKind } from '../private/sealed';

/**
 * The names under which an application expects its database's address and credentials.
 *
 * A name that is left out is not given to the container.
 */
export interface DatabaseVariableNames {
  /**
   * The host name alone.
   *
   * @default - not given
   */
  readonly host?: string;

  /**
   * Host name and port in one value, as `host:port`.
   *
   * @default - not given
   */
  readonly hostAndPort?: string;

  /**
   * The TCP port.
   *
   * @default - not given
   */
  readonly port?: string;

  /**
   * The name of the database (schema).
   *
   * @default - not given
   */
  readonly databaseName?: string;

  /**
   * The user name; given as a secret.
   *
   * @default - not given
   */
  readonly user?: string;

  /**
   * The password; given as a secret.
   *
   * @default - not given
   */
  readonly password?: string;

  /**
   * Further plain variables that go with the database, such as the name of a driver. Never a credential.
   *
   * @default - none
   */
  readonly fixedValues?: Record<string, string>;
}

/**
 * Under which environment variables an application is told where its database is and how to log in.
 *
 * Whatever the names, host, port and database name are plain variables, and user and password are injected by ECS from the
 * database's secret: neither appears in the template, in the console or in the task definition.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export class DatabaseEnvironment {
  /**
   * `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER` and `DB_PASSWORD`.
   */
  public static standard(): DatabaseEnvironment {
    return new DatabaseEnvironment({ host: 'DB_HOST', port: 'DB_PORT', databaseName: 'DB_NAME', user: 'DB_USER', password: 'DB_PASSWORD' });
  }

  /**
   * What the official WordPress image reads: `WORDPRESS_DB_HOST` (as `host:port`), `WORDPRESS_DB_NAME`, `WORDPRESS_DB_USER` and
   * `WORDPRESS_DB_PASSWORD`.
   */
  public static wordpress(): DatabaseEnvironment {
    return new DatabaseEnvironment({
      hostAndPort: 'WORDPRESS_DB_HOST',
      databaseName: 'WORDPRESS_DB_NAME',
      user: 'WORDPRESS_DB_USER',
      password: 'WORDPRESS_DB_PASSWORD',
    });
  }

  /**
   * What a Laravel application reads: `DB_CONNECTION` (`mysql`), `DB_HOST`, `DB_PORT`, `DB_DATABASE`, `DB_USERNAME` and `DB_PASSWORD`.
   */
  public static laravel(): DatabaseEnvironment {
    return new DatabaseEnvironment({
      host: 'DB_HOST',
      port: 'DB_PORT',
      databaseName: 'DB_DATABASE',
      user: 'DB_USERNAME',
      password: 'DB_PASSWORD',
      fixedValues: { DB_CONNECTION: 'mysql' },
    });
  }

  /**
   * Names of your own.
   *
   * @param names - the variable for each thing the application wants to know.
   */
  public static custom(names: DatabaseVariableNames): DatabaseEnvironment {
    requireArgument('DatabaseEnvironment.custom', 'names', 'DatabaseVariableNames', names);
    return new DatabaseEnvironment(names);
  }

  private readonly names: DatabaseVariableNames;

  private constructor(names: DatabaseVariableNames) {
    requireOwnKind(names, 'DatabaseEnvironment', 'DatabaseEnvironment.standard(), custom() and the like');
    this.names = names;
  }

  /**
   * The variables of one database.
   *
   * @internal
   */
  public _bind(database: IMysqlDatabase): ContainerVariables {
    const { host, hostAndPort, port, databaseName, user, password, fixedValues } = this.names;
    const portText = Tokenization.stringifyNumber(database.port);
    return {
      environment: {
        ...fixedValues,
        ...named(host, database.host),
        ...named(hostAndPort, `${database.host}:${portText}`),
        ...named(port, portText),
        ...named(databaseName, database.databaseName),
      },
      secrets: {
        ...named(user, ecs.Secret.fromSecretsManager(database.secret, 'username')),
        ...named(password, ecs.Secret.fromSecretsManager(database.secret, 'password')),
      },
    };
  }
}

/**
 * The plain and the secret variables of a container.
 *
 * @internal
 */
export interface ContainerVariables {
  readonly environment: Record<string, string>;
  readonly secrets: Record<string, ecs.Secret>;
}

function named<T>(name: string | undefined, value: T): Record<string, T> {
  return name === undefined ? {} : { [name]: value };
}
