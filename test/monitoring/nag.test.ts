import { AwsSolutionsChecks } from 'cdk-nag';
import { RedeployOnSecretChange } from '../../src/monitoring/redeploy-on-secret-change';
import { FLAG_CONTEXTS } from '../fixtures';
import { findings } from '../nag-report';
import { onEc2, World } from './world';

test.each(FLAG_CONTEXTS)('monitoring and redeployment have no unexplained AwsSolutions finding: %s', (_flags, context) => {
  const found = findings((app) => {
    const world = new World({ capacity: onEc2() }, app);
    world.watched();
    new RedeployOnSecretChange(world.home, 'Redeploy', { service: world.webApp.service, secret: world.database.secret });
  }, (app) => [new AwsSolutionsChecks(app)], context);
  expect(found.filter(({ rule, path }) => rule.startsWith('AwsSolutions') && path.startsWith('Watch'))).toEqual([]);
});
