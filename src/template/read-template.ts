import { readFileSync } from 'fs';
import { LOOP, writtenOut } from './for-each';
import type { Problem } from './stack-template';
import { parseYamlTemplate } from './yaml-template';

/** The content of a JSON file, or undefined with the problem noted. */
export function readJson(file: string, problems: Problem[]): unknown {
  return readWith(JSON.parse, file, problems);
}

/** The content of a template in JSON or YAML, or undefined with the problem noted. */
export function readTemplate(file: string, problems: Problem[]): unknown {
  return readWith((text) => (/^\s*[[{]/.test(text) || file.endsWith('.json') ? fromJson(text) : writtenOut(parseYamlTemplate(text))), file, problems);
}

/** Hardly any template has a loop: to look for its name in the text is cheaper than to go through what was read. */
function fromJson(text: string): unknown {
  const template: unknown = JSON.parse(text);
  return text.includes(LOOP) || text.includes('\\u') ? writtenOut(template) : template;
}

function readWith(parse: (text: string) => unknown, file: string, problems: Problem[]): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    problems.push({ subject: file, reason: `the file cannot be read: ${error instanceof Error ? error.message : String(error)}` });
    return undefined;
  }
}
