import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'fs';
import { basename, join } from 'path';
import { runCheck } from './check-world';
import { FlaskEnvironment, RunningApp, sourceOf, type Environment } from './flask-app';
import { MariaDb } from './mariadb';
import { freePort } from './processes';
import { statusLine } from './raw-request';
import { silentServer } from './silent-server';
import { needing } from '../../needing';
import { run } from '../../packaging/python';
import { parseYaml } from '../../pipeline/build-runner';

const APPLICATIONS = [
  { application: 'flask-shared-files', database: 'notes' },
  { application: 'bookstore', database: 'bookstore' },
];
const LONG = 120_000;

needing('python3', 'openssl', 'curl', ...MariaDb.PROGRAMS).describe('against a real MariaDB', () => {
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

    test.each(['/', ...(application === 'bookstore' ? [] : ['/files'])])('%s is a page for a browser, and JSON for everybody else', async (path) => {
      const page = await apps[0].fetch(path, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
      expect([page.headers.get('content-type'), page.headers.get('vary')]).toEqual([expect.stringContaining('text/html'), 'Accept']);
      const text = await page.text();
      expect(text).toMatch(/^<!doctype html>\n<html lang="en">[^]*<title>\w+ - [^]*<main>\n<h1>/);
      expect(controlsWithoutLabel(text)).toEqual([]);
      expect((await apps[0].fetch(path)).headers.get('content-type')).toBe('application/json');
    });

    test('no answer may be taken for another type than it says, and no page runs a script', async () => {
      for (const path of ['/', '/health', '/nowhere', '/static/style.css']) {
        const { headers } = await apps[0].fetch(path);
        expect([path, headers.get('x-content-type-options'), headers.get('content-security-policy')])
          .toEqual([path, 'nosniff', expect.stringContaining("default-src 'none'")]);
      }
    });

    test.each(['//', '//[', '//evil.example/', '/%zz', '/%00', 'http://[', 'http://shop.example.com/health', 'nonsense'])(
      'survives the request target %s', async (target) => {
        expect(await statusLine(Number(new URL(apps[0].url).port), target)).toMatch(/^HTTP\/1\.1 [234]\d\d /);
        expect((await apps[0].fetch('/health')).status).toBe(200);
      });

    test('a request target leads nobody to another site', async () => {
      const response = await apps[0].fetch('//evil.example/', { redirect: 'manual' });
      expect(response.headers.get('location') ?? '').not.toContain('//evil.example');
    });

    const files = (name: string, content = 'x') => ({ name, content });
    const send = (app: RunningApp, content: string, other: Record<string, string> = {}, headers = {}) => (application === 'bookstore'
      ? app.post('/books', { title: 'T', author: 'A', price_cents: '1', cover: files('a.png', content), ...other }, headers)
      : app.post('/files', { file: files(`${content.length}.txt`, content), ...other }, headers));

    describe('with room for 1 MiB', () => {
      let own: Environment;
      let app: RunningApp;

      beforeAll(async () => {
        const directory = join(flask.directory, `small-${database}`);
        mkdirSync(directory);
        own = environment(database, { SHARED_FILES: directory, SHARED_FILES_MAX_MIB: '1', SHARED_FILES_MAX_COUNT: '3' });
        app = await RunningApp.start(flask, application, own);
      }, LONG);

      afterAll(() => app.stop());

      test('takes files until they would be more, then says 507, and keeps nothing of what it refused', async () => {
        const answers = [];
        for (const size of [600_000, 600_001, 100_000]) answers.push((await send(app, 'x'.repeat(size))).status);
        expect([answers, readdirSync(own.SHARED_FILES).length]).toEqual([[201, 507, 201], 2]);
      });

      test('visitors who send at once do not get past the limit together', async () => {
        await Promise.all(Array.from({ length: 8 }, (_, index) => send(app, 'x'.repeat(200_000 + index))));
        const sizes = readdirSync(own.SHARED_FILES).map((name) => statSync(join(own.SHARED_FILES, name)).size);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1024 * 1024);
        expect(sizes.length).toBeLessThanOrEqual(3);
      });

      test('what an instance left behind when it died is removed, and takes no room', async () => {
        for (const name of readdirSync(own.SHARED_FILES)) rmSync(join(own.SHARED_FILES, name));
        const forgotten = join(own.SHARED_FILES, '.forgotten');
        writeFileSync(forgotten, 'x'.repeat(1024 * 1024));
        utimesSync(forgotten, 0, 0);
        expect([(await send(app, 'x')).status, existsSync(forgotten)]).toEqual([201, false]);
      });
    });

    test('with an upload key only who knows it may write, and everybody may read', async () => {
      const app = await RunningApp.start(flask, application, environment(database, { UPLOAD_KEY: 'a key of its own' }));
      const answers = [
        await send(app, 'x'), await send(app, 'x', { key: 'wrong' }), await send(app, 'x', {}, { 'x-upload-key': 'wrong' }),
        await send(app, 'x', { key: 'a key of its own' }), await send(app, 'x', {}, { 'x-upload-key': 'a key of its own' }), await app.fetch('/'),
      ].map(({ status }) => status);
      const page = await (await app.fetch('/', { headers: { accept: 'text/html' } })).text();
      await app.stop();
      expect(answers).toEqual([403, 403, 403, 201, 201, 200]);
      expect(page).toContain('<label for="key">');
      expect(controlsWithoutLabel(page)).toEqual([]);
    });

    test('its check passes, and leaves out what only AWS could answer', async () => {
      expect(await runCheck(application, [apps[0].url])).toMatchObject({ code: 0, failed: [], notAsked: [expect.stringMatching(/^port 80/), expect.stringMatching(/^the cert/)] });
    });

    test('fails: its check, where nothing answers', async () => {
      const { code, failed } = await runCheck(application, [`http://127.0.0.1:${await freePort()}`]);
      expect([code, failed]).toEqual([1, expect.arrayContaining(['a row survives in the database', 'every copy hands out the file'])]);
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

    test.each(['database.py', 'storage.py', 'answers.py', 'static/style.css'])('is made by the same %s in all applications', (file) => {
      expect(new Set(APPLICATIONS.map((each) => sourceOf(each.application, `app/${file}`))).size).toBe(1);
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

/** Fields of a form that no label names. */
function controlsWithoutLabel(page: string): string[] {
  return [...page.matchAll(/<input id="(\w+)"/g)].map(([, id]) => id).filter((id) => !page.includes(`<label for="${id}">`));
}

const browser = { accept: 'text/html' };

function notesTests(apps: RunningApp[]) {
  test('a browser goes on to the notes after writing one, and is told in words what was wrong', async () => {
    const text = '<script>alert(1)</script>';
    const written = await apps[0].post('/notes', { text }, browser, 'manual');
    expect([written.status, written.headers.get('location')]).toEqual([303, '/']);
    expect(await (await apps[1].fetch('/', { headers: browser })).text()).toContain('<li>&lt;script&gt;alert(1)&lt;/script&gt;</li>');
    const refused = await apps[0].post('/notes', { text: '' }, browser);
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('<p role="alert">400: text must have')]);
  });

  test('a browser finds the files that others sent', async () => {
    await apps[0].post('/files', { file: { name: 'a & b.txt', content: 'x' } });
    expect(await (await apps[1].fetch('/files', { headers: browser })).text()).toContain('<a href="/files/a__b.txt">a__b.txt</a>');
  });

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

  test('a book has an address of its own, and one that nobody added has none', async () => {
    const { id } = await bodyOf(apps[0].post('/books', book));
    expect(await bodyOf(apps[1].fetch(`/books/${id}`))).toMatchObject({ id, title: book.title });
    expect((await apps[1].fetch('/books/999999')).status).toBe(404);
  });

  test('a browser goes on to the books after adding one, and sees its cover, with a text in its place for who sees none', async () => {
    const added = await apps[0].post('/books', { ...book, title: '"A" <book>', cover: { name: 'a.webp', content: 'x' } }, browser, 'manual');
    expect([added.status, added.headers.get('location')]).toEqual([303, '/']);
    const page = await (await apps[1].fetch('/', { headers: browser })).text();
    expect(page).toMatch(/<img src="\/covers\/[\w-]+\.webp" alt="Cover of &#34;A&#34; &lt;book&gt;"/);
    expect(page).toContain('<td>12.50</td>');
  });

  test('covers of the same name stay apart, and the other copy hands them out', async () => {
    const covers = await Promise.all(['first', 'second'].map(async (content) => {
      const { id } = await bodyOf(apps[0].post('/books', { ...book, cover: { name: '../../evil.png', content } }));
      const response = await apps[1].fetch(`/covers/${(await shown(id)).cover}`);
      return [await response.text(), response.headers.get('content-type')];
    }));
    expect(covers).toEqual([['first', 'image/png'], ['second', 'image/png']]);
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

  test('the new volume, which belongs to root, is given to the user of the image before the application starts', () => {
    const { services } = parseYaml(sourceOf(application, 'compose.local.yaml'));
    const [, user] = /^USER (\S+)$/m.exec(sourceOf(application, 'Dockerfile')) ?? [];
    const [volume, directory] = services.app.volumes[0].split(':');
    expect(services.files).toEqual({ build: '.', user: '0:0', command: ['chown', user, directory], network_mode: 'none', volumes: [`${volume}:${directory}`] });
    expect(services.app.depends_on.files).toEqual({ condition: 'service_completed_successfully' });
  });

  test('every image has a full version', () => {
    const images = [...sourceOf(application, 'Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(images).toEqual([expect.stringMatching(/:\d+\.\d+\.\d+-/)]);
  });

  test('idle connections live longer than the 60 s of the load balancer', () => {
    expect(Number(/--keep-alive (\d+)/.exec(sourceOf(application, 'Dockerfile'))?.[1])).toBeGreaterThan(60);
  });

  test('every requirement is one version', () => {
    expect(sourceOf(application, 'requirements.txt').trim().split('\n').filter((line) => !/^[\w[\]-]+==[\d.]+$/.test(line))).toEqual([]);
  });

  test('the image runs as another user than root', () => expect(sourceOf(application, 'Dockerfile')).toMatch(/^USER 33:33$/m));
});
