import { mkdirSync } from 'fs';
import { join } from 'path';
import { isDeepStrictEqual } from 'util';
import { imageParameters, templatesOf } from './assembly';
import type { Template } from './assembly';
import { Emulator } from './emulator';
import { EVERYDAY_CHANGES } from './everyday-changes';
import { expectedChange } from './expected-change';
import type { Replaces } from './expected-change';
import type { Fault } from './faults';
import { WAYS_TO_LEAVE } from './forms';
import type { Form, WayToLeave } from './forms';
import { leftBehind, countDeviations } from './inventory';
import { difference, liveWays } from './live-paths';
import type { LiveState } from './live-state';
import { synthesize } from './synthesize-form';
import type { Outcome } from './table';
import { NetworkPaths } from 'cdk-ha-ecs';

type Step = () => Promise<string>;

/** Takes one form through its life, step by step; what does not hold is an outcome, and ends what builds on it. */
export class Ladder {
  public readonly outcomes: Outcome[] = [];
  private emulator!: Emulator;
  private firstDay!: LiveState;
  private last!: LiveState;
  private changes = 0;
  private departures = 0;
  private readonly directory: string;

  public constructor(
    private readonly form: Form, runDirectory: string, private readonly replaces: Replaces, private readonly report: (outcome: Outcome) => void,
  ) {
    this.directory = join(runDirectory, `${form.example} ${form.name}`.replaceAll(/[^a-z0-9]+/gi, '-'));
  }

  public async climb(): Promise<Outcome[]> {
    mkdirSync(this.directory, { recursive: true });
    try {
      const changes = await this.begin();
      this.changes = changes.length;
      const whole = await this.step('deploy', async () => this.deploy('base'))
        && await this.step('read back', async () => this.readBack())
        && await this.step('deploy again', async () => this.nothingToDo())
        && await this.change(changes)
        && await this.step('failure, rollback', async () => this.failAndComeBack());
      // What refuses to go stays in the way of the next: it comes last.
      const ways = [...WAYS_TO_LEAVE].sort((one, other) => Number(one.ends === 'refused') - Number(other.ends === 'refused'));
      for (const way of whole ? ways : []) await this.step(`leave: ${way.name}`, async () => this.leave(way));
    } finally {
      this.emulator?.stop();
    }
    return this.outcomes;
  }

  /** Deploys the form, then each fault on top of it: every one has to be refused, and everything to be as before. */
  public async refuse(faults: readonly Fault[], seed: (base: string, copy: string, fault: Fault) => string | undefined): Promise<Outcome[]> {
    mkdirSync(this.directory, { recursive: true });
    try {
      await this.begin();
      const ready = await this.step('deploy', async () => this.deploy('base'));
      for (const [index, fault] of ready ? [...faults.entries()] : []) {
        await this.step(`refuses ${fault.name}`, async () => {
          const stack = seed(this.assembly('base'), this.assembly(`fault-${index}`), fault);
          if (stack === undefined) throw new Error('no template has room for it: the rehearsal of it proves nothing');
          return this.refused(`fault-${index}`, stack, fault.refusal);
        });
      }
    } finally {
      this.emulator?.stop();
    }
    return this.outcomes;
  }

  private async refused(name: string, stack: string, words: RegExp): Promise<string> {
    const before = await this.emulator.state();
    const problem = await this.deploy(name).then(() => undefined, (one: Error) => one);
    if (problem === undefined) throw new Error('the deployment went through');
    const after = await this.emulator.state();
    // The CDK command shows what a resource was refused for; what CloudFormation itself refuses is in the events of the stack.
    const known = new Set(before.stacks[stack].events.map(({ id }) => id));
    const reason = after.stacks[stack].events.filter(({ id }) => !known.has(id)).find((event) => words.test(event.reason))?.reason;
    if (reason === undefined) throw new Error(`refused for another reason: ${problem.message}`);
    if (after.stacks[stack].status !== 'UPDATE_ROLLBACK_COMPLETE') throw new Error(`${stack} is ${after.stacks[stack].status}`);
    if (!isDeepStrictEqual(comparable(before), comparable(after))) {
      throw new Error(`left a trace: ${firstDifference(comparable(before), comparable(after))}`);
    }
    return reason;
  }

  private assembly(name: string): string {
    return join(this.directory, name);
  }

