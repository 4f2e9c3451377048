import { readAnnotations } from '../../src/template/metadata';

test('warnings that constructs gave and ids that were acknowledged are read with their construct paths', () => {
  expect(readAnnotations({
    '/Shop/App': [
      { type: 'aws:cdk:warning', data: 'look again [ack: cdk-ha-ecs::Brick.reason]' },
      { type: 'aws:cdk:warning', data: 'a warning without an id' },
      { type: 'aws:cdk:logicalId', data: 'App' },
    ],
    '/Shop': [{ type: 'aws:cdk:acknowledged-rules', data: { 'cdk-ha-ecs::Other.reason': 'known' } }],
  })).toEqual([{ path: 'Shop/App', id: 'cdk-ha-ecs::Brick.reason' }, { path: 'Shop', id: 'cdk-ha-ecs::Other.reason' }]);
});
