import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { DUMP_SCRIPT } from '../../../src/database/dumps/dump-script';

const DAY_S = 24 * 60 * 60;

let directory: string;

beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'dumps-')); });
afterEach(() => rmSync(directory, { recursive: true }));

/** Runs the script as the container does, with a stand-in for the dump program. */
function dump(program: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('bash', ['-c', DUMP_SCRIPT, 'dump', 'bash', '-c', program], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, DUMP_DIRECTORY: directory, DB_NAME: 'shop', KEEP_MINUTES: '10080', DB_USER: 'app' },
  });
}

function place(name: string, ageInDays: number): void {
  const file = join(directory, name);
  writeFileSync(file, '');
  utimesSync(file, Date.now() / 1000 - ageInDays * DAY_S, Date.now() / 1000 - ageInDays * DAY_S);
}

const COMPLETE = 'echo "CREATE TABLE t;"; echo "-- Dump completed on 2026-11-20"';

test('a complete dump gets its final name, is whole, and is named in the last line of the log', () => {
  const { status, stdout } = dump(COMPLETE);
  expect(status).toBe(0);
  const [file, ...others] = readdirSync(directory);
  expect(others).toEqual([]);
  expect(file).toMatch(/^shop-\d{8}T\d{6}Z\.sql\.gz$/);
  expect(gunzipSync(readFileSync(join(directory, file))).toString()).toMatch(/^CREATE TABLE t;\n-- Dump completed/);
  expect(stdout).toMatch(new RegExp(`dump finished: .*/${file} \\d+ bytes\n$`));
});

test('dumps that are too old go, younger ones and those of other databases stay', () => {
  place('shop-20260101T030000Z.sql.gz', 8);
  place('shop-20260102T030000Z.sql.gz', 6);
  place('blog-20260101T030000Z.sql.gz', 8);
  place('.shop-20260101T030000Z.partial', 2);
  dump(COMPLETE);
  expect(readdirSync(directory).sort()).toEqual(['blog-20260101T030000Z.sql.gz', 'shop-20260102T030000Z.sql.gz', expect.stringMatching(/^shop-/)]);
});

test.each([
  ['a program that ends with an error', `${COMPLETE}; exit 2`, 2],
  ['a dump without its end mark', 'echo "CREATE TABLE t;"', 1],
  ['a program that is not there', 'no-such-program', 127],
])('fails on %s, and leaves no file and every old dump', (_what, program, code) => {
  place('shop-20260101T030000Z.sql.gz', 8);
  const { status, stderr, stdout } = dump(program);
  expect(status).toBe(code);
  expect(readdirSync(directory)).toEqual(['shop-20260101T030000Z.sql.gz']);
  expect(stdout).not.toContain('dump finished');
  if (code === 1) expect(stderr).toMatch(/dump failed: shop-.* has no end mark/);
});

describe('routines that another user defined', () => {
  const REFUSED = `case "$*" in *--skip-routines*) ${COMPLETE} ;;
*) echo "mysqldump: app has insufficent privileges to SHOW CREATE PROCEDURE audit!" >&2; echo "CREATE TABLE t;"; exit 2 ;; esac`;
  const refusing = () => spawnSync('bash', ['-c', DUMP_SCRIPT, 'dump', 'bash', '-c', REFUSED, 'mysqldump', '--routines', 'shop'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, DUMP_DIRECTORY: directory, DB_NAME: 'shop', DB_USER: 'app', KEEP_MINUTES: '10080' },
  });

  test('are left out of a file that says so by its name, and holds all the rest', () => {
    refusing();
    const [file, ...others] = readdirSync(directory);
    expect(others).toEqual([]);
    expect(file).toMatch(/^shop-\d{8}T\d{6}Z\.without-routines\.sql\.gz$/);
    expect(gunzipSync(readFileSync(join(directory, file))).toString()).toContain('CREATE TABLE t;');
  });

  test('fail the task, with what to do about it, and delete no whole dump', () => {
    place('shop-20260101T030000Z.sql.gz', 8);
    const { status, stderr, stdout } = refusing();
    expect(status).toBe(2);
    expect(stdout).not.toContain('dump finished');
    expect(stderr).toMatch(/SHOW CREATE PROCEDURE audit[^]*routines of another definer are missing.*grant that user SHOW_ROUTINE/);
    expect(readdirSync(directory)).toContain('shop-20260101T030000Z.sql.gz');
  });
});
