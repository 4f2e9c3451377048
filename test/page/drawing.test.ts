import { HOSTILE, crowdOf, drawingOf, hostileTemplate, manyBlocks, manyServers } from './drawings';
import { bare } from '../../src/page/describe';
import type { DrawnNode, Drawing } from '../../src/page/drawing';
import { foldBlocks } from '../../src/page/fold-blocks';
import { foldCrowd } from '../../src/page/fold-crowd';
import { writeHtml } from '../../src/page/html';
import { layOut } from '../../src/page/layout';
import { writeMermaid } from '../../src/page/mermaid';
import { writeSvg } from '../../src/page/svg';
import { SHOP } from '../tool/templates';

const shop = drawingOf(SHOP);
const named = (name: string) => shop.nodes.find((node) => node.name === name)!;

describe('what is drawn', () => {
  test('is every thing with a network interface, with lane, VPC, zones and ports', () => {
    expect(named('shop/Database')).toEqual(expect.objectContaining({ kind: 'RDS instance', lane: 'data', vpc: 'shop/Vpc', zones: ['zone 1', 'zone 2'], ports: [3306], replicas: 'with a standby' }));
  });

  test('is every open connection, with why and with its rules', () => {
    const edge = shop.edges.find(({ from, to }) => from === named('shop/Web').id && to === named('shop/Database').id)!;
    expect([edge.kind, edge.label, edge.rules.map(({ path }) => path)]).toEqual(['open', '3306', ['shop/WebGroup', 'shop/WebGroup', 'shop/DataGroup']]);
  });

  test('is the internet twice: where requests come from, and where calls go to', () => {
    expect(shop.nodes.filter(({ kind }) => kind === 'internet').map(({ lane }) => lane)).toEqual(['clients', 'out']);
  });

  test('is what a lost zone does to each thing', () => {
    expect(named('shop/Database').losses.map(({ zone, outcome }) => [zone, outcome])).toEqual([['zone 1', 'survives'], ['zone 2', 'survives']]);
  });

  test.each([
    ['AWS::SQS::Queue', 'SQS Queue'], ['AWS::NewService::Thing', 'NewService Thing'], ['MongoDB::Atlas::Cluster', 'MongoDB Atlas Cluster'], ['Custom::Widget', 'Custom Widget'],
  ])('is a resource of the type %s as such', (type, kind) => {
    expect(drawingOf({ Resources: { One: { Type: type } } }).nodes.map((node) => [node.name, node.kind])).toEqual([['shop/One', kind]]);
  });

  test('is told of what is folded into other things', () => {
    expect(drawingOf({ Resources: { Role: { Type: 'AWS::IAM::Role' }, Other: { Type: 'AWS::IAM::Role' } } }).folded).toEqual([['AWS::IAM::Role', 2]]);
  });

  test('leads from a name over a distribution and its origin to the load balancer', () => {
    const drawing = drawingOf({
      Resources: {
        Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} },
        Site: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'shop.example.com.', AliasTarget: { DNSName: { 'Fn::GetAtt': ['Cdn', 'DomainName'] } } } },
        Origin: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'origin.example.com.', AliasTarget: { DNSName: { 'Fn::GetAtt': ['Balancer', 'DNSName'] } } } },
        Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Origins: [{ DomainName: 'origin.example.com' }], Logging: { Bucket: { 'Fn::GetAtt': ['Logs', 'DomainName'] } } } } },
        Logs: { Type: 'AWS::S3::Bucket' },
      },
    });
    const name = (id: string) => drawing.nodes.find((node) => node.id === id)!.name;
    expect(drawing.edges.filter(({ kind }) => kind === 'reference').map(({ from, to }) => `${name(from)} -> ${name(to)}`).sort()).toEqual([
      'internet -> shop/Cdn', 'origin.example.com -> shop/Balancer', 'shop.example.com -> shop/Cdn', 'shop/Cdn -> origin.example.com',
    ]);
  });
});

describe('a drawing with more lines than anybody can follow', () => {
  const crowd = foldBlocks(drawingOf(manyBlocks(60, 20)));
  const folded = crowd.nodes.filter(({ kind }) => kind === 'drawn as one');

  test('shows the blocks of addresses as one thing', () => {
    expect(folded.map(({ name, lane }) => [name, lane])).toEqual([['20 address blocks', 'clients']]);
  });

  test('has one line for what is open and one for what is not decided from them to each thing, with some of its ports', () => {
    const [{ id }] = folded;
    expect(crowd.edges.filter(({ from }) => from === id).map(({ label }) => label).sort()).toEqual([
      ...Array(60).fill('1000'), ...Array(60).fill('1001 ?, 1002 ?, 1003 ? and 16 more'),
    ]);
  });

  test('keeps every rule of the lines that it draws as one', () => {
    const [{ id }] = folded;
    expect(crowd.edges.find(({ from, kind }) => from === id && kind === 'undecided')!.rules).toHaveLength(19);
  });

  test.each([['html', writeHtml], ['svg', writeSvg], ['mermaid', writeMermaid]])('is that one in %s', (_format, write) => {
    expect(write(drawingOf(manyBlocks(60, 20)))).toContain('20 address blocks');
  });

  test('below that number shows each block', () => {
    expect(foldBlocks(drawingOf(manyBlocks(10, 20))).nodes.filter(({ kind }) => kind === 'addresses')).toHaveLength(20);
  });
});

