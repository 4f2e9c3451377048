import { App, Stage, Validations } from 'aws-cdk-lib';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { median } from './measure';
import { ecsLab } from '../examples/typescript/ecs-lab/lab';
import { judgeApp } from '../src/checks/findings';
import { shops } from '../test/checks/shops';
import { HaChecks } from 'cdk-ha-ecs';

const LIMIT = 0.15;
const ROUNDS = 5;
const GROUPS_PER_SHOP = 3;

/** Lets the checks run as in any app, and says how long they took of it. */
class TimedChecks implements IPolicyValidationPlugin {
  public readonly name = 'HaChecks';
  public milliseconds = 0;
  private readonly checks: HaChecks;

  public constructor(app: App) {
    this.checks = new HaChecks(app);
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const before = performance.now();
    const report = this.checks.validate(context);
    this.milliseconds += performance.now() - before;
    return report;
  }
}

/** The checks' share of defining and synthesizing so many labs in one app. */
function shareOf(copies: number): number {
  const before = performance.now();
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  for (let copy = 0; copy < copies; copy++) ecsLab(new Stage(app, `Copy${copy}`));
  const checks = new TimedChecks(app);
  Validations.of(app).addPlugins(checks);
  app.synth();
  const everything = performance.now() - before;
  return checks.milliseconds / (everything - checks.milliseconds);
}

function judgementOf(groups: number): number {
  const content = shops(Math.round(groups / GROUPS_PER_SHOP));
  const before = performance.now();
  judgeApp(content);
  return performance.now() - before;
}

/** Prints what `HaChecks` costs, and says whether that is within its limit. */
export function printCostOfChecks(copies: number): boolean {
  const [, ...shares] = Array.from({ length: ROUNDS + 1 }, () => shareOf(copies));
  const share = median(shares);
  console.log(`\nHaChecks on ${copies} labs: ${(share * 100).toFixed(1)} % on top of their synthesis, `
    + `${share <= LIMIT ? 'within' : 'ABOVE'} the limit of ${LIMIT * 100} %`);
  console.log('HaChecks as an app grows:');
  for (const groups of [250, 500, 1000, 2000]) {
    const milliseconds = median(Array.from({ length: ROUNDS }, () => judgementOf(groups)));
    console.log(`  ${`${groups}`.padStart(5)} security groups ${milliseconds.toFixed(0).padStart(6)} ms, ${(milliseconds / groups).toFixed(2)} ms each`);
  }
  return share <= LIMIT;
}
