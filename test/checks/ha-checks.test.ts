import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, NestedStack, Stack, Stage, Validations, aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IPolicyValidationContext } from 'aws-cdk-lib';
import { fargateService, fargateTask, mysql, network } from './rules/plain';
import { HaChecks } from '../../src/checks/ha-checks';
import { ALL_RULES } from '../../src/checks/rules/all-rules';

const QUIET = { '@aws-cdk/core:failSynthOnValidationErrors': false };

/** A service that is told of a database it cannot reach: an error, and some warnings beside it. */
function brokenShop(stack: Stack, id = 'Service'): void {
  const vpc = stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? network(stack, { natGateways: 1 });
  const database = stack.node.tryFindChild('Database') as ReturnType<typeof mysql> | undefined ?? mysql(stack, vpc, { multiAz: true });
  fargateService(stack, vpc, fargateTask(stack, { environment: { DB_HOST: database.dbInstanceEndpointAddress } }, {}, `${id}Task`), {}, id);
}

interface Report { readonly violations: any[]; readonly suppressed: any[]; readonly conclusion: string }

/** Synthesizes and reads what the CDK makes of the findings. */
function reportOf(app: App): Report {
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const assembly = app.synth();
  printed.mockRestore();
  const { pluginReports } = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));
  const own = pluginReports.find(({ pluginName }: any) => pluginName === 'HaChecks');
  return { violations: own?.violations ?? [], suppressed: own?.suppressedViolations ?? [], conclusion: own?.conclusion ?? 'success' };
}

function checkedApp(define: (app: App) => void, props = {}, context: Record<string, unknown> = QUIET): App {
  const app = new App({ context });
  define(app);
  Validations.of(app).addPlugins(new HaChecks(app, props));
  return app;
}

const shop = (app: App) => brokenShop(new Stack(app, 'Shop', { env: { region: 'eu-west-1' } }));
const pathsOf = (found: any[], rule: string) => found.filter(({ ruleName }) => ruleName === rule)
  .flatMap(({ violatingConstructs }) => violatingConstructs.map((construct: any) => construct.constructPath));

describe('in a synthesis', () => {
  test('an error fails it, and the message names rule, place, reason and fix', () => {
    const app = checkedApp(shop, {}, {});
    expect(() => app.synth()).toThrow(/cannot reach it on port 3306.*\(HaChecks\)\s+Shop\/Service\/Service.*\s+Suggested fix: Call service.connections.allowTo.*\s+Acknowledge with 'HaChecks::named-host-unreachable'/);
  });

  test('warnings are printed and do not fail it', () => {
    const { violations, conclusion } = reportOf(checkedApp((app) => network(new Stack(app, 'Shop'), { natGateways: 1 })));
    expect(violations.map(({ ruleName, severity }) => [ruleName, severity])).toContainEqual(['single-nat-gateway', 'warning']);
    expect(conclusion).toBe('success');
  });

  test('warnings fail it where that is asked for', () => {
    const { conclusion } = reportOf(checkedApp((app) => network(new Stack(app, 'Shop'), { natGateways: 1 }), { failOnWarnings: true }));
    expect(conclusion).toBe('failure');
  });

  test('an app that has none of our mistakes gives no report', () => {
    expect(reportOf(checkedApp((app) => network(new Stack(app, 'Shop')))).violations).toEqual([]);
  });

  test('a disabled rule is not judged', () => {
    const { violations } = reportOf(checkedApp(shop, { disabledRules: ['named-host-unreachable'] }));
    expect(violations.map(({ ruleName }) => ruleName)).not.toContain('named-host-unreachable');
  });

  test('fails for a disabled rule that does not exist, and lists those that do', () => {
    expect(() => new HaChecks(new App(), { disabledRules: ['nat'] })).toThrow(/disabledRules has nat, but must be ids of rules: take them from target-unreachable,/);
  });

  test('ids, severities and file names of the rules are in order', () => {
    const ids = ALL_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new HaChecks(new App()).ruleIds).toEqual([...ids, 'cannot-judge']);
  });
});

