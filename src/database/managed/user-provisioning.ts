import { Tokenization, aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { ADMINISTRATOR } from './settings';
import type { MysqlUserProvisioning } from '../mysql-database';

/** What the program is told. */
export interface UserProvisioningProps {
  readonly image: string;
  readonly host: string;
  readonly port: number;
  readonly databaseName: string;
  readonly applicationUser: string;
  readonly administratorSecret: secretsmanager.ISecret;
  readonly applicationSecret: secretsmanager.ISecret;
}

/** All that can be granted on a database, one by one: ALL is refused to an administrator who lacks a single one, and those of managed servers do lack some. */
const PRIVILEGES = [
  'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'REFERENCES', 'INDEX', 'ALTER', 'CREATE TEMPORARY TABLES', 'LOCK TABLES', 'CREATE VIEW',
  'SHOW VIEW', 'CREATE ROUTINE', 'ALTER ROUTINE', 'EXECUTE', 'EVENT', 'TRIGGER',
].join(', ');

/**
 * Names and password are let into the SQL only if they hold nothing that could end a quoted text: names are checked at synthesis too, but may be tokens there.
 *
 * ALTER USER makes the secret the truth after its value has changed. The underscore is a wildcard where a database is granted, so it is escaped, as the
 * official image does. Passwords travel by environment and standard input, never on a command line that other processes could read. A failover outlasts
 * single attempts; 120 s is what Fargate lets a container wait for another.
 */
const SCRIPT = `set -eu
refuse() { echo "$1 may hold letters, digits and underscores only" >&2; exit 1; }
case "$APP_USER" in ''|*[!A-Za-z0-9_]*) refuse APP_USER ;; esac
case "$APP_DATABASE" in ''|*[!A-Za-z0-9_]*) refuse APP_DATABASE ;; esac
case "$APP_PASSWORD" in ''|*[!A-Za-z0-9_]*) refuse APP_PASSWORD ;; esac
pattern=$(printf '%s' "$APP_DATABASE" | sed 's/_/\\\\_/g')
statements() {
  printf '%s\\n' "CREATE USER IF NOT EXISTS '$APP_USER'@'%' IDENTIFIED BY '$APP_PASSWORD';"
  printf '%s\\n' "ALTER USER '$APP_USER'@'%' IDENTIFIED BY '$APP_PASSWORD';"
  printf '%s\\n' "GRANT ${PRIVILEGES} ON \\\`$pattern\\\`.* TO '$APP_USER'@'%';"
}
attempt=1
until statements | mysql --host="$DB_HOST" --port="$DB_PORT" --user="$ADMIN_USER" --protocol=tcp --ssl-mode=REQUIRED --connect-timeout=10 --batch; do
  [ "$attempt" -lt 6 ] || exit 1
  attempt=$((attempt + 1))
  sleep "\${RETRY_SECONDS:-5}"
done
`;

/** The program that defines the application's user; see `MysqlUserProvisioning` for who runs it. */
export function userProvisioning(props: UserProvisioningProps): MysqlUserProvisioning {
  return {
    image: props.image,
    command: ['sh', '-c', SCRIPT],
    environment: {
      DB_HOST: props.host,
      DB_PORT: Tokenization.stringifyNumber(props.port),
      ADMIN_USER: ADMINISTRATOR,
      APP_USER: props.applicationUser,
      APP_DATABASE: props.databaseName,
    },
    secretEnvironment: {
      // The client program reads its password from this variable.
      MYSQL_PWD: ecs.Secret.fromSecretsManager(props.administratorSecret, 'password'),
      APP_PASSWORD: ecs.Secret.fromSecretsManager(props.applicationSecret, 'password'),
    },
  };
}
