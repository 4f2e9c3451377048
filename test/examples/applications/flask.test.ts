import { mkdirSync, readdirSync } from 'fs';
import { basename, join } from 'path';
import { FlaskEnvironment, RunningApp, sourceOf, type Environment } from './flask-app';
import { MariaDb } from './mariadb';
import { freePort } from './processes';
import { silentServer } from './silent-server';
import { REPOSITORY, run } from '../../packaging/python';
import { parseYaml } from '../../pipeline/build-runner';

const APPLICATIONS = [
  { application: 'flask-shared-files', database: 'notes' },
  { application: 'bookstore', database: 'bookstore' },
];
const LONG = 120_000;

const usable = (FlaskEnvironment.available() && MariaDb.available()) || process.env.CI === 'true';
if (!usable) process.stdout.write('skipped: the Flask applications, which need python3 (3.10 or newer), openssl, curl, mariadbd and mariadb-install-db\n');

(usable ? describe : describe.skip)('against a real MariaDB', () => {
  const flask = new FlaskEnvironment();
  const certificates = ['own', 'foreign'].map((name) => join(flask.directory, `${name}.pem`));
  let server: MariaDb | undefined;

  function environment(database: string, other: Environment = {}): Environment {
    const { host, port, user, password } = server!.login;
    const files = join(flask.directory, `files-${database}`);
    mkdirSync(files, { recursive: true });
    return { DB_HOST: host, DB_PORT: `${port}`, DB_NAME: database, DB_USER: user, DB_PASSWORD: password, SHARED_FILES: files, ...other };
  }

  beforeAll(async () => {
    flask.install(APPLICATIONS.map(({ application }) => application));
    for (const certificate of certificates) makeCertificate(certificate);
    const names = APPLICATIONS.flatMap(({ database }) => [database, `${database}_new`]);
    server = await MariaDb.start(names, [`--ssl-cert=${certificates[0]}`, `--ssl-key=${certificates[0]}.key`]);
  }, 2 * LONG);

  afterAll(async () => {
    await server?.stop();
    flask.remove();
  });

  describe.each(APPLICATIONS)('$application', ({ application, database }) => {
    const apps: RunningApp[] = [];

    beforeAll(async () => {
      for (let copy = 0; copy < 2; copy++) apps.push(await RunningApp.start(flask, application, environment(database)));
    }, LONG);

    afterAll(() => Promise.all(apps.map((app) => app.stop())));

    test('started by the command of its Dockerfile it answers /health', async () => {
      const response = await apps[0].fetch('/health');
      expect([response.status, await response.text()]).toEqual([200, 'ok']);
    });

    test('several copies bring the schema of a new database up to date at once, and again', async () => {
      const migrate = () => flask.python(application, ['schema.py'], environment(`${database}_new`));
      const together = await Promise.all([migrate(), migrate(), migrate(), migrate()]);
      expect([...together, await migrate()]).toEqual(Array(5).fill({ status: 0, output: '' }));
    }, LONG);

    test('a copy waits while another one changes the schema', async () => {
      const hold = 'from database import connect; c = connect().cursor(); c.execute("SELECT GET_LOCK(\'schema\', 9)"); print(flush=True); input()';
      const holder = flask.spawn(application, 'python', ['-c', hold], environment(database));
      await new Promise((resolve) => holder.stdout!.once('data', resolve));
      const second = flask.python(application, ['schema.py'], environment(database));
      const early = await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 1500, 'waits'))]);
      holder.stdin!.end('\n');
      expect([early, (await second).status]).toEqual(['waits', 0]);
    });

    test('a database that is away is told with 503, and the load balancer is told that the instance is well', async () => {
      const app = await RunningApp.start(flask, application, environment(database, { DB_PORT: `${await freePort()}` }), { serverOnly: true });
      const answers = [await app.fetch('/'), await app.fetch('/health')].map(({ status }) => status);
      await app.stop();
      expect(answers).toEqual([503, 200]);
    });

    test.each(['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '.%2f..%2f'])('a file beside the shared directory is not handed out for %s', async (way) => {
      const folder = application === 'bookstore' ? 'covers' : 'files';
      expect(await apps[0].rawStatus(`/${folder}/${way}${basename(certificates[0])}`)).toBe(404);
    });

    test('an upload of more than 20 MiB is refused', async () => {
      const file = { name: 'large.png', content: 'x'.repeat(21 * 1024 * 1024) };
      const response = application === 'bookstore'
        ? await apps[0].post('/books', { title: 'T', author: 'A', price_cents: '1', cover: file })
        : await apps[0].post('/files', { file });
      expect(response.status).toBe(413);
    });

    if (application === 'bookstore') bookstoreTests(apps);
    else notesTests(apps);

    test('nothing is left of uploads on their way, and nothing is beside the shared directory', () => {
      const { SHARED_FILES } = environment(database);
      expect(readdirSync(SHARED_FILES).filter((name) => name.startsWith('.'))).toEqual([]);
      expect(readdirSync(join(SHARED_FILES, '..')).filter((name) => name.includes('evil'))).toEqual([]);
    });
  });

  describe('the connection to the database', () => {
    const [{ application, database }] = APPLICATIONS;
    const program = 'from database import connect; c = connect().cursor(); c.execute("SHOW STATUS LIKE \'Ssl_cipher\'"); print(c.fetchone()[1])';
    const connect = (variables: Environment) => flask.python(application, ['-c', program], environment(database, variables));

    test('is made by the same program in all applications', () => {
      expect(new Set(APPLICATIONS.map((each) => sourceOf(each.application, 'app/database.py'))).size).toBe(1);
    });

    test('that is accepted and not answered keeps nobody from /health, and is given up', async () => {
      const silent = await silentServer();
      const app = await RunningApp.start(flask, application, environment(database, { DB_PORT: `${silent.port}` }), { serverOnly: true });
      const visitors = Array.from({ length: 60 }, () => app.fetch('/'));
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const health = await app.fetch('/health', { signal: AbortSignal.timeout(2000) });
      const answers = await Promise.all(visitors);
      await app.stop();
      silent.close();
      expect(health.status).toBe(200);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    });

    test('is encrypted where an authority is named', async () => {
      expect(await connect({ DB_TLS_CA: certificates[0] })).toEqual({ status: 0, output: expect.stringContaining('_') });
    });

    test('fails with a server that another authority vouches for', async () => {
      expect(await connect({ DB_TLS_CA: certificates[1] })).toEqual({ status: 1, output: expect.stringContaining('certificate verify failed') });
    });

    test('fails with a server of another name', async () => {
      const answer = await connect({ DB_TLS_CA: certificates[0], DB_HOST: 'localhost' });
      expect(answer).toEqual({ status: 1, output: expect.stringContaining('Hostname mismatch') });
    });
  });
});

