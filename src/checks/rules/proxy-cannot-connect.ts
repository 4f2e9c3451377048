import type { Rule } from './rule';
import { isLockedOut } from '../../app-model/iam/keys';
import { Roles } from '../../app-model/iam/roles';
import { portsOf } from '../../app-model/named-hosts';
import type { NetworkModel } from '../../paths/judging/network-model';
import { isComplete } from '../../template/decided';
import { asList, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** A proxy is made and answers; that it cannot log in to its database is told to its clients, one by one. */
export const proxyCannotConnect: Rule = {
  id: 'proxy-cannot-connect',
  severity: 'error',
  says: 'An RDS proxy cannot log in to its database: it has no target, no way to it, or not its login.',
  change: 'Give it a target group with the database, a security group that the database lets in, and a role that may read '
    + 'the secret of that database.',
  leadsTo: 'Clients wait for a connection until they time out.',
  evaluate: (app) => app.model.ofType('AWS::RDS::DBProxy').flatMap((proxy) => {
    const databases = targetsOf(app, proxy);
    const saw = databases.length === 0 ? withoutTarget(app, proxy) : unreached(app, proxy, databases) ?? badLogin(app, proxy, databases);
    return saw === undefined ? [] : [{ at: proxy, related: databases, saw: `${nameOf(proxy)}: ${saw}` }];
  }),
};

function targetsOf({ model, pointers }: NetworkModel, proxy: Resource): Resource[] {
  return pointers.to(proxy, 'AWS::RDS::DBProxyTargetGroup', 'DBProxyName').flatMap((group) => ['DBInstanceIdentifiers', 'DBClusterIdentifiers']
    .flatMap((key) => asList(dig(group.properties, key))).flatMap((one) => model.pointee(group, one) ?? []));
}

function withoutTarget({ model, pointers }: NetworkModel, proxy: Resource): string | undefined {
  const groups = model.ofType('AWS::RDS::DBProxyTargetGroup');
  const named = pointers.to(proxy, 'AWS::RDS::DBProxyTargetGroup', 'DBProxyName').length > 0
    || groups.some((group) => model.pointee(group, dig(group.properties, 'DBProxyName')) === undefined);
  return named || !isComplete(model) || Mentions.of(model).isHandedOut(proxy) ? undefined : 'no target group gives it a database';
}

function unreached(app: NetworkModel, proxy: Resource, databases: readonly Resource[]): string | undefined {
  for (const database of databases) {
    const [port] = portsOf(app, { variable: '', target: database });
    if (port === undefined) continue;
    for (const source of app.endpointsOf(proxy)) {
      const [target] = app.endpointsOf(database);
      const way = target === undefined ? undefined : app.judge.onPort(source, target, port);
      if (way?.verdict === 'blocked') return `it cannot reach ${nameOf(database)} on port ${port}: ${way.missing!.text}`;
    }
  }
  return undefined;
}

function badLogin({ model }: NetworkModel, proxy: Resource, databases: readonly Resource[]): string | undefined {
  const role = model.pointee(proxy, dig(proxy.properties, 'RoleArn'));
  const attached = new Map(model.ofType('AWS::SecretsManager::SecretTargetAttachment').flatMap((one): Array<[Resource, Resource]> => {
    const [secret, database] = ['SecretId', 'TargetId'].map((key) => model.pointee(one, dig(one.properties, key)));
    return secret === undefined || database === undefined ? [] : [[secret, database], [one, database]];
  }));
  for (const secret of asList(dig(proxy.properties, 'Auth')).flatMap((auth) => model.pointee(proxy, dig(auth, 'SecretArn')) ?? [])) {
    const owner = attached.get(secret);
    // A login that belongs to no database of the app may be that of a user whom the application made.
    if (owner !== undefined && !databases.includes(owner) && asList(dig(proxy.properties, 'Auth')).length === 1) {
      return `${nameOf(secret)} is the login to ${nameOf(owner)}, and its target is ${databases.map(nameOf).join(', ')}`;
    }
    const real = secret.type === 'AWS::SecretsManager::SecretTargetAttachment' ? model.pointee(secret, dig(secret.properties, 'SecretId')) : secret;
    if (role?.type !== 'AWS::IAM::Role' || real === undefined) continue;
    const lacks = Roles.of(model).lacks(role, ['secretsmanager:GetSecretValue'], real);
    const key = model.pointee(real, dig(real.properties, 'KmsKeyId'));
    if (lacks.length > 0) return `${nameOf(role)} may not read ${nameOf(real)}`;
    if (key?.type === 'AWS::KMS::Key'
      && isLockedOut(model, role, key, ['kms:Decrypt'])) return `${nameOf(role)} may not use ${nameOf(key)}, with which ${nameOf(real)} is encrypted`;
  }
  return undefined;
}