  /** An emulator with nothing in it, and the form synthesized for what its account has. */
  private async begin(): Promise<string[]> {
    const { form: { zone, context, example }, directory } = this;
    this.emulator = await Emulator.start(directory);
    const ids = await this.emulator.ask<Record<string, string>>('prepare', zone);
    const domain: Record<string, string> = example === 'bookstore' ? { domainName: `books.${zone}` } : { zoneName: zone };
    const leaving = Object.fromEntries(WAYS_TO_LEAVE.map((way) => [way.name, way.context]));
    const changes = await synthesize({ example, output: directory, context: { region: 'us-east-1', ...domain, ...ids, ...context }, leaving });
    await this.emulator.ask('images', ...imageParameters(this.templates('base')));
    await this.emulator.ask('take', '/rehearsal/taken');
    this.firstDay = await this.emulator.state();
    return changes;
  }

  private templates(name: string): Record<string, Template> {
    return templatesOf(this.assembly(name));
  }

  private async step(name: string, work: Step): Promise<boolean> {
    const began = Date.now();
    const result = await work().then((detail) => ({ held: true, detail }), (problem: Error) => ({ held: false, detail: problem.message }));
    const outcome = { form: `${this.form.example}: ${this.form.name}`, step: name, ...result, seconds: (Date.now() - began) / 1000 };
    this.outcomes.push(outcome);
    this.report(outcome);
    return result.held;
  }

  private async deploy(name: string): Promise<string> {
    const { code, output } = await this.emulator.cdk('deploy', '--all', '--require-approval', 'never', '--app', this.assembly(name));
    if (code !== 0) throw new Error(refusalIn(output));
    const templates = Object.values(this.templates(name));
    return `${templates.length} stacks, ${templates.reduce((sum, { Resources }) => sum + Object.keys(Resources).length, 0)} resources`;
  }

  private async nothingToDo(): Promise<string> {
    const { code, output } = await this.emulator.cdk('deploy', '--all', '--require-approval', 'never', '--app', this.assembly('again'));
    const unchanged = output.match(/\(no changes\)/g)?.length ?? 0;
    const stacks = Object.keys(this.templates('again')).length;
    if (code !== 0 || unchanged !== stacks) throw new Error(`${unchanged} of ${stacks} stacks said "no changes"`);
    return `${unchanged} times "no changes"`;
  }

  private async readBack(): Promise<string> {
    const state = this.last = await this.emulator.state();
    const templates = this.templates('base');
    const paths = NetworkPaths.fromAssembly(this.assembly('base'));
    const promised = paths.openPaths();
    const deviations = [
      ...difference(promised, liveWays(state, templates, paths.endpoints().map(({ path }) => path))),
      ...countDeviations(this.firstDay, state, templates),
    ];
    if (deviations.length > 0) throw new Error(deviations.join('; '));
    return `${promised.length} open paths and all counts as promised`;
  }

  private async change(names: readonly string[]): Promise<boolean> {
    for (const [index, name] of names.entries()) {
      if (!await this.step(`change: ${name}`, async () => this.onlyWhatShould(index, name))) return false;
    }
    return true;
  }

  /** From the base to the change and, for the next one, back again: both touch the same. */
  private async onlyWhatShould(index: number, name: string): Promise<string> {
    const { touches } = EVERYDAY_CHANGES.find((one) => one.name === name)!;
    const [before, after] = [this.templates(index === 0 ? 'base' : `change-${index - 1}`), this.templates(`change-${index}`)];
    const seen = this.last;
    await this.deploy(`change-${index}`);
    const now = this.last = await this.emulator.state();
    const wrong = Object.entries(after).flatMap(([stack, template]) => {
      const expected = expectedChange(before[stack], template, this.replaces);
      const changed = changedResources(seen, now, stack);
      return [
        ...expected.filter((id) => !changed.includes(id)).map((id) => `${stack}/${id} did not change`),
        ...changed.filter((id) => !expected.includes(id)).map((id) => `${stack}/${id} changed`),
        ...expectedChange(this.templates('base')[stack], template, this.replaces).filter((id) => !touches.includes(template.Resources[id]?.Type))
          .map((id) => `${stack}/${id} (${template.Resources[id]?.Type}) changes with it`),
        ...failedDeletions(seen, now, stack),
      ];
    });
    if (wrong.length > 0) throw new Error(wrong.join('; '));
    const types = Object.entries(after).flatMap(([stack, template]) => changedResources(seen, now, stack)
      .map((id) => template.Resources[id]?.Type ?? 'removed'));
    return inShort(types);
  }

