import { Stack, aws_iam as iam } from 'aws-cdk-lib';
import { MANAGED, ofType, only } from './managed-fixture';
import { FLAG_CONTEXTS } from '../../fixtures';
import { dependencyCycle, referencesIn, resourcesOf } from '../../templates';

const IDENTITY = ['RDS', 'Aurora'] as const;

describe.each(FLAG_CONTEXTS)('%s', (_flags, context) => {
  describe.each(MANAGED)('proxy in front of %s', (name, define) => {
    const database = define({ proxy: {} }, context);
    const stack = Stack.of(database);
    const proxy = only(stack, 'AWS::RDS::DBProxy');
    const [proxyGroup] = ofType(stack, 'AWS::EC2::SecurityGroup').filter(([id]) => id.startsWith('DatabaseProxy'))[0];
    const [databaseGroup] = ofType(stack, 'AWS::EC2::SecurityGroup').filter(([id]) => id.startsWith('DatabaseSecurityGroup'))[0];

    test('the application connects to the proxy', () => {
      expect(stack.resolve(database.host)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^DatabaseProxy/), 'Endpoint'] });
      expect(database.connections.securityGroups.map((group) => stack.resolve(group.securityGroupId))).toEqual([{ 'Fn::GetAtt': [proxyGroup, 'GroupId'] }]);
    });

    test('the proxy, and it alone, reaches the database', () => {
      const ingress = ofType(stack, 'AWS::EC2::SecurityGroupIngress').map(([, rule]) => rule.Properties);
      expect(ingress).toEqual([expect.objectContaining({
        GroupId: { 'Fn::GetAtt': [databaseGroup, 'GroupId'] }, SourceSecurityGroupId: { 'Fn::GetAtt': [proxyGroup, 'GroupId'] }, FromPort: 3306, ToPort: 3306,
      })]);
      const egress = ofType(stack, 'AWS::EC2::SecurityGroupEgress').map(([, rule]) => rule.Properties);
      expect(egress).toEqual([expect.objectContaining({
        GroupId: { 'Fn::GetAtt': [proxyGroup, 'GroupId'] }, DestinationSecurityGroupId: { 'Fn::GetAtt': [databaseGroup, 'GroupId'] }, FromPort: 3306,
      })]);
    });

    test('clients must use TLS and log in with the method that clients still have', () => {
      expect(proxy.Properties).toMatchObject({ RequireTLS: true, DebugLogging: false, EngineFamily: 'MYSQL' });
      expect(proxy.Properties.Auth.map((auth: any) => auth.ClientPasswordAuthType)).toEqual(Array(2).fill('MYSQL_CACHING_SHA2_PASSWORD'));
    });

    test('it knows two users: the application, and the administrator that defines it', () => {
      expect(proxy.Properties.Auth.map((auth: any) => auth.SecretArn.Ref)).toEqual([
        expect.stringMatching(/^DatabaseSecretsAdministratorAttachment/), expect.stringMatching(/^DatabaseSecretsApplicationAttachment/),
      ]);
    });

    test('the application\'s secret leads to the proxy, with the password of the one the proxy knows', () => {
      const secret = only(stack, 'AWS::SecretsManager::Secret', 'DatabaseSecretsApplicationThroughProxy');
      expect(stack.resolve(database.secret.secretArn)).toEqual({ Ref: expect.stringMatching(/^DatabaseSecretsApplicationThroughProxy/) });
      const text = secret.Properties.SecretString['Fn::Join'][1].map((part: unknown) => typeof part === 'string' ? part : 'x').join('');
      expect(JSON.parse(text)).toEqual({
        engine: 'mysql', host: 'x', port: 3306, dbname: 'shop', username: 'app', password: '{{resolve:secretsmanager:x:SecretString:password::}}',
      });
    });

    test('it stands where the database stands, and logs for a month under its own name', () => {
      expect(proxy.Properties.VpcSubnetIds).toEqual(only(stack, 'AWS::RDS::DBSubnetGroup').Properties.SubnetIds);
      const logs = only(stack, 'AWS::Logs::LogGroup', 'DatabaseProxy').Properties;
      expect(logs.RetentionInDays).toBe(30);
      expect(logs.LogGroupName['Fn::Join'][1][0]).toBe(`/aws/rds/proxy/${proxy.Properties.DBProxyName['Fn::Join'][1][0]}`);
    });

    test('the pool fills when the servers are there and the proxy may reach them', () => {
      const targets = only(stack, 'AWS::RDS::DBProxyTargetGroup');
      const servers = ofType(stack, 'AWS::RDS::DBInstance').map(([id]) => id);
      const rules = [...ofType(stack, 'AWS::EC2::SecurityGroupIngress'), ...ofType(stack, 'AWS::EC2::SecurityGroupEgress')].map(([id]) => id);
      const policies = ofType(stack, 'AWS::IAM::Policy').map(([id]) => id);
      expect(targets.DependsOn).toEqual(expect.arrayContaining([...servers, ...rules, ...policies]));
      expect(referencesIn(targets.Properties)).toContain(ofType(stack, name === IDENTITY[0] ? 'AWS::RDS::DBInstance' : 'AWS::RDS::DBCluster')[0][0]);
    });

    test('the template has no cycle', () => expect(dependencyCycle(resourcesOf(stack))).toBeUndefined());
  });
});

describe.each(MANAGED)('%s', (_name, define) => {
  test('a proxy listens on 3306 whatever the port of the server', () => {
    const database = define({ proxy: {}, port: 3307 });
    expect(database.port).toBe(3306);
    expect(only(Stack.of(database), 'AWS::EC2::SecurityGroupIngress').Properties.FromPort).toBe(3307);
  });

  test('a role of the user\'s own leaves none to create for the proxy', () => {
    const role = iam.Role.fromRoleArn(new Stack(), 'Role', 'arn:aws:iam::111122223333:role/proxy', { mutable: false });
    const stack = Stack.of(define({ proxy: { role, maxConnectionsPercent: 50 } }));
    expect(only(stack, 'AWS::RDS::DBProxy').Properties.RoleArn).toMatch(/role\/proxy$/);
    expect(ofType(stack, 'AWS::IAM::Policy')).toEqual([]);
    expect(only(stack, 'AWS::RDS::DBProxyTargetGroup').Properties.ConnectionPoolConfigurationInfo.MaxConnectionsPercent).toBe(50);
  });
});
