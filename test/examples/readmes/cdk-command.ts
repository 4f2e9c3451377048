import { spawnSync } from 'child_process';
import { existsSync } from 'fs';
import { join } from 'path';
import { contextOf, exampleAt, settingsOf, stacksOf } from './examples';
import { REPOSITORY } from '../../packaging/python';

const COMMANDS = ['bootstrap', 'deploy', 'destroy', 'diff', 'ls', 'synth'];

/** The one stack of a folder in which the README of the library puts its program. */
const FIRST_PROGRAM = ['Shop'];

interface CdkCommand {
  readonly command: string;
  readonly stacks: string[];
  readonly options: string[];
  readonly context: Record<string, string>;
}

/** What is wrong with `npx cdk ARGS` in a folder: no program there, a flag that the command does not have, a stack or a setting of another example. */
export function cdkComplaints(args: string[], folder: string): string[] {
  if (!existsSync(join(folder, 'cdk.json'))) return [`npx cdk ${args[0]}: there is no cdk.json in ${folder}, so --app is required`];
  if (!COMMANDS.includes(args[0])) return [`npx cdk ${args[0]} is not known here`];
  const { command, stacks, options, context } = parse(args);
  const unknown = options.filter((option) => !(option in optionsOf(command))).map((option) => `cdk ${command} has no ${option}`);
  if (command === 'bootstrap') {
    return [...unknown, ...(stacks.length === 1 && /^aws:\/\/\d{12}\/[a-z]+-[a-z]+-\d$/.test(stacks[0]) ? [] : [`${stacks} is no environment`])];
  }
  const example = exampleAt(folder);
  const known = example === undefined ? [] : settingsOf(example);
  const there = example === undefined ? FIRST_PROGRAM : Object.keys(stacksOf(example, { ...contextOf(folder), ...context }));
  return [
    ...unknown,
    ...Object.keys(context).filter((name) => !known.includes(name) && name !== 'application').map((name) => `${name} is no setting of ${example}`),
    ...stacks.filter((stack) => !there.includes(stack)).map((stack) => `${stack} is none of ${there.join(', ')}`),
    ...(['deploy', 'destroy'].includes(command) && there.length > 1 && stacks.length === 0 && !options.includes('--all')
      ? [`cdk ${command} asks which of ${there.join(', ')} is meant, or for --all`] : []),
  ];
}

function parse([command, ...words]: string[]): CdkCommand {
  const kinds = optionsOf(command);
  const [stacks, options, context]: [string[], string[], Record<string, string>] = [[], [], {}];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word.startsWith('-')) {
      stacks.push(word);
      continue;
    }
    options.push(word);
    if (kinds[word] === undefined || kinds[word] === 'boolean') continue;
    const value = words[++at] ?? '';
    if (['-c', '--context'].includes(word)) context[value.split('=')[0]] = value.slice(value.indexOf('=') + 1);
  }
  return { command, stacks, options, context };
}

const seen: Record<string, Record<string, string>> = {};

/** The options of a command and the kind of each, as the command line of the CDK itself tells them. */
function optionsOf(command: string): Record<string, string> {
  return seen[command] ??= Object.fromEntries(help(command).split(/\n(?= +-)/).flatMap((entry) => {
    const names = /^ *(-[\w-]+(?:, -[\w-]+)*)/.exec(entry)?.[1].split(', ') ?? [];
    const kind = /\[(boolean|string|array|number|count)\]/.exec(entry)?.[1] ?? 'string';
    return names.map((name) => [name, kind]);
  }));
}

function help(command: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(REPOSITORY, 'node_modules', 'aws-cdk', 'bin', 'cdk'), command, '--help'], {
    encoding: 'utf8', env: { ...process.env, COLUMNS: '200', NO_COLOR: '1' },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
