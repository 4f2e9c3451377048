import { readFileSync } from 'fs';
import { writtenOut } from './for-each';
import type { Problem } from './stack-template';
import { parseYamlTemplate } from './yaml-template';

/** The content of a JSON file, or undefined with the problem noted. */
export function readJson(file: string, problems: Problem[]): unknown {
  return readWith(JSON.parse, file, problems);
}

/** The content of a template in JSON or YAML, or undefined with the problem noted. */
export function readTemplate(file: string, problems: Problem[]): unknown {
  const parse = (text: string): unknown => (/^\s*[[{]/.test(text) || file.endsWith('.json') ? JSON.parse(text) : parseYamlTemplate(text));
  return readWith((text) => writtenOut(parse(text)), file, problems);
}

function readWith(parse: (text: string) => unknown, file: string, problems: Problem[]): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    problems.push({ subject: file, reason: `the file cannot be read: ${error instanceof Error ? error.message : String(error)}` });
    return undefined;
  }
}
