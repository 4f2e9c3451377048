import type { Rule } from './rule';
import { mountedVolumes } from '../../app-model/compute/task-definitions';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { isOn, nameOf } from '../../template/values';

const STORES = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];

/** An update that replaces a resource deletes the old one as a removed stack does. */
export const dataDeletedWithStack: Rule = {
  id: 'data-deleted-with-stack',
  severity: 'warning',
  says: 'The data goes with the stack, or with an update that replaces the resource: nothing keeps a copy.',
  change: 'Set the removal policy RETAIN; a database may take SNAPSHOT or deletion protection instead.',
  evaluate: ({ model, taskDefinitions }) => {
    const mounted = new Set(taskDefinitions.flatMap((task) => mountedVolumes(task).map(({ fileSystem }) => fileSystem)));
    const databases = model.ofType(...STORES).filter((one) => policyOf(one) === 'Delete' && !isOn(dig(
      one.properties,
      'DeletionProtection',
    )) && !isMember(one));
    const files = model.ofType('AWS::EFS::FileSystem').filter((one) => mounted.has(one) && [undefined, 'Delete'].includes(policyOf(one)));
    const tables = model.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').filter((one) => policyOf(one) === 'Delete'
      && !isOn(dig(one.properties, 'DeletionProtectionEnabled')));
    return [...databases, ...files, ...tables]
      .map((at) => ({ at, saw: `${nameOf(at)} has deletion policy ${policyOf(at) ?? 'Delete, for it states none'}` }));
  },
};

/** Undefined where none is stated; another text where it is not known. */
function policyOf({ stack, logicalId }: Resource): string | undefined {
  const stated = dig(stack.template, 'Resources', logicalId, 'DeletionPolicy');
  return stated === undefined || typeof stated === 'string' ? stated : '(unknown)';
}

/** The data of an instance of a cluster is the cluster's. */
function isMember({ type, properties }: Resource): boolean {
  return type === 'AWS::RDS::DBInstance' && (dig(properties, 'DBClusterIdentifier') !== undefined || dig(
    properties,
    'SourceDBInstanceIdentifier',
  ) !== undefined);
}
