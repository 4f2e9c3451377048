import { spawnSync } from 'child_process';
import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import { needing } from '../../needing';

const APPLICATIONS = join(__dirname, '..', '..', '..', 'examples', 'applications');

const files = readdirSync(APPLICATIONS).flatMap((name) => ['compose.yaml', 'compose.local.yaml']
  .map((file) => join(name, file)).filter((file) => existsSync(join(APPLICATIONS, file))));

test('every application but the lab\'s, which has no compose file, is looked at', () => {
  expect(new Set(files.map((file) => file.split('/')[0])).size).toBe(4);
});

needing('docker-compose').test.each(files)('docker-compose reads %s', (file) => {
  const { status, stderr } = spawnSync('docker-compose', ['-f', join(APPLICATIONS, file), 'config', '--quiet'], {
    env: { ...process.env, APP_IMAGE: 'registry.example/app:1' },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
