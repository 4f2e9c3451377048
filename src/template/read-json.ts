import { readFileSync } from 'fs';
import type { Problem } from './stack-template';

/** The content of a JSON file, or undefined with the problem noted. */
export function readJson(file: string, problems: Problem[]): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    problems.push({ subject: file, reason: `the file cannot be read: ${error instanceof Error ? error.message : String(error)}` });
    return undefined;
  }
}
