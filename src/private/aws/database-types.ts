/** Types of databases, their proxies and caches: those whose addresses programs are told. */
export const DATABASE_TYPES: readonly string[] = [
  'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::DBProxy', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster', 'AWS::MemoryDB::Cluster',
  'AWS::Redshift::Cluster', 'AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ServerlessCache',
];