  private async failAndComeBack(): Promise<string> {
    const before = await this.emulator.state();
    const { code, output } = await this.emulator.cdk('deploy', '--all', '--require-approval', 'never', '--app', this.assembly('failure'));
    if (code === 0 || !output.includes('already exists')) {
      throw new Error(`the deployment should have failed at its last resource:\n${output.slice(-400)}`);
    }
    const last = Object.keys(this.templates('failure')).at(-1)!;
    const { status } = (await this.emulator.state()).stacks[last];
    if (status !== 'UPDATE_ROLLBACK_COMPLETE') throw new Error(`${last} is ${status}`);
    // The stacks before the failing one were through: they go back by deployment, as the failing one did by itself.
    await this.deploy(`change-${this.changes - 1}`);
    const after = await this.emulator.state();
    if (!isDeepStrictEqual(comparable(before), comparable(after))) {
      throw new Error(`what is there differs from before: ${firstDifference(comparable(before), comparable(after))}`);
    }
    return `${last} came back by itself, all as before`;
  }

  private async leave({ name, emptyFirst, ends, keeps, leaves }: WayToLeave): Promise<string> {
    const start = this.departures++ === 0 ? this.firstDay : await this.emulator.state();
    await this.deploy(`leave-${name}`);
    await this.emulator.ask('fill');
    if (emptyFirst) await this.emulator.ask('empty');
    const before = await this.emulator.state();
    const { code, output } = await this.emulator.cdk('destroy', '--all', '--force', '--app', this.assembly(`leave-${name}`));
    const after = await this.emulator.state();
    const lost = keeps.flatMap((type) => (before.inventory[type] ?? []).filter((one) => !after.inventory[type].includes(one))
      .map((one) => `${type} ${one}`));
    if (lost.length > 0) throw new Error(`gone although it was to be kept: ${lost.join(', ')}`);
    if ((code === 0) !== (ends === 'clean')) throw new Error(code === 0 ? 'nothing refused the deletion' : refusalIn(output));
    const left = leftBehind(start, after);
    const surprising = ends === 'clean' ? Object.keys(left).filter((type) => !leaves.includes(type) && !keeps.includes(type)) : [];
    if (surprising.length > 0) throw new Error(`left behind: ${surprising.map((type) => `${left[type].join(', ')} (${type})`).join('; ')}`);
    const counted = Object.entries(left).map(([type, all]) => `${all.length} ${type.split('::').at(-1)}`);
    return `${ends === 'clean' ? 'gone' : `refused, as meant (${refusalIn(output).slice(0, 120)})`}; left: ${counted.join(', ') || 'nothing'}`;
  }
}

function changedResources(before: LiveState, after: LiveState, stack: string): string[] {
  const known = new Set(before.stacks[stack].events.map(({ id }) => id));
  const fresh = after.stacks[stack].events.filter(({ id, type }) => !known.has(id) && type !== 'AWS::CloudFormation::Stack');
  return [...new Set(fresh.map(({ logical }) => logical))].sort();
}

function failedDeletions(before: LiveState, after: LiveState, stack: string): string[] {
  const known = new Set(before.stacks[stack].events.map(({ id }) => id));
  return after.stacks[stack].events.filter(({ id, status }) => !known.has(id) && status === 'DELETE_FAILED')
    .map(({ logical, reason }) => `${stack}/${logical}: ${reason}`);
}

/** Without events, which only grow, and without the revisions of task definitions that a change and its way back leave. */
function comparable({ stacks, inventory, values, network, endpoints }: LiveState): unknown {
  const resources = Object.entries(stacks).map(([name, one]) => [name, Object.keys(one.resources).sort()]);
  const text = JSON.stringify({ resources, inventory, values, network, endpoints: Object.values(endpoints) });
  return JSON.parse(text.replaceAll(/(task-definition\/[\w-]+):\d+/g, '$1'));
}

function firstDifference(before: any, after: any, at = ''): string {
  if (isDeepStrictEqual(before, after)) return '';
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) {
    return `${at} was ${JSON.stringify(before)}, is ${JSON.stringify(after)}`;
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const key = keys.find((one) => !isDeepStrictEqual(before[one], after[one]))!;
  return firstDifference(before[key], after[key], `${at}/${key}`);
}

function refusalIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim()).filter((line) => !line.includes('node'));
  const events = lines.filter((line) => line.split('|').length > 4);
  const reason = events.find((line) => /_FAILED\b/.test(line)) ?? events.find((line) => line.includes('ROLLBACK_IN_PROGRESS')) ?? lines
    .find((line) => /failed|Error|❌/.test(line));
  return (reason?.split('|').slice(-1)[0] ?? output.slice(-300)).trim();
}

function inShort(types: readonly string[]): string {
  const counts = new Map<string, number>();
  types.forEach((type) => counts.set(type, (counts.get(type) ?? 0) + 1));
  return [...counts].map(([type, count]) => `${count} ${type.split('::').at(-1)}`).join(', ');
}
