import { DATABASE_TYPES } from '../../../src/private/aws/database-types';

test('databases, their proxies and caches', () => {
  expect([...DATABASE_TYPES].sort()).toEqual([
    'AWS::DocDB::DBCluster', 'AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::ServerlessCache', 'AWS::MemoryDB::Cluster',
    'AWS::Neptune::DBCluster', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::RDS::DBProxy', 'AWS::Redshift::Cluster',
  ]);
});
