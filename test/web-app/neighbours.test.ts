import { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import { SecureAlbFrontend } from '../../src/frontend/secure-alb-frontend';
import { SharedFileSystem } from '../../src/storage/shared-file-system';
import { HaEc2WebApp } from '../../src/web-app/ec2/ha-ec2-web-app';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';
import { testStack } from '../fixtures';

const image = ecs.ContainerImage.fromRegistry('example/web:1');
const composeText = 'services:\n  app:\n    image: public.ecr.aws/example/flask:1.4.2\n';

function place() {
  const stack = testStack();
  const [vpc, other] = ['Own', 'Other'].map((id) => new ec2.Vpc(stack, id, { maxAzs: 2, restrictDefaultSecurityGroup: false }));
  const frontendIn = (where: ec2.IVpc) => new SecureAlbFrontend(stack, 'Frontend', { vpc: where, domain: FrontendDomain.httpOnly('a test') });
  const filesIn = (where: ec2.IVpc) => new SharedFileSystem(stack, 'Files', { vpc: where });
  return { stack, vpc, other, frontendIn, filesIn };
}

describe('fails for neighbours in another VPC, which no rule of a security group reaches:', () => {
  test('the frontend of an ECS application', () => {
    const { stack, vpc, other, frontendIn } = place();
    expect(() => new HaEcsWebApp(stack, 'App', { cluster: new HaEcsCluster(stack, 'Cluster', { vpc }), image, frontend: frontendIn(other) }))
      .toThrow(/^Test\/App: frontend is in the VPC Test\/Other, and this in Test\/Own, but must be both in one VPC/);
  });

  test('the files of an ECS application', () => {
    const { stack, vpc, other, filesIn } = place();
    const sharedFiles = [{ files: filesIn(other), containerPath: '/files' }];
    expect(() => new HaEcsWebApp(stack, 'App', { cluster: new HaEcsCluster(stack, 'Cluster', { vpc }), image, sharedFiles })).toThrow(/sharedFiles is in the VPC Test\/Other/);
  });

  test('the files of a sidecar', () => {
    const { stack, vpc, other, filesIn } = place();
    const app = new HaEcsWebApp(stack, 'App', { cluster: new HaEcsCluster(stack, 'Cluster', { vpc }), image });
    expect(() => app.addSidecar('nginx', { image, waitUntilHealthy: false, files: [{ files: filesIn(other), containerPath: '/files' }] }))
      .toThrow(/sharedFiles is in the VPC Test\/Other/);
  });

  test('the frontend and the files of an application on instances', () => {
    const { stack, vpc, other, frontendIn, filesIn } = place();
    const frontend = frontendIn(other);
    expect(() => new HaEc2WebApp(stack, 'App', { vpc, composeText, frontend })).toThrow(/frontend is in the VPC Test\/Other/);
    expect(() => new HaEc2WebApp(stack, 'Second', { vpc, composeText, sharedFiles: filesIn(other) })).toThrow(/sharedFiles is in the VPC Test\/Other/);
  });

  test('an existing cluster', () => {
    const { stack, vpc, other } = place();
    const existingCluster = new ecs.Cluster(stack, 'Existing', { vpc: other });
    expect(() => new HaEcsCluster(stack, 'Cluster', { vpc, existingCluster })).toThrow(/existingCluster is in the VPC Test\/Other/);
  });

  test('two VPCs by their ids', () => {
    const { stack } = place();
    const imported = (id: string) => ec2.Vpc.fromVpcAttributes(stack, id, {
      vpcId: id, availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'], privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
    });
    const existingCluster = new ecs.Cluster(stack, 'Existing', { vpc: imported('vpc-2') });
    expect(() => new HaEcsCluster(stack, 'Cluster', { vpc: imported('vpc-1'), existingCluster })).toThrow(/in the VPC vpc-2, and this in vpc-1/);
  });
});

describe('passes', () => {
  test('all in one VPC', () => {
    const { stack, vpc, frontendIn, filesIn } = place();
    const sharedFiles = [{ files: filesIn(vpc), containerPath: '/files' }];
    const cluster = new HaEcsCluster(stack, 'Cluster', { vpc });
    expect(() => new HaEcsWebApp(stack, 'App', { cluster, image, frontend: frontendIn(vpc), sharedFiles })).not.toThrow();
  });

  test('an import by an id that only the deployment knows, which may be the same', () => {
    const { stack, vpc } = place();
    const same = ec2.Vpc.fromVpcAttributes(stack, 'Same', {
      vpcId: vpc.vpcId, availabilityZones: vpc.availabilityZones, privateSubnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId),
    });
    const existingCluster = new ecs.Cluster(stack, 'Existing', { vpc: same });
    expect(() => new HaEcsCluster(stack, 'Cluster', { vpc, existingCluster })).not.toThrow();
  });
});