const bodyOf = async (response: Response | Promise<Response>): Promise<any> => (await response).json();

function notesTests(apps: RunningApp[]) {
  test('a note that one copy takes is shown by the other, whatever its script', async () => {
    const text = 'Grüße, 世界 🚀';
    expect((await apps[0].post('/notes', { text })).status).toBe(201);
    expect((await bodyOf(apps[1].fetch('/'))).notes).toContain(text);
  });

  test.each<[string, Record<string, string>]>([
    ['nothing', {}], ['an empty text', { text: '' }], ['spaces', { text: '   ' }], ['501 characters', { text: 'x'.repeat(501) }],
  ])('%s is refused with 400', async (_what, fields) => {
    expect((await apps[0].post('/notes', fields)).status).toBe(400);
  });

  test('a file that one copy takes is handed out by the other, to be saved and not shown', async () => {
    expect((await apps[0].post('/files', { file: { name: 'page.html', content: '<p>whole</p>' } })).status).toBe(201);
    const response = await apps[1].fetch('/files/page.html');
    expect([await response.text(), response.headers.get('content-disposition')]).toEqual(['<p>whole</p>', 'attachment; filename=page.html']);
    expect((await bodyOf(apps[1].fetch('/files'))).files).toContain('page.html');
  });

  test('copies that take the same file at once leave one of the two, whole', async () => {
    const contents = ['a', 'b'].map((letter) => letter.repeat(1024 * 1024));
    await Promise.all([...contents, ...contents].map((content, index) => apps[index % 2].post('/files', { file: { name: 'both.txt', content } })));
    expect(contents).toContain(await (await apps[0].fetch('/files/both.txt')).text());
  });

  test('a name that leads out of the directory becomes a name inside', async () => {
    const response = await apps[0].post('/files', { file: { name: '../../evil.txt', content: 'x' } });
    expect([response.status, await response.json()]).toEqual([201, { name: 'evil.txt' }]);
  });

  test.each(['..', '/', `${'x'.repeat(201)}.txt`])('a file with the name %s is refused with 400', async (name) => {
    expect((await apps[0].post('/files', { file: { name, content: 'x' } })).status).toBe(400);
  });

  test('a form without a file is refused with 400', async () => {
    expect((await apps[0].post('/files', { other: 'x' })).status).toBe(400);
  });
}

