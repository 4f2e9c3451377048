import type { App } from 'aws-cdk-lib';
import * as ts from 'typescript';
import { fences, textOf } from './readmes/pages';
import * as library from '../../src';
import { monthlyCost } from '../../src/tool/costs/monthly-cost';
import { COSTS, withCurrentCosts } from '../../tools/costs';

test.each(COSTS)('$document says what the templates cost now (npx projen costs)', (costed) => {
  const { shown, current } = withCurrentCosts(costed);
  expect(shown).toContain('**Total**');
  expect(shown).toBe(current);
});

describe('the first program of the README', () => {
  const source = fences('README.md').find(({ language }) => language === 'ts nofixture')!.text;
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exports: { app?: App } = {};
  // What the program requires is what this test has loaded already.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  new Function('exports', 'require', `${outputText}\nexports.app = app;`)(exports, (name: string) => (name === 'cdk-ha-ecs' ? library : require(name)));
  const { floorUsd, lines } = monthlyCost(exports.app!.synth().directory);
  const usd = (what: RegExp) => lines.find((line) => what.test(line.what))!.monthlyUsd.toFixed(0);

  test('costs what the README says', () => {
    expect(textOf('README.md')).toContain(`about ${floorUsd.toFixed(0)} USD a month in eu-west-1`);
  });

  test('costs it for what the README says', () => {
    expect(textOf('README.md').replace(/\n/g, ' ')).toContain(`two NAT gateways ${usd(/^NAT/)}, two Fargate tasks of 1/4 vCPU ${usd(/^Fargate/)}, `
      + `the load balancer ${usd(/^Load/)}, four public IPv4 addresses ${usd(/^Public/)}`);
  });

  test('costs on every other page what it costs in the README', () => {
    const dollars = floorUsd.toFixed(0);
    expect(textOf('docs/getting-started.md')).toContain(`about ${dollars} USD a month without traffic (eu-west-1)`);
    expect(textOf('docs/es/getting-started.md')).toContain(`unos ${dollars} USD al mes sin tráfico (eu-west-1)`);
    expect(textOf('docs/es/README.md').replace(/\n/g, ' ')).toContain(`unos ${dollars} USD al mes en eu-west-1, sin tráfico: dos puertas de enlace NAT, ${usd(/^NAT/)}; `
      + `dos tareas de Fargate de 1/4 de vCPU, ${usd(/^Fargate/)}; el balanceador de carga, ${usd(/^Load/)}; cuatro direcciones IPv4 públicas, ${usd(/^Public/)}`);
  });

  test('costs less by what a single NAT gateway and its address cost', () => {
    const saved = lines.filter(({ what }) => /^NAT|^Public/.test(what)).reduce((sum, { unitUsd }) => sum + unitUsd, 0).toFixed(0);
    expect(textOf('README.md')).toContain(`\`natMode: NatMode.SINGLE\` saves ${saved}`);
    expect(textOf('docs/es/README.md')).toContain(`\`natMode: NatMode.SINGLE\` ahorra ${saved}`);
  });
});
