import { join } from 'path';
import { runCommand } from './run-command';

const ROOT = join(__dirname, '..', '..');

/** Synthesizes everything that is deployed of one form; gives the names of the everyday changes it takes. */
export async function synthesize(order: { example: string; output: string; context: Record<string, string>; leaving: object }): Promise<string[]> {
  const words = ['--tsconfig', 'tsconfig.dev.json', join(__dirname, 'synthesize.ts'), JSON.stringify(order)];
  const { code, output } = await runCommand(join(ROOT, 'node_modules', '.bin', 'tsx'), words, {
    cwd: ROOT, env: { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' }, outputOnly: true,
  });
  if (code !== 0) throw new Error(`${order.example} does not synthesize:\n${output}`);
  return JSON.parse(output.split('\n').at(-1)!);
}
