import { spawnSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { CheckWorld, runCheck, type CheckResult, type Site, type SiteAnswer, type SiteRequest } from './check-world';
import { freePort } from './processes';
import { needing } from '../../needing';
import { REPOSITORY } from '../../packaging/python';

const FOLDER = join(REPOSITORY, 'examples', 'applications');
const APPLICATIONS = readdirSync(FOLDER);
const script = (application: string) => join(FOLDER, application, 'check.sh');

type Answers = Record<string, unknown>;
const service = (name: string, cluster = 'cluster') => `arn:aws:ecs:eu-west-1:111122223333:service/${cluster}/${name}`;
const group = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123456789abcdef`;
const outputs = (values: Record<string, string>) => ({
  Stacks: [{ Outputs: Object.entries(values).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })) }],
});
const resources = (...list: Array<[string, string]>) => ({
  StackResourceSummaries: list.map(([ResourceType, PhysicalResourceId]) => ({ ResourceType, PhysicalResourceId })),
});
const running = (runningCount: number, desiredCount = runningCount, loadBalancers = [{}]) => (
  { services: [{ runningCount, desiredCount, loadBalancers }] });
const targets = (...zones: string[]) => ({
  TargetHealthDescriptions: zones.map((zone, index) => ({ Target: { Id: `10.0.1.${index}`, AvailabilityZone: zone }, TargetHealth: { State: 'healthy' } })),
});
const SERVICE_SCALING: Answers = {
  'application-autoscaling describe-scalable-targets': { ScalableTargets: [{ MinCapacity: 2, MaxCapacity: 10 }] },
  'application-autoscaling describe-scaling-policies': {
    ScalingPolicies: [{
      TargetTrackingScalingPolicyConfiguration: { TargetValue: 70, PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } },
    }],
  },
  'application-autoscaling describe-scaling-activities': { ScalingActivities: [] },
};
const INSTANCE_SCALING: Answers = {
  'elbv2 describe-target-health': {
    TargetHealthDescriptions: ['i-1', 'i-2'].map((Id) => ({ Target: { Id, Port: 80 }, TargetHealth: { State: 'healthy' } })),
  },
  'ec2 describe-instances': { Reservations: [{ Instances: [{ Placement: { AvailabilityZone: 'a' } }, { Placement: { AvailabilityZone: 'b' } }] }] },
  'autoscaling describe-auto-scaling-groups': { AutoScalingGroups: [{ MinSize: 2, MaxSize: 4, DesiredCapacity: 2 }] },
  'autoscaling describe-policies': {
    ScalingPolicies: [{ TargetTrackingConfiguration: { TargetValue: 70, PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' } } }],
  },
  'autoscaling describe-scaling-activities': {
    Activities: [
      { StatusCode: 'Successful', StartTime: 'now', Description: 'Launching', Cause: 'a user request created an AutoScalingGroup' },
      { StatusCode: 'Successful', StartTime: '2026-01-01', Description: 'Launching i-3', Cause: 'a monitor alarm in state ALARM triggered policy cpu' },
    ],
  },
};

interface Example {
  readonly application: string;
  readonly aws: Answers;
  readonly env?: Record<string, string>;
  site(): Site;
}

const redirect = (host: string): SiteAnswer => ({ status: 301, headers: { location: `https://${host}:443/` } });
/** Answers the health check alone, as the image does that runs before the first build. */
const STAND_IN: Site = ({ tls, host, path }) => (tls ? { status: path === '/health' ? 200 : 404 } : redirect(host));
const overTls = (site: Site): Site => (request) => {
  if (!request.tls) return redirect(request.host);
  return request.path === '/health' ? { body: 'ok' } : site(request);
};
/** The two copies take turns. */
const turns = () => {
  let turn = 0;
  return () => `copy-${turn++ % 2}`;
};

const LAB: Example = {
  application: 'ecs-lab',
  aws: {
    'cloudformation describe-stacks LabWeb': outputs({ Url: 'https://lab.example.com', LoadBalancerUrl: 'https://alb.lab.example.com' }),
    'cloudformation list-stack-resources LabWeb': resources(['AWS::ECS::Service', service('web')], ['AWS::ElasticLoadBalancingV2::TargetGroup', group('web')]),
    'cloudformation list-stack-resources LabData': resources(['AWS::ECS::Service', service('mysql')]),
    [`ecs describe-services ${service('web')}`]: running(2),
    [`ecs describe-services ${service('mysql')}`]: running(1, 1, []),
    [`elbv2 describe-target-health ${group('web')}`]: targets('a', 'b'),
    ...SERVICE_SCALING,
  },
  site: () => {
    let visits = 7;
    const next = turns();
    return (request) => {
      const apex = request.host === 'lab.example.com';
      if (apex && !request.tls) return { status: 301, headers: { location: 'https://lab.example.com/' } } as SiteAnswer;
      const answer: SiteAnswer = overTls(() => ({ body: `<p>Visit number ${++visits}, served by ${next()}.</p>` }))(request);
      return { ...answer, headers: { ...answer.headers, ...(apex ? { 'X-Amz-Cf-Id': 'x' } : {}) } };
    };
  },
};

const SERVICES: Example = {
  application: 'ecs-autoscaling',
  aws: {
    'cloudformation describe-stacks Apps': outputs({ Url: 'https://shop.example.com', ApiService: 'api' }),
    'cloudformation list-stack-resources Apps': resources(...['web', 'api', 'admin'].flatMap((name): Array<[string, string]> => [
      ['AWS::ECS::Service', service(name)], ['AWS::ElasticLoadBalancingV2::TargetGroup', group(name)],
    ])),
    'ecs describe-services': running(2),
    'elbv2 describe-target-health': targets('a', 'b'),
    ...SERVICE_SCALING,
  },
  site: () => {
    const next = turns();
    const name = (host: string, path: string) => (path.startsWith('/api/') ? 'api' : host.startsWith('admin.') || path.startsWith('/admin/') ? 'admin' : 'web');
    return overTls(({ host, path }) => ({ body: JSON.stringify({ service: name(host, path), host: next() }) }));
  },
};

const WORDPRESS: Example = {
  application: 'wordpress',
  env: { WORDPRESS_USER: 'editor', WORDPRESS_APP_PASSWORD: 'abcd efgh' },
  aws: {
    'cloudformation describe-stacks WordPress': outputs({ Url: 'https://blog.example.com' }),
    'cloudformation list-stack-resources WordPress': resources(
      ['AWS::ECS::Service', service('wordpress')], ['AWS::ECS::Service', service('mariadb')], ['AWS::ElasticLoadBalancingV2::TargetGroup', group('wordpress')],
    ),
    [`ecs describe-services ${service('wordpress')}`]: running(2),
    [`ecs describe-services ${service('mariadb')}`]: running(1, 1, []),
    'elbv2 describe-target-health': targets('a', 'b'),
    ...SERVICE_SCALING,
  },
  site: () => {
    let title = '';
    let picture: Buffer = Buffer.alloc(0);
    return overTls(({ method, path, body }) => {
      if (path === '/health/installation') return { body: 'installed' };
      if (path === '/picture.gif') return { body: picture };
      if (method === 'POST' && path === '/?rest_route=/wp/v2/posts') {
        title = new URLSearchParams(`${body}`).get('title') ?? '';
        return { status: 201, body: '{"id":5}' };
      }
      if (method === 'POST' && path === '/?rest_route=/wp/v2/media') {
        picture = body;
        return { status: 201, body: JSON.stringify({ id: 6, source_url: 'https://blog.example.com/picture.gif' }) };
      }
      if (path === '/?rest_route=/wp/v2/posts/5&context=edit') return { body: JSON.stringify({ title: { raw: title } }) };
      return { body: '<link href="/wp-content/themes/style.css">' };
    });
  },
};

/** The field of a form, as a browser sends it. */
const field = (body: Buffer, name: string) => {
  const text = body.toString('latin1');
  const start = text.indexOf('\r\n\r\n', text.indexOf(`name="${name}"`)) + 4;
  return Buffer.from(text.slice(start, text.indexOf('\r\n--', start)), 'latin1');
};

const flask = (application: string, stack: string, host: string, site: () => Site): Example => ({
  application,
  aws: {
    [`cloudformation describe-stacks ${stack}`]: outputs({ Url: `https://${host}` }),
    [`cloudformation list-stack-resources ${stack}`]: resources(
      ['AWS::AutoScaling::AutoScalingGroup', 'group'], ['AWS::ElasticLoadBalancingV2::TargetGroup', group('app')],
    ),
    ...INSTANCE_SCALING,
  },
  site,
});

const NOTES = flask('flask-shared-files', 'FlaskWeb', 'notes.example.com', () => {
  const next = turns();
  let note = '';
  let file: Buffer = Buffer.alloc(0);
  return overTls(({ method, path, body }) => {
    if (path === '/notes') note = field(body, 'text').toString();
    if (path === '/files' && method === 'POST') {
      file = field(body, 'file');
      return { status: 201, body: '{"name":"check.bin"}' };
    }
    if (path === '/files/check.bin') return { body: file, headers: { 'x-served-by': next() } };
    return { body: `<h1>Notes</h1>${note}` };
  });
});

const BOOKS = flask('bookstore', 'BookstoreWeb', 'books.example.com', () => {
  const next = turns();
  let title = '';
  let cover: Buffer = Buffer.alloc(0);
  return overTls(({ method, path, body }) => {
    if (path === '/books' && method === 'POST') {
      title = field(body, 'title').toString();
      cover = field(body, 'cover');
      return { status: 201, body: '{"id":3,"cover":"c.png"}' };
    }
    if (path === '/books/3') return { body: JSON.stringify({ title }) };
    if (path === '/covers/c.png') return { body: cover, headers: { 'x-served-by': next() } };
    return { body: '<h1>Books</h1>' };
  });
});

const EXAMPLES = [LAB, SERVICES, WORDPRESS, NOTES, BOOKS];

needing('curl', 'jq', 'openssl').describe('the checks of the examples', () => {
  let world: CheckWorld;

  beforeAll(async () => {
    world = await CheckWorld.start(['lab.example.com', '*.lab.example.com', '*.example.com']);
  });

  afterAll(() => world.stop());

  type Changes = { aws?: Answers; site?: Site; args?: string[]; env?: Record<string, string> };
  const check = (example: Example, changes: Changes = {}): Promise<CheckResult> => {
    world.site = changes.site ?? example.site();
    return world.check(example.application, changes.args ?? [], { ...example.aws, ...changes.aws }, changes.env ?? example.env);
  };

  test('every example has one', () => {
    expect(EXAMPLES.map(({ application }) => application).sort()).toEqual(APPLICATIONS);
  });

  describe.each(EXAMPLES)('$application', (example) => {
    test('passes on a system that does what it promises, and prints a table', async () => {
      const { code, failed, output } = await check(example);
      expect({ failed, code, output }).toEqual({ failed: [], code: 0, output: expect.stringMatching(/^\| Check \| Result \| Seen \|\n\| --- \| --- \| --- \|\n\| .* \| ok \| /) });
      expect(output).toMatch(/\n\n(\d+) of \1 passed, \d not asked: https:\/\/\S+, 20\d\d-\d\d-\d\dT\S+Z\n$/);
    }, 60_000);

    test('fails while the stand-in answers', async () => {
      const { code, failed } = await check(example, { site: STAND_IN });
      expect([code, failed.length > 1]).toEqual([1, true]);
    }, 60_000);

    test('fails where targets are healthy in one zone alone', async () => {
      const one = { Reservations: [{ Instances: [{ Placement: { AvailabilityZone: 'a' } }, { Placement: { AvailabilityZone: 'a' } }] }] };
      const health = Object.fromEntries(Object.keys(example.aws).filter((call) => call.startsWith('elbv2 '))
        .map((call) => [call, 'ec2 describe-instances' in example.aws ? example.aws[call] : targets('a', 'a')]));
      const { code, failed } = await check(example, { aws: { ...health, 'ec2 describe-instances': one } });
      expect([code, failed]).toEqual([1, expect.arrayContaining([expect.stringMatching(/healthy targets, zones: 2 or more$/)])]);
    }, 60_000);

    test('says how it is used, and takes no argument that it does not know', async () => {
      const [help, unknown, second] = await Promise.all([['--help'], ['--lod'], ['a', 'b']].map((args) => runCheck(example.application, args)));
      expect([help.code, unknown.code, second.code, help.output]).toEqual([0, 2, 2, expect.stringMatching(/^Usage: check\.sh \[--load\] \[stack \| URL\]\n/)]);
      expect(unknown.output).toBe(help.output);
    });

  });

  describe.each([WORDPRESS, NOTES])('what all share, of $application', (example) => {
    test('fails where port 80 is not sent to 443, or not for good', async () => {
      const site = example.site();
      const temporary: Site = (request) => (request.tls ? site(request) : { ...redirect(request.host), status: 302 });
      const { code, failed } = await check(example, { site: temporary });
      expect([code, failed]).toEqual([1, expect.arrayContaining([expect.stringMatching(/^port 80 of .* is sent to 443 for good$/)])]);
    }, 60_000);

    test('fails where nobody knows who signed the certificate', async () => {
      world.distrust();
      const { code, failed } = await check(example);
      world.trust();
      expect([code, failed]).toEqual([1, expect.arrayContaining([expect.stringMatching(/^the certificate of .* is good$/)])]);
    }, 60_000);

    test('fails where it cannot grow', async () => {
      const { code, failed } = await check(example, {
        aws: {
          'application-autoscaling describe-scalable-targets': { ScalableTargets: [] },
          'autoscaling describe-auto-scaling-groups': { AutoScalingGroups: [{ MinSize: 2, MaxSize: 2, DesiredCapacity: 2 }] },
        },
      });
      expect([code, failed]).toEqual([1, [expect.stringMatching(/: may grow$/)]]);
    }, 60_000);

    test('fails, with --load, where it does not grow within a quarter of an hour', async () => {
      const { code, failed } = await check(example, { args: ['--load'] });
      expect([code, failed]).toEqual([1, [expect.stringMatching(/: scaling seen$/)]]);
    }, 60_000);

    test('says that nothing can be said where AWS does not answer', async () => {
      const { code, output } = await world.check(example.application, [], {});
      expect([code, output]).toEqual([2, expect.stringContaining('aws cloudformation describe-stacks failed')]);
    });

    test('asks the site alone when it is given a URL', async () => {
      const before = world.calls.length;
      const { code } = await runCheck(example.application, [`http://127.0.0.1:${await freePort()}/`]);
      expect([code, world.calls.length]).toEqual([1, before]);
    });
  });

  test.each<[string, Example, Changes, RegExp]>([
    ['the lab: a task is missing', LAB, { aws: { [`ecs describe-services ${service('web')}`]: running(1, 2) } }, /^the web service: tasks that run/],
    ['the lab: no database runs', LAB, { aws: { [`ecs describe-services ${service('mysql')}`]: running(0, 1) } }, /^the database: tasks that run/],
    ['the lab: visits are not kept', LAB, { site: overTls(() => ({ body: 'Visit number 1, served by a.' })) }, /^a row survives in the database$/],
    ['the lab: the apex is not CloudFront', LAB, { site: (request) => ({ ...LAB.site()(request), headers: {} }) }, /^the apex is served by CloudFront$/],
    ['the lab: one copy answers', LAB, { site: overTls(() => ({ body: 'Visit number 1, served by a.' })) }, /^copies that answer: 2 or more$/],
    ['three services: all is Web', SERVICES, { site: overTls(() => ({ body: '{"service":"web","host":"a"}' })) }, /admin\.example\.com\/ is answered by$/],
    ['WordPress: nobody has installed it', WORDPRESS,
      { site: (request) => (request.path === '/health/installation' ? { status: 503, body: 'not installed' } : WORDPRESS.site()(request)) }, /^the site is installed$/],
    ['WordPress: nobody says who may write', WORDPRESS, { env: {} }, /^a row survives in the database$/],
    ['WordPress: no database runs', WORDPRESS, { aws: { [`ecs describe-services ${service('mariadb')}`]: running(0, 1, []) } }, /^the database: tasks that run/],
    ['notes: a copy has other files', NOTES, {
      site: ((site, next) => (request: SiteRequest) => (request.path === '/files/check.bin' && next() === 'copy-1' ? { status: 404 } : site(request)))(NOTES.site(), turns()),
    }, /^every copy hands out the file$/],
    ['notes: notes are lost', NOTES, { site: ((site) => (request: SiteRequest) => (request.path === '/' ? { body: '<h1>Notes</h1>' } : site(request)))(NOTES.site()) },
      /^a row survives in the database$/],
    ['bookstore: books are lost', BOOKS, { site: ((site) => (request: SiteRequest) => (request.path === '/books/3' ? { status: 404 } : site(request)))(BOOKS.site()) },
      /^a row survives in the database$/],
  ])('fails for %s', async (_what, example, changes, row) => {
    const { code, failed } = await check(example, changes);
    expect([code, failed]).toEqual([1, expect.arrayContaining([expect.stringMatching(row)])]);
  }, 60_000);

  test('sees a service that grew under load', async () => {
    const grown = ((site) => (request: SiteRequest) => site(request))(SERVICES.site());
    const desired = { 'ecs describe-services': { services: [{ runningCount: 3, desiredCount: 3, loadBalancers: [{}] }] } };
    const { rows } = await check(SERVICES, {
      site: grown,
      aws: {
        ...desired,
        'application-autoscaling describe-scaling-activities': {
          ScalingActivities: [{ StatusCode: 'Successful', StartTime: '2026-01-01', Description: 'Setting desired count to 3.' }],
        },
      },
    });
    expect(rows).toContainEqual(['Api: scaling seen', 'ok', '2026-01-01: Setting desired count to 3.']);
  }, 60_000);

  test('one task by design is no failure: WordPress with its database in the same task', async () => {
    const { code, failed } = await check(WORDPRESS, {
      aws: {
        'cloudformation list-stack-resources WordPress': resources(
          ['AWS::ECS::Service', service('wordpress')], ['AWS::ElasticLoadBalancingV2::TargetGroup', group('wordpress')],
        ),
        [`ecs describe-services ${service('wordpress')}`]: running(1),
        'elbv2 describe-target-health': targets('a'),
      },
    });
    expect([code, failed]).toEqual([0, []]);
  }, 60_000);

  test('without a domain the three services are told apart by path, and nobody asks for a certificate', async () => {
    const site = SERVICES.site();
    const { code, failed, notAsked } = await check(SERVICES, {
      aws: { 'cloudformation describe-stacks Apps': outputs({ Url: 'http://apps.eu-west-1.elb.amazonaws.com', ApiService: 'api' }) },
      site: (request) => site({ ...request, tls: true }),
    });
    expect([code, failed, notAsked.slice(0, 2)]).toEqual([0, [], [expect.stringMatching(/^port 80/), expect.stringMatching(/^the certificate/)]]);
  }, 60_000);
});

test('what the checks share is the same text in all of them', () => {
  const shared = APPLICATIONS.map((application) => /\n# --- From here[^]*# --- To here\. ---\n/.exec(readFileSync(script(application), 'utf8'))?.[0]);
  expect([shared[0]?.length, new Set(shared).size]).toEqual([expect.any(Number), 1]);
});

needing('shellcheck').test.each(APPLICATIONS)('shellcheck has nothing against the check of %s', (application) => {
  const { status, stdout } = spawnSync('shellcheck', [script(application)], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
