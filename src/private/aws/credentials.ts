/** Words that end in one of these name something secret: `PASSWORD`, `DBPASSWORD`, `TOKENS`, and not `TOKENIZER` or `SECRETARY`. */
const SECRET_WORD = /(PASSWORD|PASSWD|PASSPHRASE|PASSCODE|SECRET|TOKEN|CREDENTIAL|APIKEY)S?\d*$|^(DB|MYSQL|SQL|ROOT|ADMIN|USER|SMTP|REDIS)?(PASS|PWD|PW)\d*$/;

/** A `KEY` or `PEM` is secret by the word before it. */
const SECRET_KEY = /^(API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|MASTER|AUTH)$/;

/** The last word of names that speak of a secret, yet hold where it is kept, what it is like or how it is handled. */
const ABOUT_SECRETS = new Set([
  'AGE', 'ALGO', 'ALGORITHM', 'ARN', 'AUDIENCE', 'BACKEND', 'BUCKET', 'COOKIE', 'COST', 'COUNT', 'DAYS', 'DIR', 'DIRECTORY', 'EMAIL', 'ENABLED',
  'ENDPOINT', 'EXPIRATION', 'EXPIRES', 'EXPIRY', 'FIELD', 'FILE', 'FORMAT', 'HEADER', 'HOST', 'HOURS', 'ID', 'ISSUER', 'LENGTH', 'LIFETIME', 'LIMIT',
  'LOCATION', 'MANAGER', 'MAX', 'MIN', 'MINUTES', 'NAME', 'PARAM', 'PARAMETER', 'PATH', 'POLICY', 'PREFIX', 'PROVIDER', 'REGION', 'REQUIRED',
  'ROTATION',
  'ROUNDS', 'SCOPE', 'SCOPES', 'SECONDS', 'STORE', 'TIMEOUT', 'TTL', 'TYPE', 'URI', 'URL', 'USER', 'USERNAME', 'VERSION',
]);

/** What a switch, a number, a file or the address of a secret looks like. */
const NO_SECRET = /^(\d*|true|false|yes|no|on|off|none|null|arn:[^:\s]+:.*|\/run\/secrets\/.*)$/i;

/** `scheme://user:password@`, with the password. What stands for it in braces or after a dollar is put in by the program. */
const LOGIN_IN_ADDRESS = /\b[a-z][a-z0-9+.-]*:\/\/[^/?#\s:@]*:([^/?#\s@]+)@/i;
const PLACEHOLDER = /^(\$\w+|\$\{\w+\}|\{\w+\}|%\w+%|<[\w-]+>|\*+)$/;

/** True for the name of a variable that holds a credential: `DB_PASS` and `GITHUB_TOKEN`, and not `TOKEN_ISSUER` or `PASSWORD_HASH_ALGORITHM`. */
export function namesCredential(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase().split(/[^A-Z0-9]+/).filter(Boolean);
  const names = words.some((word, index) => (
    SECRET_WORD.test(word) || (/^(KEY|PEM)S?\d*$/.test(word) && SECRET_KEY.test(words[index - 1] ?? ''))
  ));
  return names && !ABOUT_SECRETS.has(words[words.length - 1]) && !/ALLOW_EMPTY_(ROOT_)?PASSWORD$/.test(words.join('_'));
}

/** True for a text that holds a password: an address with a login, as in `mysql://app:hunter2@db`. */
export function holdsCredential(value: string): boolean {
  const password = LOGIN_IN_ADDRESS.exec(value)?.[1];
  return password !== undefined && !PLACEHOLDER.test(password);
}

/**
 * True where a plain variable gives a credential away, by its name or by its value. A value that is not known (undefined, or in part a token)
 * may be one.
 */
export function looksLikeCredential(name: string, value: string | undefined): boolean {
  if (value === undefined) return namesCredential(name);
  return holdsCredential(value) || (namesCredential(name) && !NO_SECRET.test(value));
}