describe('a crowd of servers that all reach each other', () => {
  const whole = drawingOf(crowdOf(4, 20));
  const crowd = foldCrowd(whole);
  const [first] = crowd.nodes.filter(({ members }) => members !== undefined);

  test('is drawn as one thing for each group and zone', () => {
    expect([whole.edges.length > 1000, crowd.nodes.map(({ name, zones }) => [name, zones[0]])]).toEqual([true, [
      ['shop/Server0 and 19 more', 'eu-west-1a'], ['shop/Server1 and 19 more', 'eu-west-1b'],
      ['shop/Server2 and 19 more', 'eu-west-1a'], ['shop/Server3 and 19 more', 'eu-west-1b'],
    ]]);
  });

  test('has one line for what the members of two of them have open', () => {
    const name = (id: string) => crowd.nodes.find((node) => node.id === id)!.name.split(' ')[0];
    expect(crowd.edges.map(({ from, to, label }) => `${name(from)} -> ${name(to)} on ${label}`).sort()).toEqual([0, 1, 2, 3].flatMap((group) => [
      `shop/Server${group} -> shop/Server${(group + 3) % 4} on 8080`, `shop/Server${group} -> shop/Server${group} on 8080`,
    ]).sort());
  });

  test('names every member', () => {
    expect(crowd.nodes.flatMap(({ members }) => members ?? []).sort()).toEqual(whole.nodes.map(({ name }) => name).sort());
  });

  test('keeps the rules of its lines', () => {
    expect(new Set(crowd.edges.flatMap(({ rules }) => rules).map(({ path, text }) => `${path} ${text}`)))
      .toEqual(new Set(whole.edges.flatMap(({ rules }) => rules).map(({ path, text }) => `${path} ${text}`)));
  });

  test('shows the finding of a member at what stands for it', () => {
    const member = whole.nodes.find(({ name }) => name === 'shop/Server4')!.id;
    const { findings } = foldCrowd({ ...whole, findings: [{ rule: 'r', severity: 'error', path: 'shop/Server4', text: 't', fix: 'f', node: member }] });
    expect(findings.map(({ node }) => node)).toEqual([first.id]);
  });

  test('is told row by row in the data of the page, each text once', () => {
    const data = JSON.parse(/id="data">([^<]*)</.exec(writeHtml(whole))![1]);
    expect([data.list.rows.length, data.list.texts.length]).toEqual([whole.edges.length, 81]);
  });

  test('is told by kind and zone where that alone is few enough', () => {
    const loose: Drawing = { ...whole, edges: whole.edges.map((edge, index) => ({ ...edge, label: String(index) })) };
    expect(foldCrowd(loose).nodes.map(({ name }) => name)).toEqual(['shop/Server0 and 39 more', 'shop/Server1 and 39 more']);
  });

  test('makes no page that grows with its lines', () => {
    expect(writeHtml(drawingOf(crowdOf(4, 40))).length).toBeLessThan(300_000);
  });
});

