import { digestOf, runBuild } from './build-runner';
import type { BuildRun, Surroundings } from './build-runner';
import { buildsOf, COMMIT, REGISTRY } from './builds';
import type { SynthesizedBuild } from './builds';

const TAG = COMMIT.slice(0, 12);
const WEB = `${REGISTRY}/web@${digestOf(`web:${TAG}`)}`;
const DATABASE = `${REGISTRY}/database@${digestOf(`database:${TAG}`)}`;
const OLD = `${REGISTRY}/web@${digestOf('web:old')}`;
const BEFORE = { '/Images/Web': OLD, '/Images/Database': 'mysql:8.4.10' };

let deploy: SynthesizedBuild;
let built: string;
beforeAll(() => {
  const builds = buildsOf();
  deploy = builds.Deploy;
  built = runBuild(builds.BuildAmd64.spec, builds.BuildAmd64.variables).directory;
});

function run(surroundings: Surroundings = {}, variables: Record<string, string> = {}): BuildRun {
  return runBuild(deploy.spec, { ...deploy.variables, ...variables }, { parameters: BEFORE, ...surroundings }, built);
}

/** The calls that change something, in short. */
function acts({ calls }: BuildRun): string[] {
  return calls.filter((call) => /put-parameter|update-stack|put-image/.test(call))
    .map((call) => call.replace(/ --(type|use-previous|role-arn|image-digest|capabilities).*| --overwrite.*/, '').replace(/^aws (ssm|cloudformation|ecr) /, ''));
}

describe('a deployment that succeeds', () => {
  let done: BuildRun;
  beforeAll(() => {
    done = run();
  });

  test('records the image before it updates the stack, and protects both from the lifecycle of the repository', () => {
    expect(done.errors).toBe('');
    expect([done.status, acts(done)]).toEqual([0, [
      `put-image --repository-name web --image-tag deployed-${digestOf('web:old').slice(7, 19)}`,
      'put-parameter --name /Images/Web',
      'update-stack --stack-name Web',
      `put-image --repository-name web --image-tag deployed-${digestOf(`web:${TAG}`).slice(7, 19)}`,
      'put-parameter --name /Images/Database/candidate',
    ]]);
    expect(done.deployed).toEqual({ 'Web /Images/Web': WEB });
  });

  test('changes nothing of the stack but what it reads, by the role that may do no more', () => {
    expect(done.calls.find((call) => call.includes('update-stack'))).toBe('aws cloudformation update-stack --stack-name Web --use-previous-template '
      + '--role-arn arn:aws:iam::111122223333:role/Delivery-StackUpdateRole --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND '
      + '--parameters ParameterKey=ImagesWeb,UsePreviousValue=true');
  });

  test('makes a candidate of an image that nothing is deployed to, whose own parameter it leaves alone', () => {
    expect(done.parameters).toEqual({ '/Images/Web': WEB, '/Images/Database': 'mysql:8.4.10', '/Images/Database/candidate': DATABASE });
  });

  test('touches neither services nor databases itself', () => {
    expect(done.calls.filter((call) => !/^aws (ecs describe-|ssm (get|put)-parameter|cloudformation (describe|update)-|ecr (describe|batch-get|put)-image)/.test(call))).toEqual([]);
  });

  test('tags an image by its manifest and digest, as it is', () => {
    expect(done.calls.find((call) => call.includes('put-image'))).toContain(`--image-digest ${digestOf('web:old')} --image-manifest {   "manifest of": "${digestOf('web:old')}" } `
      + '--image-manifest-media-type application/vnd.oci.image.index.v1+json');
  });

  test('a second run of the same commit writes and tags nothing', () => {
    const again = run({
      parameters: done.parameters,
      updates: ['An error occurred (ValidationError): No updates are to be performed.'],
      pushed: [`web:deployed-${digestOf(`web:${TAG}`).slice(7, 19)}`],
    });
    expect([again.status, acts(again)]).toEqual([0, ['update-stack --stack-name Web']]);
  });

  test('the promoted image of a database is protected, too', () => {
    const promoted = run({ parameters: { ...BEFORE, '/Images/Database': DATABASE } });
    expect(acts(promoted)).toContain(`put-image --repository-name database --image-tag deployed-${digestOf(`database:${TAG}`).slice(7, 19)}`);
  });
});