function bookstoreTests(apps: RunningApp[]) {
  const book = { title: 'Faust 🚀', author: 'Goethe', price_cents: '1250' };
  const shown = async (id: number) => (await bodyOf(apps[1].fetch('/'))).books.find((each: { readonly id: number }) => each.id === id);

  test('a book that one copy takes is shown by the other', async () => {
    const response = await apps[0].post('/books', book);
    const { id } = await bodyOf(response);
    expect([response.status, await shown(id)]).toEqual([201, { id, ...book, price_cents: 1250, cover: null }]);
  });

  test('covers of the same name stay apart, and the other copy hands them out', async () => {
    const covers = await Promise.all(['first', 'second'].map(async (content) => {
      const { id } = await bodyOf(apps[0].post('/books', { ...book, cover: { name: '../../evil.png', content } }));
      const response = await apps[1].fetch(`/covers/${(await shown(id)).cover}`);
      return [await response.text(), response.headers.get('content-type')];
    }));
    expect(covers).toEqual([['first', 'image/png'], ['second', 'image/png']]);
  });

  test('the check to run after a deployment passes', () => {
    const lines = run(join(REPOSITORY, 'examples', 'applications', 'bookstore', 'check.sh'), [apps[0].url]).trim().split('\n');
    expect(lines).toEqual([`healthy: ${apps[0].url}`, 'the database keeps books', 'every instance hands out the cover']);
  });

  test('fails: the check, where nothing answers', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    expect(() => run(join(REPOSITORY, 'examples', 'applications', 'bookstore', 'check.sh'), [nowhere])).toThrow(/ended with 1/);
  });

  test.each<[string, Parameters<RunningApp['post']>[1]]>([
    ['a book without a title', { ...book, title: ' ' }],
    ['a book without an author', { title: 'T', price_cents: '1' }],
    ['a title of 201 characters', { ...book, title: 'x'.repeat(201) }],
    ['a price in words', { ...book, price_cents: 'ten' }],
    ['a price below zero', { ...book, price_cents: '-1' }],
    ['a digit that is no number', { ...book, price_cents: '²' }],
    ['a price that no column holds', { ...book, price_cents: '9'.repeat(10) }],
    ['a cover that is a page', { ...book, cover: { name: 'evil.html', content: '<script>' } }],
  ])('%s is refused with 400', async (_what, fields) => {
    expect((await apps[0].post('/books', fields)).status).toBe(400);
  });
}

/** A certificate that vouches for itself, for the address of the server and for no name. */
function makeCertificate(file: string): void {
  run('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1',
    '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'keyUsage=critical,digitalSignature,keyCertSign', '-keyout', `${file}.key`, '-out', file,
  ]);
}

describe.each(APPLICATIONS)('the files of $application', ({ application }) => {
  test('the compose file of the instances has one service that runs an image, builds nothing and publishes no port', () => {
    expect(parseYaml(sourceOf(application, 'compose.yaml'))).toEqual({
      services: { app: { image: '${APP_IMAGE}', restart: 'unless-stopped', volumes: ['/mnt/shared:/srv/shared'] } },
    });
  });

  test('the compose file for one\'s own machine builds the application and starts it when its database is healthy', () => {
    const { services, volumes } = parseYaml(sourceOf(application, 'compose.local.yaml'));
    expect(services.app).toMatchObject({ build: '.', ports: ['8080:5000'], depends_on: { database: { condition: 'service_healthy' } } });
    expect(services.database).toMatchObject({ image: expect.stringMatching(/:\d+\.\d+\.\d+$/), healthcheck: { test: ['CMD-SHELL', expect.any(String)] } });
    expect(services.database.environment).toMatchObject({
      MYSQL_DATABASE: services.app.environment.DB_NAME,
      MYSQL_USER: services.app.environment.DB_USER,
      MYSQL_PASSWORD: services.app.environment.DB_PASSWORD,
    });
    expect(Object.keys(volumes)).toEqual(services.app.volumes.map((volume: string) => volume.split(':')[0]));
  });

  test('every requirement is one version', () => {
    expect(sourceOf(application, 'requirements.txt').trim().split('\n').filter((line) => !/^[\w[\]-]+==[\d.]+$/.test(line))).toEqual([]);
  });

  test('the image runs as another user than root', () => expect(sourceOf(application, 'Dockerfile')).toMatch(/^USER 33:33$/m));
});
