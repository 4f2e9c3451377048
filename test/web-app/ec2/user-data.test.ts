import { execFileSync, spawnSync } from 'child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { aws_ecr as ecr, aws_ecs as ecs, aws_secretsmanager as secretsmanager, aws_ssm as ssm } from 'aws-cdk-lib';
import { fileIn, permissionsOf, userDataOf } from './user-data';
import { COMPOSE, appIn, world } from './world';
import type { World } from './world';
import { DatabaseEnvironment } from '../../../src/web-app/database-environment';
import { ComposeProxy } from '../../../src/web-app/ec2/compose-proxy';
import type { HaEc2WebAppProps } from '../../../src/web-app/ec2/ha-ec2-web-app-props';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';
import { needing } from '../../needing';

const START = '/opt/web-app/start';

type Choices = Partial<HaEc2WebAppProps> | ((place: World) => Partial<HaEc2WebAppProps>);

function scriptWith(props: Choices = {}, context: Record<string, unknown> = {}): string {
  const stack = testStack(context);
  const place = world(stack);
  appIn(place, typeof props === 'function' ? props(place) : props);
  return userDataOf(stack);
}

/** With everything that adds a line. */
function fullScript(context: Record<string, unknown> = {}): string {
  return scriptWith((place) => {
    const token = new secretsmanager.Secret(place.app, 'Token');
    const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(place.app, 'Key', { parameterName: '/shop/key' });
    return {
      compose: { repositories: [new ecr.Repository(place.app, 'One'), new ecr.Repository(place.app, 'Two')] },
      environment: { GREETING: 'it\'s "5" $HOME `date`' },
      secrets: { TOKEN: ecs.Secret.fromSecretsManager(token), KEY: ecs.Secret.fromSsmParameter(parameter) },
    };
  }, context);
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  const full = fullScript(context);
  const scripts: Array<[string, string]> = [
    ['with everything', full],
    ['alone', scriptWith({ frontend: undefined, database: undefined, sharedFiles: undefined }, context)],
    ['with a proxy of its own', scriptWith({
      composeText: 'services:\n  app:\n    image: app:1\n    ports: ["80:5000"]\n', compose: { proxy: ComposeProxy.own() },
    }, context)],
  ];

  test.each(scripts)('bash reads the user data %s', (_what, text) => {
    expect(spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    expect(spawnSync('bash', ['-n'], { input: fileIn(text, START), encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  needing('shellcheck').test.each(scripts)('shellcheck has nothing to say about the user data %s', (_what, text) => {
    for (const each of [text, fileIn(text, START)]) {
      expect(spawnSync('shellcheck', ['--shell=bash', '-'], { input: each, encoding: 'utf8' }).stdout).toBe('');
    }
  });

  test('no dynamic reference brings a secret into the user data', () => {
    expect(full).not.toMatch(/resolve:/);
  });
});

describe('what the user data does', () => {
  const script = fullScript();
  const start = fileIn(script, START);

  test('a failing command ends it, and its end is signalled with the result', () => {
    expect(script).toMatch(/^#!\/bin\/bash\nset -euo pipefail[^]*\nreport\(\) \{\n  local code=\$\?\n  \/opt\/aws\/bin\/cfn-signal --exit-code "\$code" --stack '<StackId>'/);
    expect(script).toMatch(/\ntrap report EXIT\n/);
  });

  test('the signal names the Auto Scaling group', () => {
    expect(script).toMatch(/--resource 'AppInstancesAutoScalingGroupASG\w+' --region 'eu-west-1'/);
  });

  test('packages, plugin, mount, settings, services and health follow each other in this order', () => {
    const steps = [
      'retry dnf install', 'sha256sum --check', '>>/etc/fstab', 'retry mount /mnt/shared', '/etc/docker/daemon.json', '/opt/web-app/compose.yaml',
      '/opt/web-app/start <<', 'systemctl restart docker.service', 'systemctl start --no-block web-app.service', 'until curl', '\nsleep 35',
    ].map((step) => script.indexOf(step));
    expect(steps).not.toContain(-1);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  test('docker, amazon-efs-utils, aws-cfn-bootstrap and the ECR helper are installed where they are missing', () => {
    expect([...script.matchAll(/^need \S+ (\S+)$/gm)].map(([, name]) => name)).toEqual([
      'docker', 'jq', 'awscli-2', 'aws-cfn-bootstrap', 'amazon-efs-utils', 'amazon-ecr-credential-helper',
    ]);
  });

  test('the compose plugin is of one version, checked against one checksum for each architecture', () => {
    expect(script).toContain("'https://github.com/docker/compose/releases/download/v5.0.1/docker-compose-linux-'\"$(uname -m)\"");
    expect(script).toMatch(/x86_64\) sum='[0-9a-f]{64}' ;;\n\s+aarch64\) sum='[0-9a-f]{64}' ;;/);
  });

  test('the files are mounted with TLS, IAM and the access point, after the network, and at every boot', () => {
    expect(script).toMatch(/echo '<UploadsFiles\w+>:\/ \/mnt\/shared efs _netdev,noresvport,tls,iam,accesspoint=<UploadsDirectory\w+> 0 0' >>\/etc\/fstab/);
  });

  test('docker and the application wait for the mount', () => {
    expect(fileIn(script, '/etc/systemd/system/docker.service.d/shared-files.conf')).toBe('[Unit]\nRequiresMountsFor=/mnt/shared\n');
    expect(fileIn(script, '/etc/systemd/system/web-app.service')).toMatch(/After=network-online.target docker.service\nRequires=docker.service\nRequiresMountsFor=\/mnt\/shared\n/);
  });

  needing('systemd-analyze').test('systemd finds nothing wrong with the unit', () => {
    const directory = mkdtempSync(join(tmpdir(), 'unit-'));
    const unit = fileIn(script, '/etc/systemd/system/web-app.service').replace('/opt/web-app/start', '/bin/true').replace('/usr/bin/docker', '/bin/true');
    writeFileSync(join(directory, 'web-app.service'), unit.replace(/docker\.service/g, 'basic.target'));
    const { error, stderr } = spawnSync('systemd-analyze', ['verify', join(directory, 'web-app.service')], { encoding: 'utf8' });
    expect(error).toBeUndefined();
    expect(stderr.split('\n').filter((line) => line.includes('web-app.service'))).toEqual([]);
  });

  test('all containers log to the log group, under their names', () => {
    expect(JSON.parse(fileIn(script, '/etc/docker/daemon.json'))).toEqual({
      'log-driver': 'awslogs',
      'log-opts': {
        'awslogs-region': 'eu-west-1', 'awslogs-group': expect.stringMatching(/^<AppLogGroup/), 'tag': '{{.Name}}/{{.ID}}', 'mode': 'non-blocking', 'max-buffer-size': '4m',
      },
    });
  });

  test('images of ECR are pulled with a helper that stores no password, one entry for each registry', () => {
    expect(JSON.parse(fileIn(script, '/root/.docker/config.json'))).toEqual({ credHelpers: { '<AccountId>.dkr.ecr.eu-west-1.<URLSuffix>': 'ecr-login' } });
    expect(script.match(/ecr-login"/g)).toHaveLength(1);
  });

  test('the compose file arrives word for word', () => {
    const composeText = "services:\n  app:\n    image: app:1\n    command: [\"sh\", \"-c\", \"echo $${HOME} `date` 'a' \\\\n\"]\n";
    expect(fileIn(scriptWith({ composeText }), '/opt/web-app/compose.yaml')).toBe(composeText);
  });

  test('the compose file is read from its path', () => {
    const composeFile = join(mkdtempSync(join(tmpdir(), 'compose-')), 'compose.yaml');
    writeFileSync(composeFile, COMPOSE);
    expect(fileIn(scriptWith({ composeFile }), '/opt/web-app/compose.yaml')).toBe(COMPOSE);
  });

  test('the address of a repository in the compose text is filled in by the deployment', () => {
    const script2 = scriptWith(({ app }) => ({ composeText: `services:\n  app:\n    image: ${new ecr.Repository(app, 'Images').repositoryUriForTag('1.4.2')}\n` }));
    expect(fileIn(script2, '/opt/web-app/compose.yaml')).toMatch(/image: .*<URLSuffix>\/<Images\w+>:1\.4\.2\n$/);
  });

  test('the variables go to the application alone, word for word', () => {
    expect(fileIn(script, '/opt/web-app/override.yaml')).toMatch(/ {2}app:\n {4}restart: unless-stopped\n {4}env_file:\n {6}- path: \/run\/web-app\/app\.env\n {8}format: raw\n/);
  });

  test('NGINX is a container of its own that publishes port 80', () => {
    expect(fileIn(script, '/opt/web-app/override.yaml')).toMatch(/ {2}web-proxy:\n {4}image: public\.ecr\.aws\/docker\/library\/nginx:1\.28-alpine\n(.*\n)*.*ports: \["80:80"\]\n/);
  });

  test('with a proxy of its own nothing is added to the compose file', () => {
    const own = scriptWith({ composeText: 'services:\n  app:\n    image: app:1\n    ports: ["80:5000"]\n', compose: { proxy: ComposeProxy.own() } });
    expect(own).not.toMatch(/nginx|web-proxy/);
  });

  test('another plugin, service, port, directory and health check path are taken over', () => {
    const other = scriptWith({
      composeText: 'services:\n  web:\n    image: web:1\n',
      healthCheckPath: '/up',
      compose: {
        service: 'web',
        port: 5000,
        sharedFilesDirectory: '/mnt/efs',
        databaseEnvironment: DatabaseEnvironment.laravel(),
        plugin: { version: '2.38.2', sha256X86: 'a'.repeat(64), sha256Arm: 'b'.repeat(64), releaseUrl: 'https://files.example.com/compose' },
      },
      instances: { port: 8080 },
    });
    expect(other).toContain("'https://files.example.com/compose/docker-compose-linux-'");
    expect(other).toContain('set $app http://web:5000;');
    expect(other).toContain('location = /up {');
    expect(other).toContain("'http://127.0.0.1:8080/up'");
    expect(other).toContain('ports: ["8080:80"]');
    expect(other).toContain('retry mount /mnt/efs\n');
    expect(other).toContain("variable DB_DATABASE 'shop'");
  });

  test('a health check that takes longer is waited for longer', () => {
    expect(scriptWith(({ frontend }) => ({ frontend, routing: { healthCheck: { healthyThresholdCount: 5 } } }))).toMatch(/\nsleep 80\n?$/);
  });

  test('without a frontend nobody has to be waited for', () => {
    expect(scriptWith({ frontend: undefined })).toMatch(/ {2}sleep 5\ndone\nretry tell_group CONTINUE\n?$/);
  });

  test('the secrets are named in the start script, by ARN and field', () => {
    expect(start).toMatch(/value=\$\(secret '<DatabaseSecret\w+>:password::'\)\nvariable DB_PASSWORD "\$value"/);
    expect(start).toMatch(/value=\$\(secret '<Token\w+>'\)\nvariable TOKEN "\$value"/);
    expect(start).toMatch(/value=\$\(secret 'arn:<Partition>:ssm:eu-west-1:<AccountId>:parameter\/shop\/key'\)\nvariable KEY "\$value"/);
  });
});

describe('the start script, run with stand-ins for aws and docker', () => {
  const root = mkdtempSync(join(tmpdir(), 'instance-'));
  const log = join(root, 'log');
  const shims: Record<string, string> = {
    aws: `echo "aws $*" >>${log}
case "$*" in
  *ssm*) echo 'a key $HOME' ;;
  *Token*) echo 'plain "token"' ;;
  *Broken*) exit 255 ;;
  *) echo '{"username":"app","password":"p$ss '"'"'quoted'"'"'"}' ;;
esac`,
    docker: `echo "docker $*" >>${log}
echo "$DB_PASSWORD" >${root}/exported`,
  };
  mkdirSync(join(root, 'bin'));
  mkdirSync(join(root, 'opt', 'web-app'), { recursive: true });
  mkdirSync(join(root, 'run'));
  for (const [name, body] of Object.entries(shims)) {
    writeFileSync(join(root, 'bin', name), `#!/bin/bash\n${body}\n`);
    chmodSync(join(root, 'bin', name), 0o755);
  }
  const local = (text: string) => text.replace(/\/(run|opt)\/web-app/g, `${root}/$1/web-app`)
    .replace(/<(\w*(?:Secret|Token))\w*>/g, 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:$1');
  const run = (text: string) => spawnSync('bash', ['-s'], {
    input: local(text), encoding: 'utf8', env: { PATH: `${join(root, 'bin')}:${process.env.PATH}`, HOME: root, DB_PASSWORD: '' },
  });
  const result = run(fileIn(fullScript(), START));
  const read = (name: string) => readFileSync(join(root, name), 'utf8');

  test('it ends well', () => {
    expect(result).toMatchObject({ status: 0, stderr: '' });
  });

  test('the variables are in a file that only root can read, word for word', () => {
    expect(read('run/web-app/app.env').split('\n')).toEqual([
      'DB_HOST=database.internal', 'DB_PORT=3306', 'DB_NAME=shop', 'GREETING=it\'s "5" $HOME `date`',
      'DB_USER=app', 'DB_PASSWORD=p$ss \'quoted\'', 'TOKEN=plain "token"', 'KEY=a key $HOME', '',
    ]);
    expect(permissionsOf(join(root, 'run/web-app/app.env'))).toBe('600');
    expect(permissionsOf(join(root, 'run/web-app'))).toBe('700');
  });

  test('the compose file can use the variables', () => {
    expect(read('exported')).toBe("p$ss 'quoted'\n");
  });

  test('a secret is asked for by its ARN without the field', () => {
    expect(read('log')).toMatch(/--secret-id arn:aws:secretsmanager:eu-west-1:111111111111:secret:DatabaseSecret --query SecretString/);
  });

  test('stage and version of a secret are asked for', () => {
    const text = scriptWith(({ app }) => ({
      secrets: { OLD: ecs.Secret.fromSecretsManagerVersion(new secretsmanager.Secret(app, 'Versioned'), { versionStage: 'AWSPREVIOUS' }, 'password') },
    }));
    run(fileIn(text, START).replace(/<Versioned\w+>/, 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:Versioned'));
    expect(read('log')).toContain('--secret-id arn:aws:secretsmanager:eu-west-1:111111111111:secret:Versioned --version-stage AWSPREVIOUS --query');
  });

  test.each([
    ['a secret that cannot be read', (text: string) => text.replace(/<DatabaseSecret\w+>:username/, 'arn:aws:secretsmanager:eu-west-1:1:secret:Broken:username')],
    ['a whole secret that cannot be read', (text: string) => text.replace(/<Token\w+>/, 'arn:aws:secretsmanager:eu-west-1:1:secret:Broken')],
    ['a field that a secret has not', (text: string) => text.replace(/:username::/, ':nobody::')],
  ])('fails on %s, before any container starts', (_what, change) => {
    writeFileSync(log, '');
    expect(run(change(fileIn(fullScript(), START))).status).not.toBe(0);
    expect(read('log')).not.toContain('docker compose');
  });
});

describe('the NGINX configuration', () => {
  const configuration = fileIn(scriptWith({ compose: { port: 5000 } }), '/opt/web-app/nginx.conf');

  test('the visitor\'s address is the one the load balancer saw, and its protocol is passed on', () => {
    expect(configuration).toContain('real_ip_header X-Forwarded-For;');
    expect(configuration).not.toContain('real_ip_recursive on');
    expect(configuration).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(configuration).toContain('proxy_set_header X-Forwarded-Proto $visitor_proto;');
  });

  test('health checks are passed to the application, with a short wait, and are not logged', () => {
    expect(configuration).toMatch(/location = \/health \{\n {4}access_log off;\n {4}proxy_connect_timeout 2s;\n {4}proxy_read_timeout 4s;/);
  });

  test('the largest upload can be chosen', () => {
    const text = scriptWith({ compose: { proxy: ComposeProxy.nginx({ maxBodyMiB: 512 }) } });
    expect(fileIn(text, '/opt/web-app/nginx.conf')).toContain('client_max_body_size 512m;');
  });

  test('a configuration of one\'s own is taken word for word', () => {
    const own = 'server { listen 80; location / { return 200 "$host"; } }';
    expect(fileIn(scriptWith({ compose: { proxy: ComposeProxy.nginx({ configuration: own }) } }), '/opt/web-app/nginx.conf')).toBe(`${own}\n`);
  });

  needing('nginx').test('NGINX accepts it', () => {
    const directory = mkdtempSync(join(tmpdir(), 'nginx-'));
    writeFileSync(join(directory, 'app.conf'), configuration.replace('listen 80', 'listen 127.0.0.1:18080'));
    writeFileSync(join(directory, 'nginx.conf'), `pid ${directory}/pid;\nerror_log stderr;\nevents {}\nhttp { access_log off; include ${directory}/app.conf; }\n`);
    expect(() => execFileSync('nginx', ['-t', '-p', directory, '-c', join(directory, 'nginx.conf')], { stdio: 'pipe' })).not.toThrow();
  });
});
