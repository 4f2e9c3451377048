import { join, resolve } from 'path';
import { originOf, readOrigins } from '../../src/template/origins';

const made = (...frames: string[]) => [{ type: 'aws:cdk:creationStack', data: frames }];
const OURS = resolve(__dirname, '..', '..', 'src', 'network', 'ha-network.ts');

describe('the line that made a construct', () => {
  test('is the first of the program, behind the CDK and this library', () => {
    const origins = readOrigins({ '/Shop/Vpc': made('...new Vpc in aws-cdk-lib...', `HaNetwork.make (${OURS}:3:1)`, 'new Shop (/home/me/shop/lib/shop.ts:12:5)', 'main (/home/me/shop/bin/app.ts:3:1)') });
    expect(origins.get('Shop/Vpc')).toBe('/home/me/shop/lib/shop.ts:12');
  });

  test('is not one of another package', () => {
    expect([...readOrigins({ '/Shop/Vpc': made(`f (${join('/home/me', 'node_modules', 'x', 'y.js')}:1:1)`) })]).toEqual([]);
  });

  test('of a construct that records none is that of its first part', () => {
    const origins = readOrigins({ '/Shop/App/Service/Resource': made('new Shop (/home/me/shop.ts:7:1)'), '/Shop': made('main (/home/me/app.ts:3:1)') });
    expect([origins.get('Shop/App'), origins.get('Shop')]).toEqual(['/home/me/shop.ts:7', '/home/me/app.ts:3']);
  });

  test('of a path that is not known is that of what is around it', () => {
    expect(originOf(new Map([['Shop/App', '/a.ts:1']]), 'Shop/App/Service/Resource')).toBe('/a.ts:1');
  });

  test('is none where nothing was recorded', () => {
    expect(originOf(readOrigins({ '/Shop': [{ type: 'aws:cdk:logicalId', data: 'Shop' }] }), 'Shop')).toBeUndefined();
  });
});
