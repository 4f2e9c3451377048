import { spawn } from 'child_process';
import type { ChildProcess } from 'child_process';
import { createInterface } from 'readline';

/** A program that answers each line it is given with one line. */
export class LineServer {
  private readonly child: ChildProcess;
  private readonly waiting: Array<{ readonly answered: (line: string) => void; readonly failed: (problem: Error) => void }> = [];

  public constructor(program: string, words: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
    this.child = spawn(program, words, { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.child.stdout! }).on('line', (line) => this.waiting.shift()?.answered(line));
    this.child.once('close', (code) => this.waiting.splice(0).forEach(({ failed }) => failed(new Error(`${words[0]} ended with ${code}`))));
  }

  public async ask(line: string): Promise<string> {
    return new Promise((answered, failed) => {
      this.waiting.push({ answered, failed });
      this.child.stdin!.write(`${line}\n`);
    });
  }

  public stop(): void {
    this.child.kill();
  }
}