describe('acknowledged', () => {
  const reason = 'The second service is switched off in this stage';
  const twoMistakes = (app: App) => {
    const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });
    brokenShop(stack);
    brokenShop(stack, 'Second');
    return stack;
  };

  test('on its construct, a finding goes from the failures to the acknowledged ones, with the reason', () => {
    const { violations, suppressed, conclusion } = reportOf(checkedApp((app) => {
      shop(app);
      Validations.of(app.node.findChild('Shop').node.findChild('Service')).acknowledge({ id: 'HaChecks::named-host-unreachable', reason });
    }));
    expect(pathsOf(violations, 'named-host-unreachable')).toEqual([]);
    expect(suppressed.map((one) => [one.ruleName, one.reason])).toEqual([['named-host-unreachable', reason]]);
    expect(conclusion).toBe('success');
  });

  test('the same finding on another construct stays, and fails', () => {
    const { violations, conclusion } = reportOf(checkedApp((app) => {
      Validations.of(twoMistakes(app).node.findChild('Second')).acknowledge({ id: 'HaChecks::named-host-unreachable', reason });
    }));
    expect(pathsOf(violations, 'named-host-unreachable[Shop/Service/Service]')).toEqual(['Shop/Service/Service']);
    expect(conclusion).toBe('failure');
  });

  test('by the longer id that such a message shows, it goes too', () => {
    const { violations } = reportOf(checkedApp((app) => {
      const stack = twoMistakes(app);
      Validations.of(stack.node.findChild('Second')).acknowledge({ id: 'HaChecks::named-host-unreachable', reason });
      Validations.of(stack.node.findChild('Service')).acknowledge({ id: 'HaChecks::named-host-unreachable[Shop/Service/Service]', reason });
    }));
    expect(violations.map(({ ruleName }) => ruleName).filter((name: string) => name.startsWith('named-host'))).toEqual([]);
  });

  test('on the app, a rule is acknowledged for all of it', () => {
    const { violations, suppressed } = reportOf(checkedApp((app) => {
      twoMistakes(app);
      Validations.of(app).acknowledge({ id: 'HaChecks::named-host-unreachable', reason });
    }));
    expect(violations.filter(({ ruleName }) => ruleName.startsWith('named-host'))).toEqual([]);
    expect(suppressed).toHaveLength(2);
  });

  test('on the other end of the connection, it is acknowledged as well', () => {
    const { violations } = reportOf(checkedApp((app) => {
      shop(app);
      Validations.of(app.node.findChild('Shop').node.findChild('Database')).acknowledge({ id: 'HaChecks::named-host-unreachable', reason });
    }));
    expect(pathsOf(violations, 'named-host-unreachable')).toEqual([]);
  });

  test('on the other end of the connection, it is told there: newer versions of the CDK ask for the place of an acknowledgement too', () => {
    const { suppressed } = reportOf(checkedApp((app) => {
      shop(app);
      Validations.of(app.node.findChild('Shop').node.findChild('Database')).acknowledge({ id: 'HaChecks::named-host-unreachable', reason });
    }));
    expect(pathsOf(suppressed, 'named-host-unreachable')).toEqual(['Shop/Database']);
  });

  test('by its longer id on any construct, it is told there', () => {
    const { violations, suppressed } = reportOf(checkedApp((app) => {
      shop(app);
      Validations.of(app.node.findChild('Shop').node.findChild('Vpc')).acknowledge({ id: 'HaChecks::named-host-unreachable', reason });
      Validations.of(app.node.findChild('Shop').node.findChild('Vpc'))
        .acknowledge({ id: 'HaChecks::named-host-unreachable[Shop/Service/Service]', reason });
    }));
    const told = (list: any[]) => list.filter(({ ruleName }) => ruleName.startsWith('named-host-unreachable'))
      .map(({ ruleName, violatingConstructs }) => [ruleName, violatingConstructs[0].constructPath]);
    expect([told(violations), told(suppressed)]).toEqual([[], [['named-host-unreachable[Shop/Service/Service]', 'Shop/Vpc']]]);
  });
});

