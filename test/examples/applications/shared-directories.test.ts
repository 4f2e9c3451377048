import { existsSync, readFileSync, readdirSync } from 'fs';
import { join, posix } from 'path';
import { UPLOADS } from '../../../examples/typescript/wordpress/site-parts';

const EXAMPLES = join(__dirname, '..', '..', '..', 'examples');

/** The directories that containers of our own images mount on ECS, by application. */
const MOUNTED: Record<string, string[]> = { 'wordpress': [UPLOADS], 'flask-shared-files': ['/srv/shared'] };

const isAt = (path: string, directory: string) => path === directory || path.startsWith(`${directory}/`);

/** Instructions of a Dockerfile that would leave `directory` in the image, owned by whoever they ran as: root, as none of ours changes the user before. */
function makersOf(application: string, directory: string): string[] {
  const folder = join(EXAMPLES, 'applications', application);
  const copiedInto = (source: string, target: string) => existsSync(join(folder, source, posix.relative(target, directory)));
  return readFileSync(join(folder, 'Dockerfile'), 'utf8').split('\n').filter((line) => {
    const [instruction, ...words] = line.replace(/ --\S+/g, '').split(/\s+/);
    const paths = words.map((word) => posix.normalize(word).replace(/\/$/, ''));
    if (['RUN', 'WORKDIR', 'VOLUME', 'COPY', 'ADD'].includes(instruction) && paths.some((path) => isAt(path, directory))) return true;
    const target = paths.at(-1)!;
    return instruction === 'COPY' && isAt(directory, target) && words.slice(0, -1).some((source) => copiedInto(source, target));
  });
}

// Docker gives a mounted directory the owner it has in the image, which EFS refuses (amazon-ecs-agent issue 4702): the task never starts on EC2.
test.each(Object.entries(MOUNTED).flatMap(([application, directories]) => directories.map((directory) => [application, directory])))(
  'the image of %s has no %s, which would belong to root',
  (application, directory) => {
    expect(makersOf(application, directory)).toEqual([]);
  },
);

test('a directory that an image makes is seen', () => {
  expect(makersOf('wordpress', '/usr/src/health')).toEqual(['COPY health/ /usr/src/health/']);
  expect(makersOf('ecs-lab', '/var/www/html/index.php')).toEqual(['COPY web/ /var/www/html/']);
});

test('every directory that an example mounts is looked at', () => {
  const folder = join(EXAMPLES, 'typescript');
  const programs = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.ts') && !name.includes('node_modules'));
  const mounted = programs.flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/containerPath: ('[^']+'|[\w.]+)/g)].map(([, path]) => path));
  // The official image of MariaDB has the last one, owned by its own user, who owns the files, too.
  expect([...new Set(mounted)].sort()).toEqual(["'/srv/shared'", 'MysqlEngine.MARIADB_11_4.dataDirectory', 'UPLOADS']);
});