describe('a deployment that fails', () => {
  test('gives the parameter its former value back, and says why', () => {
    const failed = run({ updates: ['rollback'] });
    expect([failed.status, failed.parameters, failed.deployed]).toEqual([1, BEFORE, { 'Web /Images/Web': OLD }]);
    expect(failed.errors).toContain('stack Web is UPDATE_ROLLBACK_COMPLETE, its update failed:');
    expect(failed.errors).toContain('UPDATE_FAILED\tAppService\tECS Deployment Circuit Breaker was triggered');
  });

  test('makes no candidate and tags no new image', () => {
    expect(acts(run({ updates: ['rollback'] })).filter((act) => /candidate|put-image/.test(act))).toEqual([
      `put-image --repository-name web --image-tag deployed-${digestOf('web:old').slice(7, 19)}`,
    ]);
  });

  test('is canceled when it takes too long, and given the former value back', () => {
    const failed = run({ updates: ['never'], seconds: 1 });
    expect(failed.errors).toContain('stack Web takes longer than 1 seconds: canceling the update');
    expect([failed.status, failed.parameters]).toEqual([1, BEFORE]);
  });

  test('is put back where CloudFormation calls it complete and the service runs something else', () => {
    const failed = run({ running: { app: OLD } });
    expect(failed.errors).toContain(`service web does not run ${WEB}: ECS has rolled the deployment back`);
    expect([failed.status, failed.parameters, failed.deployed]).toEqual([1, BEFORE, { 'Web /Images/Web': OLD }]);
  });

  test('is put back when another container runs the image', () => {
    expect(run({ running: { proxy: WEB, app: OLD } })).toMatchObject({ status: 1, parameters: BEFORE });
  });

  test('is put back when ECS does not answer', () => {
    expect(run({ failing: 'describe-task-definition' })).toMatchObject({ parameters: BEFORE, deployed: { 'Web /Images/Web': OLD } });
  });

  test.each([
    ['written', `put-parameter --name /Images/Web --type String --value ${OLD}`],
    ['read', 'get-parameter --name /Images/Web'],
  ])('says what to write where the parameter cannot be %s any more, and does not deploy the failed image again', (_what, failing) => {
    const failed = run({ updates: ['rollback'], failing, failingFrom: 'update-stack' });
    expect(failed.errors).toContain(`/Images/Web could not be put back: write ${OLD} to it before anything else is deployed`);
    expect(failed.errors).not.toContain('recorded again');
    expect([failed.status, acts(failed).filter((act) => act.startsWith('update'))]).toEqual([1, ['update-stack --stack-name Web']]);
  });

  test('by lack of rights leaves nothing behind', () => {
    const failed = run({ updates: ['An error occurred (AccessDenied) when calling the UpdateStack operation'] });
    expect(failed.errors).toContain('AccessDenied');
    expect([failed.status, failed.parameters]).toEqual([1, BEFORE]);
  });

  test('goes back to what CloudFormation last deployed, not to what a run wrote that was killed', () => {
    const failed = run({ parameters: { ...BEFORE, '/Images/Web': 'never deployed' }, stacks: { Web: { '/Images/Web': OLD } }, updates: ['rollback'] });
    expect(failed.parameters).toEqual(BEFORE);
  });
});

