import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { FakeTarget, certificateIn, frontendIn, network } from './helpers';
import { FrontendAccess } from '../../src/frontend/frontend-access';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import { FrontendWebAcl } from '../../src/frontend/frontend-web-acl';
import type { SecureAlbFrontendProps } from '../../src/frontend/secure-alb-frontend-props';
import { FLAG_CONTEXTS } from '../fixtures';
import { findings } from '../nag-report';

type Choice = (stack: Stack) => Partial<SecureAlbFrontendProps>;

function frontendApp(app: App, region: string | undefined, choose: Choice): void {
  const stack = new Stack(app, 'Test', { env: { region } });
  const vpc = network(stack);
  frontendIn(stack, { ...choose(stack), vpc }).addTarget(stack, 'Target', { vpc, port: 80, targets: [new FakeTarget(stack, vpc)] });
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  test.each<[string, string | undefined, Choice]>([
    ['the default', 'eu-west-1', () => ({})],
    ['a stack without region', undefined, () => ({})],
    ['plain HTTP', 'eu-west-1', () => ({ domain: FrontendDomain.httpOnly('a test') })],
    ['CloudFront and a web ACL', 'eu-west-1', () => ({
      access: FrontendAccess.cloudFront({ prefixListId: 'pl-1' }), webAcl: FrontendWebAcl.managed(),
    })],
    ['a VPC origin', 'eu-west-1', () => ({ access: FrontendAccess.cloudFrontVpcOrigin({ prefixListId: 'pl-1' }) })],
    ['an external name, in the VPC only', 'eu-west-1', (stack) => ({
      domain: FrontendDomain.external('app.example.org', certificateIn(stack)), access: FrontendAccess.vpcOnly(),
    })],
  ])('AwsSolutions has nothing against %s', (_case, region, choose) => {
    const found = findings((app) => frontendApp(app, region, choose), (app) => [new AwsSolutionsChecks(app)], context);
    expect(found.filter(({ path }) => !path.startsWith('Test/Vpc/'))).toEqual([]);
  });
});
