import { holdsCredential, looksLikeCredential, namesCredential } from '../../../src/private/aws/credentials';

describe('the name of a variable', () => {
  test.each([
    'PASSWORD', 'DB_PASSWORD', 'DB_PASS', 'DBPASS', 'MYSQL_PWD', 'PWD', 'SSH_PASSPHRASE', 'APP_SECRET', 'GITHUB_TOKEN', 'TOKEN', 'ACCESS_TOKENS', 'APIKEY',
    'STRIPE_API_KEY', 'AWS_SECRET_ACCESS_KEY', 'PRIVATE_KEY', 'PRIVATE_PEM', 'SECRET_KEY_BASE', 'SECRET_KEY', 'DB_CREDENTIALS', 'DB_PASSWORD_2', 'PASSWORD1',
    'dbPassword', 'clientSecret', 'db-password', 'DB_PASSWORD_PROD', 'JWT_SIGNING_KEY',
  ])('%s names a credential', (name) => {
    expect(namesCredential(name)).toBe(true);
  });

  test.each([
    'TOKEN_ISSUER', 'PASSWORD_HASH_ALGORITHM', 'FORGOT_PASSWORD_URL', 'CSRF_TOKEN_NAME', 'MYSQL_PASSWORD_FILE', 'SECRET_ARN', 'AWS_ACCESS_KEY_ID', 'TOKEN_TTL',
    'PASSWORD_MIN_LENGTH', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD', 'TOKENIZER_MODEL', 'SECRETARY', 'COMPASS_HOST', 'BYPASS', 'PASSENGER_APP_ENV',
    'PRIVATE_SUBNET', 'PUBLIC_KEY', 'KEYBOARD', 'MONKEY', 'KEY', 'API_URL', '',
  ])('%s does not', (name) => {
    expect(namesCredential(name)).toBe(false);
  });
});

describe('a value', () => {
  test.each([
    'mysql://app:hunter2@db:3306/shop', 'postgresql+psycopg://app:s%40cret@db/shop', 'redis://:hunter2@cache:6379', 'amqps://a:b@queue',
    'jdbc:mysql://app:hunter2@db/shop', 'mysql://app:${Token[TOKEN.7]}@db',
  ])('%s holds a password', (value) => {
    expect(holdsCredential(value)).toBe(true);
  });

  test.each([
    'mysql://db:3306/shop', 'mysql://app@db/shop', 'https://example.com/a:b@c', 'user:password@host', 'mysql://app:${DB_PASSWORD}@db', 'mysql://app:$DB_PASSWORD@db',
    'mysql://app:<password>@db', 'mailto:a@b', '',
  ])('%s does not', (value) => {
    expect(holdsCredential(value)).toBe(false);
  });
});

describe('a plain variable', () => {
  test.each([
    ['DATABASE_URL', 'mysql://app:hunter2@db/shop', true],
    ['TOKEN_URL', 'https://app:hunter2@id.example.com', true],
    ['DB_PASSWORD', 'hunter2', true],
    ['DB_PASSWORD', undefined, true],
    ['DATABASE_URL', undefined, false],
    ['DATABASE_URL', 'mysql://db/shop', false],
    ['MYSQL_RANDOM_ROOT_PASSWORD', 'yes', false],
    ['USE_TOKEN', 'true', false],
    ['RESET_TOKENS', '3600', false],
    ['DB_PASSWORD', '', false],
    ['DB_SECRET', 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:db', false],
    ['DB_SECRET', '/run/secrets/db', false],
  ])('%s with the value %p gives a credential away: %p', (name, value, answer) => {
    expect(looksLikeCredential(name, value)).toBe(answer);
  });
});

/** Last words of names that speak of a secret and hold something about it. */
const ABOUT = `AGE ALGO ALGORITHM ARN AUDIENCE BACKEND BUCKET COOKIE COST COUNT DAYS DIR DIRECTORY EMAIL ENABLED ENDPOINT EXPIRATION EXPIRES EXPIRY FIELD
  FILE FORMAT HEADER HOST HOURS ID ISSUER LENGTH LIFETIME LIMIT LOCATION MANAGER MAX MIN MINUTES NAME PARAM PARAMETER PATH POLICY PREFIX PROVIDER REGION
  REQUIRED ROTATION ROUNDS SCOPE SCOPES SECONDS STORE TIMEOUT TTL TYPE URI URL USER USERNAME VERSION`.split(/\s+/);

test.each(ABOUT)('TOKEN_%s is about a token', (word) => {
  expect(namesCredential(`TOKEN_${word}`)).toBe(false);
});

test.each(['API', 'ACCESS', 'PRIVATE', 'SECRET', 'ENCRYPTION', 'SIGNING', 'MASTER', 'AUTH'])('a key that is %s is secret', (word) => {
  expect([`${word}_KEY`, `${word}_PEM`, `${word}_KEYS`].map(namesCredential)).toEqual([true, true, true]);
});

test.each(['DB_PASS', 'MYSQLPASS', 'SQLPWD', 'ROOTPW', 'ADMINPASS', 'USERPWD', 'SMTPPASS', 'REDISPASS', 'DBPW', 'PASSCODE', 'PASSWD'])('%s is a short word for a password', (name) => {
  expect(namesCredential(name)).toBe(true);
});

test.each(['yes', 'NO', 'on', 'Off', 'none', 'null', 'FALSE', '0'])('DB_TOKEN with the value %s is a switch', (value) => {
  expect(looksLikeCredential('DB_TOKEN', value)).toBe(false);
});

test.each(['%DB_PASSWORD%', '<password>', '***', '{password}', '${PW}', '$PW'])('%s in an address is put in by the program', (word) => {
  expect(holdsCredential(`mysql://app:${word}@db`)).toBe(false);
});