describe('whatever the shape of the app', () => {
  test('stacks of several environments are judged together, and each finding is told once', () => {
    const { violations } = reportOf(checkedApp((app) => {
      shop(app);
      network(new Stack(app, 'Elsewhere', { env: { region: 'us-east-1' } }), { natGateways: 1 });
    }));
    expect(pathsOf(violations, 'named-host-unreachable')).toEqual(['Shop/Service/Service']);
    expect(pathsOf(violations, 'single-nat-gateway').sort()).toEqual(['Elsewhere/Vpc/PublicSubnet1/NATGateway', 'Shop/Vpc/PublicSubnet1/NATGateway']);
  });

  test('a second synthesis is judged anew', () => {
    const app = checkedApp(shop);
    expect(pathsOf(reportOf(app).violations, 'named-host-unreachable')).toHaveLength(1);
    app.node.findChild('Shop').node.tryRemoveChild('Service');
    const printed = jest.spyOn(console, 'error').mockImplementation();
    app.synth({ force: true });
    printed.mockRestore();
    expect(pathsOf(reportOf(app).violations, 'named-host-unreachable')).toEqual([]);
  });

  test('stages and nested stacks are judged too, each place by its construct path', () => {
    const { violations } = reportOf(checkedApp((app) => {
      shop(new Stage(app, 'Prod') as unknown as App);
      const parent = new Stack(app, 'Parent', { env: { region: 'eu-west-1' } });
      network(new NestedStack(parent, 'Nested') as unknown as Stack, { natGateways: 1 });
    }));
    expect(pathsOf(violations, 'named-host-unreachable')).toEqual(['Prod/Shop/Service/Service']);
    expect(pathsOf(violations, 'single-nat-gateway').sort()).toEqual(['Parent/Nested/Vpc/PublicSubnet1/NATGateway', 'Prod/Shop/Vpc/PublicSubnet1/NATGateway']);
  });
});

describe('a template that is broken or a part of one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ha-checks-'));

  function judged(content: string | undefined) {
    const templatePath = join(folder, `${Math.abs(content?.length ?? 0)}-${content === undefined ? 'absent' : 'stack'}.template.json`);
    if (content !== undefined) {
      writeFileSync(templatePath, content);
    }
    const app = new App();
    // Newer versions of the CDK say of each stack where it goes, too.
    const stack = { stackConstructPath: 'Shop', templatePath, accountId: 'unknown-account', region: 'unknown-region' };
    const context: IPolicyValidationContext = {
      templatePaths: [templatePath], stackTemplates: [stack], appConstruct: app, accountId: undefined, region: undefined,
    };
    return new HaChecks(app).validate(context);
  }

  test.each([
    ['not JSON', '{ "Resources": ', /the file cannot be read: /, false],
    ['empty', '', /the file cannot be read: /, false],
    ['absent', undefined, /no such file/, false],
    ['no object', '[1, 2]', /it is not a JSON object/, false],
    ['without resources', '{}', /its template has no Resources object/, true],
    ['with resources that are a list', '{ "Resources": [] }', /its template has no Resources object/, true],
    ['with a resource that is none', '{ "Resources": { "A": 7 } }', /the resource has no Type/, true],
  ])('%s: cannot be judged, and says why; it succeeds only where a template was read', (_name, content, why, read) => {
    const { success, violations } = judged(content);
    expect(success).toBe(read);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual(['cannot-judge']);
    expect(violations[0].description).toMatch(why);
    expect(violations[0].severity).toBe('warning');
  });

  const SHAPES = [null, 0, '', 'text', true, [], {}, [null], [{}], [[[]]], { Ref: 'Nowhere' }, { Ref: 3 }, { 'Fn::GetAtt': [] }, { 'Fn::Join': 'x' }, { 'Fn::Sub': [] },
    { 'Fn::Select': [9, []] }, { 'Fn::If': ['C', 1, 2] }, { 'Fn::ImportValue': {} }, { 'Fn::GetStackOutput': null }, { 'Fn::Split': [] }];

  test('no value in any property of any type that is read makes it throw', () => {
    const printed = jest.spyOn(console, 'error').mockImplementation();
    const app = new App();
    brokenShop(new Stack(app, 'Shop', { env: { region: 'eu-west-1' } }));
    const template = app.synth().stacks[0].template;
    printed.mockRestore();
    for (const [index, shape] of SHAPES.entries()) {
      for (const type of new Set(Object.values<any>(template.Resources).map((resource) => resource.Type))) {
        const broken = JSON.parse(JSON.stringify(template));
        for (const resource of Object.values<any>(broken.Resources).filter((one) => one.Type === type)) {
          const keys = Object.keys(resource.Properties ?? {});
          keys.filter((_key, position) => (position + index) % 2 === 0).forEach((key) => { resource.Properties[key] = shape; });
        }
        const { violations } = judged(JSON.stringify(broken));
        expect(violations.filter(({ description }) => /Seen: (the app|rule )/.test(description)).map(({ description }) => `${type} ${JSON.stringify(shape)} ${description}`)).toEqual([]);
      }
    }
  });
});
