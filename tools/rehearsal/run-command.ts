import { spawn } from 'child_process';

/** Runs a program to its end; its output is both of its streams unless only the first is asked for. */
export async function runCommand(
  program: string, words: readonly string[], { outputOnly = false, ...options }: { cwd: string; env: NodeJS.ProcessEnv; outputOnly?: boolean },
): Promise<{ code: number; output: string }> {
  return new Promise((done, failed) => {
    const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, complaints] = ['', ''];
    child.stdout.on('data', (part) => { output += part; });
    child.stderr.on('data', (part) => { complaints += part; });
    child.once('error', failed);
    child.once('close', (code) => done({ code: code ?? 1, output: outputOnly && code === 0 ? output : `${output}${complaints}` }));
  });
}
