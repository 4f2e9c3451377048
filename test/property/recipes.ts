import * as fc from 'fast-check';
import { POOLS } from './pools';
import type { World } from './world';
import { ENUMS, SHAPES } from '../../src/private/input/shapes';

/** A value that is made once there is an app to make it in, and the words for it. */
export interface Recipe {
  readonly text: string;
  readonly make: (world: World) => unknown;
}

/** What no prop was made for, yet plain JavaScript, JSON and a slip of the hand pass. */
const ODD: readonly Recipe[] = [
  null, NaN, Infinity, -1, 1.5, 0, Number.MAX_SAFE_INTEGER, '', ' ', 'x'.repeat(300), 'a\nb', "';$(reboot)`", '0', {}, [], [null], true,
].map((value) => ({ text: typeof value === 'string' ? JSON.stringify(value).slice(0, 20) : fc.stringify(value), make: () => value }));

/** How often a value is one that fits its type; the rest is nonsense. */
const FITTING = 30;

/** Values for a prop of a type; `name` decides where a text has to mean something. */
export function recipeOf(type: string, name: string, depth = 0): fc.Arbitrary<Recipe> {
  const fitting = fittingRecipe(type, name, depth);
  return fc.oneof({ weight: FITTING, arbitrary: fitting }, { weight: 1, arbitrary: fc.constantFrom(...ODD) });
}

/** Props of a struct: all that have to be given, nearly always, and some of the others. */
export function structOf(struct: string, depth = 0): fc.Arbitrary<Recipe> {
  const props = SHAPES[struct].split('|').filter(Boolean).map((prop) => {
    const [name, type] = prop.split(' ');
    return { name: name.replace('!', ''), type, required: name.endsWith('!') };
  });
  return fc.record(Object.fromEntries(props.map(({ name, type, required }) => {
    const value = recipeOf(type, name, depth + 1);
    const [given, left] = required ? [60, 1] : [1, depth === 0 ? 3 : 4];
    return [name, fc.oneof({ weight: given, arbitrary: value }, { weight: left, arbitrary: fc.constant(undefined) })];
  }))).map((chosen) => {
    const given = Object.entries(chosen).filter((entry): entry is [string, Recipe] => entry[1] !== undefined);
    return {
      text: `{ ${given.map(([name, { text }]) => `${name}: ${text}`).join(', ')} }`,
      make: (world) => Object.fromEntries(given.map(([name, { make }]) => [name, make(world)])),
    };
  });
}

function fittingRecipe(type: string, name: string, depth: number): fc.Arbitrary<Recipe> {
  const pool = POOLS[`${name}:${type}`] ?? POOLS[type];
  if (pool !== undefined) return fc.constantFrom(...pool);
  if (type.startsWith('[')) return listOf(recipeOf(type.slice(1, -1), name, depth + 1));
  if (type.startsWith('{')) return mapOf(recipeOf(type.slice(1, -1), name, depth + 1));
  if (ENUMS[type]?.includes('=')) return fc.constantFrom(...ENUMS[type].split(' ').map((member) => ({ text: `${type}.${member}`, make: () => member.split('=')[1] })));
  if (SHAPES[type] !== undefined && depth < 4) return structOf(type, depth);
  return fc.constant({ text: 'undefined', make: () => undefined });
}

function listOf(element: fc.Arbitrary<Recipe>): fc.Arbitrary<Recipe> {
  return fc.array(element, { maxLength: 3 }).map((chosen) => ({
    text: `[${chosen.map(({ text }) => text).join(', ')}]`,
    make: (world) => chosen.map(({ make }) => make(world)),
  }));
}

function mapOf(element: fc.Arbitrary<Recipe>): fc.Arbitrary<Recipe> {
  const names = fc.constantFrom('PORT', 'DB_HOST', 'STORE_URL', 'API_KEY', 'wait_timeout', 'a name', 'http2.enabled');
  return fc.array(fc.tuple(names, element), { maxLength: 3 }).map((chosen) => ({
    text: `{${chosen.map(([name, { text }]) => `${name}: ${text}`).join(', ')}}`,
    make: (world) => Object.fromEntries(chosen.map(([name, { make }]) => [name, make(world)])),
  }));
}