describe('a failure in the middle', () => {
  const two = { STACKS: '2', STACK_1: 'Api' };

  test('of two stacks: the first goes back as well', () => {
    const failed = run({ stacks: { Web: { '/Images/Web': OLD }, Api: { '/Images/Web': OLD } }, updates: ['complete', 'rollback'] }, two);
    expect([failed.status, failed.parameters]).toEqual([1, BEFORE]);
    expect(failed.deployed).toEqual({ 'Web /Images/Web': OLD, 'Api /Images/Web': OLD });
  });

  test('of the record writes no parameter and updates nothing', () => {
    const failed = run({ failing: 'put-parameter' });
    expect([failed.status, failed.parameters, acts(failed).filter((act) => act.startsWith('update'))]).toEqual([1, BEFORE, []]);
    expect(failed.deployed).toEqual({ 'Web /Images/Web': OLD });
  });

  test('of the protection of what runs changes nothing', () => {
    expect(acts(run({ failing: 'ecr put-image' })).filter((act) => !act.startsWith('put-image'))).toEqual([]);
  });
});

describe('two runs at once', () => {
  test('wait for each other before they write anything', () => {
    const done = run({ statuses: { Web: ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE'] } });
    const polls = done.calls.findIndex((call) => call.includes('put-parameter'));
    expect(done.calls.slice(0, polls).filter((call) => call.includes('StackStatus'))).toHaveLength(3);
    expect([done.status, done.deployed]).toEqual([0, { 'Web /Images/Web': WEB }]);
  });

  test('wait for each other where CloudFormation refuses the second update', () => {
    const done = run({ updates: ['An error occurred (ValidationError): Stack:Web is in UPDATE_IN_PROGRESS state and can not be updated.', 'complete'] });
    expect([done.status, done.deployed]).toEqual([0, { 'Web /Images/Web': WEB }]);
  });

  test('do not wait for ever', () => {
    const failed = run({ statuses: { Web: ['UPDATE_IN_PROGRESS'] }, seconds: 1 });
    expect(failed.errors).toContain('stack Web is UPDATE_IN_PROGRESS, in which it cannot be updated: nothing was changed');
    expect([failed.status, acts(failed)]).toEqual([1, []]);
  });

  test('the slower one leaves alone what the faster one wrote', () => {
    const failed = run({ meanwhile: { '/Images/Web': `${REGISTRY}/web@sha256:other` } });
    expect(failed.errors).toContain('or another run was faster');
    expect([failed.status, failed.parameters['/Images/Web'], failed.deployed]).toEqual([1, `${REGISTRY}/web@sha256:other`, { 'Web /Images/Web': `${REGISTRY}/web@sha256:other` }]);
  });
});

describe('nothing is changed', () => {
  test.each(['UPDATE_ROLLBACK_FAILED', 'ROLLBACK_COMPLETE', 'UPDATE_FAILED', 'DELETE_FAILED'])('where the stack is %s', (status) => {
    const failed = run({ statuses: { Web: [status] } });
    expect(failed.errors).toContain(`stack Web is ${status}, in which it cannot be updated: nothing was changed; deploy it with cdk deploy, then retry the stage`);
    expect([failed.status, acts(failed)]).toEqual([1, []]);
  });

  test('where the stack does not read the image yet', () => {
    const failed = run({ stacks: { Web: { '/Images/Other': OLD } }, parameters: { ...BEFORE, '/Images/Other': OLD } });
    expect(failed.errors).toContain('no stack reads /Images/Web yet: nothing was changed; run cdk deploy first');
    expect([failed.status, acts(failed)]).toEqual([1, []]);
  });

  test('where the update would change more than the image', () => {
    const failed = run({ stacks: { Web: { '/Images/Web': OLD, '/Images/Database': 'mysql:8.4.9' } } });
    expect(failed.errors).toContain('stack Web also reads /Images/Database, which has another value since its last deployment: nothing was changed; run cdk deploy Web first');
    expect([failed.status, acts(failed)]).toEqual([1, []]);
  });

  test('where CloudFormation does not answer', () => {
    const failed = run({ failing: 'describe-stacks' });
    expect([failed.status, acts(failed)]).toEqual([1, []]);
  });
});
