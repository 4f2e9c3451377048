import { capacityOfLaunchType, isFargateProvider } from '../../../src/private/aws/capacity-providers';

test.each([['FARGATE', true], ['FARGATE_SPOT', true], ['fargate', false], ['Fleet', false]])('%s is a provider without instances: %p', (name, answer) => {
  expect(isFargateProvider(name)).toBe(answer);
});

test.each([['FARGATE', 'fargate'], ['EC2', 'ec2'], ['MANAGED_INSTANCES', 'managed-instances'], ['EXTERNAL', undefined], [undefined, undefined]])('launch type %p runs on %p', (launchType, kind) => {
  expect(capacityOfLaunchType(launchType)).toBe(kind);
});
