import { aws_ecs as ecs } from 'aws-cdk-lib';
import { digestOf, runBuild } from './build-runner';
import type { BuildRun, Surroundings } from './build-runner';
import { buildsOf, COMMIT, REGISTRY } from './builds';
import type { SynthesizedBuild } from './builds';
import { ImageFindingSeverity } from '../../src/pipeline/image-finding-severity';

const TAG = COMMIT.slice(0, 12);
const WEB = `${REGISTRY}/web@${digestOf(`web:${TAG}`)}`;
const DATABASE = `${REGISTRY}/database@${digestOf(`database:${TAG}`)}`;

function run({ spec, variables }: SynthesizedBuild, surroundings?: Surroundings, source?: string): BuildRun {
  return runBuild(spec, variables, surroundings, source);
}

/** The calls that change something, without the options that all builds share. */
function acts(calls: string[]): string[] {
  return calls.filter((call) => /^docker buildx (build|imagetools)|^docker login|put-parameter/.test(call));
}

describe('one architecture', () => {
  let build: SynthesizedBuild;
  let done: BuildRun;
  beforeAll(() => {
    build = buildsOf().BuildAmd64;
    done = run(build);
  });

  test('logs in to the registry, builds every image, and then pushes every image', () => {
    const options = (cache: string) => `--builder images --platform linux/amd64 --provenance=false --file ${cache}`;
    expect(done.status).toBe(0);
    expect(acts(done.calls).map((call) => call.replace(/ --cache-to \S+/, ' --cache-to …'))).toEqual([
      `docker login --username AWS --password-stdin ${REGISTRY}`,
      `docker login --username AWS --password-stdin ${REGISTRY}`,
      `docker buildx build ${options('Dockerfile')} --tag ${REGISTRY}/web:${TAG} --cache-from type=registry,ref=${REGISTRY}/web:buildcache-amd64 .`,
      `docker buildx build ${options('db/Dockerfile')} --tag ${REGISTRY}/database:${TAG} --cache-from type=registry,ref=${REGISTRY}/database:buildcache-amd64 db`,
      `docker buildx build ${options('Dockerfile')} --tag ${REGISTRY}/web:${TAG} --cache-from type=registry,ref=${REGISTRY}/web:buildcache-amd64 --cache-to … --push .`,
      `docker buildx build ${options('db/Dockerfile')} --tag ${REGISTRY}/database:${TAG} --cache-from type=registry,ref=${REGISTRY}/database:buildcache-amd64 --cache-to … --push db`,
    ]);
  });

  test('keeps the cache of all layers beside the images, under a tag that may be moved', () => {
    expect(done.calls.filter((call) => call.includes('--cache-to'))).toEqual([
      expect.stringContaining(`--cache-to type=registry,ref=${REGISTRY}/web:buildcache-amd64,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true --push`),
      expect.stringContaining(`--cache-to type=registry,ref=${REGISTRY}/database:buildcache-amd64,mode=max`),
    ]);
  });

  test('hands on the digest of every image', () => {
    expect(done.artifacts).toEqual({ 'image-0.txt': WEB, 'image-1.txt': DATABASE });
  });

  test('no tag is ever latest, and no password is an argument', () => {
    expect(done.calls.filter((call) => /latest|password-stdin .*password$| password$/.test(call))).toEqual([]);
  });

  test.each(['web', 'database'])('fails without a push or an artifact when the image %s cannot be built', (image) => {
    const failed = run(build, { failing: `buildx build .*${image}:${TAG}` });
    expect(failed.status).not.toBe(0);
    expect(failed.calls.filter((call) => call.includes('--push'))).toEqual([]);
    expect(failed.artifacts).toEqual({});
  });

  test('fails without a build when the registry gives no password', () => {
    const failed = run(build, { failing: 'get-login-password' });
    expect(failed.status).not.toBe(0);
    expect(failed.calls.filter((call) => call.includes('buildx'))).toEqual([]);
  });

  test('fails without an artifact when a push fails', () => {
    const failed = run(build, { failing: 'database:.*--push' });
    expect([failed.status === 0, failed.artifacts]).toEqual([false, {}]);
  });

  test('fails without an artifact when the registry has no digest of an image', () => {
    const { status, errors, artifacts } = run(build, { digest: 'None' });
    expect([status, artifacts]).toEqual([1, {}]);
    expect(errors).toContain(`${REGISTRY}/web:${TAG} has no digest but "None"`);
  });

  test('fails for what is no commit, before it builds', () => {
    const failed = runBuild(build.spec, { ...build.variables, COMMIT_ID: 'latest' });
    expect(failed.errors).toMatch(/COMMIT_ID is "latest", which is no commit/);
    expect(failed.calls.filter((call) => call.includes('buildx'))).toEqual([]);
  });

  test('takes a commit that was built before as it is, since its tag cannot be moved', () => {
    const again = run(build, { pushed: [`web:${TAG}`, `database:${TAG}`] });
    expect(again.calls.filter((call) => call.includes('buildx build'))).toEqual([]);
    expect(again.artifacts['image-0.txt']).toBe(WEB);
  });

  test('builds without the cache where BuildKit cannot be had', () => {
    const plain = run(build, { failing: 'buildx create' });
    expect(plain.status).toBe(0);
    expect(plain.errors).toMatch(/docker\.io\/moby\/buildkit:v0\.17\.3 does not start: building without the cache/);
    expect(plain.calls.filter((call) => /--cache|--builder/.test(call))).toEqual([]);
    expect(plain.artifacts['image-0.txt']).toBe(WEB);
  });
});

