import { spawn } from 'child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'http';
import { createServer } from 'https';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { REPOSITORY, run } from '../../packaging/python';

export interface SiteAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** What the site answers to one request; the host is the one that was asked for, whichever machine it really went to. */
export type Site = (request: SiteRequest) => SiteAnswer;

export interface SiteRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly body: Buffer;
  readonly tls: boolean;
}

export interface CheckResult {
  readonly code: number | null;
  readonly output: string;
  /** The rows of the table: check, result, seen. */
  readonly rows: string[][];
  readonly failed: string[];
  readonly notAsked: string[];
}

/** Runs the check of an example and reads its table. */
export function runCheck(application: string, args: string[], env: Record<string, string> = {}): Promise<CheckResult> {
  const script = join(REPOSITORY, 'examples', 'applications', application, 'check.sh');
  return new Promise((resolve) => {
    const child = spawn('bash', [script, ...args], { env: { PATH: process.env.PATH ?? '', TMPDIR: tmpdir(), ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { output += data; });
    child.once('close', (code) => {
      const rows = output.split('\n').filter((line) => /^\| (?!Check \||---)/.test(line)).map((line) => line.slice(2, -2).split(/ (?<!\\)\| /));
      const having = (result: string) => rows.filter((row) => row[1] === result).map(([check]) => check);
      resolve({ code, output, rows, failed: having('FAILED'), notAsked: having('not asked') });
    });
  });
}

const NOTHING: Site = () => ({ status: 404 });

/** A deployed system as a check sees it: a site over real TLS and without, and an AWS CLI that answers as AWS would. Stop it in `afterAll`. */
export class CheckWorld {
  public static async start(names: string[]): Promise<CheckWorld> {
    const world = new CheckWorld(names);
    await world.listen();
    return world;
  }

  /** What the site answers; to be set before a check. */
  public site: Site = NOTHING;
  private readonly directory = mkdtempSync(join(tmpdir(), 'check-'));
  private readonly servers: Server[] = [];

  private constructor(names: string[]) {
    const certificate = join(this.directory, 'certificate.pem');
    run('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', `/CN=${names[0]}`,
      '-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`, '-keyout', `${certificate}.key`, '-out', certificate,
    ]);
    mkdirSync(join(this.directory, 'bin'));
    this.program('aws', AWS);
    this.program('sleep', 'exit 0'); // what waits for a minute waits for nothing here
  }

  /**
   * Runs a check. `aws` has the answers by service and operation, with the value of one of the arguments behind it where it depends on that:
   * `ecs describe-services web`.
   */
  public async check(application: string, args: string[], aws: Record<string, unknown>, env: Record<string, string> = {}): Promise<CheckResult> {
    const answers = join(this.directory, 'answers');
    rmSync(answers, { recursive: true, force: true });
    mkdirSync(answers);
    for (const [call, answer] of Object.entries(aws)) writeFileSync(join(answers, fileName(call)), JSON.stringify(answer));
    return runCheck(application, args, {
      PATH: `${join(this.directory, 'bin')}:${process.env.PATH}`,
      CURL_HOME: this.directory,
      ANSWERS: answers,
      CALLS: join(this.directory, 'calls'),
      ...env,
    });
  }

  /** The calls of the AWS CLI so far. */
  public get calls(): string[] {
    const file = join(this.directory, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  /** From now on nobody knows who signed the certificate. */
  public distrust(): void {
    this.configureCurl(false);
  }

  public trust(): void {
    this.configureCurl(true);
  }

  public async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    })));
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async listen(): Promise<void> {
    const [key, cert] = ['certificate.pem.key', 'certificate.pem'].map((name) => readFileSync(join(this.directory, name)));
    this.servers.push(createServer({ key, cert }, (...args) => this.answer(true, ...args)));
    this.servers.push(createPlainServer((...args) => this.answer(false, ...args)));
    for (const server of this.servers) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.trust();
  }

  private configureCurl(trusted: boolean): void {
    const [secure, plain] = this.servers.map((server) => (server.address() as AddressInfo).port);
    writeFileSync(join(this.directory, '.curlrc'), [
      `connect-to = ":443:127.0.0.1:${secure}"`, `connect-to = ":80:127.0.0.1:${plain}"`, 'noproxy = "*"',
      ...(trusted ? [`cacert = "${join(this.directory, 'certificate.pem')}"`] : []), '',
    ].join('\n'));
  }

  private answer(tls: boolean, request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { status = 200, headers = {}, body = '' } = this.site({
        tls, method: request.method ?? '', host: request.headers.host ?? '', path: request.url ?? '', body: Buffer.concat(chunks),
      });
      response.writeHead(status, { connection: 'close', ...headers });
      response.end(body);
    });
  }

  private program(name: string, body: string): void {
    const file = join(this.directory, 'bin', name);
    writeFileSync(file, `#!/usr/bin/env bash\n${body}\n`);
    chmodSync(file, 0o755);
  }
}

const fileName = (call: string) => call.replace(/[^\w.-]/g, '_');

const AWS = `echo "$*" >>"$CALLS"
name() { printf '%s' "$1" | tr -c 'A-Za-z0-9_.-' '_'; }
for argument in "$@"; do
  file="$ANSWERS/$(name "$1 $2 $argument")"
  if [ -f "$file" ]; then cat "$file"; exit; fi
done
file="$ANSWERS/$(name "$1 $2")"
if [ -f "$file" ]; then cat "$file"; exit; fi
echo "An error occurred (AccessDenied) when calling $2" >&2
exit 254`;