describe('a line between things of different frames', () => {
  const placed = (name: string, kind: string, lane: DrawnNode['lane'], more: Partial<DrawnNode>): DrawnNode => ({ ...bare(name, name, kind, lane), ...more });
  const zones = ['zone 1', 'zone 2'];
  const drawing: Drawing = {
    ...shop,
    nodes: [
      placed('balancer', 'load balancer', 'entry', { vpc: 'v', zones }),
      ...['web', 'api', 'admin'].map((name) => placed(name, 'ECS service', 'services', { vpc: 'v', zones })),
      ...zones.map((zone) => placed(`nat ${zone}`, 'NAT gateway', 'out', { vpc: 'v', zones: [zone] })),
      placed('logs', 'S3 bucket', 'data', {}),
      placed('topic', 'SNS Topic', 'data', {}),
      ...['one', 'two', 'three'].map((name) => placed(name, 'ECR Repository', 'delivery', {})),
    ],
    edges: [['balancer', 'web'], ['one', 'web'], ['two', 'api'], ['three', 'admin'], ['three', 'logs'], ['web', 'topic']].map(([from, to]) => (
      { from, to, kind: 'reference', label: 'image', why: [], rules: [] }
    )),
  };
  const { nodes, edges, width, height } = layOut(drawing);
  const between = edges.filter(({ corners }) => corners);

  test('runs level and upright', () => {
    const slanted = between.flatMap(({ points }) => points.slice(1).filter(([x, y], index) => x !== points[index][0] && y !== points[index][1]));
    expect([between.length, slanted]).toEqual([5, []]);
  });

  test('crosses no thing', () => {
    const crossed = between.flatMap(({ edge, points }) => points.slice(1).flatMap(([x, y], index) => {
      const [beforeX, beforeY] = points[index];
      return [...nodes].filter(([, box]) => Math.max(x, beforeX) > box.x && Math.min(x, beforeX) < box.x + box.width
        && Math.max(y, beforeY) > box.y && Math.min(y, beforeY) < box.y + box.height).map(([id]) => `${edge.from} -> ${edge.to} through ${id}`);
    }));
    expect(crossed).toEqual([]);
  });

  test('stays inside of the picture', () => {
    expect(between.flatMap(({ points }) => points).filter(([x, y]) => x < 0 || y < 0 || x > width || y > height)).toEqual([]);
  });

  test('lies upon no other', () => {
    const upright = between.map(({ points }) => `${points[3][0]}`);
    expect(new Set(upright).size).toBe(upright.length);
  });
});

describe('the layout', () => {
  const layout = layOut(shop);
  const at = (name: string) => layout.nodes.get(named(name).id)!;

  test('leads from the requests on the left to the data on the right', () => {
    expect([at('internet').x < at('shop/Web').x, at('shop/Web').x < at('shop/Database').x]).toEqual([true, true]);
  });

  test('puts a frame around what stands in one zone, inside the one around its VPC', () => {
    const [vpc, zone] = ['vpc', 'zone'].map((kind) => layout.frames.find((frame) => frame.kind === kind)!);
    const inside = zone.x >= vpc.x && zone.y >= vpc.y && zone.x + zone.width <= vpc.x + vpc.width && zone.y + zone.height <= vpc.y + vpc.height;
    expect([vpc.label, zone.label, inside]).toEqual(['shop/Vpc', 'zone 1', true]);
  });

  test.each([['the shop', shop], ['60 servers', drawingOf(manyServers(60))]])('puts no thing of %s upon another', (_what, drawing) => {
    const boxes = [...layOut(drawing).nodes.values()];
    const overlapping = boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) => (
      one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height
    )));
    expect(overlapping).toEqual([]);
  });

  test('places everything inside of the picture', () => {
    const boxes = [...layout.nodes.values()];
    expect(boxes.filter(({ x, y, width, height }) => x < 0 || y < 0 || x + width > layout.width || y + height > layout.height)).toEqual([]);
  });

  test('of an empty app is an empty picture', () => {
    expect(writeSvg(drawingOf({ Resources: {} }))).toMatch(/^<svg [^]*<\/svg>\n$/);
  });
});

describe('a name of a template is text', () => {
  const hostile = drawingOf(hostileTemplate(), HOSTILE);

  test('in the picture', () => {
    expect([writeSvg(hostile).match(/<(script|img)|\]\]>/), writeSvg(hostile).includes('&lt;script&gt;')]).toEqual([null, true]);
  });

  test('on the page', () => {
    expect(writeHtml(hostile).match(/<script[^>]*>|<img/g)).toEqual(['<script type="application/json" id="data">', '<script>']);
  });

  test('in Mermaid', () => {
    expect(writeMermaid(hostile).replace(/<br\/>|-\.?->/g, '').match(/[<>`]/)).toBeNull();
  });
});

test('the page may run its own script and style alone, and load nothing', () => {
  expect(/content="(default-src[^"]*)"/.exec(writeHtml(shop))![1])
    .toMatch(/^default-src 'none'; style-src 'sha256-[^' ]+'; script-src 'sha256-[^' ]+'; base-uri 'none'; form-action 'none'$/);
});

test('the page names nothing outside of itself', () => {
  expect(writeHtml(shop).match(/(src|href)="(?!#)[^"]*"|url\([^)]*\)|@import/g)).toBeNull();
});

test('the picture names a block of addresses whole', () => {
  expect(writeSvg(drawingOf(manyBlocks(1, 1)))).toContain('>10.0.0.0/16 </text>');
});

test('the picture shows ways out as a mark, and no line to an internet on the right', () => {
  const names = [...writeSvg(shop).matchAll(/<text class="name"[^>]*>([^<]*)</g)].map(([, name]) => name.trim());
  expect([names.filter((name) => name === 'internet').length, /↗ all ports/.test(writeSvg(shop))]).toEqual([1, true]);
});