describe('the scan gate', () => {
  let build: SynthesizedBuild;
  beforeAll(() => {
    build = buildsOf().BuildAmd64;
  });

  const critical = { findings: { CRITICAL: 2, HIGH: 9 }, listed: ['HIGH CVE-2024-3 zlib', 'CRITICAL CVE-2024-1 openssl,libssl3', 'CRITICAL CVE-2024-2 curl'] };
  const accepting = (...expires: string[]) => buildsOf({
    acceptedFindings: expires.map((last, number) => ({ finding: `CVE-2024-${number + 1}`, reason: "Debian won't fix it; not reached", expires: last })),
  }).BuildAmd64;

  test('refuses an image with a critical finding, and says which, and in which packages', () => {
    const failed = run(build, critical);
    expect([failed.status, failed.artifacts]).toEqual([1, {}]);
    expect(failed.errors).toContain(`${REGISTRY}/web:${TAG} has CVE-2024-1 (CRITICAL) in openssl,libssl3`);
    expect(failed.errors).toContain(`${REGISTRY}/web:${TAG} has CVE-2024-2 (CRITICAL) in curl`);
    expect(failed.errors).toContain('update the packages, or list the findings in acceptedFindings, with a reason and a last day');
    expect(failed.errors).not.toMatch(/HIGH/);
  });

  test('judges the image of a database that nothing is deployed to no more than it holds up the application', () => {
    expect(run(build, critical).calls.filter((call) => call.includes('scan-findings') && call.includes('database'))).toEqual([]);
  });

  test('lets accepted findings through until their last day, and says why', () => {
    const done = run(accepting('2999-12-31', '2999-12-31'), critical);
    expect([done.status, done.errors]).toEqual([0, '']);
    expect(done.output).toContain("CVE-2024-1 is accepted until 2999-12-31: Debian won't fix it; not reached");
  });

  test('refuses a finding from the day after its last day on', () => {
    const failed = run(accepting('2999-12-31', '2020-02-29'), critical);
    expect(failed.status).toBe(1);
    expect(failed.errors).toContain('CVE-2024-2 was accepted until 2020-02-29');
    expect(failed.errors).not.toContain('CVE-2024-1');
  });

  test('refuses findings that are counted and not told', () => {
    const failed = run(accepting('2999-12-31'), { findings: { CRITICAL: 2 }, listed: ['CRITICAL CVE-2024-1 openssl'] });
    expect([failed.status, failed.errors]).toEqual([1, expect.stringContaining('has 1 more findings (CRITICAL) that are not told')]);
  });

  test('lets an image with lesser findings through', () => {
    expect(run(build, { findings: { HIGH: 9 }, listed: ['HIGH CVE-2024-3 zlib'] }).status).toBe(0);
  });

  test('refuses from the severity that was asked for', () => {
    const failed = run(buildsOf({ blockFindingsFrom: ImageFindingSeverity.HIGH }).BuildAmd64, { findings: { HIGH: 1 }, listed: ['HIGH CVE-2024-3 zlib'] });
    expect(failed.errors).toMatch(/has CVE-2024-3 \(HIGH\) in zlib/);
  });

  test.each(['FAILED', 'UNSUPPORTED_IMAGE', 'SCAN_ELIGIBILITY_EXPIRED'])('fails when the scan ends as %s', (scanStatus) => {
    const failed = run(build, { scanStatus });
    expect(failed.status).toBe(1);
    expect(failed.errors).toContain(`web:${TAG} was not scanned (${scanStatus}): turn scanning on, or list ${scanStatus} in acceptedFindings`);
  });

  test('lets an image through that cannot be scanned, where that is accepted', () => {
    const accepted = buildsOf({ acceptedFindings: [{ finding: 'UNSUPPORTED_IMAGE', reason: 'Nothing but one static binary', expires: '2999-12-31' }] }).BuildAmd64;
    expect([run(accepted, { scanStatus: 'UNSUPPORTED_IMAGE' }).status, run(accepted, { scanStatus: 'FAILED' }).status]).toEqual([0, 1]);
  });

  test('takes the answer of enhanced scanning too', () => {
    expect(run(build, { scanStatus: 'ACTIVE' }).status).toBe(0);
  });

  test('asks nothing when it is off', () => {
    const done = run(buildsOf({ blockFindingsFrom: ImageFindingSeverity.NONE }).BuildAmd64, { findings: { CRITICAL: 2 } });
    expect([done.status, done.calls.filter((call) => call.includes('scan'))]).toEqual([0, []]);
  });
});

