import { toldStores } from '../../../src/app-model/compute/told-stores';
import { modelOf } from '../model';

function told(environment: Record<string, unknown>, type = 'AWS::RDS::DBInstance') {
  const app = modelOf({
    Store: { Type: type },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Name: 'web', Environment: Object.entries(environment).map(([Name, Value]) => ({ Name, Value })) }] },
    },
  });
  return toldStores(app.model, app.taskDefinitions[0].containers[0]);
}

const HOST = { 'Fn::GetAtt': ['Store', 'Endpoint.Address'] };
const url = (text: string) => ({ 'Fn::Sub': text.replace('HOST', '${Store.Endpoint.Address}') });

test.each<[string, Record<string, unknown>, object]>([
  ['the host alone', { DB_HOST: HOST }, { variable: 'DB_HOST', attribute: 'Endpoint.Address', value: 'x', scheme: undefined, port: undefined, database: undefined }],
  ['the host with a port', { DB_HOST: url('HOST:3307') }, { value: 'x:3307', port: 3307, scheme: undefined }],
  ['an address', { DB_URL: url('mysql://app@HOST:3307/shop?tls=1') }, { scheme: 'mysql', port: 3307, database: 'shop' }],
  ['an address in large letters', { DB_URL: url('MySQL://HOST/shop') }, { scheme: 'mysql', port: undefined, database: 'shop' }],
  ['an address of JDBC', { DB_URL: url('jdbc:mysql://HOST:3306/shop') }, { scheme: 'jdbc:mysql', port: 3306, database: 'shop' }],
  ['an address without a database', { DB_URL: url('mysql://HOST/') }, { scheme: 'mysql', database: undefined }],
  ['an address that ends with the host', { DB_URL: url('mysql://HOST') }, { scheme: 'mysql', database: undefined }],
  ['an address, with a name beside it', { DB_URL: url('mysql://HOST/shop'), DB_NAME: 'other' }, { database: 'shop' }],
  ['the port beside it', { DB_HOST: HOST, DB_PORT: '3307' }, { port: 3307 }],
  ['the port in it and beside it', { DB_HOST: url('HOST:3308'), DB_PORT: '3307' }, { port: 3308 }],
  ['a port beside it that is not known', { DB_HOST: HOST, DB_PORT: { Ref: 'Port' } }, { port: undefined }],
  ['a port beside it that is no number', { DB_HOST: HOST, DB_PORT: '33a' }, { port: undefined }],
  ['the port of another', { DB_HOST: HOST, CACHE_PORT: '3307' }, { port: undefined }],
  ['the name beside it', { DB_HOST: HOST, DB_NAME: 'shop' }, { database: 'shop' }],
  ['the database beside it', { DB_HOST: HOST, DB_DATABASE: 'shop' }, { database: 'shop' }],
  ['the short name beside it', { DB_HOST: HOST, DB_DBNAME: 'shop' }, { database: 'shop' }],
  ['the shortest name beside it', { MYSQL_HOST: HOST, MYSQL_DB: 'shop' }, { database: 'shop' }],
])('a container is told %s', (_what, environment, expected) => {
  expect(told(environment)).toEqual([expect.objectContaining({ store: expect.objectContaining({ logicalId: 'Store' }), ...expected })]);
});

test.each([
  ['AWS::RDS::DBCluster', 'ReadEndpoint.Address', 1], ['AWS::ElastiCache::ReplicationGroup', 'PrimaryEndPoint.Address', 1], ['AWS::RDS::DBProxy', 'Endpoint', 1],
  ['AWS::DocDB::DBCluster', 'Endpoint', 1], ['AWS::RDS::DBInstance', 'Endpoint.Port', 0], ['AWS::RDS::DBInstance', 'DBInstanceArn', 0], ['AWS::S3::Bucket', 'Endpoint', 0],
])('the %s with its %s: %d are told of', (type, attribute, count) => {
  expect(told({ DB_HOST: { 'Fn::GetAtt': ['Store', attribute] } }, type)).toHaveLength(count);
});

test('a reference is no address', () => {
  expect(told({ DB_HOST: { Ref: 'Store' } })).toEqual([]);
});
