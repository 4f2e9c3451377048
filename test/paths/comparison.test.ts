import { NetworkPaths } from '../../src/paths/network-paths';
import { readAssembly } from '../../src/template/assembly-reader';
import { SHOP } from '../tool/templates';
import { folder } from '../tool/terminal';

const pathsOf = (template: string) => NetworkPaths._fromContent(readAssembly(folder({ 'shop.yaml': template })));

describe('NetworkPaths.compare', () => {
  test('finds nothing between equal states', () => {
    expect(pathsOf(SHOP).compare(pathsOf(SHOP))).toEqual({ opened: [], closed: [] });
  });

  test('finds what the other state opens and closes', () => {
    const moved = SHOP.replace('FromPort: 80, ToPort: 80', 'FromPort: 81, ToPort: 81');
    const path = { source: 'internet', target: 'shop/Web', verdict: 'reachable' };
    const [opened, closed] = [81, 80].map((port) => [{ ...path, fromPort: port, toPort: port }]);
    expect(pathsOf(SHOP).compare(pathsOf(moved))).toEqual({ opened, closed });
  });

  test('finds the ports around a span that was open before', () => {
    const wide = SHOP.replace('FromPort: 80, ToPort: 80', 'FromPort: 70, ToPort: 90');
    expect(pathsOf(SHOP).compare(pathsOf(wide)).opened.map(({ fromPort, toPort }) => [fromPort, toPort])).toEqual([[70, 79], [81, 90]]);
  });
});