describe('two architectures', () => {
  let builds: Record<string, SynthesizedBuild>;
  beforeAll(() => {
    builds = buildsOf({ architectures: [ecs.CpuArchitecture.X86_64, ecs.CpuArchitecture.ARM64] });
  });

  test.each(['amd64', 'arm64'])('%s is built and scanned on its own, under a tag of its own, and hands nothing on', (architecture) => {
    const done = run(builds[architecture === 'amd64' ? 'BuildAmd64' : 'BuildArm64']);
    expect(done.calls.filter((call) => call.includes('--push')).every((call) => call.includes(`--platform linux/${architecture} `))).toBe(true);
    expect(done.calls.filter((call) => call.includes(`web:${TAG}-${architecture} `) && call.includes('--push'))).toHaveLength(1);
    expect(done.calls.filter((call) => call.includes('scan') && call.includes(`imageTag=${TAG}-${architecture} `))).not.toEqual([]);
    expect(done.artifacts).toEqual({});
  });

  test('are joined under the tag of the commit, and its digest is handed on', () => {
    const done = run(builds.Merge);
    expect(acts(done.calls).slice(2)).toEqual([
      `docker buildx imagetools create --tag ${REGISTRY}/web:${TAG} ${REGISTRY}/web:${TAG}-amd64 ${REGISTRY}/web:${TAG}-arm64`,
      `docker buildx imagetools create --tag ${REGISTRY}/database:${TAG} ${REGISTRY}/database:${TAG}-amd64 ${REGISTRY}/database:${TAG}-arm64`,
    ]);
    expect(done.artifacts).toEqual({ 'image-0.txt': WEB, 'image-1.txt': DATABASE });
  });

  test('fails without an artifact when an architecture is missing', () => {
    const failed = run(builds.Merge, { failing: 'imagetools create' });
    expect([failed.status === 0, failed.artifacts]).toEqual([false, {}]);
  });

  test('a second run of a commit joins nothing again', () => {
    expect(run(builds.Merge, { pushed: [`web:${TAG}`, `database:${TAG}`] }).calls.filter((call) => call.includes('imagetools'))).toEqual([]);
  });
});
