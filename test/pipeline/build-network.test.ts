import { Stack, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { defineBuildNetwork } from '../../src/pipeline/build-network';
import { DECLARED_PATH } from '../../src/private/declared-paths';

const declaredBy = (stack: Stack) => stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === DECLARED_PATH));

test('builds in a VPC declare that they call HTTPS addresses', () => {
  const stack = new Stack();
  defineBuildNetwork(stack, { vpc: new ec2.Vpc(stack, 'Vpc') });
  expect(declaredBy(stack).map(({ data }) => data)).toEqual([expect.objectContaining({ target: ['internet'], fromPort: 443, toPort: 443 })]);
});

test('builds in no VPC declare nothing', () => {
  const stack = new Stack();
  expect(defineBuildNetwork(stack, {})).toEqual({});
  expect(declaredBy(stack)).toEqual([]);
});
