import { isObject } from './json';
import type { Json } from './json';

/** How the key of a loop begins. */
export const LOOP = 'Fn::ForEach::';

/** The template with its loops written out, as far as the lists over which they go stand in it. Other loops stay as they are. */
export function writtenOut(template: unknown): unknown {
  return isObject(template) && JSON.stringify(template).includes(`"${LOOP}`) ? written(template) : template;
}

function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (!isObject(value)) return value;
  const result: Json = {};
  for (const [key, item] of Object.entries(value)) {
    const turns = key.startsWith(LOOP) ? turnsOf(item) : undefined;
    if (turns === undefined) {
      result[key] = written(item);
    } else {
      turns.forEach((turn) => Object.assign(result, written(turn)));
    }
  }
  return result;
}

/** What a loop makes, turn by turn; undefined for one over a list that only the deployment knows. */
function turnsOf(loop: unknown): Json[] | undefined {
  const [name, list, body] = Array.isArray(loop) ? loop as unknown[] : [];
  if (typeof name !== 'string' || !Array.isArray(list) || !list.every((one) => typeof one === 'string') || !isObject(body)) return undefined;
  return (list as string[]).map((item) => replaced(body, name, item) as Json);
}

/** `${Name}` is the item, and `&{Name}` the item with letters and digits alone. */
function replaced(value: unknown, name: string, item: string): unknown {
  const inText = (text: string) => text.split(`\${${name}}`).join(item).split(`&{${name}}`).join(item.replace(/[^A-Za-z0-9]/g, ''));
  if (typeof value === 'string') return inText(value);
  if (Array.isArray(value)) return value.map((one) => replaced(one, name, item));
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === 'Ref' && entries[0][1] === name) return item;
  return Object.fromEntries(entries.map(([key, one]) => [inText(key), replaced(one, name, item)]));
}
