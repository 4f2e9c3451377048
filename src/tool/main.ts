import { Command, CommanderError } from 'commander';
import { CannotDo, reasonOf } from './base/problem';
import { printable, processTerminal } from './base/terminal';
import type { Terminal } from './base/terminal';
import { packageVersion } from './base/version';
import { check } from './check/command';
import { diff } from './diff/command';
import { draw } from './draw/command';
import { listPaths } from './network/paths';
import { why } from './network/why';
import { listZones } from './network/zones';

/** What the process answers where it could not do what it was asked to. */
const CANNOT = 2;

/** Runs the command with the arguments of this process. */
export function run(): void {
  // Whoever reads only the beginning, as `head` does, closes the pipe: what was found stays found.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') process.stderr.write(`cdk-ha-ecs: the output cannot be written: ${reasonOf(error)}\n`);
      process.exit(error.code === 'EPIPE' ? process.exitCode : CANNOT);
    });
  }
  process.exitCode = main(process.argv.slice(2), processTerminal());
}

/** Runs the command. Returns the exit code: 0 for clean, 1 for findings, 2 where nothing could be judged. */
export function main(words: readonly string[], terminal: Terminal): number {
  let code = 0;
  const program = programFor(terminal, (answer) => { code = answer; });
  try {
    program.parse([...words], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : CANNOT;
    const message = error instanceof CannotDo ? error.message.replace(/\s*\n\s*/g, ' ') : `this should not happen: ${error instanceof Error ? error.stack : String(error)}`;
    terminal.err.write(`cdk-ha-ecs: ${printable(message)}\n`);
    return CANNOT;
  }
}

const STAGE = ['--stage <name>', 'only this stage or stack of the app'] as const;
const PATHS = ['[path...]', 'cloud assembly, folder of templates, or templates in JSON or YAML, read as one app (default: cdk.out)'] as const;

function programFor(terminal: Terminal, answer: (code: number) => void): Command {
  const program = new Command('cdk-ha-ecs')
    .description('Judges a synthesized AWS app from its CloudFormation templates alone: what reaches what, what the loss of a zone stops, '
      + 'what cannot work. Never calls AWS.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out.write(text), writeErr: (text) => terminal.err.write(printable(text)) })
    .showHelpAfterError('(add --help for examples)');
  const many = (value: string, before: string[]) => [...before, value];

  program.command('check').description('tell what will not work, lies open, or stops with one zone').argument(...PATHS)
    .option('--format <name>', 'text, json, sarif, markdown or github', 'text')
    .option('--fail-on <weight>', 'error, warning or never: which findings end with exit code 1', 'error')
    .option('--baseline <file>', 'findings that are accepted, with reason, owner and end date')
    .option('--rule <id>', 'judge only this rule; may be repeated', many, [])
    .option('--disable <id>', 'leave this rule out; may be repeated', many, [])
    .option('--details', 'tell each place of rules that are told once for an app')
    .option(...STAGE)
    .addHelpText('after', examples(
      'cdk-ha-ecs check',
      'cdk-ha-ecs check network.yaml web.yaml --fail-on warning',
      'cdk-ha-ecs check cdk.out --format sarif > cdk-ha-ecs.sarif',
    ))
    .action((paths: string[], options) => answer(check(paths, options, terminal)));

  program.command('why').description('tell why something can connect to something, or why not')
    .argument('<from>', 'construct path, "internet" or a block of addresses').argument('<to>', 'likewise').argument('<port>', 'TCP port')
    .option('--app <path>', 'what to read (default: cdk.out); may be repeated', many, [])
    .option('--expect <verdict>', 'end with exit code 1 unless it is reachable, blocked or unknown')
    .option('--json', 'as JSON')
    .option(...STAGE)
    .addHelpText('after', examples('cdk-ha-ecs why internet Shop/Database 3306', 'cdk-ha-ecs why Shop/App Shop/Database 3306 --expect reachable'))
    .action((from: string, to: string, port: string, options) => answer(why(from, to, port, options, terminal)));

  program.command('paths').description('list every connection that is open').argument(...PATHS)
    .option('--from <path>', 'only from this construct, or what is below it')
    .option('--to <path>', 'only to this construct, or what is below it')
    .option('--json', 'as JSON')
    .option(...STAGE)
    .addHelpText('after', examples('cdk-ha-ecs paths --from internet', 'cdk-ha-ecs paths cdk.out --to Shop/Database'))
    .action((paths: string[], options) => answer(listPaths(paths, options, terminal)));

  program.command('zones').description('tell what the loss of each availability zone stops').argument(...PATHS)
    .option('--format <name>', 'text, json or markdown', 'text')
    .option(...STAGE)
    .addHelpText('after', examples('cdk-ha-ecs zones', 'cdk-ha-ecs zones template.yaml --format markdown'))
    .action((paths: string[], options) => answer(listZones(paths, options, terminal)));

  program.command('diff').description('tell what a change opens and closes, what a lost zone then stops, and which findings come and go')
    .argument('<old>', 'cloud assembly, folder of templates, or template before the change').argument('<new>', 'the same after it')
    .option('--format <name>', 'markdown or json', 'markdown')
    .option('--fail-on <change>', 'opened-to-internet, opened, worse or never: which changes end with exit code 1', 'never')
    .option('--out <file>', 'draw the change too: .html, .svg, .mmd, .md or .json')
    .option(...STAGE)
    .addHelpText('after', examples(
      'cdk-ha-ecs diff main/cdk.out cdk.out --fail-on opened-to-internet',
      'cdk-ha-ecs diff old.yaml new.yaml > comment.md',
    ))
    .action((before: string, after: string, options) => answer(diff(before, after, options, terminal)));

  program.command('draw').description('draw the app into a file').argument(...PATHS)
    .requiredOption('--out <file>', 'where to: .html is a page to look around in, .svg a picture, .mmd and .md Mermaid, .json the content')
    .option('--title <text>', 'what stands above it')
    .option(...STAGE)
    .addHelpText('after', examples('cdk-ha-ecs draw --out architecture.html', 'cdk-ha-ecs draw network.yaml web.yaml --out docs/architecture.svg'))
    .action((paths: string[], options) => answer(draw(paths, options, terminal)));

  return program;
}

function examples(...lines: readonly string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  $ ${line}`), ''].join('\n');
}
