import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EXAMPLES } from './readmes/examples';
import { FORMS } from '../../tools/rehearsal/forms';
import type { TemplateResource } from '../templates';

/** The forms that between them make every kind of resource that some form makes. */
const TRIED = FORMS.filter(({ example, name }) => [
  'ecs-lab the lab', 'ecs-autoscaling EC2', 'wordpress two services, Fargate', 'wordpress one task, EC2 bridge', 'flask-shared-files instances',
  'flask-shared-files ECS', 'bookstore instances',
].includes(`${example} ${name}`)).map((form) => ({ ...form, title: `${form.example}, ${form.name}` }));

/** What holds something that a person may miss: data, or what opens, explains or runs it. */
const HOLDERS = [
  'AWS::S3::Bucket', 'AWS::ECR::Repository', 'AWS::Logs::LogGroup', 'AWS::EFS::FileSystem', 'AWS::SecretsManager::Secret',
  'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster',
];

interface Named extends TemplateResource { readonly title: string }

function resources(form: typeof TRIED[number], removalPolicy?: string): Named[] {
  const app = new App({ context: { ...form.context, ...(removalPolicy === undefined ? {} : { removalPolicy }) } });
  EXAMPLES[form.example].build(app);
  return app.node.children.filter(Stack.isStack).flatMap((stack) => {
    const template: Record<string, TemplateResource> = Template.fromStack(stack).toJSON().Resources;
    return Object.entries(template).map(([id, resource]) => ({ ...resource, title: `${stack.stackName}/${id}` }));
  });
}

const staysAs = ({ DeletionPolicy }: TemplateResource) => DeletionPolicy ?? 'Delete';
const stays = (resource: TemplateResource) => staysAs(resource).startsWith('Retain');
const titled = (of: Named[]) => of.map((each) => `${each.title}: ${staysAs(each)}`);

/** What keeps a stack from going, although nothing in it is to be kept. */
function protections({ Type, Properties = {}, title }: Named): string[] {
  const on: Record<string, boolean> = {
    'deletion protection': Properties.DeletionProtection === true
      || (Properties.LoadBalancerAttributes ?? []).some(({ Key, Value }: any) => Key === 'deletion_protection.enabled' && Value !== 'false'),
    'instances protected from scale-in': Properties.NewInstancesProtectedFromScaleIn === true
      || Properties.AutoScalingGroupProvider?.ManagedTerminationProtection === 'ENABLED',
    'instances wait for their tasks': Type === 'AWS::ECS::CapacityProvider' && Properties.AutoScalingGroupProvider?.ManagedDraining !== 'DISABLED',
    'a hook that holds instances': Type === 'AWS::AutoScaling::LifecycleHook',
    'a lock on its backups': Properties.LockConfiguration !== undefined,
  };
  return Object.entries(on).filter(([, is]) => is).map(([name]) => `${title}: ${name}`);
}

/** Buckets and repositories that CloudFormation would find full. */
function full(all: Named[]): string[] {
  const emptied = JSON.stringify(all.filter(({ Type }) => Type === 'Custom::S3AutoDeleteObjects').map(({ Properties }) => Properties.BucketName));
  return all.filter((each) => !stays(each)).filter(({ Type, Properties, title }) => (
    (Type === 'AWS::S3::Bucket' && !emptied.includes(`"${title.split('/')[1]}"`)) || (Type === 'AWS::ECR::Repository' && Properties.EmptyOnDelete !== true)
  )).map(({ title }) => title);
}

describe.each(TRIED)('$title', (form) => {
  describe('with removalPolicy=retain, the default', () => {
    const all = resources(form, 'retain');

    test('is what comes without the setting', () => {
      expect(resources(form)).toEqual(all);
    });

    test('keeps all that a person may miss', () => {
      expect(titled(all.filter(({ Type }) => HOLDERS.includes(Type)).filter((each) => !stays(each)))).toEqual([]);
    });

    test('lets nobody delete load balancers and databases', () => {
      const guarded = all.filter(({ Type }) => ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'].includes(Type))
        .filter(({ Properties }) => Properties.DBClusterIdentifier === undefined);
      expect(guarded.flatMap(protections)).toEqual(guarded.map(({ title }) => `${title}: deletion protection`));
    });
  });

  describe('with removalPolicy=snapshot', () => {
    const all = resources(form, 'snapshot');
    const ofType = (...types: string[]) => all.filter(({ Type }) => types.includes(Type));

    test('takes a last snapshot of each database', () => {
      const databases = ofType('AWS::RDS::DBInstance', 'AWS::RDS::DBCluster').filter(({ Properties }) => Properties.DBClusterIdentifier === undefined);
      expect(titled(databases)).toEqual(databases.map(({ title }) => `${title}: Snapshot`));
    });

    test('keeps each file system, of which CloudFormation takes no snapshot', () => {
      expect(titled(ofType('AWS::EFS::FileSystem').filter((each) => !stays(each)))).toEqual([]);
    });

    test('keeps the passwords of the data', () => {
      const ofData = ofType('AWS::SecretsManager::Secret').filter(({ title }) => !title.includes('/UploadKey'));
      expect(titled(ofData.filter((each) => !stays(each)))).toEqual([]);
    });

    test('keeps nothing else but the logs of the database', () => {
      const others = all.filter(({ Type }) => !['AWS::EFS::FileSystem', 'AWS::EFS::AccessPoint', 'AWS::SecretsManager::Secret'].includes(Type)).filter(stays);
      expect(others.filter(({ Type, title }) => Type !== 'AWS::Logs::LogGroup' || !title.includes('/Database')).map(({ title }) => title)).toEqual([]);
    });

    test('leaves no protection on', () => {
      expect(all.flatMap(protections)).toEqual([]);
    });

    test('leaves no bucket and no repository that CloudFormation would find full', () => {
      expect(full(all)).toEqual([]);
    });
  });

  describe('with removalPolicy=destroy', () => {
    const all = resources(form, 'destroy');

    test('keeps nothing', () => {
      expect(titled(all.filter((each) => staysAs(each) !== 'Delete'))).toEqual([]);
    });

    test('leaves no protection on', () => {
      expect(all.flatMap(protections)).toEqual([]);
    });

    test('leaves no bucket and no repository that CloudFormation would find full', () => {
      expect(full(all)).toEqual([]);
    });

    test('lets the automatic backups of its databases go with them', () => {
      const databases = all.filter(({ Type }) => ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'].includes(Type))
        .filter(({ Properties }) => Properties.DBClusterIdentifier === undefined);
      expect(databases.filter(({ Properties }) => Properties.DeleteAutomatedBackups !== true).map(({ title }) => title)).toEqual([]);
    });
  });

  test('knows no fourth way', () => {
    expect(() => resources(form, 'keep')).toThrow("removalPolicy is 'keep', but must be retain, snapshot or destroy: deploy with -c removalPolicy=retain");
  });
});

test('nothing that holds something is of a kind that this test does not know', () => {
  const all = TRIED.flatMap((form) => resources(form));
  const kinds = new Set(all.filter(stays).map(({ Type }) => Type));
  expect([...kinds].filter((kind) => !HOLDERS.includes(kind)).sort()).toEqual([
    'AWS::EC2::SecurityGroup', 'AWS::EFS::AccessPoint', 'AWS::KMS::Key', 'AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBParameterGroup', 'AWS::RDS::DBSubnetGroup',
  ]);
});
